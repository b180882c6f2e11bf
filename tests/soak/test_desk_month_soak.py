"""Busier months, on other dice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chat import Shop
from tests.desk_month import STORES, Month, wrong


@pytest.mark.parametrize("seed", range(20))
def test_a_busy_month_leaves_nothing_behind(tmp_path: Path, seed: int) -> None:
    with Shop(f"sqlite:///{tmp_path}/shop.db", stores=STORES, now="2026-11-02 08:30") as shop:
        month = Month(shop, seed, owners=200)
        month.lives(days=30, cards_an_hour=4, taps_an_hour=16)
        month.rests()
        assert shop.ask(wrong) == []
