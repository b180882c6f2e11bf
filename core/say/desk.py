"""What the staff read of the desk: whom a card is offered to, leave, opportunities, approvals."""

from __future__ import annotations

from datetime import date, datetime

from core.say.words import Words

TITLES = {
    "call_back_late": ("低分回访超时，请老板过问", "Low rating: nobody called back in time"),
    "opportunity": ("商机跟进", "Opportunity to follow up"),
    "approval": ("优惠申请，请审批", "A discount to decide on"),
    "recommend": ("车主在店，可以推荐", "The owner is here: what to recommend"),
    "reminder": ("到时间了，请跟进", "You wanted to be reminded"),
}
BUTTONS = {
    "feedback": ("建议", "Suggest"),
    "opportunity_contacted": ("已沟通", "Spoke about it"),
    "opportunity_quoted": ("已报价", "Quoted"),
    "opportunity_won": ("成交", "Won"),
    "opportunity_lost": ("不做了", "Lost"),
    "recommend_interested": ("感兴趣", "Interested"),
    "recommend_later": ("暂时不要", "Not now"),
    "recommend_never": ("不再推荐", "Never again"),
    "approval_yes": ("同意", "Approve"),
    "approval_no": ("不同意", "Refuse"),
}
OUTCOMES = {
    "opportunity_contacted": ("已沟通", "spoke about it"),
    "opportunity_quoted": ("已报价", "quoted"),
    "opportunity_won": ("已成交", "won"),
    "opportunity_lost": ("不做了", "lost"),
    "recommend_interested": ("感兴趣", "interested"),
    "recommend_later": ("暂时不要", "not now"),
    "recommend_never": ("不再推荐", "never again"),
    "recommend_lapsed": ("车主已离店", "the owner has left"),
    "approval_approved": ("已同意", "approved"),
    "approval_refused": ("未同意", "refused"),
}
FIELDS = {
    "offered": ("建议跟进", "For"),
    "item": ("项目", "About"),
    "stage": ("进展", "Stage"),
    "amount": ("金额", "Amount"),
    "next": ("下一步", "Next"),
    "asked_by": ("申请人", "Asked by"),
    "wish": ("申请", "Wish"),
    "note": ("备注", "Note"),
}
_STAGES = {
    "new": ("新线索", "new"),
    "contacted": ("已沟通", "contacted"),
    "quoted": ("已报价", "quoted"),
    "won": ("成交", "won"),
    "lost": ("未成交", "lost"),
}


class DeskSay(Words):
    """Cards that wait, and what becomes of them."""

    def mention(self, name: str) -> str:
        return f"@{name}"

    def escalated(self) -> str:
        return self.pick("等了较久，请店长安排", "This has waited long; the manager decides who does it")

    def changed_by_owner(self) -> str:
        return self.pick("车主改过，请按上面的来", "Changed by the owner; the above counts")

    def changed_meanwhile(self) -> str:
        return self.pick("车主刚改过，请看最新的卡片", "The owner has just changed it; look at the newest card")

    def reserved_for(self, name: str, until: datetime) -> str:
        return self.pick(
            f"{self.clock(until)} 前先由{name}跟进", f"Until {self.clock(until)} it is {name}'s to take first"
        )

    def how_did_it_end(self, number: int, title: str) -> str:
        return self.pick(
            f"#{number} {title}：昨天联系过，结果怎么样？点“已约到店”或“处理完成”，还没谈完就点“稍后提醒”。",
            f"#{number} {title}: you called yesterday. How did it end? Tap “Booked” or “Done”, or “Snooze” if it goes on.",
        )

    # — leave —

    def on_leave(self, from_on: date, to_on: date, backup: str) -> str:
        days = self.day(from_on) if from_on == to_on else f"{self.day(from_on)} – {self.day(to_on)}"
        stands_in = self.pick(f"由{backup}代班。", f"{backup} stands in.") if backup else ""
        cards = stands_in or self.pick("手上的任务到时退回群里。", "Your cards go back to the group then.")
        return self.pick(f"已登记休假：{days}。{cards}", f"On leave: {days}. {cards}")

    def leave_which_days(self) -> str:
        return self.pick(
            "哪天休假？比如“请假 明天”“请假 下周一到下周三 代班赵工”。",
            "Which days? For instance “leave tomorrow” or “leave 2026-12-01 to 2026-12-03 backup Zhao”.",
        )

    def leave_turned(self) -> str:
        return self.pick(
            "日期不对：结束日要在开始日之后，也不能早于今天。", "Those days are over, or the last is before the first."
        )

    def leave_too_long(self) -> str:
        return self.pick("一次最多请一年。", "A year at the most.")

    def leave_overlaps(self, from_on: date, to_on: date) -> str:
        return self.pick(
            f"{self.day(from_on)} – {self.day(to_on)} 已经请过假了。要改先回复“销假”。",
            f"There is leave from {self.day(from_on)} to {self.day(to_on)} already. Say “back” first to change it.",
        )

    def leave_no_backup(self, name: str) -> str:
        return self.pick(
            f"{name}那几天不能代班，请换一位同事。", f"{name} cannot stand in on those days; name somebody else."
        )

    def nobody_named(self, name: str) -> str:
        return self.pick(f"没有找到同事“{name}”。", f"There is no colleague called “{name}”.")

    def back_at_work(self, count: int) -> str:
        if not count:
            return self.pick("您没有登记休假。", "You have no leave.")
        return self.pick("欢迎回来，休假已取消。", "Welcome back; the leave is taken off.")

    # — opportunities —

    def opportunity_stage(self, stage_: str) -> str:
        return self.pick(*_STAGES[stage_])

    def opportunity_kept(self, item: str, stage_: str, remind_at: datetime | None) -> str:
        when = (
            self.pick(f"，{self.short_moment(remind_at)} 提醒您", f"; I remind you {self.short_moment(remind_at)}")
            if remind_at
            else ""
        )
        return self.pick(
            f"商机已记：{item}，{self.opportunity_stage(stage_)}{when}。",
            f"Opportunity kept: {item}, {self.opportunity_stage(stage_)}{when}.",
        )

    def opportunity_how(self) -> str:
        return self.pick(
            "请写上车牌和项目，比如“商机 粤B12345 延保 3000元 下周三 先发报价”。",
            "Name the car and what it is about: “opportunity 粤B12345 warranty 3000 next Wednesday send a quote”.",
        )

    # — approvals —

    def wish(self, percent_off: int, amount_fen: int, gift: str) -> str:
        zhe = f"{(100 - percent_off) / 10:g}折"
        parts = [self.pick(zhe, f"{percent_off}% off")] if percent_off else []
        parts += [self.pick(f"送{gift}", f"a gift: {gift}")] if gift else []
        parts += (
            [
                self.pick(f"价值 {self.money(amount_fen)}", f"worth {self.money(amount_fen)}")
                if gift
                else self.pick(f"优惠 {self.money(amount_fen)}", f"{self.money(amount_fen)} off")
            ]
            if amount_fen
            else []
        )
        return self.listed(parts)

    def approval_how(self) -> str:
        return self.pick(
            "请写上优惠、车牌和原因，比如“申请 8折 粤B12345 老客户”“申请 送雨刮 粤B12345 等太久了”。",
            "Name the discount, the car and why: “discount 20% off 粤B12345 a regular” or “discount 100 粤B12345 long wait”.",
        )

    def approval_asked(self, wish_: str) -> str:
        return self.pick(f"已发给店长审批：{wish_}。", f"The manager is asked: {wish_}.")

    def approval_within(self, wish_: str) -> str:
        return self.pick(
            f"{wish_}在您的权限内，可以直接给，已记录。", f"{wish_} is within your level: go ahead, it is noted."
        )

    def approval_result(self, wish_: str, plate: str, by: str, *, approved: bool) -> str:
        told = self.listed([plate, wish_])
        return self.pick(
            f"{told}：{by}{'同意了。' if approved else '没有同意。'}",
            f"{told}: {by} {'approved it.' if approved else 'refused it.'}",
        )

    def above_your_level(self) -> str:
        return self.pick("超过您的审批权限，请老板处理", "That is above your level; the boss decides")

    # — feedback —

    def feedback_how(self, number: int = 0) -> str:
        card = f" #{number}" if number else ""
        return self.pick(
            f"哪里不顺手？私聊回复“建议{card} 您的想法”，老板每天早上会看到。",
            f"What would work better? Write to me “suggest{card} your idea”; the boss reads it every morning.",
        )

    def feedback_kept(self) -> str:
        return self.pick("谢谢，已记下，老板明早会看到。", "Thank you; the boss reads it tomorrow morning.")
