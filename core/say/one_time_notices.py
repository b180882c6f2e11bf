"""What we say about WeChat's one-time notices, in a talk and on their page."""

from __future__ import annotations

from core.say.words import Words

_ABOUT = {
    "code": ("验证码", "Codes"),
    "maintenance_due": ("保养到期", "Your car is due for maintenance"),
    "inspection_due": ("年检到期", "The annual inspection is due"),
    "appointment_reminder": ("预约前提醒", "Before your appointment"),
    "car_ready": ("车好了，可以来取", "Your car is ready"),
    "rate_visit": ("到店后请您评价", "How your visit was"),
    "no_show": ("没能到店时改约", "A new time after a missed one"),
    "wait_list": ("候补有空位了", "A time that became free"),
    "extra_item": ("增项请您确认", "Extra work to agree to"),
    "complaint": ("投诉的处理进展", "How your complaint goes"),
    "recall": ("召回通知", "Recalls"),
}


class OneTimeNoticesSay(Words):
    """The way to the page, and what each notice is about."""

    def notices_offer(self, url: str) -> str:
        return self.pick(
            f"想在微信收到保养、取车等提醒，点这里允许：{url}",
            f"To get our reminders in WeChat, allow them here: {url}",
        )

    def notices_page(self, url: str) -> str:
        return self.pick(
            f"在这里选要收的提醒，勾一次发一条，随时可以在微信里关掉：\n{url}",
            f"Choose here which reminders you want. Each yes is one message, and you can call it off in WeChat:\n{url}",
        )

    def allow_notices_button(self) -> str:
        return self.pick("微信订阅通知", "WeChat notices")

    def notice_about(self, names: list[str]) -> str:
        """保养到期、年检到期. One that the shop has made itself is just another reminder."""
        other = ("门店的其他提醒", "Other reminders")
        return self.listed(dict.fromkeys(self.pick(*_ABOUT.get(name, other)) for name in names))


class NoticesPageSay(OneTimeNoticesSay):
    """The page itself."""

    def remind_in_wechat(self) -> str:
        return self.pick("在微信里提醒我", "Remind me in WeChat")

    def notices_title(self) -> str:
        return self.pick("微信订阅通知", "Notices in WeChat")

    def notices_what(self) -> str:
        return self.pick("想在微信里告诉您的：", "What we would like to tell you in WeChat:")

    def notices_left(self, left: int) -> str:
        return self.pick(f"已允许 {left} 条", f"{left} allowed") if left > 0 else ""

    def allow_these(self) -> str:
        return self.pick("允许这些提醒", "Allow these")

    def notices_how(self) -> str:
        return self.pick(
            "每勾一次只发一条，用完可以再来勾。随时可以在微信的“服务通知”里关掉。",
            "Each tick is one message; come back for more. You can call it off in WeChat at any time.",
        )

    def notices_waiting(self) -> str:
        return self.pick("正在等微信确认……", "Waiting for WeChat…")

    def notices_accepted(self) -> str:
        return self.pick("已允许，到时候在微信里告诉您。", "Allowed; we will tell you in WeChat.")

    def notices_declined(self) -> str:
        return self.pick("好的，没有开启。想要的时候再来点。", "All right, nothing was allowed. Come back any time.")

    def notices_off(self) -> str:
        return self.pick(
            "您在微信里关掉了我们的通知。进入服务号主页，点右上角设置，打开“通知管理”后再来。",
            "Our notices are switched off in WeChat. Open the account's page, its settings, switch them on and come back.",
        )

    def notices_failed(self) -> str:
        return self.pick("微信没有记下来，请再点一次。", "WeChat did not take it, please tap once more.")

    def notices_trouble(self) -> str:
        return self.pick(
            "微信暂时打不开这个按钮，请过一会儿从聊天里再点开，或先把微信升级到新版。聊天里的服务不受影响。",
            "WeChat cannot show the button right now. Open this again from our chat later, or update WeChat. The chat itself works.",
        )

    def notices_only_inside(self) -> str:
        return self.pick(
            "这一步要在微信里完成：打开微信，在和我们的聊天里再点一次这个链接。",
            "This works inside WeChat: open WeChat and tap this link again in our chat.",
        )

    def notices_no_script(self) -> str:
        return self.pick(
            "这一步要在微信里完成，并且允许页面运行脚本：在和我们的聊天里再点一次这个链接。",
            "This works inside WeChat with scripts switched on: tap this link again in our chat.",
        )

    def no_notices_title(self) -> str:
        return self.pick("现在没有要开启的通知", "There is nothing to allow right now")

    def no_notices_hint(self) -> str:
        return self.pick("有需要就在聊天里告诉我们。", "Tell us in chat what you need.")

    def back_to_chat(self) -> str:
        return self.pick("回到聊天", "Back to the chat")

    def open_wechat(self) -> str:
        return self.pick("打开微信", "Open WeChat")

    def try_again(self) -> str:
        return self.pick("再试一次", "Try again")
