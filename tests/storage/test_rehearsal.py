"""A rehearsal of past days decides what these days decided, on either store, and leaves the store as it is."""

from __future__ import annotations

from pathlib import Path

from tests.chat import Shop
from tests.real_month import RealMonth, contents, rehearsed


def test_a_past_month_is_decided_as_it_was(shop: Shop, tmp_path: Path) -> None:
    month = RealMonth(shop).passes()
    before = contents(shop.database)
    folder = tmp_path / "rehearsal"
    folder.mkdir()
    again = list(rehearsed(shop.database, folder))
    assert len(month.decided) > 60
    assert sorted(again) == sorted(month.decided)
    assert contents(shop.database) == before
