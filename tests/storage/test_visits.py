"""Work orders as a DMS tells them: the later word on a number wins."""

from __future__ import annotations

from datetime import timedelta

from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together


def test_of_many_words_at_once_the_latest_stands(shop: Shop) -> None:
    base = shop.moment("2026-11-23 09:00")

    def tell(crm: Crm, minute: int) -> bool:
        visit = crm.visits.tell("W1", "completed", base + timedelta(minutes=minute), base.date())
        if visit is not None:
            visit.amount_fen = minute
            crm.session.flush()
        return visit is not None

    done = together(shop, [lambda crm, m=minute: tell(crm, m) for minute in (3, 1, 5, 2, 4, 0)])  # type: ignore[misc]
    assert all(isinstance(one, bool) for one in done)
    visit = shop.ask(lambda crm: crm.visits.with_number("W1"))
    assert visit is not None
    assert (visit.amount_fen, visit.as_of) == (5, base + timedelta(minutes=5))


def test_of_two_words_of_one_moment_the_further_one_stands(shop: Shop) -> None:
    at = shop.moment("2026-11-23 09:00")
    for number, told in (("W1", ("open", "completed")), ("W2", ("completed", "open"))):
        for status in told:
            shop.do(lambda crm, s=status, n=number: crm.visits.tell(n, s, at, at.date()))  # type: ignore[misc]
    stand = shop.ask(lambda crm: [crm.visits.with_number(number) for number in ("W1", "W2")])
    assert [visit.status for visit in stand if visit] == ["completed", "completed"]
