"""The web application of a shop with one store, over real sockets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serving import Serving

Serve = Callable[..., Serving]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """`serve(telegram, wechat, PUBLIC_URL="…")`: the application of a shop with one store."""
    running: list[Serving] = []

    def start(*platforms: Any, **given: Any) -> Serving:
        shop = Serving(tmp_path, *platforms, **given)
        shop.house.database.transact(lambda crm: crm.stores.add("nanshan", "深圳南山店"))
        running.append(shop)
        return shop.__enter__()

    yield start
    for shop in running:
        shop.__exit__(None, None, None)
