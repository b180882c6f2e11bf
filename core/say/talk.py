"""What is said at the edges of every talk, and answers to common questions."""

from __future__ import annotations

from core.say.words import Words


class TalkSay(Words):
    """Beginnings, ends, misunderstandings, hours and prices."""

    def welcome(self) -> str:
        return self.pick(
            "您好，这里是门店服务助手。想约保养，直接说时间和车牌就行，比如“明天下午三点给粤B12345做保养”。随时回复“人工”找顾问。",
            "Hello, this is the shop's service assistant. To book, just say when and which car, for example "
            "“maintenance for 粤B12345 tomorrow at 3 pm”. Say “human” at any time to reach an advisor.",
        )

    def menu(self) -> str:
        return self.pick("我可以帮您：", "I can help you with:")

    def menu_book(self) -> str:
        return self.pick("预约保养维修", "Book a service")

    def menu_appointments(self) -> str:
        return self.pick("我的预约", "My appointments")

    def menu_hours(self) -> str:
        return self.pick("营业时间和地址", "Hours and address")

    def menu_human(self) -> str:
        return self.pick("找顾问", "Talk to an advisor")

    def thanks(self) -> str:
        return self.pick("不客气，有需要随时说。", "You are welcome. Just write when you need us.")

    def not_understood(self) -> str:
        return self.pick("抱歉，没明白您的意思。", "Sorry, I did not get that.")

    def person_called(self) -> str:
        return self.pick(
            "已请顾问来看，会尽快在这里回复您。",
            "I have asked an advisor to look at this; they will answer you here soon.",
        )

    def bug(self) -> str:
        return self.pick(
            "抱歉，刚才出了点问题，已请顾问跟进，会在这里回复您。",
            "Sorry, something went wrong. An advisor will follow up here.",
        )

    def cancelled(self) -> str:
        return self.pick("好的，先不办了。需要时随时说。", "All right, dropped. Just write when you need it.")

    def nothing_to_cancel(self) -> str:
        return self.pick("现在没有正在办理的事。", "There is nothing under way.")

    def restarted(self) -> str:
        return self.pick("好，我们重新开始。", "All right, let us start again.")

    def old_button(self) -> str:
        return self.pick("这个按钮对应的事已经办完或取消了。", "That button belongs to something that is over.")

    def summary_changed(self) -> str:
        return self.pick("内容有变动，请看最新的：", "This has changed; please look at the latest:")

    def timed_out(self) -> str:
        return self.pick("之前没办完的预约已取消。", "The unfinished booking from before was dropped.")

    def back_to_it(self) -> str:
        return self.pick("我们接着刚才的。", "Back to where we were.")

    def help(self) -> str:
        return self.pick(
            "想约保养，直接说时间、车牌和项目；说错了直接改，比如“不对，是周四”；“返回”上一步，“取消”不办了，“重新开始”从头来，“人工”找顾问，“退订”不再收营销消息。",
            "To book, say when, which car and what for; correct me at any time, such as “no, Thursday”; “back” for the last "
            "step, “cancel” to drop it, “restart” to begin again, “human” for an advisor, “stop” for no more marketing.",
        )

    def media_received(self, kind: str) -> str:
        what, thing = ("语音", "voice message") if kind == "voice" else ("图片", "photo")
        return self.pick(
            f"{what}收到，已转给顾问看，只用于这次服务，到期删除。方便的话也用文字说一下需要什么。",
            f"Your {thing} has gone to an advisor; it is used for this service only and erased later. "
            "Please also say in words what you need.",
        )

    def text_please(self) -> str:
        return self.pick(
            "我能看懂文字，请打字告诉我需要什么。", "I can read text: please tell me in words what you need."
        )

    def hours_and_address(self, name: str, hours: str, address: str, phone: str) -> str:
        where = self.listed([address, phone])
        opening = self.pick(f"{name}：每天 {hours.replace(',', '、')}", f"{name}: daily {hours.replace(',', ', ')}")
        return opening + (self.pick("，", ", ") + where if where else "")

    def price(self, service: str, price_fen: int, minutes: int) -> str:
        if price_fen == 0:
            return self.pick(
                f"{service}：检查免费，看过车再报价，大约 {minutes} 分钟。",
                f"{service}: the look is free, we quote then; about {minutes} minutes.",
            )
        return self.pick(
            f"{service}：约 {self.money(price_fen)}，大约 {minutes} 分钟，以到店检查为准。",
            f"{service}: about {self.money(price_fen)}, {minutes} minutes; the inspection decides.",
        )

    def prices(self, lines: list[str]) -> str:
        return self.pick("参考价格：\n", "Indicative prices:\n") + "\n".join(lines)

    def stop_driving(self) -> str:
        return self.pick(
            "如果是红色警告灯，请尽快在安全的地方停车，不要继续行驶。已请顾问马上联系您。",
            "If the warning light is red, please stop in a safe place and do not drive on. An advisor will contact you at once.",
        )
