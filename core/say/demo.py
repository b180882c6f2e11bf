"""What the demo page says around the talk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.say.page import PageSay
from core.say.why import WhySay


class DemoSay(PageSay):
    """The texts of the demo page."""

    def demo_title(self) -> str:
        return self.pick("回车 Huiche · 虚构门店演示", "Huiche · an invented shop")

    def invented(self) -> str:
        return self.pick("虚构门店", "invented shop")

    def shop_name(self) -> str:
        return self.pick("回车汽车服务", "Huiche Car Service")

    def owners_phone(self) -> str:
        return self.pick("车主的手机 · 新关注", "An owner's phone · new follower")

    def owners_phone_of(self, name: str) -> str:
        return self.pick(f"{name}的手机 · 已关联档案", f"{name}'s phone · linked to the record")

    def shop_clock(self) -> str:
        return self.pick("门店时间", "The shop's clock")

    def next_day(self) -> str:
        return self.pick("下一天", "Next day")

    def next_event(self) -> str:
        return self.pick("下一件事", "Next event")

    def try_this(self) -> str:
        return self.pick("试试这样说", "Try this")

    def sentences(self) -> tuple[str, ...]:
        chinese = (
            "明天下午三点给粤B12345做保养",
            "不对，是周四上午",
            "改到后天下午",
            "领生日券",
            "我要投诉，上次没洗干净",
            "能开专票吗？",
            "车抛锚了，在深南大道",
            "我的资料",
            "人工",
            "Book a car wash on Friday at 10",
        )
        english = (
            "Maintenance for 粤B12345 tomorrow at 3 pm", "No, Thursday morning", "Move it to the day after tomorrow",
            "Cancel my appointment", "When are you open?", "I want to complain", "My coupons", "human", "周五上午十点洗车",
        )  # fmt: skip
        return english if self.english else chinese

    def try_page(self) -> str:
        return self.pick("打开短信里的预约页", "Open the booking page of a text message")

    def panes(self) -> str:
        return self.pick("三个视角", "Three views")

    def tab_owner(self) -> str:
        return self.pick("车主手机", "Owner")

    def tab_ledger(self) -> str:
        return self.pick("写入记录", "Ledger")

    def tab_staff(self) -> str:
        return self.pick("员工群", "Staff")

    def write_here(self) -> str:
        return self.pick("想约什么，直接说", "Just say what you need")

    def send(self) -> str:
        return self.pick("发送", "Send")

    def ledger_title(self) -> str:
        return self.pick("写进 CRM 的每一行", "Written to the CRM")

    def ledger_note(self) -> str:
        return self.pick("先落库，再回复", "Stored before the answer leaves")

    def ledger_empty(self) -> str:
        return self.pick("在左边的手机里说一句，这里就会多出几行。", "Say something on the phone and rows appear here.")

    def group_title(self) -> str:
        return self.pick("三店服务群", "Staff group")

    def open_staff_page(self) -> str:
        return self.pick("我的员工页面", "My staff page")

    def i_am(self) -> str:
        return self.pick("我是", "I am")

    def group_empty(self) -> str:
        return self.pick(
            "有新预约或流失预警时，卡片会发到这里。", "Cards arrive here with each booking and churn alert."
        )

    def for_script(self) -> dict[str, str]:
        """What the page's script says by itself."""
        return {
            "lang": self.pick("zh", "en"),
            "notSent": self.pick("没有发出去，点这里重试", "Not sent. Tap to try again"),
            "slowDown": self.pick("说得太快了，请稍等几秒再发。", "Too fast; please wait a few seconds."),
            "away": self.pick("连不上演示，稍后自动重试。", "The demo does not answer; trying again."),
            "private": self.full_title(),
            "typing": self.pick("正在输入", "typing"),
            "hello": self.pick("你好", "Hello"),
        }

    # — the clock —

    def arrived(self, moment: datetime, happened: dict[str, Any]) -> str:
        """What happened on the way to that moment: the plates expected then, cards woken, alerts raised."""
        parts = [self.visit_starts(plate) for plate in happened["plates"]]
        if happened["holds"]:
            parts.append(self.hold_over())
        if happened["woken"]:
            parts.append(self.woken(happened["woken"]))
        if happened.get("told"):
            parts.append(self.told(happened["told"]))
        if happened["cards"] or happened["quiet"]:
            parts.append(self.alerts(happened["cards"], happened["quiet"]))
        return self.moved(moment, self.pick("", " ").join(parts))

    def brought(self, journey: str, decided: Mapping[str, int], skipped: Mapping[str, int]) -> str:
        """One journey's day: what was sent, what became work for the staff, what was left out and why."""
        say = WhySay(self.pick("zh", "en"), self.zone)
        parts = [f"{self.came_to(name)} {decided[name]}" for name in ("send", "task", "hold_out") if decided.get(name)]
        parts += [
            f"{self.came_to('skip')} {count}{self.reason_beside(say.reason(why))}" for why, count in skipped.items()
        ]
        return self.pick("：", ": ").join((say.journey(journey), self.pick("，", ", ").join(parts)))

    def came_to(self, decision: str) -> str:
        words = {
            "send": ("已发", "sent"),
            "task": ("待办卡片", "cards"),
            "hold_out": ("对照组", "held out"),
            "skip": ("未发", "left out"),
        }
        return self.pick(*words[decision])

    def reason_beside(self, reason: str) -> str:
        return self.pick(f"（{reason}）", f" ({reason})")

    def moved(self, moment: datetime, what: str) -> str:
        what = what or self.pick("没有需要处理的事。", "nothing needs doing.")
        return self.pick(f"时间来到 {self.moment(moment)}：{what}", f"It is {self.moment(moment)}: {what}")

    def told(self, count: int) -> str:
        return self.pick(f"{count} 位车主收到了消息。", f"{count} owners were written to.")

    def alerts(self, cards: int, quiet: int) -> str:
        """How many churn alerts became cards, and how many only stand in the record."""
        parts = []
        if cards:
            parts.append(
                self.pick(
                    f"{cards} 件事要人跟进，卡片已发到群里",
                    f"{cards} things need a person, their cards are in the group",
                )
            )
        if quiet:
            parts.append(self.pick(f"{quiet} 位车主转入关注", f"{quiet} more are being watched"))
        return self.pick("；", "; ").join(parts) + self.pick("。", ".")

    def woken(self, count: int) -> str:
        return self.pick(f"{count} 张稍后提醒的卡片回来了。", f"{count} snoozed cards are back.")

    def visit_starts(self, plate: str) -> str:
        return self.pick(f"{plate} 的预约时间到了。", f"{plate} is expected now.")

    def hold_over(self) -> str:
        return self.pick(
            "留给车主的时间到期，别人可以约了。", "the time kept for an owner ran out; others can have it."
        )
