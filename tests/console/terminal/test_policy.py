"""`huiche policy`: a file is checked line by line, and the policy in force is shown as a file that says the same."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from core.policy import PRESETS
from core.policy_file import read_policy
from tests.console.terminal.conftest import Huiche

GOOD = 'preset = "general"\n[maintenance]\nkm = 8000\n[offers.friend]\namount = 60\n'
BAD = "[maintenance]\nkilometres = 8000\n\n[churn]\nlow_rating = 9\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def test_a_good_file_is_told_with_what_it_changes(huiche: Huiche, file: Path) -> None:
    file.write_text(GOOD, "utf-8")
    told = huiche("policy", "check", "policy.toml")
    assert (told.code, told.out) == (0, "policy.toml is good: general with maintenance.km, [offers]\n")
    document = huiche("policy", "check", "policy.toml", "--json").json
    assert document["ok"] is True
    assert (document["preset"], document["changes"]) == ("general", ["maintenance.km", "[offers]"])


def test_every_problem_is_told_with_file_and_line(huiche: Huiche, file: Path) -> None:
    file.write_text(BAD, "utf-8")
    told = huiche("policy", "check", "policy.toml")
    assert told.code == 1
    assert told.out.splitlines() == [
        "policy.toml:2: maintenance.kilometres: unknown: here may stand km, months",
        "policy.toml:5: churn.low_rating: this is a whole number from 1 to 5, not 9",
    ]
    found = huiche("policy", "check", "policy.toml", "--json")
    assert (found.code, found.json["ok"]) == (1, False)
    assert [(one["line"], one["key"]) for one in found.json["problems"]] == [
        (2, "maintenance.kilometres"),
        (5, "churn.low_rating"),
    ]


@pytest.mark.parametrize("arguments", [("check", "absent.toml"), ("check",), (), ("check", "latin.toml")])
def test_wrong_use(huiche: Huiche, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "latin.toml").write_bytes(b'preset = "\xff"')
    told = huiche("policy", *arguments)
    assert (told.code, told.out) == (2, "")


def test_a_process_does_not_start_with_a_bad_file(huiche: Huiche, file: Path) -> None:
    file.write_text(BAD, "utf-8")
    told = huiche("store", "list", POLICY="policy.toml")
    assert told.code == 2
    assert told.err == (
        "huiche: HUICHE_POLICY: policy.toml:2: maintenance.kilometres: unknown: here may stand km, months"
        " (1 more: huiche policy check policy.toml)\n"
    )


def test_what_is_shown_can_be_saved_and_is_the_same(huiche: Huiche, file: Path) -> None:
    file.write_text(GOOD, "utf-8")
    shown = huiche("policy", "show", POLICY="policy.toml")
    assert shown.code == 0
    assert read_policy(shown.out) == read_policy(GOOD)
    file.write_text(shown.out, "utf-8")
    assert huiche("policy", "check", "policy.toml").code == 0
    assert huiche("policy", "show", POLICY="policy.toml").out == shown.out


def test_showing_makes_nothing_and_says_the_preset(huiche: Huiche, tmp_path: Path) -> None:
    shown = huiche("policy", "show", "--json").json
    assert list(tmp_path.iterdir()) == []
    assert (shown["version"], shown["preset"], shown["file"]) == (None, "nev", None)
    assert shown["policy"]["maintenance"] == {"months": 12, "km": 10_000}
    assert shown["policy"] == tomllib.loads(shown["toml"])
    assert read_policy(shown["toml"]) == PRESETS["nev"]


def test_doctor_names_the_first_problem_and_the_command_that_tells_all(nanshan: Huiche, file: Path) -> None:
    file.write_text(BAD, "utf-8")
    (found,) = (
        one for one in nanshan("doctor", "--json", POLICY="policy.toml").json["findings"] if one["part"] == "policy"
    )
    assert found["state"] == "problem"
    assert "policy.toml:2" in found["what"]
    assert found["mend"] == "huiche policy check policy.toml"
