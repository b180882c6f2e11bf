"""Two hundred owners want the same hour, and twenty bays are free."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.product import Product
from tests.records import ask, count

MakeProduct = Callable[..., Product]
CHATS, BAYS = 200, 20
CLOCK = "2026-11-23T10:00:00+08:00"


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, product: MakeProduct) -> Product:
    settings = {"CLOCK": CLOCK}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    one = product(start=False, **settings)
    assert one.cli("store", "add", "ns", "深圳南山店", "--bays", f"general={BAYS}").code == 0
    return one.start()


def test_twenty_get_it_and_everybody_is_answered(shop: Product) -> None:
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda number: talk(shop, number), range(CHATS)))
    assert all(all(turn) for turn in answers)
    booked = [turns for turns in answers if "已为您预约" in turns[-1]]
    assert len(booked) == BAYS
    assert count(shop, "appointment", "status = 'booked'") == BAYS
    assert ask(shop, "SELECT count(DISTINCT bay_id) FROM appointment WHERE status = 'booked'") == [(BAYS,)]


def talk(shop: Product, number: int) -> list[str]:
    """What one owner is told in each turn, until they are booked or must choose another time."""
    says = f"明天下午三点给粤B{10000 + number}做保养"
    turns: list[str] = []
    for turn in range(4):
        message = {"id": f"m{turn}", "text": says}
        answer = shop.post(f"/api/v1/chat/race-{number:05d}/messages", message)
        assert answer.status == 200, answer.text
        told = "\n".join(one["text"] for one in answer.json()["messages"])
        turns.append(told)
        if "手机号" in told:
            says = "跳过"
        elif "请确认" in told:
            says = "确认"
        else:
            break
    return turns
