"""What the staff read about coupons: at the desk, on the page, in chat."""

from __future__ import annotations

from datetime import date, datetime

from core.say.words import Words

_STATUSES = {
    "offered": ("待领取", "not claimed yet"),
    "claimed": ("可使用", "can be used"),
    "redeemed": ("已使用", "used"),
    "revoked": ("已作废", "revoked"),
    "expired": ("已过期", "run out"),
}


class CouponDeskSay(Words):
    """What a coupon gives, and whether it can be used."""

    def coupon_status(self, status: str) -> str:
        return self.pick(*_STATUSES.get(status, (status, status)))

    def coupon_shown(self, coupon: str, gives: str, last: date, owner: str, status: str) -> str:
        return self.pick(
            f"{coupon}：{gives}\n车主：{owner}\n有效期到 {self.day(last)}，{self.coupon_status(status)}",
            f"{coupon}: {gives}\nOwner: {owner}\nValid until {self.day(last)}, {self.coupon_status(status)}",
        )

    def say_to_redeem(self, code: str) -> str:
        return self.pick(f"要使用请回复“核销 {code}”。", f"To use it say “redeem {code}”.")

    def coupon_redeemed(self, coupon: str, gives: str, owner: str) -> str:
        return self.pick(
            f"已核销：{coupon}，{gives}。车主：{owner}。",
            f"Redeemed: {coupon}, {gives}. Owner: {owner}.",
        )

    def coupon_used_before(self, when: datetime, where: str, who: str) -> str:
        by = self.listed([where, who])
        return self.pick(
            f"这张券已经在 {self.moment(when)}用过了" + (f"（{by}）。" if by else "。"),
            f"This coupon was used {self.moment(when)}" + (f" ({by})." if by else "."),
        )

    def coupon_over(self, last: date) -> str:
        return self.pick(f"这张券 {self.day(last)}已经到期，不能再用。", f"This coupon ended on {self.day(last)}.")

    def coupon_taken_back(self, why: str) -> str:
        return self.pick(
            "这张券已经作废" + (f"：{why}。" if why else "。"),
            "This coupon was revoked" + (f": {why}." if why else "."),
        )

    def coupon_not_claimed(self) -> str:
        return self.pick(
            "车主还没有领取这张券，请车主在聊天里回复“领券”。",
            "The owner has not claimed this coupon yet; ask them to say “claim my coupon” in the chat.",
        )

    def coupon_unknown(self) -> str:
        return self.pick(
            "没有这个券码。券码是 10 位，没有 0、1、I、O，请核对一下。",
            "There is no such code. Codes have ten letters and digits, never 0, 1, I or O; please check it.",
        )

    def coupon_of_another_store(self) -> str:
        return self.pick(
            "这位车主在其他门店建档，请联系该门店或总部核销。",
            "This owner belongs to another store; ask that store or the head office to redeem it.",
        )

    def coupon_not_allowed(self) -> str:
        return self.pick("您的岗位不能做这个操作，请找店长。", "Your role may not do that; ask the manager.")

    def why_revoked(self) -> str:
        return self.pick(
            "请写上原因，比如“作废 ABCDE FGHJK 发错了”。",
            "Please give a reason, as in “revoke ABCDE FGHJK sent by mistake”.",
        )

    def coupon_revoked(self, coupon: str, owner: str, *, told: bool) -> str:
        return self.pick(
            f"已作废：{coupon}，车主 {owner}。" + ("已告知车主。" if told else ""),
            f"Revoked: {coupon}, owner {owner}." + (" The owner has been told." if told else ""),
        )

    def budget_used_up(self, coupon: str, month: str) -> str:
        return self.pick(
            f"{coupon} {month} 月度预算已用完，之后只发祝福，不带券。要加预算请改门店规则。",
            f"The budget of {month} for the {coupon.lower()} is used up: only wishes go out. Raise it in the shop's policy.",
        )

    def campaign_used_up(self, campaign: str) -> str:
        return self.pick(
            f"活动 {campaign} 的预算已用完，其余车主不再发。要加预算请改门店规则。",
            f"The budget of the campaign {campaign} is used up: nobody else gets it. Raise it in the shop's policy.",
        )

    # — the page —

    def redeem_title(self) -> str:
        return self.pick("核销礼券", "Redeem a coupon")

    def redeem_code(self) -> str:
        return self.pick("券码", "Code")

    def field_owner(self) -> str:
        return self.pick("车主", "Owner")

    def field_until(self) -> str:
        return self.pick("有效期到", "Valid until")

    def redeem_hint(self) -> str:
        return self.pick(
            "输入车主出示的 10 位券码，或用手机相机扫二维码。",
            "Type the ten letters that the owner shows, or scan the QR code with the phone's camera.",
        )

    def redeem_look(self) -> str:
        return self.pick("查券", "Look it up")

    def redeem_now(self) -> str:
        return self.pick("核销", "Redeem")

    def redeem_next(self) -> str:
        return self.pick("核销下一张", "Redeem another")

    def revoke_it(self) -> str:
        return self.pick("作废", "Revoke")

    def revoke_reason(self) -> str:
        return self.pick("作废原因", "Why it is revoked")
