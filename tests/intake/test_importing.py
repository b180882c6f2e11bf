"""A shop brings its records in, and brings them in again."""

from __future__ import annotations

import csv
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.clock import StoppedClock
from core.messages import Inbound, Kind
from core.shop import Shop
from handlers import receive
from intake.importing import bring_in, rehearse
from intake.read import read_sheet
from storage.crypto import Keys
from storage.db import Database
from storage.migrate import migrate
from storage.profile import profile
from storage.references import owners_by_reference
from tests.conftest import MakeProduct

OWNERS = """姓名,手机,车牌,生日,里程,上次保养,门店,顾问,微信,telegram_id,营销同意
李明,13800138000,粤B12345,1990-02-03,30000,2026-08-01,NS,王工,oLiMing-1234567890abcdef,55512345,2026-01-01
李明,138 0013 8000,粤BD12345,,,,,,,,
王芳,1.38E+10,粤BO1234,,,,北京店,,,,
王芳,13911112222,粤B12345,,,,,,,,
赵六,,,,,,,,,,
钱七,,粤A88888,,,,,,,,
,,,,,,NS,,,,
"""
VISITS = """工单号,到店日期,项目,金额,里程,车牌
W1,2025-08-01,小保养+洗车,580.50,20000,粤B12345
W2,2026-08-01,保养,1280,30000,粤B12345
W2,2026-08-01,保养,1380,30000,粤B12345
W3,2026-09-01,洗车,40,,粤C00001
W4,2026-13-01,洗车,40,,粤B12345
W5,2026-09-01,洗车,40,,
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/shop.db" if sqlite else request.getfixturevalue("postgres_url")
    one = Database(url, Keys.new(), StoppedClock(datetime(2026, 11, 23, 2, tzinfo=UTC)), Shop())
    migrate(one)
    store = one.transact(lambda crm: crm.stores.add("NS", "深圳南山店").key)
    one.transact(lambda crm: crm.staff.add("王工", "advisor", store))
    yield one
    one.close()


def bring(database: Database, path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, "utf-8")
    return bring_in(database, read_sheet(path), path.name, lambda _: None)


def owner(database: Database, reference: str) -> dict[str, Any]:
    found = database.read(lambda crm: [profile(crm, one.key) for one in owners_by_reference(crm, reference)])
    assert len(found) == 1
    assert found[0] is not None
    return found[0]


def counts(database: Database) -> dict[str, int]:
    tables = ("owner", "vehicle", "owner_vehicle", "visit", "identity", "consent")
    return database.read(
        lambda crm: {t: crm.connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one() for t in tables}
    )


def test_every_row_counts_once_and_every_refused_cell_is_named(database: Database, tmp_path: Path) -> None:
    figures = bring(database, tmp_path / "owners.csv", OWNERS)
    rows = {name: figures[name] for name in ("read", "created", "updated", "merged", "rejected", "review")}
    assert rows == {"read": 7, "created": 5, "updated": 0, "merged": 1, "rejected": 1, "review": 0}
    assert figures["fields"]["phone"] == {"missing": 3, "fixed": 1, "invalid": 1}
    assert [(one["row"], one["field"]) for one in figures["rejects"]] == [
        (4, "phone"), (4, "plate"), (4, "store"), (8, "name"),
    ]  # fmt: skip
    assert figures["rejects"][0]["value"] == "1.38E+10"


def test_the_same_file_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    for name, text in (("owners.csv", OWNERS), ("visits.csv", VISITS)):
        bring(database, tmp_path / name, text)
    before = counts(database), owner(database, "13800138000")
    again = bring(database, tmp_path / "owners.csv", OWNERS)
    assert (again["created"], again["updated"], again["merged"]) == (0, 5, 1)
    assert bring(database, tmp_path / "visits.csv", VISITS)["created"] == 0
    assert (counts(database), owner(database, "13800138000")) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    for name, text in (("owners.csv", OWNERS), ("visits.csv", VISITS)):
        (tmp_path / name).write_text(text, "utf-8")
        before = counts(database)
        dry = rehearse(database, read_sheet(tmp_path / name), lambda _: None)
        assert counts(database) == before
        assert bring(database, tmp_path / name, text) | {"batch": None} == dry


def test_an_owner_has_what_the_row_said(database: Database, tmp_path: Path) -> None:
    bring(database, tmp_path / "owners.csv", OWNERS)
    li = owner(database, "13800138000")
    assert (li["name"], li["birthday"], li["store"], li["advisor"]) == ("李明", "1990-02-03", "NS", "王工")
    assert [car["plate"] for car in li["vehicles"]] == ["粤B12345", "粤BD12345"]
    assert li["vehicles"][0]["due_on"] == "2027-08-01"
    assert li["channels"] == ["telegram", "wechat"]
    consent = li["consents"][0]
    assert (consent["channel"], consent["at"], consent["evidence"]) == ("*", "2026-01-01T00:00:00+08:00", "batch:1")


def test_visits_find_their_car_and_owner(database: Database, tmp_path: Path) -> None:
    bring(database, tmp_path / "owners.csv", OWNERS)
    figures = bring(database, tmp_path / "visits.csv", VISITS)
    assert [figures[name] for name in ("read", "created", "updated", "merged", "rejected")] == [6, 3, 0, 1, 2]
    li = owner(database, "13800138000")
    assert [(v["number"], v["amount"], v["items"]) for v in li["visits"]] == [
        ("W2", "1380.00", ["保养"]),
        ("W1", "580.50", ["小保养", "洗车"]),
    ]
    assert li["vehicles"][0]["last_service_on"] == "2026-08-01"
    assert li["vehicles"][0]["due_on"] == "2027-08-01"


def test_the_odometer_only_rises_and_a_verified_phone_stays(database: Database, tmp_path: Path) -> None:
    bring(database, tmp_path / "a.csv", OWNERS)
    number = owner(database, "13800138000")["id"]
    database.transact(lambda crm: crm.owners.set_phone(crm.owners.get(number), "+8613800138000", verified=True))
    bring(database, tmp_path / "b.csv", "姓名,手机,车牌,里程\n李明,13700000000,粤B12345,100\n")
    li = owner(database, str(number))
    assert (li["phone"], li["vehicles"][0]["mileage_km"]) == ("+8613800138000", 30000)


def test_who_said_no_since_is_not_made_to_say_yes(database: Database, tmp_path: Path) -> None:
    bring(database, tmp_path / "a.csv", OWNERS)
    number = owner(database, "13800138000")["id"]
    database.transact(lambda crm: crm.consents.write(number, "marketing", "*", False))
    bring(database, tmp_path / "a.csv", OWNERS.replace("2026-01-01", "2026-06-01"))
    assert not database.read(lambda crm: crm.consents.stands(number, "marketing", "telegram"))


def test_who_wrote_before_the_import_is_the_same_person_after_it(database: Database, tmp_path: Path) -> None:
    def write(crm: Any) -> None:
        for key, text in (("1", "明天下午三点给粤C99999做保养"), ("2", "跳过"), ("3", "确认")):
            receive(crm, Inbound("telegram", key, "55512345", Kind.TEXT, text=text, raw=b"{}"))

    database.transact(write)
    bring(database, tmp_path / "a.csv", OWNERS)
    li = owner(database, "13800138000")
    assert "粤C99999" in [car["plate"] for car in li["vehicles"]]
    assert any(entry["text"] == "确认" for entry in li["timeline"])


def test_an_account_stays_with_whom_it_is_bound_to(database: Database, tmp_path: Path) -> None:
    bring(database, tmp_path / "a.csv", OWNERS)
    other = "姓名,手机,telegram_id,微信\n李明,13800138000,,oZhouBa-1234567890abcdef\n周八,13600000000,55512345,\n"
    figures = bring(database, tmp_path / "b.csv", other)
    assert (figures["created"], figures["updated"]) == (1, 1)
    assert [(one["row"], one["field"], one["reason"]) for one in figures["rejects"]] == [
        (3, "telegram_id", "bound to somebody else")
    ]
    assert owner(database, "13800138000")["channels"] == ["telegram", "wechat"]
    assert owner(database, "13600000000")["channels"] == []


def test_two_imports_of_one_file_at_once_are_one(database: Database, tmp_path: Path) -> None:
    lines = [f"车主{n},139{n:08d},粤B{n:05d},{100000 + n}" for n in range(900)]
    (tmp_path / "a.csv").write_text("\n".join(["姓名,手机,车牌,telegram_id", *lines]), "utf-8")
    sheet, figures = read_sheet(tmp_path / "a.csv"), []
    both = [
        threading.Thread(target=lambda: figures.append(bring_in(database, sheet, "a.csv", lambda _: None)))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(one["created"] + one["updated"] for one in figures) == [900, 900]
    assert sum(one["created"] for one in figures) == 900
    assert counts(database)["owner"] == counts(database)["vehicle"] == counts(database)["identity"] == 900


def test_the_command_prints_one_document_and_keeps_the_rejects(product: MakeProduct) -> None:
    shop = product(start=False)
    (shop.directory / "owners.csv").write_text(OWNERS, "gb18030")
    trial = shop.cli("import", "owners.csv", "--trial", "2", "--dry-run", "--json")
    assert (trial.code, trial.json["read"], trial.json["batch"]) == (0, 2, None)
    done = shop.cli("import", "owners.csv", "--rejects", "rejects.csv", "--json")
    assert done.json["created"] == 5
    with (shop.directory / "rejects.csv").open(encoding="utf-8", newline="") as file:
        rejects = list(csv.DictReader(file))
    assert rejects[0].keys() == {"row", "field", "value", "reason"}
    assert len(rejects) == len(done.json["rejects"])
    assert shop.cli("import", "absent.csv", "--json").code == 2
    assert "7 rows of owners" in shop.cli("import", "owners.csv").out
