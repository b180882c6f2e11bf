"""Links to an owner's pages: short, signed, over at a moment."""

from __future__ import annotations

from datetime import timedelta

from storage.crm import Crm
from tests.chat import Shop

WEEK = timedelta(days=7)


def made(shop: Shop) -> tuple[int, str]:
    def make(crm: Crm) -> tuple[int, str]:
        owner = crm.owners.add("李明").key
        return owner, crm.links.make("coupon", owner, WEEK, subject=17)

    return shop.do(make)


def opened(shop: Shop, token: str) -> tuple[str, int, int | None] | None:
    def look(crm: Crm) -> tuple[str, int, int | None] | None:
        link = crm.links.opened(token)
        return (link.purpose, link.owner_id, link.subject) if link else None

    return shop.do(look)


def test_a_token_opens_what_it_was_made_for(shop: Shop) -> None:
    owner, token = made(shop)
    assert len(token) < 24
    assert opened(shop, token) == ("coupon", owner, 17)
    assert opened(shop, token) == ("coupon", owner, 17)


def test_a_token_is_over_at_its_moment(shop: Shop) -> None:
    _, token = made(shop)
    shop.time_is("2026-11-30 10:00")
    assert opened(shop, token) is None


def test_forged_and_odd_tokens_open_nothing(shop: Shop) -> None:
    _, token = made(shop)
    number, _, signature = token.partition("-")
    wrong = ("a" if signature[0] != "a" else "b") + signature[1:]
    for forged in (f"{number}-{wrong}", f"zzzzzz-{signature}", f"zzzzzzzzzzzz-{signature}", number, "", "1-2", "☂-☂"):
        assert opened(shop, forged) is None, forged
