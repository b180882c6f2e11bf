"""What the shop says to those who bring friends, and to the friends."""

from __future__ import annotations

from datetime import date

from core.say.words import Words


class ReferralSay(Words):
    """The code and its link, the welcome, the thanks, and why something does not count."""

    def referral_offer(self, code: str, friend_gets: str, referrer_gets: str) -> str:
        return self.pick(
            f"介绍朋友来店：朋友得{friend_gets}，朋友第一次到店消费后，您得{referrer_gets}。\n"
            f"您的介绍码 {code}，请朋友在这里发“介绍码 {code}”就行。",
            f"Bring a friend: they get {friend_gets}; after their first paid visit you get {referrer_gets}.\n"
            f"Your code is {code}: your friend just writes “referral code {code}” here.",
        )

    def referral_link(self, url: str) -> str:
        return self.pick(f"也可以转发这个链接：{url}", f"Or forward this link: {url}")

    def referral_so_far(self, invited: int, rewarded: int) -> str:
        return self.pick(
            f"已有 {invited} 位朋友用了您的介绍码，其中 {rewarded} 位到店消费。",
            f"{invited} friends have used your code, {rewarded} of them came and paid.",
        )

    def friend_welcome(self, referrer: str, gives: str, last: date, code: str) -> str:
        return self.pick(
            f"{referrer}邀请您来的，欢迎。新朋友礼券送给您：{gives}，有效期到 {self.day(last)}。\n券码 {code}，到店给顾问看就行。",
            f"Welcome, {referrer} sent you. A voucher is yours: {gives}, valid until {self.day(last)}.\n"
            f"Code {code}; just show it to your advisor.",
        )

    def code_received(self) -> str:
        return self.pick("介绍码收到了，谢谢。", "Thank you, I have the code.")

    def a_friend(self) -> str:
        return self.pick("您的朋友", "a friend")

    def own_code(self) -> str:
        return self.pick(
            "这是您自己的介绍码，转发给朋友，请朋友在这里发就行。",
            "This is your own code. Forward it to a friend, who writes it here.",
        )

    def unknown_code(self) -> str:
        return self.pick(
            "没有找到这个介绍码，请核对一下再发，或者直接告诉我需要什么。",
            "I cannot find that code. Please check it, or just tell me what you need.",
        )

    def referral_thanks(self, name: str, coupon: str, gives: str, last: date, code: str) -> str:
        return self.pick(
            f"{name}您好，您介绍的朋友已经到店，谢谢您。{coupon}送给您：{gives}，有效期到 {self.day(last)}。\n券码 {code}。",
            f"Thank you, {name}: the friend you sent has come. A {coupon.lower()} is yours: {gives}, valid until "
            f"{self.day(last)}.\nCode {code}.",
        )

    def referral_not_counted(self, why: str) -> str:
        return self.pick(
            f"您介绍的一位朋友这次不能计入奖励：{self.referral_reason(why)}。有疑问请回复“人工”。",
            f"One friend you sent does not count for the reward: {self.referral_reason(why)}. If in doubt, say “human”.",
        )

    def referral_reason(self, why: str) -> str:
        return self.pick(
            *{
                "self": ("介绍人和朋友是同一个人", "it is the same person"),
                "same_phone": ("两位登记的是同一个手机号", "both have the same phone number"),
                "same_car": ("两位登记的是同一辆车", "both have the same car"),
                "same_device": ("两位用的是同一个账号", "both used the same account"),
                "known": ("朋友之前已经是本店客户", "they were a customer before"),
                "circular": ("您是由这位朋友介绍来的", "they had sent you to us"),
                "second": ("朋友已由别人介绍", "somebody else sent them first"),
            }.get(why, (why, why))
        )
