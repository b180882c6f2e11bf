"""Work orders of a DMS: whom they are matched with, and whom they do not bring back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from core.errors import BadInput
from handlers import dms
from intake.dms_documents import read_event
from tests.chat import Shop

AT = "2026-11-23T10:00:00+08:00"


def tells(shop: Shop, type_: str, data: dict[str, Any], *, id_: str = "e1", at: str = AT) -> None:
    body = json.dumps({"id": id_, "type": type_, "occurred_at": at, "data": data}).encode()
    envelope, read = read_event(body)
    shop.do(lambda crm: dms.receive(crm, envelope, read, body))


def order(**facts: Any) -> dict[str, Any]:
    return {"number": "W1", "plate": "粤B12345", "owner": {"name": "李明", "phone": "13812345678"}} | facts


def test_a_known_owner_gets_the_visit_and_keeps_store_and_advisor(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678")
    shop.do(lambda crm: crm.stores.add("FT", "福田店"))
    tells(shop, "work_order.completed", order(store="FT", amount="99.90"))
    visits = shop.ask(lambda crm: [(one.store_id, one.amount_fen) for one in crm.visits.of_owner(1)])
    assert (visits, shop.ask(lambda crm: crm.owners.get(1).store_id)) == ([(2, 9_990)], 1)


def test_another_name_under_that_phone_is_another_person(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678")
    tells(shop, "work_order.completed", order(owner={"name": "王芳", "phone": "13812345678"}))
    assert shop.ask(lambda crm: crm.visits.of_owner(1)) == []
    assert shop.ask(lambda crm: crm.owners.get(2).name) == "王芳"


def test_a_late_event_does_not_bring_back_whom_we_forgot(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678")
    shop.do(lambda crm: crm.erasures.erase(1, "owner"))
    tells(shop, "work_order.completed", order(amount="580"), at="2026-11-22T10:00:00+08:00")
    visit = shop.ask(lambda crm: crm.visits.with_number("W1"))
    assert visit is not None
    assert (visit.owner_id, visit.amount_fen) == (None, 58_000)
    event = shop.ask(lambda crm: crm.dms_events.find("e1"))
    assert event is not None
    assert event.body_sealed is None


def test_who_comes_back_by_themselves_is_a_new_customer(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678")
    shop.do(lambda crm: crm.erasures.erase(1, "owner"))
    shop.time_is("2026-12-01 12:00")
    tells(shop, "work_order.completed", order(), at="2026-12-01T11:00:00+08:00")
    assert shop.ask(lambda crm: [one.status for one in crm.visits.of_owner(2)]) == ["completed"]


def test_an_order_about_nobody_is_refused_and_leaves_nothing(shop: Shop) -> None:
    with pytest.raises(BadInput, match="needs a plate"):
        tells(shop, "work_order.completed", order(plate="", owner=None))
    assert shop.ask(lambda crm: crm.visits.with_number("W1")) is None
    assert shop.ask(lambda crm: crm.dms_events.find("e1")) is None


def test_a_cancelled_order_that_was_never_seen_is_remembered(shop: Shop) -> None:
    tells(shop, "work_order.cancelled", {"number": "W1"})
    tells(shop, "work_order.completed", order(), id_="e2", at="2026-11-23T09:00:00+08:00")
    visit = shop.ask(lambda crm: crm.visits.with_number("W1"))
    assert visit is not None
    assert visit.status == "cancelled"
