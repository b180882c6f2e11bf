"""What is said about who somebody is and what we may write to them."""

from __future__ import annotations

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
