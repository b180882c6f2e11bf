"""Figures, grades and stages of many owners, against the rules in plain Python."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from core.policy import PRESETS
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.histories import expected, invented, visit
from tests.storage.two import meanwhile, together, transaction

FIGURES = (
    "SELECT o.id, f.last_visit_on, f.first_visit_on, f.visits_12m, f.spend_12m_fen, f.visits_total, f.spend_total_fen, "
    "f.last_rating, o.grade, o.stage, f.next_change_on FROM owner_figures f JOIN owner o ON o.id = f.owner_id "
    "ORDER BY o.id"
)
DAYS = ("last_visit_on", "first_visit_on", "next_change_on")
HISTORY = "SELECT owner_id, what, before, after FROM grade_change ORDER BY owner_id, what, id"


def written(crm: Crm) -> dict[int, dict[str, Any]]:
    rows = [dict(row._mapping) for row in crm.connection.exec_driver_sql(FIGURES)]
    for row in rows:
        row.update({name: date.fromisoformat(row[name]) for name in DAYS if isinstance(row[name], str)})
    return {row.pop("id"): row for row in rows}


def levels(crm: Crm) -> dict[int, str]:
    return {row[0]: row[1] for row in crm.connection.exec_driver_sql("SELECT id, churn_level FROM owner")}


def looked(crm: Crm) -> None:
    while touched := crm.touched.take():
        crm.figures.look_at(touched)


def use(shop: Shop, preset: str) -> None:
    shop.database.shop = replace(shop.database.shop, policy=PRESETS[preset])


def same(found: dict[int, dict[str, Any]], wanted: dict[int, dict[str, Any]]) -> None:
    assert found.keys() == wanted.keys()
    for number, row in wanted.items():
        early = None if row["first_visit_on"] else found[number]["next_change_on"]
        assert found[number] == row | ({"next_change_on": early} if early else {}), number
        assert early is None or row["next_change_on"] is None or early <= row["next_change_on"]


@pytest.mark.parametrize("preset", ["nev", "general"])
@pytest.mark.parametrize("today", ["2028-02-28", "2028-02-29", "2029-02-28", "2027-03-01"])
def test_the_statement_gives_what_the_rules_give(shop: Shop, preset: str, today: str) -> None:
    use(shop, preset)
    shop.time_is(f"{today} 12:00")
    book = invented(hash_of(preset, today), date.fromisoformat(today), 1500)
    shop.do(book.write)
    shop.do(looked)
    same(shop.ask(written), expected(book, PRESETS[preset], date.fromisoformat(today), shop.zone))


def hash_of(*words: str) -> int:
    return sum(map(ord, "".join(words)))


@pytest.mark.parametrize("preset", ["nev", "general"])
def test_looking_at_those_whose_day_has_come_is_looking_at_all(shop: Shop, preset: str) -> None:
    use(shop, preset)
    start, dice = date(2028, 2, 20), random.Random(7)
    book = invented(7, start, 250)
    shop.time_is(f"{start} 12:00")
    shop.do(book.write)
    for days in (*range(12), *range(12, 420, 17)):
        today = start + timedelta(days=days)
        shop.time_is(f"{today} 12:00")
        came = [visit(book, dice, dice.randint(1, 250), today) for _ in range(dice.randint(0, 3))]
        shop.do(lambda crm, rows=came: type(book)(visits=rows).write(crm))  # type: ignore[misc]
        shop.do(looked)
        shop.do(lambda crm, day=today: crm.figures.night(day))  # type: ignore[misc]
        same(shop.ask(written), expected(book, PRESETS[preset], today, shop.zone))


def test_a_night_on_which_nobodys_day_has_come_looks_at_nobody(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2026-11-20")
    shop.do(looked)
    assert shop.do(lambda crm: crm.figures.night(date(2027, 2, 17))) == []
    assert shop.do(lambda crm: crm.figures.night(date(2027, 2, 18))) == [1]  # his first 90 days are over
    assert shop.do(lambda crm: crm.figures.night(date(2027, 2, 18))) == []


def test_a_change_is_kept_once_with_its_reasons(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", last_visit="2025-11-22")
    shop.do(looked)
    shop.do(lambda crm: crm.figures.look_at([1]))
    history = shop.ask(lambda crm: [(one.what, one.before, one.after, one.because) for one in crm.figures.history(1)])
    assert history == [
        ("stage", "new", "at_risk", [("grade", "dormant")]),
        ("grade", "normal", "dormant", [("days_since", 366)]),
    ]


def test_two_workers_at_once_keep_each_change_once(shop: Shop) -> None:
    book = invented(11, date(2026, 11, 23), 400)
    shop.do(book.write)
    everybody = list(range(1, 401))
    done = together(shop, [lambda crm: crm.figures.look_at(everybody)] * 3 + [lambda crm: crm.figures.recompute()])
    assert done == [None] * 4
    rows = shop.ask(lambda crm: [tuple(row) for row in crm.connection.exec_driver_sql(HISTORY)])
    assert rows
    assert len(rows) == len({row[:2] for row in rows})
    same(shop.ask(written), expected(book, PRESETS["nev"], date(2026, 11, 23), shop.zone))


def test_the_second_worker_sees_what_came_while_it_waited(postgres_shop: Shop) -> None:
    shop = postgres_shop
    shop.owner("李明", plate="粤B12345", last_visit="2026-11-20")
    with transaction(shop) as crm:
        crm.figures.look_at([1])
        waits = meanwhile(shop, lambda other: other.figures.look_at([1]))
        shop.do(lambda third: third.visits.add("W9", owner_id=1, visited_on=date(2026, 11, 23), amount_fen=500))
    waits.result(30)
    figures = shop.ask(lambda crm: crm.figures.of_owner(1))
    assert figures is not None
    assert (figures.visits_total, figures.last_visit_on) == (2, date(2026, 11, 23))


def test_everybody_is_looked_at_anew_when_the_policy_is_another(shop: Shop) -> None:
    book = invented(3, date(2026, 11, 23), 300)
    shop.do(book.write)
    shop.do(looked)
    use(shop, "general")
    shop.do(lambda crm: crm.figures.recompute())
    same(shop.ask(written), expected(book, PRESETS["general"], date(2026, 11, 23), shop.zone))


def test_another_policy_reaches_everybody_by_the_next_ticks(shop: Shop) -> None:
    book = invented(5, date(2026, 11, 23), 60)
    shop.do(book.write)
    shop.tick()
    use(shop, "general")
    shop.time_is("2026-11-24 10:00")
    shop.tick()
    assert shop.ask(lambda crm: len(crm.touched.take())) == sum(one["status"] == "active" for one in book.owners)
    shop.tick()
    same(shop.ask(written), expected(book, PRESETS["general"], date(2026, 11, 24), shop.zone, shop.ask(levels)))


def test_a_merged_owner_has_no_figures(shop: Shop) -> None:
    for name in ("李明", "李明明"):
        shop.owner(name, last_visit="2026-11-20")
    shop.do(looked)
    shop.do(lambda crm: crm.owners.absorb(crm.owners.get(1), crm.owners.get(2)))
    shop.do(looked)
    assert shop.ask(lambda crm: crm.figures.of_owner(1)) is None
    figures = shop.ask(lambda crm: crm.figures.of_owner(2))
    assert figures is not None
    assert figures.visits_total == 2
