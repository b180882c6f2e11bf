"""What the booking page says."""

from __future__ import annotations

from datetime import date, datetime

from core.say.owner import OwnerSay


class BookingPageSay(OwnerSay):
    """Choosing, confirming, and what is booked."""

    # — booking: choosing —

    def booking_title(self) -> str:
        return self.pick("预约到店", "Book a visit")

    def change(self, what: str) -> str:
        return self.pick(f"更改{what}", f"Change {what}")

    def change_it(self) -> str:
        return self.pick("更改", "Change")

    def field_name(self, name: str) -> str:
        names = {
            "store": ("门店", "Store"), "car": ("车辆", "Car"), "service": ("项目", "Service"), "time": ("时间", "Time"),
            "price": ("费用", "Price"), "minutes": ("时长", "Duration"), "address": ("地址", "Address"), "code": ("编号", "No."),
        }  # fmt: skip
        return self.pick(*names[name])

    def about_minutes(self, minutes: int) -> str:
        return self.pick(f"约 {minutes} 分钟", f"about {minutes} min")

    def about_price(self, price_fen: int) -> str:
        return self._about(price_fen)

    def short_price(self, price_fen: int) -> str:
        return (
            self.pick(f"约 {self.money(price_fen)}", f"about {self.money(price_fen)}") if price_fen else self.quoted()
        )

    def quoted(self) -> str:
        return self.pick("到店报价", "quoted on site")

    def other_plate(self) -> str:
        return self.pick("其他车牌", "Another plate")

    def other_plate_label(self) -> str:
        return self.pick("车牌号，比如 粤B12345", "Plate, for example 粤B12345")

    def plate_wrong(self, suggestion: str | None) -> str:
        if suggestion:
            return self.pick(
                f"这个车牌看着不对，是 {suggestion} 吗？请改一下。",
                f"That plate looks wrong. Is it {suggestion}? Please correct it.",
            )
        return self.pick("这个车牌看着不对，请改一下。", "That plate looks wrong, please correct it.")

    def use_plate(self) -> str:
        return self.pick("用这个车牌", "Use this plate")

    def plate_missing(self) -> str:
        return self.pick("请填车牌号，比如 粤B12345。", "Please enter the plate, for example 粤B12345.")

    def which_day(self) -> str:
        return self.pick("选一个时间", "Choose a time")

    def days_label(self) -> str:
        return self.pick("哪一天", "Day")

    def weekday(self, day: date, today: date) -> str:
        """今天, 明天, 周三 · today, Wed."""
        near = {0: self.pick("今天", "Today"), 1: self.pick("明天", "Tomorrow")}
        return near.get((day - today).days) or self.pick("周" + "一二三四五六日"[day.weekday()], f"{day:%a}")

    def short_day(self, day: date) -> str:
        return f"{day.month}/{day.day}"

    def day_state(self, state: str) -> str:
        names = {"free": ("可约", "free"), "full": ("约满", "full"), "closed": ("休息", "closed")}
        return self.pick(*names[state])

    def earlier_days(self) -> str:
        return self.pick("更早", "Earlier")

    def later_days(self) -> str:
        return self.pick("更晚", "Later")

    def part(self, name: str) -> str:
        names = {"morning": ("上午", "Morning"), "afternoon": ("下午", "Afternoon"), "evening": ("晚上", "Evening")}
        return self.pick(*names[name])

    def no_time_in_window(self) -> str:
        return self.pick("这些天都约满了。看看更晚的日子，或致电门店。", "These days are full. Look later, or call us.")

    def nearest(self) -> str:
        return self.pick("最近的空闲时间：", "The nearest free times:")

    # — booking: confirming —

    def confirm_title(self) -> str:
        return self.pick("请确认预约", "Please confirm")

    def confirm_move_title(self) -> str:
        return self.pick("确认改到这个时间？", "Move it to this time?")

    def confirm_move(self) -> str:
        return self.pick("确认改时间", "Move it")

    def was(self, moment: datetime) -> str:
        return self.pick(f"原来：{self.moment(moment)}", f"Before: {self.moment(moment)}")

    def held_until(self, moment: datetime) -> str:
        return self.pick(f"这个时间为您保留到 {self.clock(moment)}。", f"We hold this time until {self.clock(moment)}.")

    # — booking: done —

    def booked_title(self) -> str:
        return self.pick("已为您预约", "Booked for you")

    def moved_title(self) -> str:
        return self.pick("已改好时间", "Moved")

    def in_chat_too(self) -> str:
        return self.pick("确认信息也发到了和我们的聊天里。", "The confirmation is in our chat as well.")

    def keep_this(self) -> str:
        return self.pick(
            "这一页就是凭证：可以截图，或加到日历。", "This page is your receipt: keep it, or add it to your calendar."
        )

    def to_calendar(self) -> str:
        return self.pick("加到日历", "Add to calendar")

    def move_it(self) -> str:
        return self.pick("改时间", "Change the time")

    def cancel_it(self) -> str:
        return self.pick("取消预约", "Cancel")

    def really_cancel_title(self) -> str:
        return self.pick("确定取消这个预约吗？", "Cancel this appointment?")

    def cancel_note(self) -> str:
        return self.pick("取消后这个时间会让给别人。", "The time will go to somebody else.")

    def over_title(self, status: str) -> str:
        names = {
            "cancelled": ("预约已取消", "This appointment is cancelled"),
            "arrived": ("您的车正在店里", "Your car is with us"),
            "done": ("这次到店已完成", "This visit is done"),
            "no_show": ("这次没有等到您", "We missed you"),
        }
        return self.pick(*names.get(status, ("预约时间已过", "The time of this appointment has passed")))

    def book_again(self) -> str:
        return self.pick("再约一次", "Book again")

    def calendar_entry(self, service: str, store: str) -> str:
        return self.pick(f"{service} · {store}", f"{service} · {store}")

    def no_store_title(self) -> str:
        return self.pick("还不能在线预约", "Online booking is not open yet")
