"""What the bot answers when a member of staff writes to it."""

from __future__ import annotations

from datetime import date, datetime

from core.say.words import Words
from core.scoreboard import Score

FIELDS = {
    "own_advisor": ("顾问", "Advisor"),
    "booked": ("预约", "Booked"),
    "complaints": ("未结投诉", "Open complaints"),
    "coupons": ("可用券", "Coupons"),
    "opportunities": ("商机", "Opportunities"),
    "birthday": ("生日", "Birthday"),
    "recommend": ("可推荐", "Recommend"),
    "missing": ("请补问", "Please ask for"),
}
_GRADES = {
    "diamond": ("钻石", "diamond"),
    "gold": ("金卡", "gold"),
    "silver": ("银卡", "silver"),
    "normal": ("", ""),
    "dormant": ("沉睡", "dormant"),
    "lost": ("流失", "lost"),
}
_ORDERS = {
    "find": ("查 粤B12345", "find 粤B12345"),
    "note": ("记 粤B12345 怕胎噪", "note 粤B12345 minds tyre noise"),
    "check_in": ("到店 粤B12345", "check in 粤B12345"),
    "my_tasks": ("我的任务", "my tasks"),
    "leave": ("请假 明天", "leave tomorrow"),
    "discount": ("申请 8折 粤B12345 老客户", "discount 20% off 粤B12345 a regular"),
    "opportunity": ("商机 粤B12345 延保", "opportunity 粤B12345 warranty"),
    "scoreboard": ("排行", "scoreboard"),
    "feedback": ("建议 您的想法", "suggest your idea"),
    "help": ("帮助", "help"),
}


class OrderSay(Words):
    """Answers to orders."""

    def whom_do_you_mean(self) -> str:
        return self.pick(
            "请写上车牌、手机号或姓名，比如“查 粤B12345”。", "Name a plate, phone or name, as in “find 粤B12345”."
        )

    def nobody_found(self) -> str:
        return self.pick("没有找到这位车主。", "Nobody is on record under that.")

    def several_found(self, lines: list[str]) -> str:
        listed = "\n".join(lines)
        return self.pick(f"有好几位，请用车牌查：\n{listed}", f"There are several; ask by plate:\n{listed}")

    def standing(self, grade: str) -> str:
        """ "" for who has no grade to speak of."""
        return self.pick(*_GRADES.get(grade, ("", ""))) or self.pick("普通", "regular")

    def km(self, km: int) -> str:
        return self.pick(f"{km:,} 公里", f"{km:,} km")

    def due(self, day: date) -> str:
        return self.pick(f"{self.day(day)}到期保养", f"maintenance due {self.day(day)}")

    def until(self, moment: datetime) -> str:
        return self.pick(f"（{self.short_moment(moment)} 前）", f"(until {self.short_moment(moment)})")

    def what_to_note(self) -> str:
        return self.pick(
            "记什么？比如“记 粤B12345 怕胎噪，下周三给他回电话”。", "Note what? As in “note 粤B12345 minds tyre noise”."
        )

    def noted_about(self, name: str, words: str, planned: list[str]) -> str:
        what = self.pick(f"：{words}", f": {words}") if words else ""
        return "\n".join([self.pick(f"已记在{name}的档案里{what}", f"Noted about {name}{what}"), *planned])

    def will_remind(self, at: datetime, words: str) -> str:
        what = self.pick(f"：{words}", f": {words}") if words else ""
        return self.pick(f"{self.moment(at)} 提醒您{what}", f"I remind you {self.moment(at)}{what}")

    def is_here(self, name: str, plates: str, arrived: list[datetime]) -> str:
        times = self.listed(self.clock(one) for one in arrived)
        booked = (
            self.pick(f"，{times} 的预约已到店", f", booked for {times}")
            if times
            else self.pick("，没有预约", ", no booking")
        )
        who = " ".join(filter(None, [name, plates]))
        return self.pick(f"{who} 到店{booked}", f"{who} is here{booked}")

    def did_you_mean(self, orders: tuple[str, ...]) -> str:
        lines = "\n".join(self.pick(*_ORDERS.get(order, _ORDERS["help"])) for order in orders)
        return self.pick(f"没听懂。您是想：\n{lines}", f"I did not get that. Do you mean:\n{lines}")

    # — the scoreboard —

    def scoreboard_of(self, month: date) -> str:
        return self.pick(f"{month.year} 年 {month.month} 月排行", f"Scoreboard of {month:%B} {month.year}")

    def score_line(self, place: int, score: Score) -> str:
        parts = [
            self.pick(f"响应 {score.response_minutes:g} 分钟", f"answers in {score.response_minutes:g} min")
            if score.response_minutes is not None
            else "",
            self.pick(f"按时 {score.on_time:.0%}", f"on time {score.on_time:.0%}") if score.on_time is not None else "",
            self.pick(f"挽回 {score.saved}/{score.alerts}", f"saved {score.saved}/{score.alerts}")
            if score.alerts
            else "",
            self.pick(f"资料 {score.completeness:.0%}", f"records {score.completeness:.0%}")
            if score.completeness is not None
            else "",
        ]
        figures = self.listed(parts)
        return f"{place}. {score.name} {score.points}" + (
            self.pick(f"（{figures}）", f" ({figures})") if figures else ""
        )

    def no_scores(self) -> str:
        return self.pick("还没有数据。", "There are no figures yet.")
