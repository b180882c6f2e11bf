"""Times that become free at the same moment, and what two say of the same visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import journeys
from storage.appointments import Appointment, Held
from storage.crm import Crm
from storage.wait_list import Waiting
from tests.chat import Shop
from tests.storage.two import together


def three_o_clock(shop: Shop) -> datetime:
    return shop.moment("2026-11-24 15:00")


def book(shop: Shop, name: str) -> int:
    def work(crm: Crm) -> int:
        owner, service = crm.owners.add(name), crm.services.by_code("maintenance")
        assert service is not None
        moment = three_o_clock(shop)
        held = crm.appointments.hold(owner.key, crm.stores.get(1), service, moment, channel="web", conversation_id=None)
        return crm.appointments.confirm(held, vehicle_id=None, plate="", advisor_id=None).key

    return shop.do(work)


def wait(shop: Shop, name: str) -> int:
    def work(crm: Crm) -> int:
        owner, service = crm.owners.add(name), crm.services.by_code("maintenance")
        assert service is not None
        crm.identities.give_to_owner("web", f"account-{name}", owner.key)
        day = three_o_clock(shop).date()
        facts = {"store_id": 1, "service_id": service.key, "first_on": day, "last_on": day, "clock": "15:00"}
        wish = Waiting.model_validate(facts | {"owner_id": owner.key, "created_at": crm.now, "changed_at": crm.now})
        return crm.wait_list.join(wish).key

    return shop.do(work)


def cancelling(number: int) -> Callable[[Crm], bool]:
    return lambda crm: crm.appointments.cancel(crm.appointments.get(number))


def offers(shop: Shop) -> list[tuple[int, str]]:
    query = "SELECT waiting_id, status FROM time_offer ORDER BY waiting_id"
    return shop.ask(lambda crm: [tuple(row) for row in crm.connection.exec_driver_sql(query)])


def test_two_cancellations_at_once_are_offered_to_two_people(shop: Shop) -> None:
    booked = [book(shop, name) for name in ("甲", "乙")]
    for name in ("王", "赵", "钱"):
        wait(shop, name)
    assert together(shop, [cancelling(number) for number in booked]) == [True, True]
    together(shop, [lambda crm: len(journeys.wake(crm)) for _ in range(4)])
    assert offers(shop) == [(1, "open"), (2, "open")]
    alive = "SELECT count(*) FROM bay_claim c JOIN appointment a ON a.id = c.appointment_id WHERE a.status = 'held'"
    assert shop.ask(lambda crm: crm.connection.exec_driver_sql(alive).scalar()) == 4


def test_an_offer_is_taken_once_and_never_after_its_time(shop: Shop) -> None:
    number = book(shop, "甲")
    book(shop, "乙")
    wait(shop, "王")
    shop.do(lambda crm: crm.appointments.cancel(crm.appointments.get(number)))
    shop.do(journeys.wake)

    def take(crm: Crm) -> bool:
        offer = crm.wait_list.find_offer(1, 3)
        return offer is not None and crm.wait_list.take(offer)

    assert sorted(together(shop, [take] * 5), key=str) == [False] * 4 + [True]
    shop.clock.advance_to(shop.clock.now() + timedelta(minutes=16))
    shop.do(journeys.wake)
    assert offers(shop) == [(1, "taken")]


def test_of_arrived_and_missed_the_first_is_right(shop: Shop) -> None:
    number = book(shop, "甲")
    verdicts = [
        lambda crm: crm.appointments.arrived(crm.appointments.get(number)),
        lambda crm: crm.appointments.no_show(crm.appointments.get(number)),
        lambda crm: crm.appointments.cancel(crm.appointments.get(number)),
    ]
    assert sorted(together(shop, verdicts), key=str) == [False, False, True]


def test_a_moved_appointment_stays_one_and_gives_its_time_back(shop: Shop) -> None:
    number = book(shop, "甲")

    def move(crm: Crm) -> bool:
        service = crm.services.by_code("maintenance")
        assert service is not None
        moment = three_o_clock(shop) + timedelta(days=1)
        held: Held = crm.appointments.hold(1, crm.stores.get(1), service, moment, channel="web", conversation_id=None)
        appointment: Appointment = crm.appointments.get(number)
        return crm.appointments.move(appointment, held)

    assert shop.do(move)
    assert shop.appointments == [("11-25 15:00", "", "booked")]
    cells = "SELECT count(*), min(appointment_id) FROM bay_claim"
    assert shop.ask(lambda crm: tuple(crm.connection.exec_driver_sql(cells).one())) == (2, number)
    assert "appointment.moved" in shop.verbs()
