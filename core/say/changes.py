"""What is said when a time is full or changes, a visit is missed, a car changes hands."""

from __future__ import annotations

from datetime import date, datetime

from core.say.words import Words

_PARTS = {
    "morning": ("上午", "in the morning"),
    "noon": ("中午", "around noon"),
    "afternoon": ("下午", "in the afternoon"),
    "evening": ("晚上", "in the evening"),
}


class ChangesSay(Words):
    """Moving, the wait-list, a missed visit, a car that was sold."""

    # — moving —

    def really_move(self, line: str, moment: datetime) -> str:
        return self.pick(
            f"请确认：把这个预约改到{self.moment(moment)}？\n{line}",
            f"Please confirm: move this appointment to {self.moment(moment)}?\n{line}",
        )

    def yes_move(self) -> str:
        return self.pick("确认改期", "Move it")

    def no_move(self) -> str:
        return self.pick("不改了", "Leave it")

    def is_its_time(self, moment: datetime) -> str:
        return self.pick(f"这个预约就是{self.moment(moment)}。", f"It is at {self.moment(moment)} already.")

    def cannot_change(self, line: str) -> str:
        return self.pick(
            f"这个预约已经有变动，改不了了：\n{line}\n需要的话回复“人工”，顾问来帮您。",
            f"This appointment has changed meanwhile and stays as it is:\n{line}\nSay “human” for an advisor.",
        )

    def made_by_family(self) -> str:
        return self.pick(
            "这辆车有预约，是家里人约的，请约的人来改，或回复“人工”找顾问。",
            "The appointment for this car was made by somebody of your household: please ask them, or say “human”.",
        )

    # — the wait-list —

    def tell_me_when_free(self) -> str:
        return self.pick("有空位时告诉我", "Tell me when it is free")

    def no_wait_list(self) -> str:
        return self.pick(
            "我们现在不做候补，换个时间约吧。", "We keep no waiting list at present; please book another time."
        )

    def which_day_to_wait_for(self) -> str:
        return self.pick(
            "想等哪一天的空位？比如“周四下午”。", "Which day are you waiting for? For example “Thursday afternoon”."
        )

    def waiting(self, *, first: date, last: date, part: str, clock: str, service: str) -> str:
        days = self.day(first) if first == last else self.pick("到", " to ").join((self.day(first), self.day(last)))
        time = clock or self.pick(*_PARTS.get(part, ("", "")))
        when = self.pick(f"{days}{time}", f"{days} {time}".strip())
        return self.pick(
            f"好的，{when}{service}有空位时马上告诉您，先到先得。不想等了说一声“不等了”。",
            f"All right: as soon as a time for {service} is free on {when}, you hear from me. Say “stop waiting” to end it.",
        )

    def time_is_free(self, *, moment: datetime, plate: str, service: str, store: str, until: datetime) -> str:
        return self.pick(
            f"您等的时间空出来了：{self.moment(moment)}，{plate} {service}，{store}。为您留到 {self.clock(until)}。",
            f"A time you wait for is free: {self.moment(moment)}, {plate} {service}, {store}. "
            f"It is kept for you until {self.clock(until)}.",
        )

    def take_time(self) -> str:
        return self.pick("要这个时间", "I take it")

    def decline_time(self) -> str:
        return self.pick("不用了", "No, thanks")

    def offer_over(self) -> str:
        return self.pick(
            "这个时间已经不能要了。想约别的时间，直接说就行。",
            "That time is not to be had any more. To book another, just say when.",
        )

    def declined(self) -> str:
        return self.pick("好的，不等了。想约随时说。", "All right, no more waiting. Just write to book.")

    def left_wait_list(self) -> str:
        return self.pick("好的，不再为您留意空位。", "All right, you are off the wait-list.")

    def not_waiting(self) -> str:
        return self.pick("您现在没有在等的空位。", "You are not waiting for any time.")

    # — a missed visit —

    def missed(self, *, moment: datetime, plate: str, service: str) -> str:
        car = f"{plate} " if plate else ""
        return self.pick(
            f"您约的{self.moment(moment)}{car}{service}没有等到您，没关系。需要的话，随时可以再约。",
            f"We missed you on {self.moment(moment)} ({car}{service}). No problem: you can book again at any time.",
        )

    def book_again(self) -> str:
        return self.pick("再约一次", "Book again")

    # — a car that changes hands —

    def no_car_on_record(self) -> str:
        return self.pick(
            "您名下现在没有车辆，不会有保养提醒。", "There is no car under your name, so no reminders either."
        )

    def which_car_was_sold(self) -> str:
        return self.pick("是哪辆车不在您这里了？", "Which car do you not have any more?")

    def really_sold(self, car: str, moments: list[datetime]) -> str:
        zh = f"{self.listed(self.moment(m) for m in moments)}的预约会一起取消。" if moments else ""
        en = f" The appointment of {self.listed(self.moment(m) for m in moments)} will be cancelled." if moments else ""
        return self.pick(
            f"请确认：{car} 已经不是您的车了？之后不再为它提醒您。{zh}",
            f"Please confirm: {car} is not yours any more? We will not remind you of it again.{en}",
        )

    def yes_sold(self) -> str:
        return self.pick("是的，已经卖了", "Yes, it is sold")

    def another_car(self) -> str:
        return self.pick("是另一辆", "Another car")

    def not_sold(self) -> str:
        return self.pick("没有卖", "It is not sold")

    def sold(self, car: str) -> str:
        return self.pick(
            f"好的，{car} 已从您名下移除，不再提醒。换了新车可以加上，保养到期会提醒您。",
            f"Done: {car} is not under your name any more. You can add your new car, and we remind you of its maintenance.",
        )

    def add_new_car(self) -> str:
        return self.pick("添加新车", "Add my new car")

    def car_kept(self, plate: str) -> str:
        return self.pick(f"记下了：{plate}。要约保养直接说时间就行。", f"Noted: {plate}. To book, just say when.")
