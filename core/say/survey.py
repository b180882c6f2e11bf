"""What is said to an owner who stayed away, and after they told us why."""

from __future__ import annotations

from datetime import datetime

from core.offers import Offer
from core.say.words import Words

_REASONS = {
    "price": ("价格偏高", "The price"),
    "quality": ("质量没做好", "The quality of the work"),
    "distance": ("离得太远", "Too far away"),
    "attitude": ("服务态度", "How I was treated"),
    "sold": ("车已经卖了", "I sold the car"),
    "other": ("其他原因", "Something else"),
}
_THANKS = {
    "price": (
        "谢谢您直说，价格上我们想再表个诚意。",
        "Thank you for being frank; we would like to make you a better offer.",
    ),
    "quality": (
        "非常抱歉没给您做好。店长会亲自给您打电话，这次的检测和质保复核都不收费。",
        "We are very sorry for the poor work. The manager will call you in person, and the check and warranty review are free.",
    ),
    "distance": (
        "明白，跑一趟确实远，我们可以上门取送。",
        "We see, it is a long way. We can fetch and return your car.",
    ),
    "attitude": (
        "非常抱歉让您受委屈了。店长会亲自给您打电话，把事情处理好。",
        "We are very sorry for how you were treated. The manager will call you in person to put it right.",
    ),
    "other": ("谢谢您告诉我们，已经记下来了。", "Thank you for telling us, it is noted."),
    "sold": ("谢谢您告诉我们，已经记下来了。", "Thank you for telling us, it is noted."),
}


class SurveySay(Words):
    """The win-back survey: invitation, question, what was understood, thanks and offer."""

    def long_not_seen(self, name: str, months: int) -> str:
        hello = self.pick(f"{name}您好", f"Hello {name}" if name else "Hello")
        return self.pick(
            f"{hello}，有 {months} 个月没见您来店里了。是我们哪里没做好吗？点一下或直接说，我们来改，也给您备了一份回店礼。回复“退订”不再收到。",
            f"{hello}, we have not seen you for {months} months. What kept you away? Tap or tell us: we will put it right, and "
            "there is a welcome-back gift for you. Say “stop” for no more messages.",
        )

    def why_away(self) -> str:
        return self.pick(
            "您最近没来，主要是因为什么？可以点，也可以直接说：", "What kept you away? Tap one, or just tell me:"
        )

    def reason_to_stay_away(self, reason: str) -> str:
        return self.pick(*_REASONS[reason])

    def tell_more(self) -> str:
        return self.pick(
            "方便说说具体情况吗？我会原话转给负责人。", "Would you tell us a little more? I pass it on in your words."
        )

    def understood_reasons(self, reasons: list[str], words: str) -> str:
        named = self.listed(self.reason_to_stay_away(reason) for reason in reasons)
        quoted = self.pick(f"（“{words[:60]}”）", f" (“{words[:60]}”)") if words and reasons == ["other"] else ""
        return self.pick(f"我记下的是：{named}{quoted}。对吗？", f"I noted: {named}{quoted}. Is that right?")

    def thats_right(self) -> str:
        return self.pick("对", "That's right")

    def choose_again(self) -> str:
        return self.pick("不是，我来选", "No, let me choose")

    def thanks_for_answer(self, reason: str) -> str:
        return self.pick(*_THANKS[reason])

    def answer_corrected(self) -> str:
        return self.pick("已按您说的更正。", "Corrected as you said.")

    def your_offer(self, offer: Offer, code: str, until: datetime) -> str:
        worth = self.money(offer.amount_fen) if offer.amount_fen else ""
        gives = self.pick("＋", " + ").join(filter(None, [worth, self.pick(*offer.gifts)]))
        return self.pick(
            f"{offer.title[0]}：{gives}，{self.day(self._last_day(until))}前有效，券码 {code}，到店出示即可。",
            f"{offer.title[1]}: {gives}, valid through {self.day(self._last_day(until))}, code {code}, just show it.",
        )

    def book_now(self) -> str:
        return self.pick("现在预约", "Book now")

    def please_call_me(self) -> str:
        return self.pick("请顾问联系我", "Please call me")

    def another_time(self) -> str:
        return self.pick("以后再说", "Another time")

    def will_call_you(self) -> str:
        return self.pick("好的，顾问会尽快联系您。", "All right, an advisor will contact you soon.")

    def any_time(self) -> str:
        return self.pick("好的，需要的时候随时叫我。", "All right, just write whenever you need us.")

    def no_survey(self) -> str:
        return self.pick(
            "现在没有要请您回答的问题。有话想说，直接告诉我就好。",
            "There is nothing to answer now. If you have something to tell us, just write.",
        )

    def answered_before(self, moment: datetime, reasons: list[str]) -> str:
        named = self.listed(self.reason_to_stay_away(reason) for reason in reasons)
        return self.pick(
            f"您在 {self.day(moment.astimezone(self.zone).date())} 已经告诉过我们（{named}），谢谢。有变化请直接说，或回复“人工”。",
            f"You told us on {self.day(moment.astimezone(self.zone).date())} ({named}), thank you. If it has changed, just "
            "write, or say “human”.",
        )
