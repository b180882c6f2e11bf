"""`huiche rehearse`: what the journeys would have done on these days, by this policy or another; nothing is sent."""

from __future__ import annotations

import argparse
import logging
from datetime import date
from typing import TYPE_CHECKING

from console.terminal import reading, screen

if TYPE_CHECKING:
    from bot.house import House
    from console.rehearsed import Rehearsed
    from core.policy import Policy
    from journeys import TickItem

AS_IT_IS = "as it is"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", type=reading.day, required=True, dest="first", metavar="D", help="the first day")
    parser.add_argument("--to", type=reading.day, required=True, dest="last", metavar="D", help="the last day")
    parser.add_argument("--policy", metavar="FILE", help="another policy, beside the one in force")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    from bot.settings import SettingsProblem
    from console.terminal.opening import looked_at

    logging.getLogger().setLevel(logging.ERROR)  # what is kept back is counted, not told one by one
    try:
        other = _read(args.policy) if args.policy else None
    except SettingsProblem as wrong:
        return screen.wrong_use(str(wrong).removeprefix("HUICHE_POLICY: "))
    with looked_at() as house:
        if words := _wrong(house, args.first, args.last):
            return screen.wrong_use(words)
        now = _rehearsed(house, args.first, args.last)
        then = _rehearsed(house, args.first, args.last, other) if other else None
    if args.json:
        beside = {"policy": args.policy, "other": then.document()} if then else {}
        screen.document(now.document() | beside)
    else:
        _show({AS_IT_IS: now} | ({args.policy: then} if then else {}))
    return 0


def _read(file: str) -> Policy:
    from bot.policy import policy_of

    return policy_of(file)


def _wrong(house: House, first: date, last: date) -> str:
    from core.rehearsing import FURTHEST

    today = house.clock.now().astimezone(house.shop.zone).date()
    if first > last:
        return f"--from {first} is after --to {last}"
    if last > today + FURTHEST:
        return f"--to {last}: at most {FURTHEST.days} days from today, until {today + FURTHEST}"
    return ""


def _rehearsed(house: House, first: date, last: date, policy: Policy | None = None) -> Rehearsed:
    """Lived through in a folder that is gone afterwards."""
    from bot.rehearsal import prepare
    from bot.throwaway import throw_away_folder
    from console.rehearsed import Rehearsed

    found = Rehearsed(first, last)
    with throw_away_folder() as folder, screen.Progress("rehearsing", (last - first).days + 1) as bar:
        rehearsal = prepare(house.database, house.channels, folder, first, last, policy)
        try:
            for day, items in rehearsal.days():
                found.days.append((day, items))
                bar.on(1)
            found.kept_back = rehearsal.kept_back
        finally:
            rehearsal.copy.close()
    return found


def _show(told: dict[str, Rehearsed]) -> None:
    for name, one in told.items():
        if len(told) > 1:
            print(screen.paint(f"— {name}", "bold"))
        _show_one(one)


def _show_one(one: Rehearsed) -> None:
    from console.rehearsed import DECISIONS, by_channel, by_step, lines, reasons

    if not one.items:
        print("nothing would have been due")
        return
    totals = [(journey, step, *counts) for journey, step, counts in lines(by_step(one.items))]
    screen.table(("journey", "step", *DECISIONS), totals)
    print()
    days = [(str(day), *_decided(items), _words(by_channel(items))) for day, items in one.days if items]
    screen.table(("day", *DECISIONS, "by"), days)
    print()
    for head, counts in (("by", by_channel(one.items)), ("skipped", reasons(one.items)), ("kept back", one.kept_back)):
        for word, count in counts.items():
            print(f"{head}: {word}: {count}")


def _decided(items: list[TickItem]) -> list[int]:
    from console.rehearsed import DECISIONS

    return [sum(item.decision == decision for item in items) for decision in DECISIONS]


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{word} {count}" for word, count in counts.items())
