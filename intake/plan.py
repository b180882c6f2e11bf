"""What each row of a batch will do, before anything is written; a dry run stops here."""

from __future__ import annotations

from dataclasses import dataclass

from intake.columns import VEHICLES, VISITS
from intake.known import CHANNELS, Car, Known, Person, Values
from intake.tally import CREATED, MERGED, REJECTED, UPDATED, Reject, Tally


@dataclass(slots=True)
class Plan:
    """One row that will be written: about whom and which car; a visit has its number in the values."""

    values: Values
    person: Person | None
    car: Car | None


def plan(
    kind: str, rows: list[tuple[int, Values]], known: Known, visits: set[str], seen: set[object], tally: Tally
) -> list[Plan]:
    """The rows that are about somebody, each counted. `visits`: numbers that are in the store already."""
    plans = []
    for number, values in rows:
        if not _is_about_something(kind, values):
            _reject(kind, number, values, tally)
            continue
        one = _plan_row(kind, number, values, known, tally)
        plans.append(one)
        tally.rows[_verdict(kind, one, visits, seen)] += 1
    return plans


def visit_number(values: Values) -> str:
    """The work order's number, or one made of what the row tells, the same each time."""
    about = values.get("plate") or values.get("vin") or values.get("phone", "")
    return str(values.get("number") or f"import:{about}:{values['visited_on']}:{values.get('amount', 0)}"[:64])


def _plan_row(kind: str, number: int, values: Values, known: Known, tally: Tally) -> Plan:
    person, car = known.person(values), known.car(values)
    if car is None and ("plate" in values or "vin" in values):
        car = known.see(values)
    if person is None and _tells_of_somebody_new(kind, values, car):
        person = known.meet(values)
    _drop_accounts_of_others(number, values, person, known, tally)
    known.remember(values, person, car)
    if kind == VISITS:
        values["number"] = visit_number(values)
        person = person or (car.drivers[0] if car and car.drivers else None)
    return Plan(values, person, car)


def _is_about_something(kind: str, values: Values) -> bool:
    car = "plate" in values or "vin" in values
    if kind == VISITS:
        return "visited_on" in values and (car or "phone" in values)
    return car or (kind != VEHICLES and _names_a_person(values))


def _reject(kind: str, number: int, values: Values, tally: Tally) -> None:
    """Name what the row lacks, unless that cell is refused already."""
    tally.rows[REJECTED] += 1
    field, reason = "name", "a row needs a name, a phone, a plate or a VIN"
    if kind == VEHICLES:
        field, reason = "plate", "a car needs its plate or VIN"
    elif kind == VISITS:
        field = "plate" if "visited_on" in values else "visited_on"
        reason = "a visit needs its day, and the car or the phone"
    if not any((one.row, one.field) == (number, field) for one in reversed(tally.rejects)):
        tally.rejects.append(Reject(number, field, "", reason))


def _names_a_person(values: Values) -> bool:
    return bool({"name", "phone", *CHANNELS} & values.keys())


def _tells_of_somebody_new(kind: str, values: Values, car: Car | None) -> bool:
    if kind == VISITS:
        return "phone" in values or ("name" in values and not (car and car.drivers))
    return _names_a_person(values)


def _drop_accounts_of_others(number: int, values: Values, person: Person | None, known: Known, tally: Tally) -> None:
    """An account that is bound stays with whom it is bound to."""
    for column in CHANNELS:
        holder = known.by_account.get((column, values.get(column, "")))
        if holder and holder is not person:
            tally.rejects.append(Reject(number, column, values.pop(column), "bound to somebody else"))
            tally.cells[column, "invalid"] += 1


def _verdict(kind: str, one: Plan, visits: set[str], seen: set[object]) -> str:
    """Created, updated, or merged with an earlier row of the file."""
    if kind == VISITS:
        thing: object = one.values["number"]
        is_new = thing not in visits
    else:
        about = one.car if kind == VEHICLES or one.person is None else one.person
        assert about is not None
        thing, is_new = about, about.number < 0
        if (type(about), about.number) in seen:
            return MERGED
    if thing in seen:
        return MERGED
    seen.add(thing)
    return CREATED if is_new else UPDATED


def settled(plans: list[Plan]) -> set[object]:
    """What a written batch was about, by numbers that hold in the next one."""
    things = [thing for one in plans for thing in (one.person, one.car) if thing]
    return {(type(thing), thing.number) for thing in things} | {one.values.get("number") for one in plans}
