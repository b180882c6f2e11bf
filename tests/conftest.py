"""What a test asks for by name; nothing starts unless it is asked for.

def test_…(telegram, product):
    shop = product(telegram)                          # a started Product on SQLite
    shop = product(telegram, DATABASE_URL=postgres_url)   # the same on PostgreSQL
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests import servers
from tests.chat import Shop
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.fakes.wecom import FakeWeComRobot
from tests.fakes.wecom_bot import FakeWeComBot
from tests.product import Platform, Product

PRODUCTS = pytest.StashKey[list[Product]]()
LOG_SHOWN = 6000
MakeProduct = Callable[..., Product]
settings.register_profile("untimed", deadline=None)  # a busy machine is no defect
settings.load_profile("untimed")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    """One store on a fresh SQLite file, Monday 23 November 2026, 10:00; talks run without a network."""
    with Shop(f"sqlite:///{tmp_path}/shop.db") as shop:
        yield shop


@pytest.fixture
def two_stores(tmp_path: Path) -> Iterator[Shop]:
    with Shop(f"sqlite:///{tmp_path}/shop.db", stores=("深圳南山店", "深圳福田店")) as shop:
        yield shop


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def wechat() -> Iterator[FakeWeChat]:
    with FakeWeChat() as fake:
        yield fake


@pytest.fixture
def robot() -> Iterator[FakeWeComRobot]:
    with FakeWeComRobot() as fake:
        yield fake


@pytest.fixture
def wecom_bot() -> Iterator[FakeWeComBot]:
    with FakeWeComBot() as fake:
        yield fake


@pytest.fixture
def postgres_url() -> str:
    """An empty database on a real PostgreSQL."""
    return servers.postgres().fresh_database()


@pytest.fixture
def redis_server() -> Iterator[servers.Redis]:
    with servers.redis_server() as server:
        yield server


@pytest.fixture
def product(request: pytest.FixtureRequest) -> Iterator[MakeProduct]:
    """`product(telegram, wechat, command=("serve",), start=True, CLOCK="…")`: a started Product."""
    made: list[Product] = []
    request.node.stash[PRODUCTS] = made

    def make(
        *platforms: Platform, command: tuple[str, ...] = ("serve",), start: bool = True, **settings: str
    ) -> Product:
        one = Product(*command, platforms=platforms)
        one.settings |= settings
        made.append(one)
        if settings.get("DATABASE_URL", "").startswith("postgres"):
            prepare(one)
        return one.start() if start else one

    yield make
    for one in made:
        one.leave()


def prepare(one: Product) -> None:
    """PostgreSQL wants its keys and its tables before `serve`."""
    if "ENCRYPTION_KEYS" not in one.settings:
        keys = one.cli("keys", "new")
        assert keys.code == 0, keys.err
        one.settings["ENCRYPTION_KEYS"] = keys.out.strip().rpartition("ENCRYPTION_KEYS=")[2]
    migrated = one.cli("migrate")
    assert migrated.code == 0, migrated.err


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """A failing test shows what its products logged."""
    report = yield
    if report.failed:
        made = item.stash.get(PRODUCTS, [])
        for one in made + [companion for first in made for companion in first.companions]:
            report.sections.append((f"log of huiche {' '.join(one.command)}", one.log[-LOG_SHOWN:]))
    return report
