"""The shop's clock as the store knows it: how far it is ahead of the machine, and the last moment it showed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment
from storage.messages import MessageIn

if TYPE_CHECKING:
    from storage.crm import Crm

FRESH = timedelta(seconds=10)  # another process is alive when its mark is not older


class ShopClock(SQLModel, table=True):
    """One row, and only where the clock was ever set: a demo or a test."""

    __tablename__ = "shop_clock"

    id: int = Field(default=1, primary_key=True)
    offset_seconds: float = 0.0
    latest: datetime = Field(sa_type=Moment)  # the shop's time …
    marked_at: datetime = Field(sa_type=Moment)  # … when the machine showed this


class Moments:
    """Verbs on the clock."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def row(self) -> ShopClock | None:
        return self.crm.session.get(ShopClock, 1, with_for_update=True, populate_existing=True)

    def start(self, asked: datetime | None, real_now: datetime) -> timedelta:
        """The offset to start with: time never goes back, and processes that run together agree."""
        row = self.row()
        offset = self.standing(asked, real_now)
        if (row or asked) and not _is_kept(row, asked, real_now):
            self.mark(offset, real_now)
        return offset

    def standing(self, asked: datetime | None, real_now: datetime) -> timedelta:
        """The same for who only looks: nothing is written."""
        row = self.crm.session.get(ShopClock, 1)
        if row is None and asked is None:
            return timedelta(0)
        if row and _is_kept(row, asked, real_now):
            return timedelta(seconds=row.offset_seconds)
        moment = max(filter(None, (asked, row.latest if row else None, self._last_message())), default=real_now)
        return moment.astimezone(UTC) - real_now

    def agree(self, offset: timedelta, real_now: datetime) -> timedelta:
        """The offset that all processes have from now on: the largest one; and a mark of where the clock stands."""
        row = self.row()
        furthest = max(offset, timedelta(seconds=row.offset_seconds)) if row else offset
        self.mark(furthest, real_now)
        return furthest

    def mark(self, offset: timedelta, real_now: datetime) -> None:
        """Remember where the clock stands."""
        row = self.row() or self.crm.add_once(ShopClock(latest=real_now + offset, marked_at=real_now)) or self.row()
        assert row is not None
        row.offset_seconds, row.latest, row.marked_at = offset.total_seconds(), real_now + offset, real_now
        self.crm.session.flush()

    def _last_message(self) -> datetime | None:
        query = select(MessageIn.received_at).order_by(col(MessageIn.received_at).desc()).limit(1)
        return self.crm.session.exec(query).first()


def _is_kept(row: ShopClock | None, asked: datetime | None, real_now: datetime) -> bool:
    """Another process is alive and keeps the clock, at that moment or later."""
    if row is None or real_now - row.marked_at >= FRESH:
        return False
    return asked is None or asked <= real_now + timedelta(seconds=row.offset_seconds)
