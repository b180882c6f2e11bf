"""`huiche migrate`: brings the database to this version."""

from __future__ import annotations

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(args: argparse.Namespace) -> int:
    from bot.settings import read_settings
    from bot.wiring import open_house
    from storage.migrate import HEAD, migrate

    house = open_house(read_settings())
    migrate(house.database)
    house.database.close()
    print(f"the database is at version {HEAD}")
    return 0
