"""What a member of staff reads after a tap, and in the private chat with the bot."""

from __future__ import annotations

from core.say.words import Words


class TapSay(Words):
    """Answers to taps and to private words."""

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
            "您好，我会把完整的客户信息发到这里。群里的卡片点“我来跟进”即可领取。回复“登录”获取网页登录链接，“我的任务”看待办，“核销 券码”使用车主的礼券，“增项 粤B12345 更换刹车片 680元”请车主确认增项，“为什么 粤B12345”看发过什么、为什么没发。",
            "Hello. I send you full cards here. Tap “I take it” on a card in the group. Say “sign in” for a link to the staff pages, “my tasks” for your list, “redeem CODE” to use an owner's coupon, “extra 粤B12345 brake pads 680” to ask an owner about extra work, “why 粤B12345” for what an owner got, or why not.",
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

    def my_tasks(self, lines: list[str], offered: list[str]) -> str:
        if not lines and not offered:
            return self.pick("现在没有待办。", "Nothing to do now.")
        mine = [self.pick("您的待办：", "Your tasks:"), *lines] if lines else []
        yours = [self.pick("建议您跟进：", "For you to take:"), *offered] if offered else []
        return "\n".join([*mine, *yours])
