"""The rules of the gate read anew, by hand: which of them a message broke. None of it asks our own gate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.quiet import Quiet
from tests.town import CHANNELS, HOUSEHOLDS, Facts, Left, Town

MONTH, OPEN_FOR = timedelta(days=30), timedelta(days=90)


def broken(town: Town) -> list[str]:
    """Every rule that a message broke, in words."""
    return [f"{one.name} {one.channel} {one.at}: {why}" for one in town.facts.left for why in wrongs(town, one)]


def wrongs(town: Town, one: Left) -> Iterator[str]:
    facts, marketing = town.facts, one.name.startswith("M")
    if one.at >= facts.expiry[one.name, one.person]:
        yield "after its time"
    if one.channel != "hand" and is_quiet(one.at, town.rules.marketing if marketing else town.rules.service, town):
        yield "in quiet hours"
    if not marketing:
        return
    if one.channel != "hand" and town.rules.waits and one.at.astimezone(town.zone).date() in town.holidays:
        yield "on a holiday"
    if not allowed(facts, one):
        yield "without consent"
    if complaining(facts, one):
        yield "while a complaint is open"
    if recalled(facts, one):
        yield "while a recall is open"
    if town.rules.cap and (
        sum(o.person == one.person and o.name[0] == "M" and one.at - MONTH < o.at <= one.at for o in facts.left)
        > town.rules.cap
    ):
        yield "over the cap"


def is_quiet(at: datetime, hours: Quiet | None, town: Town) -> bool:
    clock = at.astimezone(town.zone).time()
    if hours is None:
        return False
    if hours.starts > hours.ends:
        return clock >= hours.starts or clock < hours.ends
    return hours.starts <= clock < hours.ends


def allowed(facts: Facts, one: Left) -> bool:
    """By hand it is enough that some channel is allowed."""
    for channel in CHANNELS if one.channel == "hand" else (one.channel,):
        said = [
            yes
            for at, who, where, yes in facts.consents
            if who == one.person and where in (channel, "*") and at <= one.at
        ]
        if said and said[-1]:
            return True
    return False


def complaining(facts: Facts, one: Left) -> bool:
    for person in HOUSEHOLDS[one.person]:
        said = [opened for at, who, opened in facts.complaints if who == person and at <= one.at]
        if said and said[-1]:
            return True
    return False


def recalled(facts: Facts, one: Left) -> bool:
    """Their car was called back in the last 90 days and has not been here since."""
    car = HOUSEHOLDS[one.person][0]
    said = [(at, told) for at, whose, told in facts.recalls if whose == car and at <= one.at]
    return bool(said) and said[-1][1] and one.at - said[-1][0] < OPEN_FOR
