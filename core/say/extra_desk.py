"""What the staff read of extra work (增项): how to propose it, and what came of it."""

from __future__ import annotations

from core.say.words import Words

_EXTRA = {
    "asked": ("等车主答复", "waiting for the owner"),
    "call": ("请先打电话给车主", "the owner wants a call first"),
    "agreed": ("同意", "agrees"),
    "declined": ("不同意", "declines"),
    "expired": ("未答复，不做", "no answer, not done"),
    "replaced": ("已换新价格", "replaced by a new price"),
}


class ExtraDeskSay(Words):
    """Extra work, on cards and in private."""

    def extra_status(self, status: str) -> str:
        return self.pick(*_EXTRA.get(status, (status, status)))

    def extra_answered(self, name: str, status: str) -> str:
        return self.pick(f"增项 {name}：{self.extra_status(status)}", f"Extra work {name}: {self.extra_status(status)}")

    def extra_usage(self) -> str:
        return self.pick(
            "这样写：增项 粤B12345 更换刹车片 680元 2小时",
            "Write it like this: extra 粤B12345 brake pads 680 2h",
        )

    def extra_asked(self, name: str, amount_fen: int) -> str:
        return self.pick(
            f"已发给车主确认：{name} {self.money(amount_fen)}。车主同意之前请不要施工，答复会更新在卡片上。",
            f"Put to the owner: {name} {self.money(amount_fen)}. Nothing is done before the yes; the card shows the answer.",
        )

    def extra_cannot_be_asked(self) -> str:
        return self.pick(
            "车主没有可用的聊天账号，请打电话确认，同意之前请不要施工。",
            "This owner has no chat we can write to: please call, and do nothing before the yes.",
        )

    def amounts_are_not_yours(self) -> str:
        return self.pick("只有顾问和店长可以提出增项金额", "Only advisors and managers name amounts")

    def no_owner_of_that_plate(self) -> str:
        return self.pick(
            "没有找到这个车牌的车主，请核对车牌", "No owner of that plate in your store; please check the plate"
        )

    def closed_for_today(self) -> str:
        return self.pick("今天已经打烊，请明天营业后再发", "The store has closed for today; ask tomorrow")
