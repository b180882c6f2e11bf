"""A running product takes a changed policy file by itself, and keeps the old one when the new one is bad."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.policy_file import read_policy
from tests.conftest import MakeProduct
from tests.product import Product
from tests.records import ask

CLOCK = "2026-11-23T10:00:00+08:00"
TOO_FAR = "2027年6月1日下午三点给粤B12345做保养"


@pytest.fixture
def shop(product: MakeProduct) -> Product:
    """A store; the policy file is there and says nothing."""
    shop = product(CLOCK=CLOCK, POLICY="policy.toml", start=False)
    policy(shop).write_text("", "utf-8")
    assert shop.cli("store", "add", "ns", "深圳南山店").code == 0
    return shop.start()


def policy(shop: Product) -> Path:
    return shop.directory / "policy.toml"


def until(happens: Callable[[], Any], patience: float = 20.0) -> Any:
    end = time.monotonic() + patience
    while not (found := happens()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return found


def takes(shop: Product, number: int) -> None:
    """Wait until that version is in force."""
    until(lambda: ask(shop, f"SELECT 1 FROM policy_version WHERE number = {number}"))


def answer(shop: Product, number: int) -> str:
    path = "/api/v1/chat/web-account-of-li/messages"
    told = shop.post(path, {"id": f"m{number}", "text": TOO_FAR})
    return "\n".join(message["text"] for message in told.json()["messages"])


def test_a_changed_file_is_used_from_the_next_message_on(shop: Product) -> None:
    takes(shop, 1)
    assert "60 天" in answer(shop, 1)
    policy(shop).write_text('[booking]\nahead = "30d"\n', "utf-8")
    takes(shop, 2)
    assert "30 天" in answer(shop, 2)
    shown = shop.cli("policy", "show")
    assert "version 2" in shown.out.partition("\n")[0]
    assert read_policy(shown.out).book_ahead.days == 30


def test_a_bad_file_changes_nothing_is_logged_once_and_told_by_doctor(shop: Product) -> None:
    takes(shop, 1)
    policy(shop).write_text('[booking]\nahead = "30 days"\nhold = 5\n', "utf-8")
    until(lambda: "policy.toml:2: booking.ahead" in shop.log)
    assert "60 天" in answer(shop, 1)
    findings = shop.cli("doctor", "--json").json["findings"]
    (told,) = (one for one in findings if one["part"] == "policy")
    assert (told["state"], "keeps version 1" in told["why"]) == ("problem", True)
    shown = shop.cli("policy", "show")
    assert (shown.code, read_policy(shown.out) == read_policy("")) == (1, True)
    policy(shop).write_text('[booking]\nahead = "20d"\n', "utf-8")
    takes(shop, 2)
    assert "20 天" in answer(shop, 2)
    assert shop.log.count("the policy stays as it was") == 1


def test_what_the_day_brings_is_looked_for_again(shop: Product) -> None:
    takes(shop, 1)
    row = "姓名,手机,车牌,上次保养,营销同意,telegram_id\n李明,13800138000,粤B12345,2026-07-20,2026-01-05,88001\n"
    (shop.directory / "owners.csv").write_text(row, "utf-8")
    assert shop.cli("import", "owners.csv").code == 0
    policy(shop).write_text("[churn]\nrisk_overdue_days = 1\n", "utf-8")
    takes(shop, 2)
    until(lambda: ask(shop, "SELECT 1 FROM churn_alert"))


def test_a_worker_beside_it_takes_it_as_well_and_it_is_one_version(shop: Product) -> None:
    takes(shop, 1)
    worker = shop.beside("worker").start()
    until(lambda: "policy version 1" in worker.log)
    policy(shop).write_text('[booking]\nahead = "30d"\n', "utf-8")
    for process in (shop, worker):
        until(lambda one=process: "policy version 2" in one.log)  # type: ignore[misc]
    assert ask(shop, "SELECT number FROM policy_version ORDER BY number") == [(1,), (2,)]
