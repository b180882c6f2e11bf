"""Grades, stages, alerts and audiences of a large shop: ratios that are measured in one run."""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.clock import StoppedClock
from journeys import churn_alert
from journeys import figures as journey
from journeys.parts import AGAIN, Found, here, in_parts
from storage.crm import Crm
from storage.db import Database
from storage.visits import Visit
from tests.bench.lake import Lake
from tests.bench.questions import kept, questions
from tests.bench.shop_size import TODAY, VISITS, YEARS, filled
from tests.bench.table import print_table

NIGHTS, ROUNDS, TICKS = 3, 3, 200
BUILD = Path(__file__).parents[2] / "build"


@dataclass
class Measured:
    """Seconds by what was done, and of all cores together; the peak in MB."""

    seconds: dict[str, float] = field(default_factory=dict)
    cores: dict[str, float] = field(default_factory=dict)
    statements: dict[str, float] = field(default_factory=dict)
    touched: int = 0
    peak: float = 0.0

    def clock(self, name: str, work: Callable[[], Any]) -> Any:
        started, worked = time.perf_counter(), time.process_time()
        result = work()
        self.seconds[name], self.cores[name] = time.perf_counter() - started, time.process_time() - worked
        return result


def run(owners: int, url: str = "") -> None:
    BUILD.mkdir(exist_ok=True)
    found = Measured()
    with (
        tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as folder,
        filled(url or f"sqlite:///{folder}/shop.db", owners) as shop,
    ):
        _analyze(shop)
        _recompute(shop, found)
        _nights(shop, found, Path(folder))
        _ticks(shop, found)
    _print(owners, "PostgreSQL" if url else "SQLite", found)


def _analyze(shop: Database) -> None:
    shop.transact(lambda crm: crm.connection.exec_driver_sql("ANALYZE").close())


def _recompute(shop: Database, found: Measured) -> None:
    """Everybody, first when nothing is known yet, then again, in turn with the questions."""
    before = _peak()
    found.clock("first", lambda: _batches(shop))
    found.clock("first alerts", lambda: _alerts(shop))
    found.peak = _peak() - before
    _analyze(shop)
    again, asked = [], []
    for _ in range(ROUNDS):
        found.clock("again", lambda: _all_again(shop))
        again.append(found.seconds["again"])
        asked.append(_ask(shop))
    found.seconds["again"] = statistics.median(again)
    found.statements = {name: statistics.median(one[name] for one in asked) for name in asked[0]}


def _all_again(shop: Database) -> None:
    _batches(shop)
    _alerts(shop)
    for text in kept(TODAY, shop.is_sqlite).values():
        shop.read(lambda crm, text=text: _rows(crm, text))  # type: ignore[misc]


def _batches(shop: Database) -> None:
    """A transaction per batch, as beside a running server."""
    done: int | None = 0
    while done is not None:
        done = shop.transact(lambda crm, after=done: crm.figures.recompute_after(after))  # type: ignore[misc]


def _ask(shop: Database) -> dict[str, float]:
    """Seconds of each question."""
    times = {}
    for name, text in questions(TODAY, shop.is_sqlite).items():
        started = time.perf_counter()
        shop.read(lambda crm, text=text: _rows(crm, text))  # type: ignore[misc]
        times[name] = time.perf_counter() - started
    return times


def _rows(crm: Crm, text: str) -> int:
    """How many rows it gives, each fetched from the driver and let go."""
    driver: Any = crm.connection.connection.dbapi_connection
    cursor, rows = driver.cursor(), 0
    cursor.execute(text.replace("%%", "%"))
    while part := cursor.fetchmany(5000):
        rows += len(part)
    return rows


def _nights(shop: Database, found: Measured, folder: Path) -> None:
    """Days on which as many come as on any other, each followed by the look at them and at whose day has come."""
    lake = Lake(folder)
    took, worked = defaultdict[str, list[float]](list), defaultdict[str, list[float]](list)
    scans = {"lake": lake.grades, "lake, visits": lake.grades_of_visits, "lake, answers": lake.answers}
    for number in range(1, NIGHTS + 1):
        today = TODAY + timedelta(days=number)
        assert isinstance(shop.clock, StoppedClock)
        shop.clock.advance_to(shop.clock.now() + timedelta(days=1))
        found.touched = shop.transact(lambda crm, day=today: _a_day(crm, day))  # type: ignore[misc]
        found.clock("night", lambda: _night(shop))
        found.clock("night alerts", lambda: _alerts(shop))
        shop.read(lake.take)
        for name, scan in scans.items():
            assert scan(today) > 0  # the files are in the page cache then
            found.clock(name, lambda scan=scan, day=today: scan(day))  # type: ignore[misc]
        for name in ("night", "night alerts", *scans):
            took[name].append(found.seconds[name])
            worked[name].append(found.cores[name])
    found.seconds |= {name: statistics.median(times) for name, times in took.items()}
    found.cores |= {name: statistics.median(times) for name, times in worked.items()}


def _a_day(crm: Crm, today: date) -> int:
    """The visits of one day, as an import would write them. Returns how many owners came."""
    owners = crm.connection.exec_driver_sql("SELECT max(id) FROM owner").scalar() or 0
    coming = max(1, owners * VISITS // (365 * YEARS))
    step = owners // coming
    for number, owner in enumerate(range(1 + today.day, owners + 1, step)):
        facts = {"owner_id": owner, "vehicle_id": owner, "visited_on": today, "amount_fen": 58_000}
        crm.insert(Visit, number=f"D{today}-{number}", created_at=crm.now, **facts)
    return coming


def _night(shop: Database) -> None:
    """As a tick does it: who was written about, then whose day has come, some thousand in each transaction."""
    in_parts([_touched, journey.night], shop.transact)


def _alerts(shop: Database) -> None:
    in_parts([churn_alert.run], shop.transact)


def _touched(crm: Crm, _room: int, _stop: Any) -> Found:
    return [], AGAIN if journey.follow(crm) and crm.touched.anybody() else None


def _ticks(shop: Database, found: Measured) -> None:
    """A tick when nothing is due, beside a transaction in which nothing is done."""

    def idle(crm: Crm) -> None:
        in_parts([_touched, journey.night, churn_alert.run], here(crm))

    shop.transact(idle)
    for name, work in (("empty", lambda crm: None), ("tick", idle)):
        times = []
        for _ in range(TICKS):
            started = time.perf_counter()
            shop.transact(work)
            times.append(time.perf_counter() - started)
        found.seconds[name] = statistics.median(times)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _print(owners: int, engine: str, found: Measured) -> None:
    s, c, asked = found.seconds, found.cores, sum(found.statements.values())
    beside = (
        ("everybody again", s["again"], "the questions one by one", asked),
        ("the night", s["night"], "DuckDB over Parquet: grades, stages, levels", s["lake, answers"]),
        ("", s["night"], "DuckDB, grades alone", s["lake"]),
        ("", s["night"], "DuckDB, grades by visits alone", s["lake, visits"]),
        ("the night, work of all cores", c["night"], "DuckDB: grades, stages, levels", c["lake, answers"]),
        ("", c["night"], "DuckDB, grades alone", c["lake"]),
        ("a tick, nothing due", s["tick"], "an empty transaction", s["empty"]),
    )
    print(f"\n{owners:,} owners, {owners * VISITS:,} visits on {engine}; medians, a higher ratio is better for us:\n")
    rows = [(what, _shown(ours), other, _shown(theirs), f"{theirs / ours:.2f}") for what, ours, other, theirs in beside]
    print_table([("what", "measured", "beside", "measured", "ratio"), *rows])
    print("\nThe questions: " + ", ".join(f"{name} {_shown(took)}" for name, took in found.statements.items()))
    print(f"For the first time: figures {_shown(s['first'])}, alerts {_shown(s['first alerts'])}.")
    print(
        f"A night: {found.touched:,} visits, its alerts {_shown(s['night alerts'])}. Memory: {found.peak:,.0f} MB more."
    )


def _shown(seconds: float) -> str:
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{seconds * 1000:,.2f} ms"
