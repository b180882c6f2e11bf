"""Events of a DMS that come at once, on either engine."""

from __future__ import annotations

import json

from handlers import dms
from intake.dms_documents import read_event
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together


def body(number: int, **facts: object) -> bytes:
    data = {"number": f"W{number}", "plate": "粤B12345", "owner": {"name": "李明", "phone": "13812345678"}} | facts
    event = {"id": f"e{number}", "type": "work_order.completed", "occurred_at": "2026-11-23T09:00:00+08:00"}
    return json.dumps(event | {"data": data}).encode()


def takes(crm: Crm, raw: bytes) -> bool:
    envelope, data = read_event(raw)
    return dms.receive(crm, envelope, data, raw)


def test_one_new_customer_with_many_orders_at_once_is_one_person_with_one_car(shop: Shop) -> None:
    raws = [body(number, mileage_km=1000 + number) for number in range(6)]
    assert together(shop, [lambda crm, raw=raw: takes(crm, raw) for raw in raws]) == [True] * 6  # type: ignore[misc]
    assert len(shop.ask(lambda crm: crm.visits.of_owner(1))) == 6
    assert shop.ask(lambda crm: [car.mileage_km for car in crm.vehicles.of_owner(1)]) == [1005]


def test_the_same_event_many_times_at_once_is_taken_once(shop: Shop) -> None:
    raw = body(1)
    done = together(shop, [lambda crm: takes(crm, raw)] * 6)
    assert sorted(done, key=str) == [False] * 5 + [True]
    assert len(shop.ask(lambda crm: crm.visits.of_owner(1))) == 1
