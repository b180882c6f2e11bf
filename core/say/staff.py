"""What the staff read: cards, buttons, and the answers to their taps."""

from __future__ import annotations

from datetime import date, datetime

from core.say.replies import ReplySay
from core.say.words import Words

_LEVELS = {"watch": ("关注", "watch"), "risk": ("有流失风险", "at risk"), "high": ("高风险", "high risk")}
_OUTCOMES = {
    "called": ("已电话联系", "called"),
    "booked": ("已约到店", "booked"),
    "snoozed": ("稍后再联系", "snoozed"),
    "not_reachable": ("没联系上", "not reachable"),
    "done": ("已处理", "done"),
    "link_yes": ("已确认是同一人", "same person"),
    "link_no": ("不是同一人", "not the same person"),
    "cancelled": ("车主已取消", "cancelled by the owner"),
    "replied": ("已回复", "answered"),
    "taken_over": ("同事已接待", "a colleague took over"),
    "timed_out": ("超时未处理，已重新发出", "left alone too long, posted anew"),
    "self_service": ("车主转回自助", "the owner went back to the bot"),
    "came_back": ("车主已约", "the owner booked"),
}
_BUTTONS = {
    "take": ("我来跟进", "I take it"),
    "called": ("已电话", "Called"),
    "booked": ("已约到店", "Booked"),
    "snooze": ("稍后提醒", "Snooze"),
    "not_reachable": ("没联系上", "Not reachable"),
    "done": ("处理完成", "Done"),
    "give_back": ("退回群里", "Give back"),
    "link_yes": ("是同一人", "Same person"),
    "link_no": ("不是", "Not the same"),
    "send": ("发送", "Send"),
    "edit": ("修改", "Edit"),
    "discard": ("不用", "Discard"),
    "redraft": ("重新起草", "Draft again"),
    "sure": ("确认无误，发送", "It is right, send"),
}
_TITLES = {
    "new_appointment": ("新预约", "New appointment"),
    "churn_alert": ("流失预警", "Churn alert"),
    "link_proposal": ("请确认身份", "Please confirm who this is"),
    "hand_over": ("车主找人工", "An owner asks for a person"),
    "warning_light": ("故障灯，请马上联系", "Warning light, call at once"),
    "bug": ("系统出错，请接手", "The bot failed, please take over"),
    "reply_wanted": ("车主来信，请回复", "An owner wrote, please answer"),
}
_REASONS = {
    "away_days": ("{} 天没来了", "away for {} days"),
    "overdue_since": ("保养到期日 {}，一直没回应", "maintenance was due on {}, no answer since"),
    "low_rating": ("上次评分 {} 分", "last rating {}"),
}


class StaffSay(ReplySay, Words):
    """The texts of cards and staff pages."""

    def title(self, kind: str, level: str = "") -> str:
        title = self.pick(*_TITLES.get(kind, (kind, kind)))
        return f"{title} · {self.pick(*_LEVELS[level])}" if level in _LEVELS else title

    def button(self, action: str) -> str:
        """ "send.34.1" is the second of several replies."""
        name, *numbers = action.split(".")
        label = self.pick(*_BUTTONS[name])
        return f"{label} {int(numbers[1]) + 1}" if name == "send" and len(numbers) > 1 else label

    def outcome(self, outcome: str) -> str:
        return self.pick(*_OUTCOMES.get(outcome, (outcome, outcome)))

    def reason(self, key: str, value: object) -> str:
        shown = self.day(date.fromisoformat(str(value))) if key == "overdue_since" else value
        return self.pick(*_REASONS[key]).format(shown)

    def field(self, key: str, value: str) -> str:
        names = {
            "owner": ("车主", "Owner"),
            "car": ("车辆", "Car"),
            "phone": ("电话", "Phone"),
            "time": ("时间", "Time"),
            "service": ("项目", "Work"),
            "store": ("门店", "Store"),
            "bay": ("工位", "Bay"),
            "price": ("预估", "Estimate"),
            "why": ("原因", "Why"),
            "say": ("可以这样说", "You could say"),
            "last_visit": ("上次到店", "Last visit"),
            "remarks": ("备注", "Remarks"),
            "known_as": ("疑似档案", "May be"),
            "wrote": ("最近说", "Wrote"),
            "advisor": ("原顾问", "Advisor"),
            "channel": ("来自", "From"),
            "draft": ("草稿", "Draft"),
            "sources": ("依据", "From"),
            "answer": ("答复", "To answer"),
            "said": ("我们说", "We said"),
        }
        return f"{self.pick(*names[key])}{self.pick('：', ': ')}{value}"

    def new_owner(self) -> str:
        return self.pick("新客户", "new owner")

    def bay(self, number: int) -> str:
        return self.pick(f"{number} 号工位", f"bay {number}")

    def waiting(self, moment: datetime) -> str:
        return self.pick(f"{self.clock(moment)} 起等待领取", f"waiting since {self.clock(moment)}")

    def taken(self, name: str, moment: datetime) -> str:
        return self.pick(f"{name} 已领取 {self.clock(moment)}", f"taken by {name} at {self.clock(moment)}")

    def progress(self, name: str, outcome: str, moment: datetime) -> str:
        return self.pick(
            f"{name}：{self.outcome(outcome)} {self.clock(moment)}",
            f"{name}: {self.outcome(outcome)} {self.clock(moment)}",
        )

    def snoozed(self, name: str, until: datetime) -> str:
        return self.pick(
            f"{name} 稍后跟进，{self.short_moment(until)} 再提醒",
            f"{name} snoozed it until {self.short_moment(until)}",
        )

    def over(self, outcome: str) -> str:
        return self.pick(f"已结束：{self.outcome(outcome)}", f"over: {self.outcome(outcome)}")

    def say_to_away(self, name: str, model: str) -> str:
        return self.pick(
            f"{name}您好，好久没见您的{model or '爱车'}来店里了，最近开着还好吗？这周给您留个免费检查的时间？",
            f"Hello {name}, we have not seen your {model or 'car'} for a while. Shall we keep a time for a free check this week?",
        )

    def say_to_due(self, name: str, model: str) -> str:
        return self.pick(
            f"{name}您好，您的{model or '爱车'}保养到期了，这周我帮您留个时间？",
            f"Hello {name}, your {model or 'car'} is due for maintenance. Shall I keep a time for you this week?",
        )

    def say_to_unhappy(self, name: str) -> str:
        return self.pick(
            f"{name}您好，上次服务没让您满意，非常抱歉。方便说说哪里没做好吗？我来处理。",
            f"Hello {name}, we are sorry that your last visit disappointed you. May I ask what went wrong? I will take care of it.",
        )

    # — answers to taps —

    def you_took_it(self) -> str:
        return self.pick("已领取，完整信息发到您的私聊", "It is yours; the full card is in your private chat")

    def you_took_it_start_bot(self) -> str:
        return self.pick(
            "已领取。请先打开机器人私聊，才能看到完整信息",
            "It is yours. Open the private chat with the bot to see the full card",
        )

    def noted(self) -> str:
        return self.pick("已记录", "Noted")

    def somebody_took_it(self, name: str) -> str:
        return self.pick(f"{name}已经领取了", f"{name} has taken it already")

    def take_it_first(self) -> str:
        return self.pick("请先点“我来跟进”", "Take it first, please")

    def already_over(self) -> str:
        return self.pick("这条已经结束了", "This is over already")

    def not_staff(self) -> str:
        return self.pick("您不在员工名单里，请让管理员添加", "You are not on the staff list; ask your administrator")

    def other_store(self) -> str:
        return self.pick("这是其他门店的任务", "This belongs to another store")

    def unknown_button(self) -> str:
        return self.pick("这个按钮已经失效", "This button is out of date")

    def staff_help(self) -> str:
        return self.pick(
            "您好，我会把完整的客户信息发到这里。群里的卡片点“我来跟进”即可领取。回复“登录”获取网页登录链接，“我的任务”看待办。",
            "Hello. I send you full cards here. Tap “I take it” on a card in the group. Say “sign in” for a link to the staff pages, “my tasks” for your list.",
        )

    def sign_in_link(self, url: str) -> str:
        return self.pick(
            f"点这里登录（30 分钟内有效，只能用一次）：\n{url}",
            f"Sign in here (works once, for 30 minutes):\n{url}",
        )

    def no_public_url(self) -> str:
        return self.pick(
            "还没有设置网址，请让管理员设置 HUICHE_PUBLIC_URL",
            "No public address is set; ask your administrator for HUICHE_PUBLIC_URL",
        )

    def my_tasks(self, lines: list[str]) -> str:
        return (
            self.pick("您的待办：\n", "Your tasks:\n") + "\n".join(lines)
            if lines
            else self.pick("现在没有待办。", "Nothing to do now.")
        )
