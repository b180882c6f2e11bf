"""A shop of any size: owners, cars, visits, referrals and coupons of four years, as fast as the engine takes them.

with filled(url, 100_000) as shop: …
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from core.clock import StoppedClock
from core.shop import Shop as ShopFacts
from storage.crm import Crm
from storage.crypto import Keys
from storage.db import Database
from storage.migrate import migrate

TODAY = date(2026, 11, 23)
NOW = "2026-11-23 02:00:00.000000+00:00"
YEARS = 4
VISITS = 5  # per owner
MADE = "2022-11-01 00:00:00.000000+00:00"
Row = tuple[Any, ...]


@contextmanager
def filled(url: str, owners: int, seed: int = 1) -> Iterator[Database]:
    """A migrated database with that many owners, on Monday 23 November 2026 at ten; nobody is looked at yet."""
    database = Database(url, Keys.new(), StoppedClock(datetime.fromisoformat(NOW)), ShopFacts())
    try:
        migrate(database)
        database.transact(lambda crm: fill(crm, owners, seed))
        yield database
    finally:
        database.close()


def fill(crm: Crm, owners: int, seed: int = 1) -> None:
    """Owner n drives car n. Their visits: five on average, a third of them maintenance."""
    crm.stores.add("s1", "深圳南山店", bays={"general": 4, "quick": 2})
    crm.session.flush()
    dice = random.Random(seed)
    triggers = _without_triggers(crm)
    _write(crm, "owner", _OWNER, (_owner(dice, n) for n in range(1, owners + 1)))
    visits = _Visits(dice, owners)
    _write(crm, "vehicle", _CAR, (visits.car(n) for n in range(1, owners + 1)))
    _write(crm, "owner_vehicle", _TIE, ((n, n, n, "owner", _moment(crm, MADE)) for n in range(1, owners + 1)))
    _write(crm, "visit", _VISIT, visits.rows(crm))
    _write(crm, "referral", _REFERRAL, _referrals(crm, dice, owners))
    _write(crm, "coupon", _COUPON, _coupons(crm, dice, owners))
    _number_on(crm)
    triggers(crm)


_OWNER = (
    "id name status phone_verified birthday language store_id source remarks grade stage churn_level created_at"
).split()
_CAR = "id plate model powertrain last_service_on due_on created_at".split()
_TIE = "id owner_id vehicle_id role since".split()
_VISIT = (
    "id number store_id vehicle_id owner_id visited_on status items maintenance amount_fen rating created_at".split()
)
_REFERRAL = "id owner_id referrer_id status reason invited_on at".split()
_COUPON = (
    "id code owner_id offer percent amount_fen cost_fen month status valid_until redeemed_at redeemed_via revoked_why "
    "created_at"
).split()


def _owner(dice: random.Random, n: int) -> Row:
    born = date(1960, 1, 1) + timedelta(days=dice.randrange(16_000))
    return (n, f"车主{n}", "active", False, born.isoformat(), "zh", 1, "", "", "normal", "new", "none", MADE[:26])


class _Visits:
    """The visits of each owner are drawn with the car, whose record they fit."""

    def __init__(self, dice: random.Random, owners: int) -> None:
        self.dice, self.owners = dice, owners
        self.seeds = [0] * (owners + 1)

    def car(self, n: int) -> Row:
        self.seeds[n] = self.dice.getrandbits(32)
        last = max((day for day, *_ in self._of(n)), default=None)
        due = last + timedelta(days=365) if last else None
        return (n, f"粤B{n:07d}", "汉 EV", "bev", _iso(last), _iso(due), MADE[:26])

    def rows(self, crm: Crm) -> Iterator[Row]:
        number, made = 0, MADE[:26]
        for n in range(1, self.owners + 1):
            for day, maintenance, fen, rating in self._of(n):
                number += 1
                items = "常规保养" if maintenance else "洗车"
                yield (
                    number,
                    f"W{number}",
                    1,
                    n,
                    n,
                    day.isoformat(),
                    "completed",
                    items,
                    maintenance,
                    fen,
                    rating,
                    made,
                )

    def _of(self, n: int) -> list[tuple[date, bool, int, int | None]]:
        dice = random.Random(self.seeds[n])
        kinds = ((dice.randrange(1, 365 * YEARS), dice.random()) for _ in range(dice.randint(1, 2 * VISITS - 1)))
        return [
            (
                TODAY - timedelta(days=ago),
                luck < 0.34,
                int(luck * 600_000),
                None if luck < 0.6 else 5 if luck < 0.98 else 3,
            )
            for ago, luck in kinds
        ]


def _referrals(crm: Crm, dice: random.Random, owners: int) -> Iterator[Row]:
    for n in range(1, owners // 50 + 1):
        status = "rewarded" if n % 3 else "invited"
        yield (n, dice.randint(1, owners), dice.randint(1, owners // 100 + 1), status, "", "2026-03-01", MADE[:26])


def _coupons(crm: Crm, dice: random.Random, owners: int) -> Iterator[Row]:
    for n in range(1, owners // 5 + 1):
        used = f"2026-{dice.randint(1, 10):02d}-11 03:00:00.000000" if n % 2 else None
        status = "redeemed" if used else "expired"
        yield (
            n,
            f"C{n}",
            dice.randint(1, owners),
            "birthday",
            80,
            0,
            0,
            "2026-01",
            status,
            MADE[:26],
            used,
            "",
            "",
            MADE[:26],
        )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(crm: Crm, text: str) -> str:
    return text[:26] if crm.is_sqlite else text


def _write(crm: Crm, table: str, columns: list[str], rows: Iterable[Row]) -> None:
    driver: Any = crm.connection.connection.dbapi_connection
    names = ", ".join(columns)
    if crm.is_sqlite:
        marks = ", ".join("?" * len(columns))
        driver.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
        return
    with driver.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _without_triggers(crm: Crm) -> Any:
    """Nobody is touched while the shop is filled. Returns what puts the triggers back."""
    if not crm.is_sqlite:
        crm.connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        return lambda crm: crm.connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    kept = [tuple(row) for row in crm.connection.exec_driver_sql(query)]
    for name, _ in kept:
        crm.connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return lambda crm: [crm.connection.exec_driver_sql(text) for _, text in kept]


def _number_on(crm: Crm) -> None:
    """PostgreSQL counts on from what was written."""
    if crm.is_sqlite:
        return
    for table in ("owner", "vehicle", "owner_vehicle", "visit", "referral", "coupon"):
        crm.connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))"
        )
