"""A day on which the worker is killed again and again: what is decided is what an undisturbed day decides."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta

from tests.product import Product
from tests.records import ask

MakeProduct = Callable[..., Product]
TODAY = date(2026, 11, 23)
AT = f"{TODAY}T10:00:00+08:00"
KILLS = 20
DECISIONS = "SELECT journey, step, occurrence, owner_id, decision, reason FROM step ORDER BY journey, step, occurrence"
CARDS = "SELECT kind, occurrence FROM task ORDER BY occurrence"


def test_a_day_with_twenty_kills_decides_what_a_quiet_day_decides(product: MakeProduct) -> None:
    disturbed = product(start=False, CLOCK=f"{TODAY}T08:00:00+08:00")
    (disturbed.directory / "owners.csv").write_text(owners(), "utf-8")
    assert disturbed.cli("import", "owners.csv").code == 0
    quiet = product(start=False, CLOCK=f"{TODAY}T08:00:00+08:00")
    shutil.copytree(disturbed.directory, quiet.directory, dirs_exist_ok=True)
    dice = random.Random(7)
    for _ in range(KILLS):
        ticking = disturbed.beside("tick", "--at", AT).start(wait=False)
        time.sleep(dice.uniform(0.1, 1.2))
        ticking.kill9()
    assert disturbed.cli("tick", "--at", AT).code == 0
    assert quiet.cli("tick", "--at", AT).code == 0
    assert len(ask(quiet, DECISIONS)) > 100
    assert ask(disturbed, DECISIONS) == ask(quiet, DECISIONS)
    assert ask(disturbed, CARDS) == ask(quiet, CARDS)


def owners() -> str:
    """Two hundred, of whom many are due, away, or have a birthday or a new car."""
    lines = ["姓名,手机,车牌,购车日期,生日,上次保养"]
    for number in range(200):
        served = TODAY - timedelta(days=250 + number)
        bought = TODAY - timedelta(days=number)
        born = f"1980-{TODAY:%m}-{1 + number % 28:02}"
        lines.append(f"车主{number:03},139{number:08},粤B{10_000 + number},{bought},{born},{served}")
    return "\n".join(lines)
