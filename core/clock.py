"""One clock for everything: the machine's time plus an offset that a demo or a test may set."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """The shop's time. `now()` is an aware moment in UTC; the offset only ever grows time, never turns it back."""

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset = offset

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self.offset

    def advance_to(self, moment: datetime) -> None:
        """Move on to `moment`; a moment in the past changes nothing."""
        ahead = moment - self.now()
        if ahead > timedelta(0):
            self.offset += ahead


class StoppedClock(Clock):
    """A clock that stands until it is moved: for tests and for `tick --at`."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self.moment

    def advance_to(self, moment: datetime) -> None:
        self.moment = max(self.moment, moment.astimezone(UTC))
