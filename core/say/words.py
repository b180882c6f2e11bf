"""How days, times, money and lists are written in each language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_WEEKDAYS_ZH = "一二三四五六日"


class Words:
    """A language and a time zone."""

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self.english = language == "en"
        self.zone = zone

    def pick(self, chinese: str, english: str) -> str:
        return english if self.english else chinese

    def day(self, day: date) -> str:
        """11 月 24 日（周二） · Tue 24 Nov."""
        chinese = f"{day.month} 月 {day.day} 日（周{_WEEKDAYS_ZH[day.weekday()]}）"
        return self.pick(chinese, f"{day:%a} {day.day} {day:%b}")

    def near_day(self, day: date, today: date) -> str:
        """今天, 明天, 后天, or the day."""
        names = {0: ("今天", "today"), 1: ("明天", "tomorrow"), 2: ("后天", "")}
        chinese, english = names.get((day - today).days, ("", ""))
        return self.pick(chinese, english) or self.day(day)

    def clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%H:%M}"

    def moment(self, moment: datetime) -> str:
        """11 月 24 日（周二）15:00 · Tue 24 Nov 15:00."""
        local = moment.astimezone(self.zone)
        return self.day(local.date()) + self.pick("", " ") + self.clock(moment)

    def short_moment(self, moment: datetime) -> str:
        """11/24 周二 15:00, for a button."""
        local = moment.astimezone(self.zone)
        weekday = self.pick("周" + _WEEKDAYS_ZH[local.weekday()], f"{local:%a}")
        return f"{local.month}/{local.day} {weekday} {local:%H:%M}"

    def money(self, fen: int) -> str:
        """680 元, 680.50 元 · ¥680."""
        yuan = f"{fen // 100:,}" if fen % 100 == 0 else f"{fen / 100:,.2f}"
        return self.pick(f"{yuan} 元", f"¥{yuan}")

    def listed(self, parts: Iterable[str]) -> str:
        return self.pick("、", ", ").join(part for part in parts if part)

    def _last_day(self, moment: datetime) -> date:
        """The shop's last calendar day that ends at or before a moment: of a coupon valid until midnight, its day."""
        return (moment - timedelta(microseconds=1)).astimezone(self.zone).date()
