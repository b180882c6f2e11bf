"""Why somebody stayed away, and what whoever calls them could say."""

from __future__ import annotations

from core.say.words import Words

_AWAY = {
    "price": ("价格偏高", "the price"),
    "quality": ("质量没做好", "the quality of the work"),
    "distance": ("离得太远", "too far away"),
    "attitude": ("服务态度", "how they were treated"),
    "sold": ("车已经卖了", "sold the car"),
    "other": ("其他原因", "something else"),
}
_SAY_BECAUSE = {
    "price": (
        "您说价格偏高，我把这次要做的项目逐项给您算清楚，能省的都帮您省，200 元礼券也能用上。",
        "you found the price high. I go through the items with you one by one, and the voucher counts too.",
    ),
    "quality": (
        "我是店长，上次没给您做好，非常抱歉。我安排老师傅免费全面复查一遍，该返工的我们负责，您看哪天方便？",
        "I am the manager and very sorry for the poor work. We check the whole car and put it right. Which day suits you?",
    ),
    "distance": (
        "您离得远，我们免费上门取车、做完送回，您说个时间和地址就行。",
        "you live far away, so we fetch the car and bring it back for free. Just name a time and a place.",
    ),
    "attitude": (
        "我是店长，上次让您受委屈了，非常抱歉。想听您说说当时的情况，我来处理并给您答复。",
        "I am the manager and very sorry for how you were treated. Please tell me what happened; I take care of it.",
    ),
    "other": (
        "谢谢您告诉我们原因。有什么我能帮上忙的？",
        "thank you for telling us. Is there anything I can do for you?",
    ),
}


class AwaySay(Words):
    """For the cards of owners to be won back."""

    def reason_away(self, reason: str) -> str:
        return self.pick(*_AWAY[reason])

    def a_call(self) -> str:
        return self.pick("顾问来电", "a call")

    def say_to_away_because(self, name: str, reason: str) -> str:
        chinese, english = _SAY_BECAUSE[reason]
        return self.pick(f"{name}您好，{chinese}", f"Hello {name}, {english}")
