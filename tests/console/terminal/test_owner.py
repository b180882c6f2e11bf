"""One owner's whole record, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeProduct
from tests.console.terminal.conftest import Huiche

OWNERS = """姓名,手机,车牌,车架号,车型,里程,上次保养,telegram_id,营销同意
李明,13800138000,粤B12345,LSVAA49J132047371,Model Y,30000,2026-08-01,55512345,2026-01-01
王芳,13911112222,粤BD12345,,ID.4,,,,
王强,13911112222,粤BD12345,,,,,,
"""
VISITS = "工单号,到店日期,项目,金额,里程,车牌\nW1,2026-08-01,小保养、洗车,580.5,30000,粤B12345\n"
PROMISED = (
    "id name phone grade stage churn ltv tags vehicles visits appointments coupons tickets consents timeline".split()
)


@pytest.fixture
def filled(nanshan: Huiche, tmp_path: Path) -> Huiche:
    for name, text in (("owners.csv", OWNERS), ("visits.csv", VISITS)):
        (tmp_path / name).write_text(text, "utf-8")
        assert nanshan("import", name, "--json").code == 0
    return nanshan


@pytest.mark.parametrize("reference", ["1", "粤B12345", "粤b·12345", "13800138000", "+86 138-0013-8000"])
def test_an_owner_is_found_by_number_plate_and_phone(filled: Huiche, reference: str) -> None:
    assert filled("owner", reference, "--json").json["name"] == "李明"


def test_the_document_has_all_that_is_promised(filled: Huiche) -> None:
    li = filled("owner", "1", "--json").json
    assert set(PROMISED) <= set(li)
    assert li["churn"].keys() == {"level", "reasons"}
    assert (li["phone"], li["ltv"]) == ("+8613800138000", "580.50")
    assert li["vehicles"][0]["vin"] == "LSVAA49J132047371"
    assert li["vehicles"][0]["mileage_km"] == 30000
    visit = li["visits"][0]
    assert (visit["number"], visit["visited_on"], visit["amount"]) == ("W1", "2026-08-01", "580.50")
    assert (visit["plate"], visit["status"], visit["items"]) == ("粤B12345", "completed", ["小保养", "洗车"])
    assert li["consents"][0]["given"] is True
    assert li["channels"] == ["telegram"]


def test_churn_is_as_the_rules_see_it_at_that_moment(filled: Huiche) -> None:
    soon = filled("owner", "1", "--json", CLOCK="2026-09-01T10:00:00+08:00").json["churn"]
    assert soon == {"level": "none", "reasons": []}
    late = filled("owner", "1", "--json", CLOCK="2026-11-23T10:00:00+08:00").json["churn"]
    assert late == {"level": "watch", "reasons": [{"why": "away_days", "value": 114}]}


def test_a_person_can_read_it(filled: Huiche) -> None:
    shown = filled("owner", "粤B12345").out
    for words in ("李明", "+8613800138000", "粤B12345", "Model Y", "小保养、洗车", "580.50 元", "batch:1"):
        assert words in shown
    assert "\x1b" not in shown


def test_nobody_and_several_are_told_apart(filled: Huiche) -> None:
    for reference in ("99", "粤A99999", "13700000000", "who?"):
        assert filled("owner", reference, "--json").code == 1
    several = filled("owner", "粤BD12345", "--json")
    assert (several.code, several.out) == (1, "")
    assert "王芳" in several.err
    assert "王强" in several.err
    assert "huiche owner 3" in several.err


def test_who_wrote_to_us_is_found_by_the_plate_they_named(product: MakeProduct) -> None:
    shop = product(CLOCK="2026-11-23T10:00:00+08:00")
    shop.cli("store", "add", "NS", "深圳南山店")
    for number, said in enumerate(("明天下午三点给粤B12345做保养", "13812345678", "确认")):
        shop.post("/api/v1/chat/a-secret-account/messages", {"id": str(number), "text": said})
    owner = shop.cli("owner", "粤B12345", "--json").json
    booked = owner["appointments"][0]
    assert (booked["starts_at"], booked["status"]) == ("2026-11-24T15:00:00+08:00", "booked")
    assert (booked["service"], booked["store"], booked["plate"]) == ("maintenance", "NS", "粤B12345")
    heard = [entry["text"] for entry in owner["timeline"] if entry["kind"] == "said"]
    assert heard == ["确认", "13812345678", "明天下午三点给粤B12345做保养"]
    assert any("已为您预约" in entry["text"] for entry in owner["timeline"] if entry["kind"] == "told")


def test_why_an_owner_got_something_or_nothing(filled: Huiche) -> None:
    told = filled("why", "粤B12345", "--json").json
    assert (told["owner"], told["name"], told["steps"]) == (1, "李明", [])
    assert {"journey": "maintenance_due", "reason": "not due", "due": "2027-07-25"} in told["not_yet"]
    assert "may get marketing now" in filled("why", "1").out
    assert filled("why", "1", "--journey", "birthday", "--json").json["not_yet"][0]["journey"] == "birthday"
    assert filled("why", "粤B99999").code == 1
    assert filled("why", "粤BD12345").code == 1
