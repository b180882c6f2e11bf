"""What is said while an owner books, moves or cancels a visit."""

from __future__ import annotations

from datetime import date, datetime

from core.say.words import Words


class BookingSay(Words):
    """Questions, summary, confirmation and the list of appointments."""

    def which_store(self) -> str:
        return self.pick("您想去哪家店？", "Which of our stores suits you?")

    def which_car(self) -> str:
        return self.pick("请问哪辆车？", "Which car is it for?")

    def which_plate(self) -> str:
        return self.pick("请发一下车牌号，比如 粤B12345。", "Please send the plate, for example 粤B12345.")

    def no_plate_yet(self) -> str:
        return self.pick("还没上牌", "No plate yet")

    def plate_wrong(self, suggestion: str | None) -> str:
        if suggestion:
            return self.pick(
                f"这个车牌看着不对，是 {suggestion} 吗？请再发一次。",
                f"That plate looks wrong. Is it {suggestion}? Please send it again.",
            )
        return self.pick("这个车牌看着不对，请再发一次。", "That plate looks wrong, please send it again.")

    def which_service(self) -> str:
        return self.pick("要做什么项目？", "What would you like done?")

    def service_choice(self, name: str, price_fen: int) -> str:
        return f"{name} · {self.money(price_fen)}" if price_fen else name

    def which_time(self) -> str:
        return self.pick(
            "什么时候方便？这些时间可以约，也可以直接说别的：",
            "When suits you? These times are free, or name another:",
        )

    def which_time_on(self, day: date) -> str:
        return self.pick(f"{self.day(day)}这些时间可以约：", f"On {self.day(day)} these times are free:")

    def no_time_soon(self) -> str:
        return self.pick(
            "最近几天都约满了，请说一个您方便的日子。",
            "The next days are full, please name a day that suits you.",
        )

    def time_vague(self) -> str:
        return self.pick(
            "请说具体哪一天、几点，比如“周四下午三点”。",
            "Please name the day and time, such as “Thursday 3 pm”.",
        )

    def time_past(self) -> str:
        return self.pick("这个时间已经过了。", "That time has passed.")

    def date_impossible(self) -> str:
        return self.pick("没有这个日子，请再说一次。", "There is no such day, please say it again.")

    def too_far_ahead(self, days: int) -> str:
        return self.pick(f"目前可以约 {days} 天内的时间。", f"You can book up to {days} days ahead.")

    def no_store_yet(self) -> str:
        return self.pick(
            "现在还不能在线预约，请回复“人工”，顾问会联系您。",
            "Online booking is not open yet. Say “human” and an advisor will contact you.",
        )

    def closed_on(self, day: date) -> str:
        return self.pick(f"{self.day(day)}不营业。", f"We are closed on {self.day(day)}.")

    def outside_hours(self) -> str:
        return self.pick(
            "这个时间不在营业时间内，或来不及做完。",
            "That is outside opening hours, or too late to finish the work.",
        )

    def slot_taken(self, moment: datetime) -> str:
        return self.pick(f"{self.moment(moment)}已经约满了。", f"{self.moment(moment)} is fully booked.")

    def day_full(self, day: date) -> str:
        return self.pick(f"{self.day(day)}约满了。", f"{self.day(day)} is fully booked.")

    def which_phone(self) -> str:
        return self.pick(
            "方便留个手机号吗？到店前有变动好联系您。不留也可以约。",
            "May we have your mobile number, in case something changes? You can book without it.",
        )

    def share_phone(self) -> str:
        return self.pick("发送我的手机号", "Share my phone number")

    def skip(self) -> str:
        return self.pick("跳过", "Skip")

    def phone_wrong(self) -> str:
        return self.pick(
            "这个号码看着不对，是 11 位手机号吗？不留也可以，回复“跳过”。",
            "That number looks wrong. You can also say “skip”.",
        )

    def summary(
        self,
        *,
        moment: datetime,
        plate: str,
        service: str,
        store: str,
        minutes: int,
        price_fen: int,
        hold: int,
    ) -> str:
        car = plate or self.pick("未上牌车辆", "car without a plate")
        return self.pick(
            f"请确认：{self.moment(moment)}，{car} {service}，{store}。预计 {minutes} 分钟，{self._about(price_fen)}。时间先为您留 {hold} 分钟。",
            f"Please confirm: {self.moment(moment)}, {car}, {service}, {store}. About {minutes} minutes, {self._about(price_fen)}. "
            f"We hold the time for {hold} minutes.",
        )

    def confirm(self) -> str:
        return self.pick("确认预约", "Confirm")

    def change_time(self) -> str:
        return self.pick("换个时间", "Another time")

    def drop_it(self) -> str:
        return self.pick("不约了", "Do not book")

    def what_to_change(self) -> str:
        return self.pick(
            "好，要改哪里？直接说新的时间、车牌、项目或门店。",
            "All right, what should change? Say the new time, car, work or store.",
        )

    def booked(self, *, moment: datetime, plate: str, service: str, store: str, minutes: int, price_fen: int) -> str:
        car = plate or self.pick("未上牌车辆", "car without a plate")
        return self.pick(
            f"已为您预约：{self.moment(moment)}，{car} {service}，{store}。预计 {minutes} 分钟，{self._about(price_fen)}。要改时间直接说，比如“改到周四上午”。",
            f"Booked for you: {self.moment(moment)}, {car}, {service}, {store}. About {minutes} minutes, {self._about(price_fen)}. "
            "To change it just say so, such as “move it to Thursday morning”.",
        )

    def moved(self, *, moment: datetime, plate: str, service: str, store: str) -> str:
        return self.pick(
            f"已改到：{self.moment(moment)}，{plate} {service}，{store}。原来的时间已取消。",
            f"Moved to {self.moment(moment)}: {plate}, {service}, {store}. The earlier time is cancelled.",
        )

    def _about(self, price_fen: int) -> str:
        if price_fen == 0:
            return self.pick("到店看过再报价，检查免费", "quoted after a free look")
        return self.pick(f"约 {self.money(price_fen)}", f"about {self.money(price_fen)}")

    def your_appointments(self, lines: list[str]) -> str:
        return self.pick("您的预约：\n", "Your appointments:\n") + "\n".join(lines)

    def appointment_line(self, *, moment: datetime, plate: str, service: str, store: str) -> str:
        return self.pick(
            f"{self.moment(moment)} · {plate} {service} · {store}",
            f"{self.moment(moment)} · {plate} {service} · {store}",
        )

    def no_appointment(self) -> str:
        return self.pick("您现在没有预约。", "You have no appointment.")

    def which_appointment(self) -> str:
        return self.pick("是哪一个预约？", "Which appointment?")

    def really_cancel(self, line: str) -> str:
        return self.pick(f"确定取消这个预约吗？\n{line}", f"Cancel this appointment?\n{line}")

    def yes_cancel(self) -> str:
        return self.pick("取消预约", "Cancel it")

    def keep(self) -> str:
        return self.pick("保留", "Keep it")

    def appointment_cancelled(self, line: str) -> str:
        return self.pick(f"已取消：{line}。想再约随时说。", f"Cancelled: {line}. Just write to book again.")

    def appointment_kept(self) -> str:
        return self.pick("好的，预约保留。", "All right, the appointment stays.")
