"""Thirty advisors tap at random for a month: nothing is lost, taken twice or forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from storage.tasks import Task
from tests.chat import Shop
from tests.desk_month import STORES, Month, wrong


@pytest.fixture
def three_stores(tmp_path: Path) -> Iterator[Shop]:
    with Shop(f"sqlite:///{tmp_path}/shop.db", stores=STORES, now="2026-11-02 08:30") as shop:
        yield shop


def test_a_month_of_random_taps_leaves_nothing_behind(three_stores: Shop) -> None:
    month = Month(three_stores, seed=7)
    month.lives(days=30, cards_an_hour=1, taps_an_hour=4)
    month.rests()
    assert three_stores.ask(wrong) == []
    ended = three_stores.ask(lambda crm: Counter(task.status for task in crm.session.exec(select(Task))))
    assert ended.total() > 250
    assert ended["done"] > 50
    verbs = set(three_stores.ask(lambda crm: [event.verb for event in crm.events.latest(20_000)]))
    steps = {"taken", "done", "returned", "offered", "lapsed", "reminded", "escalated", "snoozed"}
    assert {f"task.{step}" for step in steps} | {"leave.begun"} <= verbs
