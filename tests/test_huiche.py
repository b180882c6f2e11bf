"""The command line's top, and the processes it starts."""

from __future__ import annotations

import stat
from collections.abc import Callable

import pytest

from console.terminal import COMMANDS
from huiche import main
from tests import servers
from tests.commands import cold
from tests.fakes.telegram import FakeTelegram
from tests.killing import CLOCK
from tests.product import Outcome, Product
from tests.records import settled

MakeProduct = Callable[..., Product]


@pytest.fixture
def shop(product: MakeProduct) -> Product:
    return product(start=False)


def refused(outcome: Outcome, words: str) -> None:
    """Wrong use: one line that says so, and nothing else."""
    assert outcome.code == 2, outcome
    assert words in outcome.err
    assert outcome.err.count("\n") == 1, outcome.err
    assert not outcome.out


def new_keys(shop: Product) -> str:
    return shop.cli("keys", "new", DATABASE_URL="sqlite:///other.db").out.strip()


def test_help_names_every_command(shop: Product) -> None:
    told = shop.cli("--help")
    assert told.code == 0
    assert all(name in told.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"huiche {name}" in capsys.readouterr().out


def test_a_wrong_setting_is_one_line(shop: Product) -> None:
    refused(shop.cli("serve", TIMEZONE="Mars/Olympus"), "HUICHE_TIMEZONE")
    refused(shop.cli("serve", DATABASE_URL="mysql://x/y"), "HUICHE_DATABASE_URL")
    refused(shop.cli("serve", DATABASE_URL="sqlite:////nowhere/at/all.db"), "HUICHE_DATABASE_URL")
    refused(shop.cli("serve", ENCRYPTION_KEYS="secret"), "1:BASE64")
    refused(shop.cli("poll"), "HUICHE_TELEGRAM_TOKEN")


def test_postgresql_wants_keys_and_tables(shop: Product, postgres_url: str) -> None:
    shop.settings["DATABASE_URL"] = postgres_url
    refused(shop.cli("serve"), "HUICHE_ENCRYPTION_KEYS")
    shop.settings["ENCRYPTION_KEYS"] = new_keys(shop)
    for command in ("serve", "worker"):
        refused(shop.cli(command), "huiche migrate")
    assert shop.cli("migrate").code == 0
    assert shop.cli("tick", "--json").json["items"] == []


def test_a_database_that_is_away_is_one_line(shop: Product) -> None:
    nobody = f"postgresql://postgres@127.0.0.1:{servers.free_port()}/shop"
    refused(shop.cli("serve", DATABASE_URL=nobody, ENCRYPTION_KEYS=new_keys(shop)), "HUICHE_DATABASE_URL")


def test_keys_beside_the_file_are_for_its_owner_alone_and_not_made_anew(shop: Product) -> None:
    assert shop.cli("migrate").code == 0
    file = shop.directory / "huiche.db.keys"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.unlink()
    refused(shop.cli("serve"), "huiche.db.keys")


def test_a_port_in_use_is_one_line(product: MakeProduct) -> None:
    first = product()
    second = first.beside("serve")
    refused(second.cli("serve", "--port", str(first.port)), str(first.port))


def test_started_as_people_do_it_serves_and_ends_calmly(shop: Product) -> None:
    shop.starts = cold
    shop.start()
    assert shop.cli("store", "list", "--json").code == 0
    assert shop.get("/healthz").status == 200
    assert shop.stop() == 0


def test_poll_takes_the_webhook_off_and_answers(product: MakeProduct, telegram: FakeTelegram) -> None:
    telegram.state.webhook = {"url": "https://old.example.com/telegram/webhook"}
    product(telegram, command=("poll",))
    telegram.wait_for(lambda: not telegram.state.webhook)
    li = telegram.user(1001, "李明")
    li.starts()
    li.waits_for("您好", timeout=20)


def test_with_a_public_address_the_webhook_is_set(product: MakeProduct, telegram: FakeTelegram) -> None:
    product(telegram, PUBLIC_URL="https://shop.example.com")
    telegram.wait_for(lambda: telegram.state.webhook)
    assert telegram.state.webhook["url"] == "https://shop.example.com/telegram/webhook"


def test_without_a_worker_answers_wait_until_one_comes(product: MakeProduct, telegram: FakeTelegram) -> None:
    shop = product(telegram, command=("serve", "--no-worker"))
    li = telegram.user(1001, "李明")
    assert li.starts() == 200
    assert shop.get("/readyz").status == 200
    assert not telegram.sends
    shop.beside("worker").start()
    li.waits_for("您好", timeout=20)


def test_the_clock_never_goes_back(product: MakeProduct) -> None:
    shop = product(CLOCK=CLOCK, start=False)
    assert shop.cli("tick", "--json").json["at"].startswith("2026-11-23T10:00")
    later = shop.cli("tick", "--json", CLOCK="2027-03-01T10:00:00+08:00").json["at"]
    assert later.startswith("2027-03-01T10:00")
    assert shop.cli("tick", "--json").json["at"].startswith("2027-03-01T10:0")


def test_a_tick_at_a_moment_writes_nothing_when_dry_and_sends_what_is_due_otherwise(
    product: MakeProduct, telegram: FakeTelegram
) -> None:
    shop = product(telegram, command=("serve", "--no-worker"), CLOCK=CLOCK)
    telegram.user(1001, "李明").starts()
    at = ("tick", "--at", "2026-11-23T11:00", "--json")
    assert shop.cli(*at, "--dry-run").json == {"at": "2026-11-23T11:00:00+08:00", "items": []}
    assert not telegram.sends
    assert shop.cli(*at).json["items"] == []
    settled(shop)
    assert telegram.user(1001).inbox.texts
