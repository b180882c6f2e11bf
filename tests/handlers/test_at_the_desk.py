"""The owner is here: the advisor sees what to recommend, and one tap keeps what they make of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from core.messages import Card
from handlers import dms
from handlers.staff import act
from intake.dms_documents import read_event
from journeys.recommendation import at_the_desk
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop
from tests.handlers.test_desk_cards import buttons
from tests.handlers.test_orders import staff
from tests.storage.conftest import postgres_copy
from tests.storage.two import together


def li(shop: Shop, **car: Any) -> None:
    """Li Ming, whose car is two years old and has done 60,000 km."""
    facts = {"purchased_on": date(2024, 1, 1), "mileage_km": 60_000} | car

    def record(crm: Crm) -> None:
        owner, vehicle = crm.owners.add("李明", store_id=1), crm.vehicles.add("粤B12345", **facts)
        crm.vehicles.connect(owner.key, vehicle.key)
        crm.identities.give_to_owner("web", "li", owner.key)

    shop.do(record)


def card(shop: Shop) -> Card:
    return shop.cards("recommend")[-1]


def checks_in(shop: Shop) -> tuple[Person, str]:
    """王工 writes that Li Ming is here."""
    wang = staff(shop)
    return wang, wang.says("到店 粤B12345")


def opportunities(shop: Shop) -> list[tuple[str, str, bool]]:
    """(item, stage, whether somebody is reminded of it)."""
    return shop.ask(
        lambda crm: [(one.item, one.stage, one.remind_at is not None) for one in crm.opportunities.of_owner(1)]
    )


def taps(shop: Shop, action: str) -> str:
    """王工 taps on the card."""
    return shop.do(lambda crm: act(crm, crm.staff.get(1), card(shop).task_id, action))


def test_what_fits_now_is_shown_at_arrival_though_nothing_was_pushed(shop: Shop) -> None:
    li(shop)
    _, said = checks_in(shop)
    assert "可推荐：延保、轮胎" in said
    assert "延保 · 您的爱车已满两年，原厂质保外的部件可以延保。" in card(shop).text
    assert {"recommend_interested.warranty", "recommend_never.tyres", "done"} <= buttons(card(shop))
    assert [button.label for button in card(shop).buttons[0]] == ["延保：感兴趣", "暂时不要", "不再推荐"]


def test_an_owner_for_whom_nothing_fits_brings_no_card(shop: Shop) -> None:
    li(shop, purchased_on=date(2026, 1, 1), mileage_km=9_000)
    _, said = checks_in(shop)
    assert "可推荐" not in said
    assert shop.cards("recommend") == []


def test_interested_by_one_tap_is_an_opportunity_with_a_reminder(shop: Shop) -> None:
    li(shop)
    checks_in(shop)
    assert taps(shop, "recommend_interested.warranty") == "已记录"
    assert opportunities(shop) == [("warranty", "contacted", True)]
    assert "延保 · 感兴趣" in card(shop).text
    assert "recommend_interested.warranty" not in buttons(card(shop))
    taps(shop, "recommend_later.tyres")
    assert card(shop).buttons == ()
    shop.time_is("2026-11-30 10:00")
    assert [item.step for item in shop.tick() if item.journey == "desk"] == ["opportunity"]


def test_what_was_pushed_before_is_answered_at_the_desk(shop: Shop) -> None:
    li(shop)
    shop.do(lambda crm: crm.consents.write(1, MARKETING, "*", True))
    shop.time_is("2026-11-23 14:00")
    shop.tick()
    checks_in(shop)
    taps(shop, "recommend_interested.warranty")
    answered = shop.ask(lambda crm: [(one.item, one.status) for one in crm.recommendations.of_owner(1)])
    assert answered == [("warranty", "interested")]


def test_not_now_and_never_are_kept_as_from_the_owner_themselves(shop: Shop) -> None:
    li(shop)
    wang, _ = checks_in(shop)
    taps(shop, "recommend_later.warranty")
    taps(shop, "recommend_never.tyres")
    assert "可推荐" not in wang.says("到店 粤B12345")
    shop.time_is("2027-02-22 10:00")
    assert "可推荐：延保\n" in wang.says("到店 粤B12345") + "\n"


def test_an_interest_that_is_known_is_the_same_opportunity(shop: Shop) -> None:
    li(shop)
    checks_in(shop)
    shop.do(lambda crm: crm.opportunities.begin(1, "warranty").key)  # type: ignore[union-attr]
    taps(shop, "recommend_interested.warranty")
    assert opportunities(shop) == [("warranty", "contacted", True)]


def test_who_complains_or_is_called_back_is_recommended_nothing(shop: Shop) -> None:
    li(shop)
    shop.do(lambda crm: crm.tickets.open(1, 1).key)
    _, said = checks_in(shop)
    assert "可推荐" not in said
    assert shop.cards("recommend") == []


def test_the_card_is_over_when_the_day_is(shop: Shop) -> None:
    li(shop)
    checks_in(shop)
    shop.time_is("2026-11-23 23:00")
    shop.tick()
    assert card(shop).buttons
    shop.time_is("2026-11-24 08:00")
    shop.tick()
    assert card(shop).buttons == ()
    assert opportunities(shop) == []


def is_done(shop: Shop, number: str, at: str) -> None:
    """The DMS tells that the work is done."""
    moment = f"{at}:00+08:00"
    order: dict[str, Any] = {
        "number": number,
        "plate": "粤B12345",
        "opened_at": moment,
        "completed_at": moment,
        "items": [],
    }
    order |= {"amount": "580", "owner": {"name": "李明", "phone": "13812345678"}}
    event = {"id": number, "type": "work_order.completed", "occurred_at": moment, "data": order}
    body = json.dumps(event).encode()
    envelope, data = read_event(body)
    shop.do(lambda crm: dms.receive(crm, envelope, data, body))


@pytest.mark.parametrize(("occurred_at", "cards"), [("2026-11-23T09:30", 1), ("2026-11-20T09:30", 0)])
def test_at_checkout_whoever_hands_the_car_over_sees_it(shop: Shop, occurred_at: str, cards: int) -> None:
    li(shop)
    is_done(shop, "W1", occurred_at)
    assert len(shop.cards("recommend")) == cards


def test_two_advisors_who_tap_at_once_begin_one_opportunity() -> None:
    with Shop(postgres_copy(), stores=()) as shop:
        li(shop)
        number = shop.do(lambda crm: at_the_desk(crm, 1, 1))
        assert number
        shop.advisor("王工")
        shop.advisor("赵工")
        done = [lambda crm, n=n: act(crm, crm.staff.get(n), number, "recommend_interested.warranty") for n in (1, 2)]
        said = together(shop, done)
        assert sorted(map(str, said))[0] == "已记录"
        assert len(opportunities(shop)) == 1
