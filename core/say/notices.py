"""What an owner is told without having asked: the car is ready, the maker calls it back."""

from __future__ import annotations

from datetime import datetime

from core.say.words import Words


class NoticesSay(Words):
    """Car ready and recall."""

    def car_ready(self, plate: str, until: datetime | None, now: datetime, amount_fen: int) -> str:
        car = plate or self.pick("爱车", "car")
        first = self.pick(f"您的{car}已完工，可以来取车了。", f"Your {car} is ready to be fetched.")
        return first + self._until(until, now) + self._paid(amount_fen)

    def _until(self, until: datetime | None, now: datetime) -> str:
        if until is None:
            return ""
        day = self.near_day(until.astimezone(self.zone).date(), now.astimezone(self.zone).date())
        return self.pick(f"{day} {self.clock(until)} 前都可以取。", f" Pick-up until {self.clock(until)} {day}.")

    def _paid(self, amount_fen: int) -> str:
        if not amount_fen:
            return ""
        return self.pick(f"本次费用 {self.money(amount_fen)}。", f" The bill is {self.money(amount_fen)}.")

    def recall(self, car: str, campaign: str, text: str) -> str:
        return self.pick(
            f"召回通知：您的{car}在厂家召回范围内（编号 {campaign}）。{text}",
            f"Recall notice: your {car} is part of the maker's recall {campaign}. {text}",
        )
