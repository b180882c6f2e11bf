"""Whose car has a recall open."""

from __future__ import annotations

from datetime import date

from journeys import notices
from storage.crm import Crm
from tests.chat import Shop


def is_told(shop: Shop) -> None:
    """The maker calls car 1 back."""
    assert shop.do(lambda crm: len(notices.recall(crm, "R1", "刹车软管要更换", crm.vehicles.get(1)))) > 0


def frozen(shop: Shop) -> list[str]:
    """Per owner, why no marketing goes to them."""
    return shop.ask(lambda crm: [crm.freezes.why(number) for number in (1, 2)])


def comes(shop: Shop, day: str, status: str = "completed") -> None:
    shop.do(lambda crm: crm.visits.add("W" + day, vehicle_id=1, visited_on=date.fromisoformat(day), status=status))


def li_and_wang(shop: Shop) -> None:
    """Li Ming drives car 1, Wang Fang car 2."""
    shop.owner("李明", plate="粤B12345", account="li")
    shop.owner("王芳", plate="粤B55555", account="wang")


def test_a_recall_stops_marketing_to_its_owner_until_the_car_was_here(shop: Shop) -> None:
    li_and_wang(shop)
    comes(shop, "2026-11-20")
    is_told(shop)
    assert frozen(shop) == ["an open recall of their car", ""]
    shop.time_is("2026-11-25 10:00")
    comes(shop, "2026-11-24", status="open")
    assert frozen(shop)[0]
    comes(shop, "2026-11-25")
    assert frozen(shop) == ["", ""]


def test_or_until_ninety_days_are_over(shop: Shop) -> None:
    li_and_wang(shop)
    is_told(shop)
    shop.time_is("2027-02-21 09:59")
    assert frozen(shop)[0]
    shop.time_is("2027-02-21 10:00")
    assert frozen(shop) == ["", ""]


def test_who_must_be_called_since_there_is_no_account_is_told_as_well(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345")
    is_told(shop)
    assert frozen(shop)[0]


def test_it_goes_with_the_car(shop: Shop) -> None:
    li_and_wang(shop)
    is_told(shop)

    def sold(crm: Crm) -> None:
        crm.vehicles.part(1, 1)
        crm.vehicles.connect(2, 1)

    shop.do(sold)
    assert frozen(shop) == ["", "an open recall of their car"]


def test_a_complaint_is_told_first(shop: Shop) -> None:
    li_and_wang(shop)
    is_told(shop)
    shop.do(lambda crm: crm.tickets.open(1, 1).key)
    assert frozen(shop)[0] == "an open complaint of the household"
