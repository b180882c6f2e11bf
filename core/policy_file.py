"""The policy file: what a shop writes, checked as a whole, becomes its policy; what is absent is as the preset says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from core.approvals import RoleLimit
from core.offers import Offer
from core.policy import PRESETS, Policy, Template
from core.policy_checks import check
from core.policy_journeys import with_journeys
from core.policy_kinds import Wrong, meant, one_of
from core.policy_lines import Path
from core.policy_named_tables import CHANNELS, OFFER, ROLE, ROLES, TEMPLATE
from core.policy_own import recommendations, tags
from core.policy_reading import Notes, Problem, filled, fine_name, items, table_of, unknown
from core.policy_tables import TABLES, Keys
from core.policy_texts import own_texts

NAMED = tuple("hold_out roll_out templates offers roles journeys campaigns recommendations tags texts".split())
_TOP = ("preset", *dict.fromkeys(path[0] for path in TABLES), *NAMED)
_NO_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


class PolicyProblems(Exception):
    """The file cannot be used; `problems` are all of them, in the order of their lines."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(str(problems[0]))
        self.problems = problems


def read_policy(text: str) -> Policy:
    """The policy that the text says. Raises PolicyProblems."""
    try:
        told = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:  # a number or a nesting without measure
        raise PolicyProblems([_unreadable(str(error), text)]) from None
    notes = Notes(text)
    policy = _read(told, notes)
    check(policy, notes)
    if notes.problems:
        raise PolicyProblems(sorted(set(notes.problems)))
    return policy


def _unreadable(words: str, text: str) -> Problem:
    found = _NO_LINE.search(words)
    line = int(found[1]) if found and found[1] else max(len(text.rstrip().splitlines()), 1)
    return Problem(line, "", "not TOML: " + _NO_LINE.sub("", words))


def _read(told: Mapping[str, Any], notes: Notes) -> Policy:
    policy = _preset(told, notes)
    for name in told:
        if name not in _TOP:
            unknown((name,), _TOP, notes)
    for path, keys in TABLES.items():
        policy = _plain(policy, keys, told, path, notes)
    policy = replace(policy, roles=_roles(policy, told, notes), offers=_offers(policy, told, notes))
    policy = replace(policy, templates=_templates(told, notes), texts=own_texts(told, notes))
    policy = with_journeys(policy, told, notes)
    return replace(
        policy,
        recommend_rules=recommendations(
            policy.recommend_rules, told.get("recommendations", {}), ("recommendations",), notes
        ),
        tag_rules=tags(policy.tag_rules, told.get("tags", {}), ("tags",), notes),
    )


def _preset(told: Mapping[str, Any], notes: Notes) -> Policy:
    try:
        return PRESETS[one_of(PRESETS).read(told.get("preset", "nev"))]
    except Wrong as wrong:
        notes.add(("preset",), str(wrong))
        return PRESETS["nev"]


def _plain(policy: Policy, keys: Keys, told: Mapping[str, Any], path: Path, notes: Notes) -> Policy:
    """A table whose keys have fixed places. What lies in it as a table of its own is read by itself."""
    table: Any = told
    for name in path:
        table = table.get(name, {}) if isinstance(table, Mapping) else {}
    inner = [str(other[-1]) for other in TABLES if other[:-1] == path]
    return filled(policy, keys, table, path, notes, beside=inner)


def _roles(policy: Policy, told: Mapping[str, Any], notes: Notes) -> Mapping[str, RoleLimit]:
    roles = dict(policy.roles)
    for name, table in items(told.get("roles", {}), ("roles",), notes):
        if name in ROLES:
            roles[name] = filled(policy.role(name), ROLE, table, ("roles", name), notes)
        else:
            unknown(("roles", name), ROLES, notes)
    return MappingProxyType({name: limit for name, limit in roles.items() if limit != RoleLimit()})


def _offers(policy: Policy, told: Mapping[str, Any], notes: Notes) -> Mapping[str, Offer]:
    offers = dict(policy.offers)
    for name, table in items(told.get("offers", {}), ("offers",), notes):
        path = ("offers", name)
        offer = filled(offers.get(name) or Offer(name, ("", "")), OFFER, table, path, notes)
        if not offer.title[0]:
            notes.add(path, f"title is missing{meant(name, offers)}")
        offers[name] = replace(offer, title=_both(offer.title), gifts=_both(offer.gifts))
        fine_name(path, notes)
    return MappingProxyType(offers)


def _both(words: tuple[str, str]) -> tuple[str, str]:
    """Without English words the Chinese ones are for everybody."""
    return (words[0], words[1] or words[0])


def _templates(told: Mapping[str, Any], notes: Notes) -> Mapping[str, Mapping[str, Template]]:
    found: dict[str, Mapping[str, Template]] = {}
    for name, channels in items(told.get("templates", {}), ("templates",), notes):
        path = ("templates", name)
        one: dict[str, Template] = {}
        for channel, table in items(channels, path, notes):
            if channel not in CHANNELS:
                unknown((*path, channel), CHANNELS, notes)
                continue
            one[channel] = filled(Template(""), TEMPLATE, table, (*path, channel), notes)
            if not table_of(table).get("id"):
                notes.add((*path, channel), "id is missing: the platform's, of the template that it has approved")
        found[name] = MappingProxyType(one)
    return MappingProxyType({name: one for name, one in found.items() if one})
