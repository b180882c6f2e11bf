"""What the shop writes on days of the calendar: a car's birthday, festivals, inspection and insurance; and what it adds
to the words of its own journeys.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from core.say.journeys import STOP
from core.say.words import Words

_FESTIVALS = {
    "spring_festival": ("春节", "Spring Festival"),
    "dragon_boat": ("端午", "Dragon Boat Festival"),
    "mid_autumn": ("中秋", "Mid-Autumn Festival"),
    "national_day": ("国庆", "National Day"),
}


class OccasionSay(Words):
    """Greetings end with the way out, and so does every other marketing."""

    # — the calendar —

    def happy_festival(self, festivals: Iterable[str]) -> str:
        """It names nobody: the same words may go to many."""
        told = [self.pick(*_FESTIVALS[name]) for name in festivals]
        return self.pick(
            f"{''.join(told)}快乐！祝您和家人平安团圆。假期出行前想检查一下车，随时在这里说一声。{STOP[0]}",
            f"Happy {' and '.join(told)} to you and your family. To have the car looked at before a trip, just say so "
            f"here.{STOP[1]}",
        )

    def years_together(self, name: str, plate: str, years: int) -> str:
        car = plate or self.pick("爱车", "your car")
        return self.pick(
            f"{self._to(name)}，{car} 今天满 {years} 岁了。谢谢您一路信任，愿往后的路同样平安。{STOP[0]}",
            f"{self._to(name)}, {car} is {years} {'year' if years == 1 else 'years'} old today. Thank you for your "
            f"trust, and safe travels.{STOP[1]}",
        )

    def inspection_soon(self, name: str, plate: str, day: date, *, at_station: bool) -> str:
        where = self.pick(
            "这次要开到检测站上线检测，先来做个检查，一次就过"
            if at_station
            else "这次不用上线，网上申领标志就行，顺便来做个检查更放心",
            "The car goes to a station this time: a check with us first, and it passes at once"
            if at_station
            else "No station this time, the mark is issued on-line; a check is a good idea all the same",
        )
        return self.pick(
            f"{self._to(name)}，{plate} 的年检 {self.day(day)}到期。{where}。点一下就能约。",
            f"{self._to(name)}, the inspection of {plate} is due by {self.day(day)}. {where}. Tap to book.",
        )

    def book_inspection(self) -> str:
        return self.pick("预约检查", "Book a check")

    def insurance_soon(self, name: str, plate: str, day: date) -> str:
        return self.pick(
            f"{self._to(name)}，{plate} 的车险大约 {self.day(day)}到期。想续保比价就点一下，顾问帮您算。{STOP[0]}",
            f"{self._to(name)}, the insurance of {plate} ends about {self.day(day)}. Tap, and your advisor works out the "
            f"renewal.{STOP[1]}",
        )

    def ask_about_insurance(self) -> str:
        return self.pick("请顾问算一下", "Ask my advisor")

    # — the shop's own words —

    def with_way_out(self, text: str) -> str:
        """Marketing in the shop's words, with the way out where they do not tell it."""
        told = "退订" in text or "stop" in text.lower()
        return text if told else text + self.pick(*STOP)

    def with_coupon(self, text: str, coupon: str, gives: str, last: date) -> str:
        return self.pick(
            f"{text}\n{coupon}：{gives}，有效期到 {self.day(last)}。",
            f"{text}\n{coupon}: {gives}, valid until {self.day(last)}.",
        )

    def book_a_visit(self) -> str:
        return self.pick("预约到店", "Book a visit")

    def _to(self, name: str) -> str:
        return self.pick(f"{name}您好", f"Hello {name}" if name else "Hello")
