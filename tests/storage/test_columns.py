"""Moments in both engines."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from storage.crm import Crm
from storage.owners import Owner
from tests.chat import Shop

EAST = timezone(timedelta(hours=8))
MOMENT = datetime(2026, 11, 24, 15, 0, 0, 123_456, tzinfo=EAST)


@pytest.mark.parametrize("moment", [MOMENT, MOMENT.astimezone(UTC), datetime(1, 1, 2, tzinfo=UTC)])
def test_a_moment_comes_back_aware_in_utc_to_the_microsecond(shop: Shop, moment: datetime) -> None:
    number = shop.do(lambda crm: crm.owners.add("李明", phone_asked_at=moment).key)
    kept = shop.ask(lambda crm: crm.owners.get(number).phone_asked_at)
    assert kept == moment
    assert kept.tzinfo is UTC


def test_a_naive_moment_is_refused(shop: Shop) -> None:
    def naive(crm: Crm) -> None:
        crm.owners.add("李明", phone_asked_at=datetime(2026, 11, 24, 15))  # noqa: DTZ001 - that is the point

    with pytest.raises((ValueError, StatementError), match="no time zone"):
        shop.do(naive)


def test_moments_compare_as_moments_whatever_their_offset(shop: Shop) -> None:
    from sqlmodel import col, select

    shop.do(lambda crm: crm.owners.add("李明", phone_asked_at=MOMENT).key)

    def asked_since(moment: datetime) -> list[Owner]:
        query = select(Owner).where(col(Owner.phone_asked_at) >= moment)
        return shop.ask(lambda crm: list(crm.session.exec(query)))

    assert len(asked_since(MOMENT.astimezone(timezone(timedelta(hours=-5))))) == 1
    assert asked_since(MOMENT + timedelta(microseconds=1)) == []
