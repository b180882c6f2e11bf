"""What a policy as a whole must not say, though each of its values is fine by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

from core.journeys import Journey, Step
from core.known_journeys import ALWAYS_ON, KNOWN, as_ruled
from core.own_journeys import COUPON, PLACEHOLDERS, Told, placeholders_in
from core.policy import Policy
from core.policy_kinds import meant
from core.policy_lines import Path
from core.policy_reading import Notes

TAG_LENGTH = 32
_MONTH = timedelta(days=30)


def check(policy: Policy, notes: Notes) -> None:
    """Notes each of its contradictions."""
    for part in (_patience, _limits, _orders, _always_on, _offers, _texts, _rules):
        for path, words in part(policy):
            notes.add(path, words)


Found = Iterator[tuple[Path, str]]


def _patience(policy: Policy) -> Found:
    if policy.talk.reminded_after >= policy.talk_timeout:
        yield ("talk", "reminded_after"), "a talk is reminded of before its timeout"
    if policy.care.rating_asked_days > policy.care.rating_taken_days:
        yield ("care", "rating_asked_days"), "a visit is asked about while its rating is still taken: rating_taken_days"
    for shorter, longer in pairwise(policy.phone_codes.limits):
        if shorter.within >= longer.within or shorter.most > longer.most:
            yield ("phone_codes", "limits"), "from the shortest time to the longest, and never fewer in a longer one"


def _limits(policy: Policy) -> Found:
    """Who is above somebody may grant at least as much."""
    for lower, upper in pairwise(("technician", "advisor", "manager", "boss")):
        low, high = policy.role(lower), policy.role(upper)
        for key, least, most in (
            ("discount_percent", low.discount_percent, high.discount_percent),
            ("discount_yuan", low.discount_fen, high.discount_fen),
        ):
            if most is not None and (least is None or least > most):
                yield ("roles", lower, key), f"not more than what the {upper} may grant"


def _orders(policy: Policy) -> Found:
    """Steps come one after the other."""
    for name, known in KNOWN.items():
        yield from _strange_steps(known, policy)
        journey = as_ruled(known, policy.journey(name))
        late = _out_of_order(journey)
        if late:
            key = "months" if late.name in policy.journey(name).months else "days"
            yield ("journeys", name, key, late.name), f"{late.name} comes after the step before it"
    for own in policy.own_journeys:
        late = _out_of_order(own.journey)
        if late:
            place = own.journey.steps.index(late)
            yield ("journeys", own.name, "steps", place), f"{late.name} comes after the step before it"


def _always_on(policy: Policy) -> Found:
    for name in ALWAYS_ON:
        if not policy.journey(name).on:
            yield ("journeys", name, "on"), "owners must be told this: it cannot be switched off"


def _strange_steps(journey: Journey, policy: Policy) -> Found:
    names, rules = [step.name for step in journey.steps], policy.journey(journey.name)
    there = f"its steps are {', '.join(names)}" if names else "it has no steps that can be moved"
    for key, moved in (("days", rules.days), ("months", rules.months)):
        for name in moved:
            if name not in names:
                yield ("journeys", journey.name, key, name), f"unknown step: {there}"


def _out_of_order(journey: Journey) -> Step | None:
    return next((after for before, after in pairwise(journey.steps) if _far(before) >= _far(after)), None)


def _far(step: Step) -> timedelta:
    return step.months * _MONTH + timedelta(days=step.days)


def _offers(policy: Policy) -> Found:
    """An offer gives something, is there when it is named, and goes with what is to end in a coupon."""
    for name, offer in policy.offers.items():
        if not (offer.percent or offer.amount_fen or offer.gifts[0]):
            yield ("offers", name), "it gives nothing: percent, amount or gifts"
    for reason, name in policy.care.answer_offers.items():
        yield from _unknown(name, policy.offers, ("care", "answer_offers", reason))
    for path, told in _said(policy):
        yield from _unknown(told.offer, policy.offers, (*path, "offer"))
    for path, own in (
        *((("journeys", own.name), own) for own in policy.own_journeys),
        *((("campaigns", one.name), one.journey) for one in policy.campaigns),
    ):
        if own.goal == COUPON and not any(told.offer for told in own.told.values()):
            yield (*path, "goal"), "no coupon without an offer: a step needs one"


def _unknown(name: str, offers: Mapping[str, object], path: Path) -> Found:
    if name and name not in offers:
        yield path, f'there is no offer "{name}"{meant(name, offers)}'


def _texts(policy: Policy) -> Found:
    rules = ((("recommendations", rule.name), rule.text) for rule in policy.recommend_rules)
    for path, (chinese, english) in (*((path, told.text) for path, told in _said(policy)), *rules):
        yield from _placeholders(chinese, (*path, "text"))
        if english != chinese:
            yield from _placeholders(english, (*path, "text_en"))


def _rules(policy: Policy) -> Found:
    for rule in policy.recommend_rules:
        if not (rule.min_age_years or rule.min_km or rule.min_visits or rule.powertrain or rule.remarks):
            yield ("recommendations", rule.name), "it names nothing that must hold"
        if rule.of and not rule.min_visits:
            yield ("recommendations", rule.name, "of"), "min_visits says how many of them"
    for tag in policy.tag_rules:
        if len(tag.name) > TAG_LENGTH:
            yield ("tags", tag.name), f"a tag has at most {TAG_LENGTH} characters"


def _placeholders(text: str, path: Path) -> Found:
    try:
        strange = [name for name in placeholders_in(text) if name not in PLACEHOLDERS]
    except ValueError:
        yield path, "a brace is left open: {name}, {plate} and {day} may stand there, {{ for a brace itself"
        return
    for name in strange:
        yield (
            path,
            f"{{{name}}} is not known: {{name}}, {{plate}} and {{day}} may stand there{meant(name, PLACEHOLDERS)}",
        )


def _said(policy: Policy) -> Iterator[tuple[Path, Told]]:
    for own in policy.own_journeys:
        for number, step in enumerate(own.journey.steps):
            yield ("journeys", own.name, "steps", number), own.told[step.name]
    for one in policy.campaigns:
        yield ("campaigns", one.name), one.told
