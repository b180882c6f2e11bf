"""An owner is forgotten: everywhere, once, and old files do not bring them back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.messages import Bubble, Inbound, Kind, Rank
from handlers import receive
from intake.importing import bring_in
from intake.read import read_sheet
from storage.columns import METADATA
from storage.crm import Crm
from storage.erasure_rules import RULES
from storage.owners import Owner
from storage.sealed import SEALED
from tests.chat import Shop
from tests.storage.test_owners import a_full_life
from tests.storage.two import together, transaction

NAME, PHONE, VIN, ADDRESS = "李明明", "+8613812345678", "LSVAU2A37N2183294", "科技园一路一号"
ACCOUNT, PLATE, WORDS = "openid-of-li-ming", "粤B98765", "我想问问刹车怎么老是响"


def li(crm: Crm) -> int:
    """A record in which every identifying field is filled, and a talk about it."""
    owner = crm.owners.add(NAME, store_id=1, remarks=f"{NAME}怕胎噪")
    crm.owners.set_phone(owner, PHONE, verified=True)
    crm.owners.set_address(owner, ADDRESS)
    crm.owners.set_birthday(owner, datetime(1990, 5, 3, tzinfo=UTC).date())
    car = crm.vehicles.add(PLATE, model="汉 EV")
    crm.vehicles.set_vin(car, VIN)
    crm.vehicles.connect(owner.key, car.key)
    crm.visits.add("W77", owner_id=owner.key, vehicle_id=car.key, visited_on=crm.now.date(), amount_fen=58_000)
    crm.identities.give_to_owner("wechat", ACCOUNT, owner.key)
    event = crm.dms_events.accept("e9", "owner.updated", crm.now, json.dumps({"phone": PHONE}).encode())
    crm.dms_events.told(event or 0, "written", owner_id=owner.key)
    return owner.key


def talks(shop: Shop) -> None:
    for number, text in enumerate((WORDS, f"明天上午10点给{PLATE}做保养", "确认")):
        one = Inbound("wechat", f"k{number}", ACCOUNT, Kind.TEXT, text=text, raw=f'{{"{ACCOUNT}":1}}'.encode())
        shop.do(lambda crm, inbound=one: receive(crm, inbound))  # type: ignore[misc]


def told_of(shop: Shop) -> str:
    """All that the store tells in clear, sealed columns opened."""

    def everything(crm: Crm) -> str:
        what = {(one.table, one.column): one.what for one in SEALED}
        parts = []
        for table in METADATA.sorted_tables:
            for row in crm.connection.execute(table.select()):
                for column, value in row._mapping.items():
                    name = what.get((table.name, column)) if value else None
                    opened = crm.keys.unseal_bytes(value, name).decode("utf-8", "replace") if name else str(value)
                    parts.append(opened)
        return "\n".join(parts)

    return shop.ask(everything)


def test_every_table_of_owners_and_every_sealed_column_has_a_rule() -> None:
    with_owner = {table.name for table in METADATA.sorted_tables if "owner_id" in table.c}
    assert with_owner <= set(RULES), f"say in storage/erasure_rules.py what becomes of {with_owner - set(RULES)}"
    stays = {("store", "robot_sealed"), ("forgotten", "secret_sealed"), ("identity", "account_sealed")}
    for one in SEALED:
        rule = RULES.get(one.table)
        handled = rule is not None and (rule.deletes or one.column in rule.sets)
        assert handled or (one.table, one.column) in stays, (
            f"say in storage/erasure_rules.py what becomes of {one.what}"
        )


def test_nothing_tells_of_them_any_more_and_the_amounts_stay(shop: Shop) -> None:
    owner = shop.do(li)
    talks(shop)
    secrets = (NAME, PHONE, PHONE[3:], VIN, ADDRESS, ACCOUNT, PLATE, WORDS, "1990-05-03")
    before = told_of(shop)
    assert all(secret in before for secret in secrets)
    assert shop.do(lambda crm: crm.erasures.erase(owner, "command"))
    after = told_of(shop)
    assert [secret for secret in secrets if secret in after] == []
    assert shop.ask(lambda crm: [visit.amount_fen for visit in crm.visits.of_owner(owner)]) == [58_000]


def test_a_full_life_can_be_erased_and_stops(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)

    def live(crm: Crm) -> None:
        a_full_life(crm, owner)
        crm.connection.execute(METADATA.tables["erasure"].delete())
        crm.outbox.tell_owner(owner, Bubble("您的车好了"), Rank.SERVICE, timedelta(days=1))

    shop.do(live)
    assert shop.do(lambda crm: crm.erasures.erase(owner, "command"))
    assert shop.ask(lambda crm: [one.status for one in crm.coupons.of_owner(owner)]) == ["revoked"]
    assert shop.ask(lambda crm: {task.status for task in crm.tasks.unfinished()}) == set()
    assert shop.ask(lambda crm: crm.conversations.best_of_owner(owner)) is None
    assert shop.ask(lambda crm: crm.identities.find("web", "account")) is None


def test_an_open_complaint_is_withdrawn_and_its_clock_stops(shop: Shop) -> None:
    owner = shop.do(li)
    ticket = shop.do(lambda crm: crm.tickets.open(owner, 1).key)
    shop.do(lambda crm: crm.erasures.erase(owner, "owner"))
    assert shop.ask(lambda crm: crm.tickets.get(ticket).state) == "withdrawn"
    shop.time_is("2026-12-31 10:00")
    assert shop.ask(lambda crm: crm.tickets.overdue()) == []


def test_a_car_that_somebody_else_drives_keeps_its_plate(shop: Shop) -> None:
    owner = shop.do(li)

    def shared(crm: Crm) -> int:
        wife = crm.owners.add("王芳")
        crm.vehicles.connect(wife.key, crm.vehicles.of_owner(owner)[0].key)
        return wife.key

    wife = shop.do(shared)
    shop.do(lambda crm: crm.erasures.erase(owner, "command"))
    assert shop.ask(lambda crm: [car.plate for car in crm.vehicles.of_owner(wife)]) == [PLATE]


def test_the_evidence_names_nobody_and_twice_changes_nothing(shop: Shop) -> None:
    owner = shop.do(li)
    assert shop.do(lambda crm: crm.erasures.erase(owner, "owner"))
    assert not shop.do(lambda crm: crm.erasures.erase(owner, "owner"))
    erasure = shop.ask(lambda crm: crm.erasures.of_owner(owner))
    assert erasure is not None
    assert (erasure.asked_by, json.loads(erasure.rows)["owner"]) == ("owner", 1)


def test_of_several_erasures_at_once_one_does_it(shop: Shop) -> None:
    owner = shop.do(li)
    done = together(shop, [lambda crm: crm.erasures.erase(owner, "command")] * 8)
    assert sorted(done, key=str) == [False] * 7 + [True]


def test_what_an_import_writes_meanwhile_does_not_bring_the_name_back(postgres_shop: Shop) -> None:
    owner = postgres_shop.do(li)
    with transaction(postgres_shop) as crm:
        crm.imports.alone()
        row = crm.session.get_one(Owner, owner)
        waiting = postgres_shop.database.submit(lambda other: other.erasures.erase(owner, "command"))
        row.name = "李明明"
        crm.session.flush()
    assert waiting.result(30)
    assert postgres_shop.ask(lambda crm: crm.owners.get(owner).name) == ""


@pytest.mark.parametrize("rotated", [False, True])
def test_an_old_file_does_not_bring_them_back(shop: Shop, tmp_path: Path, rotated: bool) -> None:
    owner = shop.do(li)
    shop.do(lambda crm: crm.erasures.erase(owner, "command"))
    file = tmp_path / "old.csv"
    file.write_text(f"姓名,手机,车牌,营销同意\n{NAME},13812345678,{PLATE},2026-01-01\n王芳,13900001111,,\n", "utf-8")
    if rotated:
        shop.database.keys = type(shop.database.keys).new(after=shop.database.keys)
    figures = bring_in(shop.database, read_sheet(file), "old.csv", lambda _: None)
    assert (figures["created"], figures["rejected"]) == (1, 1)
    assert figures["rejects"][0]["reason"] == "asked to be erased"
    assert NAME not in told_of(shop)


def test_old_visits_come_back_without_the_person(shop: Shop, tmp_path: Path) -> None:
    owner = shop.do(li)
    shop.do(lambda crm: crm.erasures.erase(owner, "command"))
    file = tmp_path / "visits.csv"
    file.write_text(f"工单号,到店日期,金额,车牌,姓名,手机\nW5,2026-01-05,300,{PLATE},{NAME},13812345678\n", "utf-8")
    bring_in(shop.database, read_sheet(file), "visits.csv", lambda _: None)
    visit = shop.ask(lambda crm: crm.visits.with_number("W5"))
    assert visit is not None
    assert (visit.amount_fen, visit.owner_id) == (30_000, None)
    assert NAME not in told_of(shop)
