"""A booking moves into time that is partly its own, and nobody is booked twice by it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.errors import SlotTaken
from storage.appointments import BOOKED, Held
from storage.claims import BAY_CLAIMS
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.test_appointments import book, booking, confirmed, free, pass_minutes, status
from tests.storage.two import meanwhile, together, transaction

NINE, HALF_PAST_NINE, TEN, HALF_PAST_TEN, ELEVEN, NOON = (
    f"2026-11-24 {clock}" for clock in ("09:00", "09:30", "10:00", "10:30", "11:00", "12:00")
)


def held_for(shop: Shop, number: int, when: str) -> Callable[[Crm], Held]:
    """The time that the booking is to move to."""

    def hold(crm: Crm) -> Held:
        work, store, moment = crm.services.known("maintenance"), crm.stores.get(1), shop.moment(when)
        assert work is not None
        owner = crm.appointments.get(number).owner_id
        return crm.appointments.hold(owner, store, work, moment, channel="web", conversation_id=None, instead_of=number)

    return hold


def moving(shop: Shop, number: int, held: int) -> Callable[[Crm], bool]:
    return lambda crm: crm.appointments.move(crm.appointments.get(number), crm.appointments.held(held))


def hold_for(shop: Shop, number: int, when: str) -> int:
    return shop.do(lambda crm: held_for(shop, number, when)(crm).key)


def short_work_in_general_bays(crm: Crm) -> None:
    work = crm.services.known("battery")
    assert work is not None
    work.bay_type = "general"


def claims(shop: Shop) -> list[tuple[str, int, int]]:
    """(local time, bay, appointment) of every claimed cell."""
    rows = shop.ask(lambda crm: crm.connection.execute(BAY_CLAIMS.select()).all())
    return sorted((f"{row.cell.astimezone(shop.zone):%H:%M}", row.bay_id, row.appointment_id) for row in rows)


@pytest.mark.parametrize(("when", "cells"), [(HALF_PAST_TEN, ["10:30", "11:00"]), (HALF_PAST_NINE, ["09:30", "10:00"])])
def test_half_an_hour_into_its_own_time_is_no_full_time(shop: Shop, when: str, cells: list[str]) -> None:
    li, wang = book(shop, TEN), book(shop, TEN)
    bay = shop.ask(lambda crm: crm.appointments.get(li).bay_id)
    assert free(shop, HALF_PAST_TEN) == 0
    held = hold_for(shop, li, when)
    assert shop.do(moving(shop, li, held))
    assert [(cell, bay_id) for cell, bay_id, number in claims(shop) if number == li] == [(cell, bay) for cell in cells]
    assert [cell for cell, _, number in claims(shop) if number == wang] == ["10:00", "10:30"]
    assert shop.ask(lambda crm: crm.appointments.find(held)) is None


def test_technicians_move_with_their_own_time_too(shop: Shop) -> None:
    shop.do(lambda crm: crm.staff.add("刘工", "technician", 1).key)
    li = book(shop, TEN)
    assert shop.do(moving(shop, li, hold_for(shop, li, HALF_PAST_TEN)))
    assert (free(shop, NINE), free(shop, TEN), free(shop, ELEVEN), free(shop, NOON)) == (1, 0, 0, 1)


def test_a_hold_that_ran_out_still_moves_while_nobody_else_has_the_time(shop: Shop) -> None:
    li, _ = book(shop, TEN), book(shop, TEN)
    held = hold_for(shop, li, HALF_PAST_TEN)
    pass_minutes(shop, 11)
    assert shop.do(moving(shop, li, held))
    assert [cell for cell, _, number in claims(shop) if number == li] == ["10:30", "11:00"]


def test_who_cancelled_meanwhile_is_not_moved(shop: Shop) -> None:
    li = book(shop, TEN)
    held = hold_for(shop, li, HALF_PAST_TEN)
    shop.do(lambda crm: crm.appointments.cancel(crm.appointments.get(li)))
    assert shop.do(moving(shop, li, held)) is False
    assert claims(shop) == []


def test_a_hold_that_leans_on_a_booking_claims_everything_before_it_is_one_itself(shop: Shop) -> None:
    li, _ = book(shop, TEN), book(shop, TEN)
    held = hold_for(shop, li, HALF_PAST_TEN)
    with pytest.raises(SlotTaken):
        shop.do(lambda crm: confirmed(crm, held))
    shop.do(lambda crm: crm.appointments.cancel(crm.appointments.get(li)))
    shop.do(lambda crm: confirmed(crm, held).key)
    assert [cell for cell, _, number in claims(shop) if number == held] == ["10:30", "11:00"]


def test_a_second_move_whose_ground_is_gone_leaves_the_booking_where_it_is(shop: Shop) -> None:
    li, _ = book(shop, TEN), book(shop, TEN)
    earlier, later = hold_for(shop, li, HALF_PAST_NINE), hold_for(shop, li, HALF_PAST_TEN)
    assert shop.do(moving(shop, li, earlier))
    shop.do(short_work_in_general_bays)
    book(shop, HALF_PAST_TEN, "battery")
    with pytest.raises(SlotTaken):
        shop.do(moving(shop, li, later))
    assert [cell for cell, _, number in claims(shop) if number == li] == ["09:30", "10:00"]
    assert shop.ask(lambda crm: crm.appointments.get(li).starts_at) == shop.moment(HALF_PAST_NINE)


def test_a_second_move_waits_for_the_first_and_takes_what_it_gave_back(postgres_shop: Shop) -> None:
    shop = postgres_shop
    li, _ = book(shop, TEN), book(shop, TEN)
    earlier, later = hold_for(shop, li, HALF_PAST_NINE), hold_for(shop, li, HALF_PAST_TEN)
    with transaction(shop) as crm:
        moving(shop, li, earlier)(crm)
        second = meanwhile(shop, moving(shop, li, later))
    assert second.result(20)
    assert [cell for cell, _, number in claims(shop) if number == li] == ["10:30", "11:00"]
    assert status(shop, li) == BOOKED


def test_two_moves_of_one_booking_at_once_and_newcomers_share_no_bay(shop: Shop) -> None:
    li, _ = book(shop, TEN), book(shop, TEN)
    holds = [hold_for(shop, li, when) for when in (HALF_PAST_NINE, HALF_PAST_TEN)]
    moves: list[Callable[[Crm], object]] = [moving(shop, li, held) for held in holds]
    together(shop, [*moves, *(booking(shop, when) for when in (NINE, HALF_PAST_NINE, TEN, HALF_PAST_TEN))])
    found = claims(shop)
    assert len({(cell, bay) for cell, bay, _ in found}) == len(found)
    start = shop.ask(lambda crm: crm.appointments.get(li).starts_at.astimezone(shop.zone))
    assert next(cell for cell, _, number in found if number == li) == f"{start:%H:%M}"
    assert sum(number == li for _, _, number in found) == 2
