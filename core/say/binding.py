"""What is said about who somebody is and what we may write to them."""

from __future__ import annotations

from core.masking import masked_phone
from core.say.words import Words


class BindingSay(Words):
    """Phone, record and consent."""

    def bound(self, name: str) -> str:
        return self.pick(
            f"已为您关联到档案，{name}您好。" if name else "已为您关联到档案。",
            f"Linked to your record. Hello {name}." if name else "Linked to your record.",
        )

    def phone_kept(self) -> str:
        return self.pick("手机号记下了。", "Number noted.")

    def may_we_write(self) -> str:
        return self.pick(
            "保养到期提醒照常发给您。优惠活动也要在这里告诉您吗？可随时回复“退订”。",
            "We will remind you of maintenance. May we also tell you about offers here? Say “stop” at any time.",
        )

    def yes_tell_me(self) -> str:
        return self.pick("可以", "Yes")

    def no_thanks(self) -> str:
        return self.pick("不用", "No, thanks")

    def consent_noted(self, given: bool) -> str:
        return self.pick(
            "好的，有合适的优惠会告诉您。" if given else "好的，只发服务通知。",
            "Thank you, noted." if given else "All right, service notices only.",
        )

    def opted_out(self) -> str:
        return self.pick(
            "已退订，不会再给您发营销消息。预约和服务通知不受影响。",
            "Done: no more marketing messages. Booking and service notices still reach you.",
        )

    def opted_in(self) -> str:
        return self.pick(
            "好的，有合适的优惠会在这里告诉您。随时可回复“退订”。",
            "Thank you, we will tell you about offers here. Say “stop” at any time.",
        )

    def your_code(self) -> str:
        return self.pick(
            "验证码 {code}，5 分钟内有效。请在聊天里输入，不要告诉别人。",
            "Your code is {code}, good for 5 minutes. Type it in the chat; tell nobody.",
        )

    def which_code(self, phone: str) -> str:
        return self.pick(
            f"验证码已发到 {masked_phone(phone)}，请输入收到的 6 位数字。",
            f"We have texted a 6-digit code to {masked_phone(phone)}. Please type it here.",
        )

    def send_again(self) -> str:
        return self.pick("重新发送", "Send it again")

    def code_wrong(self) -> str:
        return self.pick("验证码不对或已过期。", "That code is wrong or no longer good.")

    def too_many_codes(self) -> str:
        return self.pick(
            "短信发得太频繁，请稍等再试，或跳过。", "Too many texts for now: please wait a little, or skip this."
        )
