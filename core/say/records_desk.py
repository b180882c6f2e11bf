"""What the staff read about corrections, copies of data, interests and recommendations."""

from __future__ import annotations

from core.gate import NO_ACCOUNT, NO_CONSENT
from core.say.why import WhySay
from core.say.words import Words

_WHY_NOT = {
    NO_ACCOUNT: ("这位车主还没有可以发消息的账号", "There is no account to write to"),
    NO_CONSENT: (
        "车主没有同意接收优惠消息，可以当面或电话介绍",
        "The owner has not allowed offers; tell them in person",
    ),
    "by_hand": (
        "现在没有可用的渠道：已生成任务卡，请用企业微信发给车主",
        "No way is open now: there is a card to send it by hand",
    ),
    "never": ("车主说过不要再推荐这个", "The owner does not want to hear of it again"),
    "later": ("车主说过暂时不要，90 天后再问", "The owner said not now; ask again after 90 days"),
    "open": ("刚推荐过，还在等车主回复", "It was recommended already; no answer yet"),
    "interested": ("车主已经感兴趣，请看跟进任务", "The owner is interested already; see the task"),
}


class RecordsDeskSay(Words):
    """Texts of the cards and commands about records."""

    def change_line(self, fact: str, old: str, new: str) -> str:
        return f"{fact}{self.pick('：', ': ')}{old or '…'} → {new}"

    def look_at_both(self) -> str:
        return self.pick(
            "两份都是正式档案，请核对卡片上的两位，再点“合并为一份档案”",
            "Both are records on file; compare the two on the card, then tap “Merge the two”",
        )

    def really_one_record(self) -> str:
        return self.pick(
            "合并后只留疑似档案，车辆、到店、预约和聊天都归到它名下",
            "Merging keeps the second record; cars, visits, appointments and talks of both are its own then",
        )

    def times_here(self, visits: int) -> str:
        return self.pick(f"到店 {visits} 次", f"{visits} visits")

    def how_to_export(self, owner_id: int) -> str:
        return self.pick(
            f"请管理员运行 huiche privacy export {owner_id} --out 文件，再交给车主",
            f"Ask your administrator for: huiche privacy export {owner_id} --out FILE",
        )

    def tell_about(self, item: str, why: str) -> str:
        return self.pick(
            f"您好，您对{item}感兴趣，我给您讲讲内容和价格。{why}",
            f"Hello, you asked about {item}; let me explain. {why}",
        ).strip()

    def recommended(self, item: str) -> str:
        return self.pick(f"已向车主推荐{item}", f"{item} is recommended to the owner")

    def why_not_recommended(self, why: str) -> str:
        """Or what became of it: a reason of the gate is told as everywhere."""
        if why in _WHY_NOT:
            return self.pick(*_WHY_NOT[why])
        return self.pick("没有发出：", "Not sent: ") + WhySay("en" if self.english else "zh", self.zone).reason(why)

    def nobody_with_plate(self) -> str:
        return self.pick("没有找到这个车牌的车主", "No owner with that plate")

    def unknown_item(self, names: str) -> str:
        return self.pick(f"可以推荐：{names}", f"You can recommend: {names}")
