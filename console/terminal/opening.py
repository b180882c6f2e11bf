"""How a command comes in: the house of the settings, its database at this version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.house import House


@contextmanager
def opened() -> Iterator[House]:
    """The house, closed again at the end. A SQLite file is brought to this version first, a server is not."""
    from bot.settings import read_settings
    from bot.wiring import at_this_version, open_house

    house = open_house(read_settings())
    try:
        at_this_version(house)
        yield house
    finally:
        house.database.close()


@contextmanager
def looked_at() -> Iterator[House]:
    """The same for who only reads: at the shop's moment, and nothing is written, not even where the clock stands."""
    from bot.settings import read_settings
    from bot.wiring import at_this_version, open_house
    from core.clock import Clock

    settings = read_settings()
    house = open_house(settings, clock=Clock())
    try:
        at_this_version(house)
        now = datetime.now(UTC)
        house.clock.offset = house.database.read(lambda crm: crm.moments.standing(settings.clock, now))
        yield house
    finally:
        house.database.close()
