"""What the shop says to an owner about coupons and birthdays."""

from __future__ import annotations

from datetime import date

from core.say.words import Words


class CouponSay(Words):
    """The greeting, claiming, the wallet, and what became of a coupon."""

    # — the birthday —

    def birthday_greeting(self, name: str, coupon: str, gives: str, last: date) -> str:
        return self.pick(
            f"{self._called(name)}生日快乐。门店为您准备了{coupon}：{gives}，有效期到 {self.day(last)}。点下面的按钮或回复“领券”就能领。",
            f"{self._called(name)}Happy birthday. A {coupon.lower()} is waiting for you: {gives}, valid until "
            f"{self.day(last)}. Tap below or say “claim my coupon”.",
        )

    def birthday_wishes(self, name: str) -> str:
        return self.pick(
            f"{self._called(name)}生日快乐，愿您新的一岁路路顺畅。",
            f"{self._called(name)}Happy birthday, and safe travels in the year ahead.",
        )

    def claim_it(self, coupon: str) -> str:
        return self.pick(f"领取{coupon}", f"Claim the {coupon.lower()}")

    def which_birthday(self) -> str:
        return self.pick(
            "还没有您的生日。请告诉我几月几日（年份可以不说），比如“5月20日”，我来看生日礼券什么时候可以领。",
            "I do not know your birthday yet. Which month and day (no year needed), for example 05-20? "
            "Then I can see when your birthday coupon comes.",
        )

    def birthday_unreadable(self) -> str:
        return self.pick(
            "没看懂这个日期。请写成“5月20日”或“1990-05-20”。",
            "I could not read that date. Please write it like 05-20 or 1990-05-20.",
        )

    def is_this_your_birthday(self, day: str) -> str:
        return self.pick(
            f"您的生日是 {day}，对吗？登记后一年内不能再改。",
            f"Your birthday is {day}, right? Once kept it cannot be changed for a year.",
        )

    def birthday_day(self, month: int, day: int) -> str:
        """5 月 20 日 · 20 May."""
        return self.pick(f"{month} 月 {day} 日", f"{day} {date(2000, month if 1 <= month <= 12 else 1, 1):%b}")

    def yes_that_day(self) -> str:
        return self.pick("对，就是这天", "Yes, that day")

    def another_day(self) -> str:
        return self.pick("不对，重新填", "No, another day")

    def rather_not(self) -> str:
        return self.pick("不说了", "Rather not")

    def no_birthday_no_coupon(self) -> str:
        return self.pick(
            "好的，不登记。想领生日礼券时再告诉我就行。", "All right. Tell me whenever you want the birthday coupon."
        )

    def birthday_kept(self, day: str) -> str:
        return self.pick(f"已登记您的生日：{day}。", f"Your birthday is kept: {day}.")

    def birthday_not_changed(self) -> str:
        return self.pick(
            "生日一年只能改一次，这次没有改。填错了可以回复“人工”请顾问处理。",
            "A birthday can be changed once a year, so it stays. If it is wrong, say “human” and an advisor will help.",
        )

    def birthday_comes(self, day: date) -> str:
        return self.pick(
            f"现在没有可以领的券。您的生日礼券从 {self.day(day)}起可以领，那天回复“领券”就行。",
            f"There is nothing to claim now. Your birthday coupon can be claimed from {self.day(day)}; just say “claim my coupon” then.",
        )

    def nothing_left_this_month(self) -> str:
        return self.pick(
            "抱歉，这个月的礼券已经送完了，已告知门店。",
            "Sorry, this month's coupons are all given away. The shop has been told.",
        )

    # — claiming —

    def coupon_claimed(self, coupon: str, gives: str, last: date, code: str) -> str:
        return self.pick(
            f"已领取{coupon}：{gives}，有效期到 {self.day(last)}。\n券码 {code}，到店给顾问看就行。",
            f"The {coupon.lower()} is yours: {gives}, valid until {self.day(last)}.\nCode {code}; just show it to your advisor.",
        )

    def coupon_claimed_before(self, coupon: str, gives: str, last: date, code: str) -> str:
        return self.pick(
            f"这张{coupon}您已经领过了：{gives}，有效期到 {self.day(last)}。\n券码 {code}。",
            f"You have this {coupon.lower()} already: {gives}, valid until {self.day(last)}.\nCode {code}.",
        )

    def coupon_refused(self, why: str) -> str:
        return self.pick(
            *{
                "expired": ("这张券已经过期了，不能再领。", "This coupon has run out and cannot be claimed."),
                "revoked": (
                    "这张券已被门店收回，想了解请回复“人工”。",
                    "The shop took this coupon back; say “human” to ask why.",
                ),
                "redeemed": ("这张券已经用过了。", "This coupon has been used."),
            }.get(
                why,
                (
                    "这张券不在您名下，领不了。回复“我的礼券”看您有哪些。",
                    "This coupon is not yours. Say “my coupons” to see those you have.",
                ),
            )
        )

    def coupon_page(self, url: str) -> str:
        return self.pick(f"二维码：{url}", f"QR code: {url}")

    def use_it_now(self) -> str:
        return self.pick("现在预约", "Book now")

    def to_wallet(self) -> str:
        return self.pick("我的礼券", "My coupons")

    # — the wallet —

    def wallet(self, lines: list[str]) -> str:
        return self.pick("您的礼券：\n", "Your coupons:\n") + "\n".join(lines)

    def wallet_line(self, coupon: str, gives: str, last: date, code: str) -> str:
        return self.pick(
            f"· {coupon}：{gives}，有效期到 {self.day(last)}，券码 {code}",
            f"· {coupon}: {gives}, valid until {self.day(last)}, code {code}",
        )

    def wallet_offered(self, coupon: str, gives: str, last: date) -> str:
        return self.pick(
            f"· {coupon}：{gives}，{self.day(last)}当天为止可领",
            f"· {coupon}: {gives}, can be claimed until {self.day(last)}",
        )

    def wallet_over(self, coupon: str, status: str) -> str:
        chinese, english = {
            "redeemed": ("已使用", "used"),
            "expired": ("已过期", "run out"),
            "revoked": ("已收回", "taken back"),
        }.get(status, (status, status))
        return self.pick(f"· {coupon}：{chinese}", f"· {coupon}: {english}")

    def wallet_empty(self) -> str:
        return self.pick("您现在没有可用的礼券。", "You have no coupon to use now.")

    # — what became of it —

    def coupon_used(self, coupon: str, store: str) -> str:
        where = self.pick(f"在{store}" if store else "", f" at {store}" if store else "")
        return self.pick(
            f"您的{coupon}刚刚{where}使用。如果不是您本人，请回复“人工”。",
            f"Your {coupon.lower()} was used just now{where}. If that was not you, say “human”.",
        )

    def coupon_taken_back(self, coupon: str, why: str) -> str:
        return self.pick(
            f"您的{coupon}已被门店收回，原因：{why}。有疑问请回复“人工”。",
            f"The shop took your {coupon.lower()} back: {why}. If you have a question, say “human”.",
        )

    def coupon_expiring(self, name: str, coupon: str, gives: str, last: date) -> str:
        return self.pick(
            f"{self._called(name)}您的{coupon}（{gives}）到 {self.day(last)}为止，需要的话现在就能约时间。",
            f"{self._called(name)}Your {coupon.lower()} ({gives}) ends on {self.day(last)}. You can book a time now.",
        )

    def _called(self, name: str) -> str:
        return self.pick(f"{name}您好，" if name else "您好，", f"Hello {name}. " if name else "Hello. ")
