"""What a DMS tells, over real sockets: signed, once, in any order, and what the owner hears of it."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.signing import signature
from storage.crm import Crm
from tests import web
from tests.serving import Serving

SECRET, PATH = "dms-secret", "/api/v1/dms/events"
CLOCK = "2026-11-23T10:00:00+08:00"
numbers = itertools.count(1)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Serving]:
    with Serving(tmp_path, sends=False, DMS_SECRET=SECRET, CLOCK=CLOCK) as serving:
        serving.house.database.transact(lambda crm: crm.stores.add("NS", "深圳南山店"))
        yield serving


def event(type_: str, at: str = "2026-11-23T10:00:00+08:00", *, id_: str = "", **data: Any) -> dict[str, Any]:
    return {"id": id_ or f"e{next(numbers)}", "type": type_, "occurred_at": at, "data": data}


def order(number: Any = "W1", **data: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {"number": number, "store": "NS", "plate": "粤B12345", "mileage_km": 20_100}
    facts |= {"owner": {"name": "李明", "phone": "13812345678"}, "amount": "580.00", "advisor": "王工"}
    return facts | {"items": [{"code": "M1", "name": "保养", "amount": "580.00"}]} | data


def post(shop: Serving, value: Any, *, at: float | None = None, secret: str = SECRET) -> web.Answer:
    body = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    header = {"X-Huiche-Signature": signature(secret, body, int(at or time.time()))}
    return shop.post(PATH, body, header)


def tells(shop: Serving, type_: str, at: str = "2026-11-23T10:00:00+08:00", **data: Any) -> None:
    answer = post(shop, event(type_, at, **data))
    assert answer.status == 202, answer.text


def visits(shop: Serving) -> list[tuple[str, str, int]]:
    def all_of_one(crm: Crm) -> list[tuple[str, str, int]]:
        found = [crm.visits.with_number(number) for number in ("W1", "W2")]
        return [(one.number, one.status, one.amount_fen) for one in found if one]

    return shop.ask(all_of_one)


def chat(shop: Serving, text: str, account: str = "account-of-li-ming") -> str:
    value = {"id": f"m{next(numbers)}", "text": text}
    answer = web.post_json(f"{shop.url}/api/v1/chat/{account}/messages", value)
    return "\n".join(message["text"] for message in answer.json()["messages"])


def heard(shop: Serving, account: str = "account-of-li-ming") -> str:
    """Everything in that chat, also what came by itself."""
    return str(shop.get(f"/api/v1/chat/{account}/messages?after=0").text)


def test_an_unsigned_a_forged_and_an_old_event_are_refused(shop: Serving) -> None:
    told = event("work_order.completed", **order())
    assert shop.post(PATH, told).status == 401
    assert post(shop, told, secret="guessed").status == 401
    assert post(shop, told, at=time.time() - 310).status == 401
    assert post(shop, told, at=time.time() + 310).status == 401
    assert shop.post(PATH, told, {"X-Huiche-Signature": "t=²,v1="}).status == 401
    assert visits(shop) == []
    assert post(shop, told, at=time.time() - 290).status == 202


def test_without_a_secret_every_event_is_refused(tmp_path: Path) -> None:
    with Serving(tmp_path, sends=False, CLOCK=CLOCK) as serving:
        assert post(serving, event("work_order.completed", **order()), secret="").status == 401


def test_the_same_event_again_has_no_second_effect(shop: Serving) -> None:
    told = event("work_order.completed", **order())
    assert [post(shop, told).status for _ in range(3)] == [202, 202, 202]
    assert visits(shop) == [("W1", "completed", 58_000)]
    assert shop.ask(lambda crm: crm.owners.get(1).name) == "李明"
    assert shop.ask(lambda crm: [car.mileage_km for car in crm.vehicles.of_owner(1)]) == [20_100]


def test_its_body_is_kept_sealed(shop: Serving, tmp_path: Path) -> None:
    assert post(shop, event("work_order.completed", id_="E-1", **order())).status == 202
    kept = shop.ask(lambda crm: crm.keys.unseal(crm.dms_events.find("E-1").body_sealed, "dms_event.body"))  # type: ignore[union-attr,arg-type]
    assert json.loads(kept)["data"]["owner"]["phone"] == "13812345678"
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("shop.db"))
    assert b"13812345678" not in written


@pytest.mark.parametrize("order_of_arrival", list(itertools.permutations(range(3))))
def test_the_later_word_on_a_number_wins_in_whatever_order_it_comes(
    shop: Serving, order_of_arrival: tuple[int, ...]
) -> None:
    told = (
        event("work_order.opened", "2026-11-23T09:00:00+08:00", **order(amount="0")),
        event("work_order.completed", "2026-11-23T09:50:00+08:00", **order(amount="500.00")),
        event("work_order.completed", "2026-11-23T09:55:00+08:00", **order(amount="580.50", mileage_km=20_200)),
    )
    for number in order_of_arrival:
        assert post(shop, told[number]).status == 202
    assert visits(shop) == [("W1", "completed", 58_050)]


def test_a_cancelled_order_is_no_visit_and_no_last_maintenance(shop: Serving) -> None:
    tells(shop, "work_order.completed", "2026-11-23T09:50:00+08:00", **order())
    assert shop.ask(lambda crm: str(crm.vehicles.get(1).due_on)) == "2027-11-23"
    tells(shop, "work_order.cancelled", "2026-11-23T09:55:00+08:00", number="W1")
    assert visits(shop)[0][:2] == ("W1", "cancelled")
    assert shop.ask(lambda crm: crm.vehicles.get(1).due_on) is None


def test_an_opened_order_does_not_count_as_maintenance_yet(shop: Serving) -> None:
    tells(shop, "work_order.opened", **order())
    assert visits(shop) == [("W1", "open", 58_000)]
    assert shop.ask(lambda crm: crm.vehicles.get(1).last_service_on) is None


def test_the_odometer_only_rises(shop: Serving) -> None:
    tells(shop, "work_order.completed", **order())
    tells(shop, "vehicle.updated", "2026-11-23T10:01:00+08:00", plate="粤B12345", mileage_km=900)
    assert shop.ask(lambda crm: crm.vehicles.get(1).mileage_km) == 20_100
    tells(shop, "vehicle.updated", "2026-11-23T10:02:00+08:00", plate="粤B12345", mileage_km=20_900)
    assert shop.ask(lambda crm: crm.vehicles.get(1).mileage_km) == 20_900


def test_an_older_word_about_a_car_changes_nothing(shop: Serving) -> None:
    tells(shop, "vehicle.updated", "2026-11-23T10:02:00+08:00", plate="粤B12345", model="汉 EV")
    tells(shop, "vehicle.updated", "2026-11-23T10:01:00+08:00", plate="粤B12345", model="唐 DM")
    assert shop.ask(lambda crm: crm.vehicles.get(1).model) == "汉 EV"


def test_an_owner_is_found_by_phone_and_corrected(shop: Serving) -> None:
    tells(shop, "work_order.completed", **order())
    tells(shop, "owner.updated", phone="13812345678", name="李明", address="南山区科技园1号")
    assert shop.ask(lambda crm: crm.owners.address(crm.owners.get(1))) == "南山区科技园1号"
    tells(shop, "owner.updated", name="李明", phone="13900001111", plate="粤B12345")
    assert shop.ask(lambda crm: crm.owners.phone(crm.owners.get(1))) == "+8613900001111"


def test_who_booked_in_the_chat_hears_that_the_car_is_ready(shop: Serving) -> None:
    for text in ("今天下午三点给粤B12345做保养", "跳过", "确认"):
        chat(shop, text)
    assert "可以来取车" not in heard(shop)
    tells(shop, "work_order.completed", **order())
    said = heard(shop)
    assert "您的粤B12345已完工，可以来取车了。今天 18:00 前都可以取。" in said
    assert said.count("可以来取车") == 1
    assert "580 元" in said
    statuses = shop.ask(lambda crm: [one.status for one in crm.appointments.of_owner(1)])
    assert statuses == ["done"]


def test_a_car_that_was_ready_yesterday_is_no_news(shop: Serving) -> None:
    for text in ("今天下午三点给粤B12345做保养", "跳过", "确认"):
        chat(shop, text)
    tells(shop, "work_order.completed", "2026-11-21T10:00:00+08:00", **order())
    assert "可以来取车" not in heard(shop)


def test_what_the_dms_makes_of_an_appointment_stands_on_its_timeline(shop: Serving) -> None:
    for text in ("今天下午三点给粤B12345做保养", "跳过", "确认"):
        chat(shop, text)
    tells(shop, "appointment.accepted", appointment_id=1, number="WO-9")
    assert "appointment.accepted" in shop.ask(lambda crm: [one.verb for one in crm.events.of_owner(1)])
    assert post(shop, event("appointment.rejected", appointment_id=999)).status == 422


SENSELESS: list[dict[str, Any]] = [
    order(number=""), order(number=None), order(number=7), order(amount="NaN"), order(amount="Infinity"),
    order(amount="-1"), order(amount="12.345"), order(amount="1e400"), order(amount=[]), order(amount="一百"),
    order(amount=True), order(mileage_km=-5), order(mileage_km="many"), order(mileage_km=10**12), order(plate={"a": 1}),
    order(plate="not a plate", owner=None), order(store="火星店"), order(items="保养"), order(items=[{"name": 1}]),
    order(completed_at="yesterday"), order(completed_at="2026-11-23T10:00:00"), order(completed_at=1_700_000_000),
    order(completed_at="0001-01-01T00:00:00+14:00"), order(owner="李明"), order(number="W" * 65),
]  # fmt: skip


@pytest.mark.parametrize("data", SENSELESS)
def test_signed_but_senseless_data_is_refused_and_not_remembered(shop: Serving, data: dict[str, Any]) -> None:
    told = event("work_order.completed", id_="again", **data)
    assert post(shop, told).status == 422
    assert visits(shop) == []
    assert post(shop, event("work_order.completed", id_="again", **order())).status == 202
    assert visits(shop) == [("W1", "completed", 58_000)]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b'{"id":NaN}', b"\xff\xfe", b"[" * 100_000, b'{"id":"\\ud800"}',
        b'{"id":"a","type":"work_order.completed","occurred_at":"2026-11-23T10:00:00+08:00","data":{"amount":NaN}}',
        b'{"id":"a","type":"x","occurred_at":"2026-11-23T10:00:00+08:00","data":{}}',
        b'{"id":"a","type":"work_order.completed","occurred_at":"2031-11-23T10:00:00+08:00","data":{"number":"W1"}}',
        b'{"id":"a","type":"work_order.completed","occurred_at":"2026-11-23T10:00:00+08:00","data":{"mileage_km":'
        + b"9" * 5000 + b"}}",
    ],
)  # fmt: skip
def test_a_signed_body_that_is_no_event_is_refused(shop: Serving, body: bytes) -> None:
    assert post(shop, body).status == 422


def test_a_huge_body_is_refused(shop: Serving) -> None:
    assert post(shop, b" " * (1024 * 1024 + 1)).status in (413, 0)


def test_a_plate_that_cannot_be_right_does_not_lose_the_order(shop: Serving) -> None:
    tells(shop, "work_order.completed", **order(plate="粤B1234O"))
    assert visits(shop) == [("W1", "completed", 58_000)]
    assert shop.ask(lambda crm: crm.owners.phone(crm.owners.get(1))) == "+8613812345678"
