"""What is said while an owner rates a visit."""

from __future__ import annotations

from datetime import date

from core.say.words import Words

_POINTS = {
    1: ("1 分 很差", "1 very bad"),
    2: ("2 分 不好", "2 bad"),
    3: ("3 分 一般", "3 so-so"),
    4: ("4 分 满意", "4 good"),
    5: ("5 分 很满意", "5 excellent"),
}


class RatingSay(Words):
    """The question after a visit, thanks, apology and correction."""

    def visit(self, day: date, plate: str, items: str) -> str:
        return self.pick(" ", ", ").join(filter(None, [self.day(day), plate, items]))

    def how_was_it(self, visit: str) -> str:
        return self.pick(
            f"{visit}，这次服务您满意吗？点一下打个分，5 分最满意：",
            f"{visit}: how was the service? Tap a mark, 5 is best:",
        )

    def points(self, points: int) -> str:
        return self.pick(*_POINTS[points])

    def rating_understood(self, visit: str, points: int) -> str:
        return self.pick(f"{visit}，打 {points} 分，对吗？", f"{visit}: {points} out of 5, is that right?")

    def rating_changed(self, visit: str, before: int, points: int) -> str:
        return self.pick(
            f"{visit}，从 {before} 分改成 {points} 分，对吗？", f"{visit}: {points} instead of {before}, is that right?"
        )

    def rate_right(self) -> str:
        return self.pick("对", "That's right")

    def rate_again(self) -> str:
        return self.pick("不对，重新打分", "No, another mark")

    def thanks_for_best(self) -> str:
        return self.pick("谢谢您的 5 分，我会转告师傅。下次见。", "Thank you for the 5, I will tell the team. See you.")

    def thanks_for_good(self, points: int) -> str:
        return self.pick(
            f"谢谢您的 {points} 分，我们会做得更好。", f"Thank you for the {points}, we will do even better."
        )

    def sorry_for_low(self, hours: int) -> str:
        return self.pick(
            f"非常抱歉没让您满意。店长会在 {hours} 小时内给您打电话。",
            f"We are very sorry. The manager will call you within {hours} hours.",
        )

    def corrected_to(self, points: int) -> str:
        return self.pick(f"已改为 {points} 分。", f"Changed to {points}.")

    def what_went_wrong(self) -> str:
        return self.pick(
            "方便说说哪里没做好吗？我原话转给店长。", "What went wrong? I pass it to the manager in your words."
        )

    def passed_to_manager(self) -> str:
        return self.pick("已原话转给店长，谢谢您告诉我们。", "The manager has your words, thank you for telling us.")

    def rated_before(self, visit: str, points: int) -> str:
        return self.pick(
            f"{visit}您已经评过 {points} 分，谢谢。有话想说直接告诉我，或回复“人工”。",
            f"You gave {visit} a {points} already, thank you. If there is more to say just write, or say “human”.",
        )

    def nothing_to_rate(self, days: int) -> str:
        return self.pick(
            f"最近 {days} 天没有查到您的到店记录，有话想说直接告诉我，或回复“人工”。",
            f"There is no visit of yours in the last {days} days. If there is something to say just write, or say “human”.",
        )
