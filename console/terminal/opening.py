"""How a command comes in: the house of the settings, its database at this version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import StoreUnavailable

if TYPE_CHECKING:
    from bot.house import House


@contextmanager
def opened() -> Iterator[House]:
    """The house, closed again at the end. A SQLite file is brought to this version first, a server is not."""
    from bot.settings import read_settings
    from bot.wiring import open_house

    house = open_house(read_settings())
    try:
        _prepare(house)
        yield house
    finally:
        house.database.close()


def _prepare(house: House) -> None:
    from storage.migrate import HEAD, current, migrate

    if house.database.is_sqlite:
        migrate(house.database)
    elif current(house.database) != HEAD:
        raise StoreUnavailable("the database is not at this version: run `huiche migrate`")
