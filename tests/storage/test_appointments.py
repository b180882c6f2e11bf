"""Who gets a time, and who does not."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core.errors import Refused, SlotTaken
from storage.appointments import BOOKED, CANCELLED, EXPIRED, Held
from storage.claims import BAY_CLAIMS
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import meanwhile, together, transaction

TUESDAY = date(2026, 11, 24)
NINE, TEN, HALF_PAST_TEN, ELEVEN = (f"2026-11-24 {clock}" for clock in ("09:00", "10:00", "10:30", "11:00"))


def holding(shop: Shop, when: str = TEN, service: str = "maintenance") -> Callable[[Crm], Held]:
    def hold(crm: Crm) -> Held:
        work = crm.services.by_code(service)
        assert work is not None
        owner, store, moment = crm.owners.add("李明"), crm.stores.get(1), shop.moment(when)
        return crm.appointments.hold(owner.key, store, work, moment, channel="web", conversation_id=None)

    return hold


def booking(shop: Shop, when: str = TEN, service: str = "maintenance") -> Callable[[Crm], int]:
    return lambda crm: confirmed(crm, holding(shop, when, service)(crm).key).key


def confirmed(crm: Crm, number: int) -> Held:
    appointment = crm.appointments.held(number)
    return crm.appointments.confirm(appointment, vehicle_id=None, plate="粤B12345", advisor_id=None)


def hold(shop: Shop, when: str = TEN, service: str = "maintenance") -> int:
    return shop.do(lambda crm: holding(shop, when, service)(crm).key)


def book(shop: Shop, when: str = TEN, service: str = "maintenance") -> int:
    return shop.do(booking(shop, when, service))


def free(shop: Shop, when: str = TEN, service: str = "maintenance") -> int:
    def ask(crm: Crm) -> int:
        work = crm.services.by_code(service)
        assert work is not None
        slots = crm.appointments.slots(crm.stores.get(1), work, TUESDAY)
        return next((slot.free for slot in slots if slot.starts_at == shop.moment(when)), -1)

    return shop.ask(ask)


def status(shop: Shop, number: int) -> str:
    return shop.ask(lambda crm: crm.appointments.get(number).status)


def pass_minutes(shop: Shop, minutes: int) -> None:
    shop.clock.advance_to(shop.clock.now() + timedelta(minutes=minutes))


def test_two_bays_serve_two_cars_at_a_time(shop: Shop) -> None:
    assert free(shop) == 2
    both = [book(shop), book(shop)]
    assert shop.ask(lambda crm: {crm.appointments.get(n).bay_id for n in both}) == {1, 2}
    assert (free(shop, NINE), free(shop), free(shop, HALF_PAST_TEN), free(shop, ELEVEN)) == (2, 0, 0, 2)
    with pytest.raises(SlotTaken):
        hold(shop)


def test_fifty_owners_want_the_last_time_and_as_many_get_it_as_there_are_bays(shop: Shop) -> None:
    results = together(shop, [booking(shop)] * 50)
    got = [result for result in results if isinstance(result, int)]
    assert len(got) == 2
    assert {type(result) for result in results if not isinstance(result, int)} == {SlotTaken}
    assert shop.ask(lambda crm: {crm.appointments.get(n).bay_id for n in got}) == {1, 2}


def test_owners_who_want_times_that_overlap_share_no_bay(shop: Shop) -> None:
    together(shop, [booking(shop, when) for when in (NINE, "2026-11-24 09:30", TEN, HALF_PAST_TEN) * 5])
    claims = shop.ask(lambda crm: crm.connection.execute(BAY_CLAIMS.select()).all())
    assert len({(claim.bay_id, claim.cell) for claim in claims}) == len(claims)
    assert free(shop) == 0


def test_a_held_time_is_kept_for_ten_minutes(shop: Shop) -> None:
    hold(shop), hold(shop)
    pass_minutes(shop, 9)
    assert free(shop) == 0
    pass_minutes(shop, 1)
    assert free(shop) == 2
    assert book(shop)


def test_an_expired_hold_keeps_no_part_of_its_time(shop: Shop) -> None:
    hold(shop), hold(shop)
    pass_minutes(shop, 10)
    book(shop, HALF_PAST_TEN), book(shop, HALF_PAST_TEN)
    assert (free(shop, "2026-11-24 09:30"), free(shop), free(shop, HALF_PAST_TEN)) == (2, 0, 0)


def test_who_confirms_late_gets_the_time_while_it_is_free(shop: Shop) -> None:
    late = hold(shop)
    pass_minutes(shop, 30)
    assert shop.do(lambda crm: confirmed(crm, late).status) == BOOKED
    assert free(shop) == 1


def test_who_confirms_late_gets_the_other_bay_when_theirs_is_gone(shop: Shop) -> None:
    late = hold(shop)
    pass_minutes(shop, 30)
    first = book(shop)
    assert status(shop, late) == EXPIRED
    shop.do(lambda crm: confirmed(crm, late).key)
    assert shop.ask(lambda crm: {crm.appointments.get(n).bay_id for n in (first, late)}) == {1, 2}


def test_who_confirms_late_is_told_when_the_time_is_taken(shop: Shop) -> None:
    late = hold(shop)
    pass_minutes(shop, 30)
    book(shop), book(shop)
    with pytest.raises(SlotTaken):
        shop.do(lambda crm: confirmed(crm, late))
    assert status(shop, late) == EXPIRED


def test_confirming_twice_books_once(shop: Shop) -> None:
    number = book(shop)
    shop.do(lambda crm: confirmed(crm, number).key)
    assert shop.verbs().count("appointment.booked") == 1


def test_a_cancelled_or_released_time_is_free_again(shop: Shop) -> None:
    booked, held = book(shop), hold(shop)
    assert free(shop) == 0
    assert shop.do(lambda crm: crm.appointments.cancel(crm.appointments.get(booked)))
    shop.do(lambda crm: crm.appointments.release(held))
    assert free(shop) == 2
    assert status(shop, booked) == CANCELLED
    assert not shop.do(lambda crm: crm.appointments.cancel(crm.appointments.get(booked)))


def test_a_booking_is_not_released(shop: Shop) -> None:
    number = book(shop)
    shop.do(lambda crm: crm.appointments.release(number))
    assert status(shop, number) == BOOKED


def test_technicians_limit_what_bays_would_allow(shop: Shop) -> None:
    shop.do(lambda crm: crm.staff.add("刘工", "technician", 1, skills="ev").key)
    assert free(shop) == 1
    book(shop)
    assert free(shop) == 0
    with pytest.raises(SlotTaken):
        hold(shop)
    assert shop.ask(lambda crm: crm.connection.execute(BAY_CLAIMS.select()).all().__len__()) == 2


def test_work_that_needs_a_skill_goes_to_who_has_it(shop: Shop) -> None:
    def furnish(crm: Crm) -> int:
        work = crm.services.known("maintenance")
        assert work is not None
        work.skill = "ev"
        crm.staff.add("刘工", "technician", 1, skills="tyres")
        return crm.staff.add("陈工", "technician", 1, skills="tyres,ev").key

    chen = shop.do(furnish)
    assert (free(shop), free(shop, service="tyres")) == (1, 2)
    number = book(shop)
    assert shop.ask(lambda crm: crm.appointments.get(number).technician_id) == chen
    assert (free(shop), free(shop, service="tyres")) == (0, 1)


def test_a_bay_type_that_the_store_lacks_is_served_by_a_general_one(shop: Shop) -> None:
    assert free(shop, service="alignment") == 2
    number = book(shop, service="alignment")
    assert shop.ask(lambda crm: crm.stores.bay(crm.appointments.get(number).bay_id).type) == "general"
    assert (free(shop, service="alignment"), free(shop), free(shop, service="wash")) == (1, 1, 1)


def test_nothing_is_offered_or_held_on_a_holiday(shop: Shop) -> None:
    shop.do(lambda crm: crm.stores.close_on(TUESDAY, "盘点", crm.stores.get(1)))
    assert free(shop) == -1
    with pytest.raises(Refused):
        hold(shop)


@pytest.mark.parametrize(
    "when",
    ["2026-11-23 09:30", "2026-11-24 10:15", "2026-11-24 17:30", "2026-11-24 08:30", "2027-02-01 10:00"],
    ids=["past", "off the grid", "too late to finish", "before opening", "too far ahead"],
)
def test_a_time_that_cannot_be_is_refused(shop: Shop, when: str) -> None:
    with pytest.raises(Refused):
        hold(shop, when)


def test_a_confirmation_that_came_first_wins_over_the_expiry(postgres_shop: Shop) -> None:
    held = [hold(postgres_shop), hold(postgres_shop)]
    with transaction(postgres_shop) as crm:
        for number in held:
            confirmed(crm, number)
        pass_minutes(postgres_shop, 10)
        late = meanwhile(postgres_shop, booking(postgres_shop))
    assert isinstance(late.exception(20), SlotTaken)
    assert [status(postgres_shop, number) for number in held] == [BOOKED, BOOKED]


def test_an_expiry_that_came_first_wins_over_the_confirmation(postgres_shop: Shop) -> None:
    held = [hold(postgres_shop), hold(postgres_shop)]
    early = postgres_shop.clock.now()
    with transaction(postgres_shop) as crm:
        crm.now = early + timedelta(minutes=10)
        new = [booking(postgres_shop)(crm), booking(postgres_shop)(crm)]
        late = meanwhile(postgres_shop, lambda other: confirmed(other, held[0]).key)
    assert isinstance(late.exception(20), SlotTaken)
    assert [status(postgres_shop, number) for number in (*held, *new)] == [EXPIRED, EXPIRED, BOOKED, BOOKED]


def test_a_late_confirmation_and_a_newcomer_at_once_share_no_bay(postgres_shop: Shop) -> None:
    held = [hold(postgres_shop), hold(postgres_shop)]
    pass_minutes(postgres_shop, 10)
    with transaction(postgres_shop) as crm:
        confirmed(crm, held[0])
        newcomer = meanwhile(postgres_shop, booking(postgres_shop))
    assert isinstance(newcomer.result(20), int)
    with pytest.raises(SlotTaken):
        postgres_shop.do(lambda crm: confirmed(crm, held[1]))
    assert free(postgres_shop) == 0
