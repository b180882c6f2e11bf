"""`huiche demo --once`: a talk that is read back from the store."""

from __future__ import annotations

import socket

from tests.conftest import MakeProduct
from tests.console.conftest import MONDAY_TEN


def test_the_talk_ends_in_an_appointment_that_an_advisor_takes(product: MakeProduct) -> None:
    outcome = product(start=False).cli("demo", "--once", "--owners", "60", CLOCK=MONDAY_TEN, TIMEZONE="Asia/Shanghai")
    assert outcome.code == 0, outcome.err
    assert "已为您预约：11 月 24 日（周二）15:00，粤BD56820" in outcome.out
    assert "#1041" in outcome.out
    assert "王海涛" in outcome.out.splitlines()[-1]


def test_the_demo_leaves_the_folder_it_is_started_in_as_it_was(product: MakeProduct) -> None:
    shop = product(start=False)
    before = sorted(shop.directory.iterdir())
    assert shop.cli("demo", "--once", "--owners", "20").code == 0
    assert sorted(shop.directory.iterdir()) == before


def test_a_port_that_is_taken_is_told_with_what_to_do(product: MakeProduct) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = product(start=False).cli("demo", "--port", str(taken.getsockname()[1]))
    assert outcome.code == 2
    assert "PORT=" in outcome.err
    assert not outcome.out


def test_settings_of_a_real_shop_do_not_reach_the_demo(product: MakeProduct) -> None:
    shop = product(start=False, DATABASE_URL="sqlite:///nowhere/real.db", TELEGRAM_TOKEN="1:abc")
    outcome = shop.cli("demo", "--once", "--owners", "20")
    assert outcome.code == 0, outcome.err
