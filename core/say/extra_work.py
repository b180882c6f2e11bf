"""What is said about extra work: it is done only after the owner's recorded yes."""

from __future__ import annotations

from datetime import datetime

from core.say.words import Words

_OVER_ZH = {
    "agreed": "您已经同意了",
    "declined": "您已经说了不做",
    "call": "已记下请先来电",
    "expired": "打烊前没有收到回复，已按不做处理",
    "replaced": "价格有更新，请看最新的一条",
    "asked": "打烊时间已过，已按不做处理",
}
_OVER_EN = {
    "agreed": "you have agreed",
    "declined": "you have declined",
    "call": "we will call you first",
    "expired": "no answer came by closing time, it is not done",
    "replaced": "the price has changed, see the newest message",
    "asked": "closing time has passed, it is not done",
}


class ExtraWorkSay(Words):
    """Questions that stop the work or let it go on, and what became of each."""

    def extra_item(
        self, *, plate: str, name: str, amount_fen: int, total_fen: int, minutes: int, until: datetime
    ) -> str:
        total = self.pick(f"\n本次合计将是：{self.money(total_fen)}", f"\nNew total: {self.money(total_fen)}")
        long = self.pick(f"\n大约增加：{self.how_long(minutes)}", f"\nAbout {self.how_long(minutes)} more")
        return self.pick(
            f"检查 {plate} 时发现需要增加项目，请您决定：\n项目：{name}\n费用：{self.money(amount_fen)}",
            f"While working on {plate} we found something; please decide:\nWork: {name}\nPrice: {self.money(amount_fen)}",
        ) + "".join(
            (
                total if total_fen else "",
                long if minutes else "",
                self.pick(
                    f"\n您同意之前不会施工；{self.clock(until)} 前没有回复，就按不做处理。",
                    f"\nNothing is done before you agree; without an answer by {self.clock(until)} it is not done.",
                ),
            )
        )

    def how_long(self, minutes: int) -> str:
        if minutes % 30 == 0 and minutes >= 60:
            return self.pick(f"{minutes / 60:g} 小时", f"{minutes / 60:g} h")
        return self.pick(f"{minutes} 分钟", f"{minutes} min")

    def agree(self) -> str:
        return self.pick("同意", "Agree")

    def disagree(self) -> str:
        return self.pick("不同意", "Do not agree")

    def call_me(self) -> str:
        return self.pick("请打电话给我", "Please call me")

    def extra_agreed(self, name: str, amount_fen: int) -> str:
        return self.pick(
            f"好的，已记录您同意：{name} {self.money(amount_fen)}，马上安排。",
            f"Noted: you agree to {name} for {self.money(amount_fen)}. We will get on with it.",
        )

    def extra_declined(self, name: str) -> str:
        return self.pick(f"好的，{name}这次不做，不会收费。", f"All right, {name} is not done and not charged.")

    def extra_call(self, name: str) -> str:
        return self.pick(
            f"好的，顾问会先打电话给您，说好之前不做{name}。",
            f"All right, an advisor will call you first; {name} is not done until then.",
        )

    def extra_over(self, name: str, how: str) -> str:
        return self.pick(
            f"{name}：{_OVER_ZH.get(how, how)}，不用再回复。", f"{name}: {_OVER_EN.get(how, how)}; no answer is needed."
        )

    def extra_each(self) -> str:
        return self.pick("增项等您决定，请逐项告诉我：", "Several pieces wait for you, please answer each:")

    def agree_to(self, name: str) -> str:
        return self.pick(f"同意：{name}", f"Agree: {name}")

    def disagree_to(self, name: str) -> str:
        return self.pick(f"不同意：{name}", f"No: {name}")
