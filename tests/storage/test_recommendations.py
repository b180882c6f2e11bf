"""Recommendations on the store: once, later, or never."""

from __future__ import annotations

from storage.crm import Crm
from storage.recommendations import LATER, NEVER
from tests.chat import Shop
from tests.storage.two import together


def owner(shop: Shop) -> int:
    return shop.do(lambda crm: crm.owners.add("李明").key)


def offers(shop: Shop, li: int, item: str = "warranty", occurrence: str = "o1") -> bool:
    return shop.do(lambda crm: crm.recommendations.offer(li, item, occurrence=occurrence) is not None)


def answers(shop: Shop, li: int, status: str) -> None:
    shop.do(lambda crm: crm.recommendations.answer(crm.recommendations.of_owner(li)[0], status))


def test_of_many_offers_at_once_one_is_made(shop: Shop) -> None:
    li = owner(shop)

    def offer(crm: Crm, number: int) -> bool:
        return crm.recommendations.offer(li, "warranty", occurrence=f"o{number}") is not None

    made = together(shop, [lambda crm, n=number: offer(crm, n) for number in range(8)])  # type: ignore[misc]
    assert sorted(made, key=str) == [False] * 7 + [True]


def test_not_now_is_asked_again_after_ninety_days(shop: Shop) -> None:
    li = owner(shop)
    assert offers(shop, li)
    answers(shop, li, LATER)
    shop.time_is("2027-02-20 10:00")
    assert not offers(shop, li, occurrence="o2")
    assert offers(shop, li, item="coating", occurrence="o2")
    shop.time_is("2027-02-21 10:01")
    assert offers(shop, li, occurrence="o3")


def test_never_is_never(shop: Shop) -> None:
    li = owner(shop)
    offers(shop, li)
    answers(shop, li, NEVER)
    shop.time_is("2036-01-01 10:00")
    assert not offers(shop, li, occurrence="o2")
    assert shop.ask(lambda crm: crm.recommendations.why_not(li, "warranty")) == "never"


def test_the_same_occurrence_is_offered_once(shop: Shop) -> None:
    li = owner(shop)
    assert offers(shop, li)
    answers(shop, li, LATER)
    shop.time_is("2027-06-01 10:00")
    assert not offers(shop, li)
