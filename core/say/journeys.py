"""What the shop writes by itself as time passes: maintenance due, welcome to a new car, an appointment to come."""

from __future__ import annotations

from datetime import date, datetime

from core.say.words import Words

STOP = ("回复“退订”不再收到。", " Say “stop” for no more messages.")


class JourneySay(Words):
    """Reminders and greetings. Marketing ends with the way out."""

    # — maintenance due —

    def maintenance_soon(self, name: str, plate: str, day: date, service: str, price_fen: int, minutes: int) -> str:
        hello = self._dear(name)
        return self.pick(
            f"{hello}，{plate} 预计 {self.day(day)}该做{service}了，约 {self.money(price_fen)}、{minutes} 分钟。"
            "点一下就能预约，也可以直接说时间，比如“周六上午”。",
            f"{hello}, {plate} is due for {service.lower()} about {self.day(day)}: about {self.money(price_fen)}, "
            f"{minutes} minutes. Tap to book, or just say when, such as “Saturday morning”.",
        )

    def maintenance_still_due(self, plate: str, day: date) -> str:
        return self.pick(
            f"{plate} 的保养 {self.day(day)}到期，还没有预约。要帮您留个时间吗？",
            f"Maintenance of {plate} is due on {self.day(day)} and not booked yet. Shall we keep a time for you?",
        )

    def book_maintenance(self) -> str:
        return self.pick("预约保养", "Book maintenance")

    # — a new car —

    def new_car(self, name: str, model: str, store: str, advisor: str) -> str:
        hello, car = self._dear(name), model or self.pick("新车", "new car")
        who = self.pick(f"您的专属顾问是{advisor}，", f"Your advisor is {advisor}. ") if advisor else ""
        return self.pick(
            f"{hello}，恭喜提车！{who}{store}随时为您的{car}服务。直接在这里发消息就能预约、查保养、问用车问题。{STOP[0]}",
            f"{hello}, congratulations on your {car}! {who}{store} is here for you: just write to book, to ask when "
            f"maintenance is due, or anything about the car.{STOP[1]}",
        )

    def three_tips(self, name: str) -> str:
        hello = self._dear(name)
        return self.pick(
            f"{hello}，用车一周了，三个小提醒：一、胎压每月看一次；二、前 1,000 公里少急加速；三、亮黄灯别慌，拍照发来就行。{STOP[0]}",
            f"{hello}, a week with the new car. Three tips: check tyre pressure monthly; no hard acceleration in the "
            f"first 1,000 km; a yellow light is no reason to worry, just send us a photo.{STOP[1]}",
        )

    def first_check(self, name: str) -> str:
        hello = self._dear(name)
        return self.pick(
            f"{hello}，提车满月，为您准备了一次免费检查（胎压、油液、灯光），约 30 分钟。点一下选个时间。{STOP[0]}",
            f"{hello}, the car is a month old: a free check (tyres, fluids, lights), about 30 minutes, is yours. "
            f"Tap for a time.{STOP[1]}",
        )

    def book_check(self) -> str:
        return self.pick("预约免费检查", "Book the free check")

    def care_package(self, name: str) -> str:
        hello = self._dear(name)
        return self.pick(
            f"{hello}，提车三个月了。保养套餐现在更划算，想了解就点一下，顾问给您讲清楚。{STOP[0]}",
            f"{hello}, three months with the car. A care package saves on maintenance: tap, and your advisor explains."
            f"{STOP[1]}",
        )

    def tell_me_more(self) -> str:
        return self.pick("想了解", "Tell me more")

    # — an appointment to come —

    def appointment_tomorrow(self, moment: datetime, plate: str, service: str, store: str) -> str:
        return self.pick(
            f"提醒您：明天 {self.clock(moment)}，{plate} {service}，{store}。有变化直接说“改到…”或“取消预约”。",
            f"A reminder: tomorrow {self.clock(moment)}, {plate} {service.lower()}, {store}. To change it just say “move "
            "it to…” or “cancel my appointment”.",
        )

    def appointment_soon(self, moment: datetime, plate: str, service: str, store: str) -> str:
        return self.pick(
            f"今天 {self.clock(moment)} 见：{plate} {service}，{store}。",
            f"See you at {self.clock(moment)} today: {plate} {service.lower()}, {store}.",
        )

    def _dear(self, name: str) -> str:
        return self.pick(f"{name}您好", f"Hello {name}" if name else "Hello")
