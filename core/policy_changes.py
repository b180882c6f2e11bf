"""In what a policy differs from its preset."""

from __future__ import annotations

from core.policy import PRESETS, Policy
from core.policy_reading import taken
from core.policy_tables import TABLES


def changes(policy: Policy) -> list[str]:
    """Its keys, "maintenance.km", and tables, "[offers]", that are not as the preset says, in the file's order."""
    preset = PRESETS[policy.preset]
    keys = [
        ".".join((*path, key.name))
        for path, keys in TABLES.items()
        for key in keys
        if taken(policy, key.place) != taken(preset, key.place)
    ]
    usual = _tables(preset)
    return keys + [f"[{name}]" for name, value in _tables(policy).items() if value != usual[name]]


def _tables(policy: Policy) -> dict[str, object]:
    return {
        "journeys": (policy.journeys, policy.usual, policy.own_journeys),
        "campaigns": policy.campaigns,
        "offers": policy.offers,
        "roles": policy.roles,
        "recommendations": policy.recommend_rules,
        "tags": policy.tag_rules,
        "templates": policy.templates,
        "texts": policy.texts,
    }
