"""`huiche owner REF`: everything known about one owner."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crm import Crm

SHOWN = 12  # entries of each list in the readable form


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REF", help="number of the record, plate or phone")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    with opened() as house:
        found = house.database.read(lambda crm: _profiles(crm, args.reference))
    if len(found) != 1:
        return _not_one(args.reference, found)
    if args.json:
        screen.document(found[0])
    else:
        for line in _lines(found[0]):
            print(line)
    return 0


def _profiles(crm: Crm, reference: str) -> list[dict[str, Any]]:
    from storage.profile import profile
    from storage.references import owners_by_reference

    return [one for owner in owners_by_reference(crm, reference)[:SHOWN] if (one := profile(crm, owner.key))]


def _not_one(reference: str, found: list[dict[str, Any]]) -> int:
    if not found:
        screen.hint(f"nobody is on record under {reference!r}: try the plate (粤B12345), the phone or the number")
    else:
        screen.hint(f"several people are on record under {reference!r}; ask by number:")
        for one in found:
            plates = " ".join(car["plate"] or "" for car in one["vehicles"])
            screen.hint(f"  huiche owner {one['id']}    {one['name']}  {plates}")
    return 1


def _lines(one: dict[str, Any]) -> Iterator[str]:
    yield screen.paint(f"#{one['id']} {one['name'] or '(no name yet)'}  {one['phone'] or 'no phone'}", "bold")
    churn = one["churn"]["level"]
    yield f"{one['grade']} · {one['stage']} · churn {churn} · spent {one['ltv']} 元"
    where = [one["store"], one["advisor"], one["birthday"], one["address"], ", ".join(one["channels"])]
    yield " · ".join(part for part in where if part) or "no store, advisor or channel yet"
    if one["foretold"]:
        yield _foretold(one["foretold"])
    for reason in one["churn"]["reasons"]:
        yield f"  ! {reason['why'].replace('_', ' ')}: {reason['value']}"
    for title, entries, line in _parts(one):
        if entries:
            yield screen.paint(title, "dim")
            yield from (f"  {line(entry)}" for entry in entries[:SHOWN])


def _foretold(foretold: dict[str, Any]) -> str:
    """Probabilities, the likely day, and what the next years are worth."""
    day = foretold["next_visit"]
    when = f"about {day['on']} ({day['low']} – {day['high'] or 'open'})" if day["on"] else "day unknown"
    year = f"comes back within a year: {foretold['returns_in_365_days']:.0%}"
    return f"{year} · {when} · next three years {foretold['value']} 元"


def _parts(one: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]], Any]]:
    yield "cars", one["vehicles"], _car
    yield "appointments", one["appointments"], _appointment
    yield "visits", one["visits"], _visit
    yield "consents", one["consents"], _consent
    yield "latest", one["timeline"], _entry


def _car(car: dict[str, Any]) -> str:
    km = f"{car['mileage_km']} km" if car["mileage_km"] is not None else ""
    due = f"due {car['due_on']}" if car["due_on"] else ""
    by_now = car["forecast"]
    about = f"now about {by_now['km_now']} km ({by_now['low']}–{by_now['high']})" if by_now else ""
    return _joined(car["plate"] or "no plate", car["model"], km, about, car["vin"], due)


def _appointment(one: dict[str, Any]) -> str:
    return _joined(_minute(one["starts_at"]), one["service"], one["store"], one["plate"], one["status"])


def _visit(visit: dict[str, Any]) -> str:
    return _joined(
        visit["visited_on"],
        visit["plate"],
        "、".join(visit["items"]),
        f"{visit['amount']} 元",
        visit["status"],
    )


def _consent(one: dict[str, Any]) -> str:
    return _joined(_minute(one["at"]), one["purpose"], one["channel"], "yes" if one["given"] else "no", one["evidence"])


def _entry(one: dict[str, Any]) -> str:
    return _joined(_minute(one["at"]), one["channel"], one["kind"], " ".join(one["text"].split())[:60])


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _joined(*parts: str | None) -> str:
    return "  ".join(part for part in parts if part)
