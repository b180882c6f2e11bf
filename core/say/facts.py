"""What is so, in the words in which a reply may repeat it; and replies for when nobody drafts one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.say.words import Words

_STATES = {
    "offered": ("可领取", "may be claimed"),
    "claimed": ("已领取，未使用", "claimed, not used"),
    "redeemed": ("已使用", "used"),
    "revoked": ("已作废", "revoked"),
    "expired": ("已过期", "expired"),
}


class FactSay(Words):
    """Facts for a draft, and template replies."""

    def fact_name(self, name: str) -> str:
        return self.pick(f"车主称呼：{name}", f"the owner's name: {name}")

    def fact_car(self, plate: str, model: str, mileage_km: int | None, due_on: date | None) -> str:
        parts = [self.pick("车辆 ", "car ") + " ".join(filter(None, [plate, model]))]
        if mileage_km is not None:
            parts.append(self.pick(f"里程 {mileage_km} 公里", f"{mileage_km} km"))
        if due_on is not None:
            parts.append(self.pick(f"下次保养 {self.day(due_on)}", f"next maintenance {self.day(due_on)}"))
        return self.listed(parts)

    def fact_appointment(self, starts_at: datetime, plate: str, service: str, store: str) -> str:
        return self.pick("已约 ", "booked: ") + self.listed([self.moment(starts_at), plate, service, store])

    def fact_visit(self, day: date, items: str, amount_fen: int) -> str:
        paid = self.money(amount_fen) if amount_fen else ""
        return self.pick("来过 ", "visited: ") + self.listed([self.day(day), items, paid])

    def fact_coupon(self, title: str, worth: str, status: str, valid_until: datetime) -> str:
        last = self.day((valid_until.astimezone(self.zone) - timedelta(seconds=1)).date())
        state = self.pick(*_STATES.get(status, (status, status)))
        return self.listed([title, worth, state, self.pick(f"有效至 {last}", f"valid until {last}")])

    def fact_offer(self, title: str, worth: str, days: int) -> str:
        life = self.pick(f"领取后 {days} 天有效", f"valid {days} days") if days else ""
        condition = self.pick("只给符合条件的车主，由系统发放", "only for owners who qualify, given by the system")
        return self.listed([title, worth, life, condition])

    def fact_worth(self, percent: int, amount_fen: int, gifts: str) -> str:
        fold = f"{percent / 10:g}折" if percent else ""
        off = self.pick(fold, f"{100 - percent}% off") if percent else ""
        money = self.pick(f"减 {self.money(amount_fen)}", f"{self.money(amount_fen)} off") if amount_fen else ""
        return self.listed([off, money, gifts])

    # — templates —

    def template_received(self) -> str:
        return self.pick(
            "您好，消息收到了，我核实一下，马上在这里回复您。",
            "Hello, I have your message; let me check and answer you here.",
        )

    def template_call(self) -> str:
        return self.pick(
            "您好，这个在电话里说更清楚，方便的话我给您打过去？",
            "Hello, this is easier by phone. May I call you?",
        )

    def template_status(self) -> str:
        return self.pick(
            "您好，我去车间看一下您的车，有结果马上告诉您。",
            "Hello, I will look in the workshop and tell you how your car is getting on.",
        )

    def template_thanks(self) -> str:
        return self.pick("不客气，用车有问题随时找我们。", "You are welcome. Write to us whenever you need us.")

    def template_sorry(self) -> str:
        return self.pick(
            "您好，给您添麻烦了，非常抱歉。我先把情况了解清楚，再给您一个说法。",
            "Hello, I am sorry for the trouble. Let me find out what happened and come back to you.",
        )

    def template_time(self) -> str:
        return self.pick(
            "您好，您哪天、几点方便？把时间和车牌发给我，我来安排。",
            "Hello, which day and time suit you? Send me the time and the plate and I will arrange it.",
        )
