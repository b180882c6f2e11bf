"""Stores, service items and holidays from the command line."""

from __future__ import annotations

import pytest

from tests.console.terminal.conftest import Huiche


def test_a_new_store_is_listed_with_what_it_was_given(huiche: Huiche) -> None:
    added = huiche(
        "store", "add", "NS", "深圳南山店", "--hours", "09:00-12:00,13:30-18:00", "--bays", "general=3,quick=1",
        "--staff-chat", "-1001", "--robot", "https://robot.example/key",
    )  # fmt: skip
    assert added.code == 0
    store = huiche("store", "list", "--json").json["items"][0]
    assert store["bays"] == {"general": 3, "quick": 1}
    assert store["hours"] == "09:00-12:00,13:30-18:00"
    assert store["staff_chat"] == "-1001"
    assert store["robot"] is True


def test_the_robot_of_a_store_is_told_to_nobody(huiche: Huiche) -> None:
    huiche("store", "add", "NS", "深圳南山店", "--robot", "https://robot.example/s3cret")
    for shown in (huiche("store", "list"), huiche("store", "list", "--json")):
        assert "s3cret" not in shown.out + shown.err


def test_edit_changes_what_is_named_and_leaves_the_rest(nanshan: Huiche) -> None:
    assert nanshan("store", "edit", "NS", "--bays", "general=1").code == 0
    assert nanshan("store", "edit", "NS", "--address", "科苑路1号", "--closed-weekdays", "7").code == 0
    store = nanshan("store", "list", "--json").json["items"][0]
    assert (store["name"], store["bays"]) == ("深圳南山店", {"general": 1})
    assert (store["address"], store["closed_weekdays"]) == ("科苑路1号", [7])


def test_a_closed_store_takes_no_bookings_until_it_opens_again(nanshan: Huiche) -> None:
    nanshan("store", "edit", "NS", "--closed")
    assert nanshan("store", "list", "--json").json["items"] == []
    nanshan("store", "edit", "NS", "--no-closed")
    assert len(nanshan("store", "list", "--json").json["items"]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("store", "add", "NS", "again"), "huiche store edit NS"),
        (("store", "add", "X", "X", "--hours", "nine"), "hours look like"),
        (("store", "add", "X", "X", "--bays", "general"), "bays look like"),
        (("store", "edit", "XX", "--name", "X"), "huiche store list"),
        (("store", "edit", "NS", "--closed-weekdays", "8"), "Monday is 1"),
        (("service", "add", "wash", "Wash"), "huiche service edit wash"),
        (("service", "edit", "nothing", "--price", "1"), "huiche service list"),
        (("service", "edit", "wash", "--price", "-1"), "--price"),
        (("service", "edit", "wash", "--minutes", "0"), "minutes"),
        (("holiday", "add", "2027-02-30"), "2026-10-01"),
        (("holiday", "add", "2027-02-06", "--to", "2027-02-01"), "later day"),
        (("holiday", "add", "2027-02-06", "--store", "XX"), "huiche store list"),
        (("staff", "add", "x", "--role", "king", "--store", "NS"), "invalid choice"),
        (("staff", "add", "x", "--role", "boss", "--store", "XX"), "huiche store list"),
        (("staff", "add", "x", "--role", "boss", "--store", "NS", "--telegram", "@x"), "numeric"),
        (("staff", "add", "x", "--role", "boss", "--store", "NS", "--telegram", "77001"), "王工"),
        (("staff", "remove", "1", "--to", "1"), "somebody else"),
        (("staff", "remove", "1", "--to", "9"), "huiche staff list"),
        (("staff", "link", "9"), "huiche staff list"),
        (("store",), "required"),
    ],
)
def test_wrong_use_says_what_to_do_and_prints_nothing(nanshan: Huiche, arguments: tuple[str, ...], words: str) -> None:
    wrong = nanshan(*arguments)
    assert (wrong.code, wrong.out) == (2, "")
    assert words in wrong.err


def test_a_service_gets_another_price_and_length(nanshan: Huiche) -> None:
    assert nanshan("service", "edit", "wash", "--price", "45.50", "--minutes", "20").code == 0
    assert nanshan("service", "add", "coating", "镀晶", "--english", "Coating", "--price", "3980").code == 0
    items = {item["code"]: item for item in nanshan("service", "list", "--json").json["items"]}
    assert (items["wash"]["price"], items["wash"]["minutes"]) == ("45.50", 20)
    assert (items["coating"]["english"], items["coating"]["price"]) == ("Coating", "3980.00")
    nanshan("service", "edit", "coating", "--no-offered")
    assert "coating" not in nanshan("service", "list").out


def test_holidays_are_listed_and_adding_one_twice_changes_nothing(nanshan: Huiche) -> None:
    for _ in range(2):
        assert nanshan("holiday", "add", "2099-02-06", "春节", "--to", "2099-02-08").code == 0
    nanshan("holiday", "add", "2099-03-01", "盘点", "--store", "NS")
    days = nanshan("holiday", "list", "--json").json["items"]
    assert [day["day"][5:] for day in days] == ["02-06", "02-07", "02-08", "03-01"]
    assert [day["store"] for day in days] == [None, None, None, "NS"]
    assert days[0]["note"] == "春节"
