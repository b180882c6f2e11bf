"""Opens a fresh shop: a store of its own in a folder that is thrown away, filled, with today's first alerts raised."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import journeys
from bot.house import House
from bot.settings import Settings, read_settings
from bot.wiring import open_house
from console.shop import InventedShop, fill, invent
from console.shop.cast import FIRST_TALKER
from intake.articles import files_of, read_article
from storage.crm import Crm

OPENS_AT = time(10)
ARTICLES = Path(__file__).parents[2] / "docs" / "knowledge"
FIRST_ACCOUNT = "demo-first-talker"  # the web chat of the one who talks before anybody has opened the page


def open_shop(folder: Path, owners: int, seed: int, port: int) -> tuple[House, InventedShop]:
    """The house of the demo, at ten in the morning; none of the installation's own channels or data."""
    asked = read_settings()
    moment = asked.clock or datetime.combine(datetime.now(asked.zone), OPENS_AT, asked.zone)
    settings = Settings.model_construct(
        database_url=f"sqlite:///{folder / 'demo.db'}",
        timezone=asked.timezone,
        clock=moment,
        public_url=f"http://127.0.0.1:{port}",
    )
    house = open_house(settings, demo=True)
    today = moment.astimezone(asked.zone).date()
    shop = invent(owners, seed, today, house.shop.policy)
    house.database.transact(lambda crm: _furnish(crm, shop))
    house.database.transact(journeys.tick)
    return house, shop


def _teach(crm: Crm) -> None:
    """The starter set of articles."""
    for slug, file in files_of([ARTICLES]):
        article, errors = read_article(slug, file.read_text("utf-8"), [store.code for store in crm.stores.all()])
        assert article, f"{file}: {errors}"
        crm.articles.load(article)


def _furnish(crm: Crm, shop: InventedShop) -> None:
    fill(crm, shop)
    _teach(crm)
    crm.moments.mark(crm.now - datetime.now(UTC), datetime.now(UTC))
    names = [owner.name for owner in shop.owners]
    if FIRST_TALKER in names:
        crm.identities.give_to_owner("web", FIRST_ACCOUNT, names.index(FIRST_TALKER) + 1)
