"""`huiche staff leave` and `huiche staff scoreboard`: who is away, and how the advisors' month went."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING, Any

from console.terminal import reading, screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from core.scoreboard import Score
    from storage.crm import Crm

_WHY = {
    "turned": "--to is not before --from, and not over",
    "too_long": "a leave is a year at the most",
    "no_backup": "--backup is somebody else at work who is there on those days",
}


def arguments(verbs: Any) -> None:
    """The two verbs of `huiche staff`."""
    leave = verbs.add_parser("leave", help="somebody is away; their cards go to who stands in, or to the group")
    leave.add_argument("id", type=int, metavar="ID")
    leave.add_argument("--from", dest="since", type=reading.day, metavar="D", help="first day away")
    leave.add_argument("--to", type=reading.day, metavar="D", help="last day away")
    leave.add_argument("--backup", type=int, metavar="ID", help="who stands in")
    leave.add_argument("--back", action="store_true", help="there again from today on")
    board = verbs.add_parser("scoreboard", help="response time, on time, saved owners, records; the best first")
    board.add_argument("--month", type=reading.month, metavar="YYYY-MM", help="this month when it is not named")
    board.add_argument("--json", action="store_true")


def leave(args: argparse.Namespace) -> int:
    if not args.back and not (args.since and args.to):
        return screen.wrong_use("--from D --to D, or --back")
    with opened() as house:
        told = house.database.transact(lambda crm: _leave(crm, args))
    if told.startswith("!"):
        return screen.wrong_use(told[1:])
    print(told)
    return 0


def scoreboard(args: argparse.Namespace) -> int:
    with opened() as house:
        month, scores = house.database.read(lambda crm: _scores(crm, args.month))
    items = [_item(place, one, code) for place, (one, code) in enumerate(scores, 1)]
    if args.json:
        screen.document({"month": f"{month:%Y-%m}", "items": items})
    elif items:
        keys = ("place", "name", "store", "points", "response_minutes", "on_time", "save_rate", "completeness")
        screen.table(keys, [["" if one[key] is None else one[key] for key in keys] for one in items])
    else:
        print("no advisors yet: `huiche staff add 王工 --role advisor --store NS`")
    return 0


def _leave(crm: Crm, args: argparse.Namespace) -> str:
    """What to print; with "!" before it, what was wrong."""
    from storage.roster import LeaveRefused

    one = next((one for one in crm.staff.all() if one.key == args.id), None)
    if one is None:
        return f"!nobody at work has the number #{args.id}: see `huiche staff list`"
    if args.back:
        count = crm.roster.come_back(one.key)
        return f"{one.name} is there again" if count else f"{one.name} has no leave"
    try:
        crm.roster.go_on_leave(one.key, args.since, args.to, args.backup)
    except LeaveRefused as refusal:
        other = refusal.other
        return "!" + (f"{one.name} is away {other.from_on} to {other.to_on} already" if other else _WHY[refusal.why])
    cards = f"#{args.backup} stands in" if args.backup else "their cards go back to the group then"
    return f"{one.name} is away {args.since} to {args.to}; {cards}"


def _scores(crm: Crm, month: date | None) -> tuple[date, list[tuple[Score, str]]]:
    from storage.scoreboard import scoreboard as of_month

    codes = {store.key: store.code for store in crm.stores.all()}
    first = (month or crm.now.astimezone(crm.shop.zone).date()).replace(day=1)
    return first, [(one, codes.get(one.store_id, "")) for one in of_month(crm, first)]


def _item(place: int, one: Score, store: str) -> dict[str, Any]:
    return {
        "place": place,
        "id": one.staff_id,
        "name": one.name,
        "store": store,
        "points": one.points,
        "response_minutes": one.response_minutes,
        "on_time": one.on_time,
        "done": one.done,
        "left_alone": one.lapsed,
        "alerts": one.alerts,
        "saved": one.saved,
        "save_rate": one.save_rate,
        "completeness": one.completeness,
    }
