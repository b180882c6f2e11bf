"""`huiche rehearse` on the command line: what it prints, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

from tests.console.terminal.conftest import Huiche

NOW = "2026-11-23T10:00:00+08:00"
TEN_DAYS = ("--from", "2026-10-11", "--to", "2026-10-20")
OWNERS = """姓名,手机,车牌,上次保养,生日
李明,13800138000,粤B12345,2025-10-16,1988-10-20
王芳,13800138001,粤B23456,2025-12-20,
"""


def shop(huiche: Huiche, **settings: str) -> None:
    assert huiche("store", "add", "NS", "深圳南山店", CLOCK=NOW, **settings).code == 0
    Path("owners.csv").write_text(OWNERS, "utf-8")
    assert huiche("import", "owners.csv").code == 0


def test_the_document_tells_each_day_and_the_totals(huiche: Huiche) -> None:
    shop(huiche)
    before = Path("huiche.db").read_bytes()
    told = json.loads(huiche("rehearse", *TEN_DAYS, "--json").out)
    assert list(told) == ["from", "to", "days", "totals", "channels", "reasons", "kept_back"]
    assert (told["from"], told["to"], len(told["days"])) == ("2026-10-11", "2026-10-20", 10)
    days = {one["day"]: one for one in told["days"]}
    assert days["2026-10-15"]["journeys"]["maintenance_due"] == {"t1": {"task": 1}}
    assert days["2026-10-15"]["channels"] == {"staff": 1}
    assert told["totals"]["maintenance_due"]["t7"] == {"skip": 1}
    assert told["totals"]["birthday"] == {"greeting": {"skip": 1}}
    assert told["reasons"]["no account to write to"] >= 3
    assert Path("huiche.db").read_bytes() == before


def test_people_read_tables_of_steps_days_and_reasons(huiche: Huiche) -> None:
    shop(huiche)
    out = huiche("rehearse", *TEN_DAYS).out
    assert [line.split() for line in out.splitlines() if "t1" in line] == [
        ["maintenance_due", "t1", "0", "1", "0", "0"]
    ]
    assert "2026-10-15  0     1" in out
    assert "skipped: no account to write to: " in out


def test_another_policy_stands_beside_the_one_in_force(huiche: Huiche) -> None:
    shop(huiche)
    Path("calls.toml").write_text("[journeys.maintenance_due]\non = false\n", "utf-8")
    told = json.loads(huiche("rehearse", *TEN_DAYS, "--policy", "calls.toml", "--json").out)
    assert told["policy"] == "calls.toml"
    assert "maintenance_due" in told["totals"]
    assert "maintenance_due" not in told["other"]["totals"]
    assert "— calls.toml" in huiche("rehearse", *TEN_DAYS, "--policy", "calls.toml").out


def test_days_to_come_are_lived_through_from_tomorrow_on(huiche: Huiche) -> None:
    shop(huiche)
    assert huiche("tick", "--at", NOW).code == 0
    told = json.loads(huiche("rehearse", "--from", "2026-12-12", "--to", "2026-12-22", "--json").out)
    assert [one["day"] for one in told["days"]][:2] == ["2026-12-12", "2026-12-13"]
    assert told["days"][7]["journeys"]["maintenance_due"] == {"t1": {"task": 1}}
    assert sum(sum(step.values()) for step in told["totals"]["maintenance_due"].values()) == 3


def test_an_empty_shop_has_nothing_due(huiche: Huiche) -> None:
    told = huiche("rehearse", "--from", "2026-10-01", "--to", "2026-10-02", CLOCK=NOW)
    assert (told.code, told.out) == (0, "nothing would have been due\n")


def test_days_that_make_no_sense_are_refused(huiche: Huiche) -> None:
    shop(huiche)
    wrong = huiche("rehearse", "--from", "2026-10-02", "--to", "2026-10-01")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--from 2026-10-02 is after --to 2026-10-01" in wrong.err
    far = huiche("rehearse", "--from", "2026-10-02", "--to", "2029-01-01")
    assert far.code == 2
    assert "at most 400 days from today, until 2027-12-28" in far.err
    assert huiche("rehearse", "--from", "2026-13-02", "--to", "2029-01-01").code == 2
    nowhere = huiche("rehearse", *TEN_DAYS, "--policy", "nowhere.toml")
    assert nowhere.code == 2
    assert nowhere.err.startswith("nowhere.toml cannot be read")
