"""Reads how journeys are run, those that the product has and the shop's own, and the campaigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.known_journeys import KNOWN
from core.own_journeys import LONGEST_CAMPAIGN, Campaign, OwnJourney
from core.policy import HELD_OUT, JourneyRules, Policy
from core.policy_kinds import meant
from core.policy_lines import Path
from core.policy_named_tables import JOURNEY, MOVED
from core.policy_own import OWN_KEYS, campaign, own_journey
from core.policy_reading import Notes, filled, fine_name, items, table_of
from core.policy_tables import HOLD_OUT, ROLL_OUT

_RUN = tuple(key.name for key in JOURNEY)


def with_journeys(policy: Policy, told: Mapping[str, Any], notes: Notes) -> Policy:
    """The policy with what [hold_out], [roll_out], [journeys.…] and [campaigns.…] say."""
    policy = _shares(policy, told, notes)
    rules = dict(policy.journeys)
    own = [
        _journey(policy, rules, name, table, notes)
        for name, table in items(told.get("journeys", {}), ("journeys",), notes)
    ]
    campaigns = [
        _campaign(policy, rules, name, table, notes)
        for name, table in items(told.get("campaigns", {}), ("campaigns",), notes)
    ]
    unusual = {name: one for name, one in rules.items() if one != policy.usual}
    return replace(
        policy,
        journeys=MappingProxyType(unusual),
        own_journeys=tuple(filter(None, own)),
        campaigns=tuple(filter(None, campaigns)),
    )


def _shares(policy: Policy, told: Mapping[str, Any], notes: Notes) -> Policy:
    """[hold_out] and [roll_out]: a share that is set is every journey's."""
    usual = filled(policy.usual, HOLD_OUT, told.get("hold_out", {}), ("hold_out",), notes)
    usual = filled(usual, ROLL_OUT, told.get("roll_out", {}), ("roll_out",), notes)
    journeys = dict(policy.journeys)
    if notes.has(("hold_out", "share")):
        journeys = {name: replace(rules, hold_out=usual.hold_out) for name, rules in journeys.items()}
    if notes.has(("roll_out", "share")):
        journeys = {name: replace(rules, roll_out=usual.roll_out) for name, rules in journeys.items()}
    return replace(policy, usual=usual, journeys=MappingProxyType(journeys))


def _journey(policy: Policy, rules: dict[str, JourneyRules], name: str, table: Any, notes: Notes) -> OwnJourney | None:
    """Keeps its rules; gives the journey itself where it is the shop's own."""
    path = ("journeys", name)
    if name in KNOWN:
        rules[name] = filled(policy.journey(name), (*JOURNEY, *MOVED), table, path, notes)
        return None
    rules[name] = filled(policy.journey(name), JOURNEY, table, path, notes, beside=OWN_KEYS)
    if not _is_own(name, table, path, notes):
        return None
    return own_journey(name, table, path, notes)


def _campaign(policy: Policy, rules: dict[str, JourneyRules], name: str, table: Any, notes: Notes) -> Campaign | None:
    """Keeps its rules and gives it. Its effect is measured unless the file says a share for all."""
    path = ("campaigns", name)
    fine_name(path, notes)
    if len(name) > LONGEST_CAMPAIGN:
        notes.add(path, f"a campaign's name has at most {LONGEST_CAMPAIGN} characters")
    if name in KNOWN or notes.has(("journeys", name)):
        notes.add(path, "a journey has this name already")
    usual = policy.usual if notes.has(("hold_out", "share")) else replace(policy.usual, hold_out=HELD_OUT)
    run = {key: value for key, value in table_of(table).items() if key in _RUN}
    rules[name] = filled(usual, JOURNEY, run, path, notes)
    return campaign(name, table, path, notes, _RUN)


def _is_own(name: str, table: Any, path: Path, notes: Notes) -> bool:
    """Whether it is meant as a journey of the shop's own, and not as one of ours."""
    if not isinstance(table, Mapping):
        return False
    if "anchor" not in table and "steps" not in table:
        words = meant(name, KNOWN) or ": one of your own needs anchor and steps"
        notes.add(path, f"unknown journey{words}")
        return False
    fine_name(path, notes)
    return True
