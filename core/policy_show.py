"""Writes a policy as the commented file that says it: what is read from it again is the same policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.journeys import Journey
from core.known_journeys import KNOWN
from core.own_journeys import Audience, Campaign, OwnJourney, Told
from core.policy import PRESETS, JourneyRules, Policy
from core.policy_kinds import key_written, written
from core.policy_named_tables import (
    AUDIENCE,
    CAMPAIGN,
    JOURNEY,
    MOVED,
    OFFER,
    OWN,
    RECOMMENDATION,
    ROLE,
    STEP,
    TAG,
    TEMPLATE,
)
from core.policy_reading import taken
from core.policy_tables import HOLD_OUT, ROLL_OUT, TABLES, Key, Keys
from core.policy_texts import SECTIONS, TEXTS
from core.say import policy_words as say
from core.say.policy_named_words import Both

_USUAL = JourneyRules()


def toml_of(policy: Policy, *first_lines: str) -> str:
    """The whole file. first_lines: comments above it."""
    blocks = [
        _head(policy, first_lines),
        *(_plain(policy, ".".join(path), keys) for path, keys in TABLES.items()),
        _shares(policy),
        _known_journeys(policy),
        *(_own_journey(policy, own) for own in policy.own_journeys),
        *(_campaign(policy, one) for one in policy.campaigns),
        _rows("offers", policy.offers, OFFER),
        _rows("roles", policy.roles, ROLE, PRESETS[policy.preset].roles),
        _rules("recommendations", policy.recommend_rules, PRESETS[policy.preset].recommend_rules, RECOMMENDATION),
        _rules("tags", policy.tag_rules, PRESETS[policy.preset].tag_rules, TAG),
        _templates(policy),
        _texts(policy),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(policy: Policy, first_lines: Sequence[str]) -> list[str]:
    comments = (*first_lines, say.beside(say.FILE), say.beside(say.DURATIONS))
    return [*(f"# {line}" for line in comments), "", _pair("preset", written(policy.preset), say.PRESET)]


def _plain(policy: Policy, name: str, keys: Keys) -> list[str]:
    return [f"# {say.beside(say.SECTIONS[name])}", f"[{name}]", *_pairs(policy, name, keys)]


def _pairs(base: object, section: str, keys: Keys) -> Iterator[str]:
    for key in keys:
        yield _pair(key.name, key.kind.write(taken(base, key.place)), say.KEYS[section][key.name])


def _pair(name: str, value: str, words: Both) -> str:
    return f"{name} = {value}  # {say.beside(words)}"


def _shares(policy: Policy) -> list[str]:
    """A line that is not set stays a comment: set, it would be every journey's."""
    lines: list[str] = []
    for name, (key,) in (("hold_out", HOLD_OUT), ("roll_out", ROLL_OUT)):
        value, usual = taken(policy.usual, key.place), taken(_USUAL, key.place)
        line = _pair(key.name, key.kind.write(value), say.KEYS[name][key.name])
        lines += ["", f"# {say.beside(say.SECTIONS[name])}", f"[{name}]", f"# {line}" if value == usual else line]
    return lines[1:]


def _known_journeys(policy: Policy) -> list[str]:
    lines = list(_section("journeys.NAME"))
    for name, journey in KNOWN.items():
        rules = policy.journey(name)
        lines += ["", f"[journeys.{name}]", *_bare(rules, JOURNEY), *_distances(journey, rules)]
    return lines


def _distances(journey: Journey, rules: JourneyRules) -> Iterator[str]:
    """The usual ones as a comment, so that one sees what can be changed."""
    for key in MOVED:
        moved = getattr(rules, key.name)
        usual = {step.name: getattr(step, key.name) for step in journey.steps if getattr(step, key.name)}
        if moved:
            yield f"{key.name} = {key.kind.write(moved)}"
        elif usual:
            yield f"# {key.name} = {key.kind.write(usual)}"


def _own_journey(policy: Policy, own: OwnJourney) -> list[str]:
    said = {"anchor": own.anchor, "goal": own.goal, "last_days": own.journey.last_days}
    steps = [f"  {_step(own, number)}," for number in range(len(own.journey.steps))]
    return [
        f"[journeys.{own.name}]",
        *_bare(policy.journey(own.name), JOURNEY),
        *_bare(said, OWN),
        *_audience(own.audience),
        "steps = [",
        *steps,
        "]",
    ]


def _step(own: OwnJourney, number: int) -> str:
    step = own.journey.steps[number]
    told = own.told[step.name]
    named = {"name": step.name, "days": step.days, "months": step.months, "kind": str(step.kind)}
    return _inline(named | _words(told), STEP)


def _campaign(policy: Policy, one: Campaign) -> list[str]:
    said = {"on_day": one.on_day, "budget_fen": one.budget_fen, "goal": one.goal} | _words(one.told)
    name = f"[campaigns.{key_written(one.name)}]"
    return [name, *_bare(policy.journey(one.name), JOURNEY), *_bare(said, CAMPAIGN), *_audience(one.audience)]


def _words(told: Told) -> dict[str, Any]:
    return {"text": told.text, "offer": told.offer}


def _audience(audience: Audience) -> list[str]:
    """Only what is named."""
    named = [key for key in AUDIENCE if taken(audience, key.place) not in ((), 0)]
    return [f"audience = {_inline(audience, named)}"] if named else []


def _rows(name: str, rows: Mapping[str, object], keys: Keys, preset: Mapping[str, object] | None = None) -> list[str]:
    """Those of the preset that are not there any more are told as having nothing."""
    lines = list(_section(f"{name}.NAME"))
    for gone in sorted(set(preset or ()) - set(rows)):
        lines += ["", f"[{name}.{gone}]", *(f"{key.name} = 0" for key in keys)]
    for row, values in rows.items():
        lines += ["", f"[{name}.{key_written(row)}]", *_bare(values, keys)]
    return lines


def _rules(name: str, rules: Sequence[Any], preset: Sequence[Any], keys: Keys) -> list[str]:
    there = {rule.name for rule in rules}
    lines = list(_section(f"{name}.NAME"))
    for rule in rules:
        lines += ["", f"[{name}.{key_written(rule.name)}]", *_bare(rule, keys)]
    for rule in preset:
        if rule.name not in there:
            lines += ["", f"[{name}.{key_written(rule.name)}]", "on = false"]
    return lines


def _templates(policy: Policy) -> list[str]:
    lines = list(_section("templates.NAME.CHANNEL"))
    for name, channels in policy.templates.items():
        for channel, template in channels.items():
            lines += ["", f"[templates.{key_written(name)}.{channel}]", *_bare(template, TEMPLATE)]
    return lines


def _texts(policy: Policy) -> list[str]:
    lines = list(_section("texts.LANGUAGE"))
    for language, texts in policy.texts.items():
        said = [key for key in TEXTS if key.name in texts]
        lines += ["", f"[texts.{language}]", *_bare(texts, said)]
    return lines


def _section(name: str) -> Iterator[str]:
    """What follows, and what its keys mean, once for all of them."""
    yield f"# {say.beside(say.SECTIONS[name])} [{name}]"
    for key in SECTIONS[name]:
        yield f"#   {key.name}: {say.beside(say.KEYS[name][key.name])}"


def _bare(base: object, keys: Sequence[Key]) -> Iterator[str]:
    for key in keys:
        yield f"{key.name} = {key.kind.write(taken(base, key.place))}"


def _inline(base: object, keys: Sequence[Key]) -> str:
    return "{ " + ", ".join(_bare(base, keys)) + " }"
