"""Reads what a shop adds of its own: journeys, campaigns, recommendations and tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.journeys import Journey, Kind, Step
from core.own_journeys import Audience, Campaign, OwnJourney, Told
from core.policy_lines import Path
from core.policy_named_tables import AUDIENCE, CAMPAIGN, ON, OWN, RECOMMENDATION, STEP, TAG
from core.policy_reading import Notes, filled, items, table_of
from core.policy_tables import Keys
from core.recommend_rules import RecommendRule
from core.tag_rules import TagRule

OWN_KEYS = (*(key.name for key in OWN), "steps", "audience")
_OWN = MappingProxyType({"anchor": None, "goal": "visit", "last_days": 14})
_UNSAID = MappingProxyType({"text": ("", ""), "offer": ""})
_ON: Mapping[str, Any] = MappingProxyType({"on": True})
_STEP = MappingProxyType({**_UNSAID, "name": "", "days": 0, "months": 0, "kind": "marketing"})
_CAMPAIGN = MappingProxyType({**_UNSAID, "on_day": None, "budget_fen": None, "goal": "visit"})


def own_journey(name: str, told: Mapping[str, Any], path: Path, notes: Notes) -> OwnJourney | None:
    """None: something of it is missing or wrong, which is noted."""
    said = {key.name: told[key.name] for key in OWN if key.name in told}
    read: Mapping[str, Any] = filled(_OWN, OWN, said, path, notes)
    if "anchor" not in told:
        notes.add(path, f"anchor is missing: {OWN[0].kind.says}")
    audience = _audience(told, path, notes)
    steps = _steps(told, path, notes)
    if read["anchor"] is None or not steps:
        return None
    journey = Journey(name, tuple(step for step, _ in steps), read["last_days"])
    words = MappingProxyType({step.name: said for step, said in steps})
    return OwnJourney(journey, read["anchor"], words, audience, read["goal"])


def campaign(name: str, told: Any, path: Path, notes: Notes, beside: tuple[str, ...]) -> Campaign | None:
    """None: something of it is missing or wrong, which is noted."""
    read: Mapping[str, Any] = filled(_CAMPAIGN, CAMPAIGN, told, path, notes, beside=("audience", *beside))
    told = table_of(told)
    audience = _audience(told, path, notes)
    missing = [key for key in ("on_day", "text") if key not in told]
    for key in missing:
        notes.add(path, f"{key} is missing")
    if missing or read["on_day"] is None:
        return None
    return Campaign(name, read["on_day"], _told(read), audience, read["budget_fen"], read["goal"])


def recommendations(rules: tuple[RecommendRule, ...], told: Any, path: Path, notes: Notes) -> tuple[RecommendRule, ...]:
    """The rules that are there, changed, with new ones behind them; `on = false` takes one away."""
    known = {rule.name: rule for rule in rules}
    blank = RecommendRule("", "", ("", ""))
    read = _rules(known, blank, RECOMMENDATION, ("item", "text"), told, path, notes).values()
    return tuple(replace(rule, text=(rule.text[0], rule.text[1] or rule.text[0])) for rule in read)


def tags(rules: tuple[TagRule, ...], told: Any, path: Path, notes: Notes) -> tuple[TagRule, ...]:
    """The same for tags."""
    return tuple(_rules({rule.name: rule for rule in rules}, TagRule(""), TAG, (), told, path, notes).values())


def _rules(
    known: dict[str, Any], blank: Any, keys: Keys, needed: tuple[str, ...], told: Any, path: Path, notes: Notes
) -> dict[str, Any]:
    for name, table in items(told, path, notes):
        here = (*path, name)
        if name not in known:
            for key in needed:
                if key not in table_of(table):
                    notes.add(here, f"{key} is missing")
        known[name] = filled(known.get(name) or replace(blank, name=name), keys, table, here, notes, beside=("on",))
        on = {key: value for key, value in table_of(table).items() if key == "on"}
        if not filled(_ON, ON, on, here, notes)["on"]:
            del known[name]
        elif known[name] == replace(blank, name=name):
            notes.add(here, "it names nothing that must hold")
    return known


def _audience(told: Mapping[str, Any], path: Path, notes: Notes) -> Audience:
    return filled(Audience(), AUDIENCE, told.get("audience", {}), (*path, "audience"), notes)


def _steps(told: Mapping[str, Any], path: Path, notes: Notes) -> list[tuple[Step, Told]]:
    value, here = told.get("steps"), (*path, "steps")
    if not isinstance(value, list) or not value:
        notes.add(here, 'steps are missing: [{ name = "d3", days = 3, kind = "marketing", text = "…" }]')
        return []
    steps = [_step(one, (*here, number), notes) for number, one in enumerate(value)]
    names = [step.name for step, _ in steps]
    for number, name in enumerate(names):
        if name and name in names[:number]:
            notes.add((*here, number, "name"), f'"{name}" is there twice')
    return steps


def _step(told: Any, path: Path, notes: Notes) -> tuple[Step, Told]:
    read: Mapping[str, Any] = filled(_STEP, STEP, told, path, notes)
    if isinstance(told, Mapping):
        for key in ("name", "text"):
            if key not in told:
                notes.add(path, f"{key} is missing")
    return Step(read["name"], Kind(read["kind"]), read["days"], read["months"]), _told(read)


def _told(read: Mapping[str, Any]) -> Told:
    """Without English words the Chinese ones are for everybody."""
    chinese, english = read["text"]
    return Told((chinese, english or chinese), read["offer"])
