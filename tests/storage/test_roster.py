"""Leave: whoever is away is offered nothing, and their cards go to who stands in, or back to the group."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journeys import desk
from storage.crm import Crm
from storage.roster import NO_BACKUP, OVERLAPS, TURNED, LeaveRefused
from storage.tasks import OPEN, SNOOZED, TAKEN
from tests.chat import Shop
from tests.storage.test_desk import advisors, opened, takes, task
from tests.storage.two import together

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


def leave(shop: Shop, staff: int, from_on: date, to_on: date, backup: int | None = None) -> str:
    """ "" when it is kept, else why not."""

    def ask(crm: Crm) -> str:
        try:
            crm.roster.go_on_leave(staff, from_on, to_on, backup)
        except LeaveRefused as refusal:
            return refusal.why
        return ""

    return shop.do(ask)


def test_the_cards_go_to_who_stands_in_when_the_leave_begins(shop: Shop) -> None:
    wang, zhao, qian = advisors(shop, "王工", "赵工", "钱工")
    number = opened(shop)
    shop.do(takes(number, wang))
    assert leave(shop, wang, TUESDAY, FRIDAY, qian) == ""
    shop.do(desk.run)
    assert task(shop, number).taken_by == wang
    shop.time_is("2026-11-24 00:01")
    together(shop, [desk.run] * 5)
    assert task(shop, number).taken_by == qian
    assert [one.ended_as for one in shop.ask(lambda crm: crm.leases.of_task(number))] == ["handed_over", ""]
    assert shop.verbs().count("leave.begun") == 1
    assert task(shop, opened(shop)).offered_to == zhao


def test_without_anybody_standing_in_they_are_back_in_the_group(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    taken, put_off = opened(shop), opened(shop)
    for number in (taken, put_off):
        shop.do(takes(number, wang))
    shop.do(lambda crm: crm.tasks.snooze(crm.tasks.get(put_off), wang, crm.now + timedelta(days=9)))
    assert leave(shop, wang, MONDAY, TUESDAY) == ""
    shop.do(desk.run)
    assert (task(shop, taken).status, task(shop, taken).taken_by, task(shop, taken).offered_to) == (OPEN, None, zhao)
    assert (task(shop, put_off).status, task(shop, put_off).taken_by) == (SNOOZED, wang)


@pytest.mark.parametrize(
    ("from_on", "to_on", "why"),
    [
        (FRIDAY, TUESDAY, TURNED),
        (date(2026, 11, 1), date(2026, 11, 22), TURNED),
        (MONDAY, TUESDAY, OVERLAPS),
        (FRIDAY, FRIDAY + timedelta(days=3), OVERLAPS),
        (FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3), ""),
    ],
)
def test_days_that_cannot_be_are_refused(shop: Shop, from_on: date, to_on: date, why: str) -> None:
    (wang,) = advisors(shop, "王工")
    assert leave(shop, wang, TUESDAY, FRIDAY) == ""
    assert leave(shop, wang, from_on, to_on) == why


def test_who_is_away_or_oneself_does_not_stand_in(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    assert leave(shop, wang, TUESDAY, FRIDAY, wang) == NO_BACKUP
    assert leave(shop, zhao, FRIDAY, FRIDAY) == ""
    assert leave(shop, wang, TUESDAY, FRIDAY, zhao) == NO_BACKUP
    assert leave(shop, wang, TUESDAY, TUESDAY, zhao) == ""


def test_the_same_leave_asked_ten_times_at_once_is_one(shop: Shop) -> None:
    (wang,) = advisors(shop, "王工")

    def ask(crm: Crm) -> bool:
        crm.roster.go_on_leave(wang, TUESDAY, FRIDAY)
        return True

    told = together(shop, [ask] * 10)
    assert told.count(True) == 1
    assert all(isinstance(one, LeaveRefused) for one in told if one is not True)


def test_who_comes_back_early_is_offered_cards_again(shop: Shop) -> None:
    (wang,) = advisors(shop, "王工")
    leave(shop, wang, MONDAY, FRIDAY)
    assert task(shop, opened(shop)).offered_to is None
    shop.time_is("2026-11-24 09:00")
    assert shop.do(lambda crm: crm.roster.come_back(wang)) == 1
    number = opened(shop)
    assert task(shop, number).offered_to == wang
    assert shop.do(takes(number, wang))
    assert task(shop, number).status == TAKEN
