"""What a complaint's words are about: nothing yet, something that happened, or how far an earlier one is."""

from __future__ import annotations

import re

_BARE = re.compile(
    r"我|要|想|们|你|您|店|的|一下|进行|投诉|举报|差评|不满意?|不高兴|给|个|说法|请问|怎么|如何|可以|吗|啊|呢|了|在哪|这里|服务"
    r"|\b(?:i|want|to|would|like|make|file|have|a|an|the|please|you|your|shop|complain(?:t|ing)?|about|how|do|am|not|happy"
    r"|unhappy|dissatisfied)\b|[\s，。,.!！?？~、…]",
    re.I,
)
_PROGRESS = re.compile(
    r"投诉.{0,12}(?:进度|进展|怎么样|咋样|处理得|到哪|结果|有消息|有回复|回音|状态|受理了?吗|处理了?吗|处理好了?[吗没])"
    r"|(?:进度|进展|结果).{0,6}投诉|(?:查|看)[看一下]{0,2}.{0,6}投诉"
    r"|(?:status|progress|news|update)\b.{0,20}\bcomplaint|complaint\b.{0,20}\b(?:status|progress|news|update)",
    re.I,
)
_LONGEST_REQUEST = 20
_TAKES_BACK = re.compile(
    r"(?:取消|撤回|撤销|撤掉|撤)(?:我的|这个|刚才的?|那个)?投诉|(?:不|别)(?:想|要|用)?(?:再)?投诉了|投诉(?:取消|撤回|撤销|撤了|撤掉)"
    r"|(?:withdraw|cancel|drop) (?:my |the )?complaint",
    re.I,
)


def tells_something(text: str) -> bool:
    """Whether the words say more than that somebody wants to complain."""
    return len(_BARE.sub("", text)) > 1


def takes_back(words: str) -> bool:
    """Whether somebody would rather not have complained: 取消投诉, 不投诉了."""
    return bool(_TAKES_BACK.search(words)) and len(words) <= _LONGEST_REQUEST


def asks_progress(text: str) -> bool:
    return _PROGRESS.search(text) is not None


_UNSOLVED = re.compile(
    r"没有?(?:解决|好|修好|弄好|处理)|还没|没解|未解决|没用|还是(?:老样子|那样|一样|不行|有问题)"
    r"|不行|not (?:yet|solved|fixed)|isn'?t|still",
    re.I,
)
_SOLVED = re.compile(r"解决了|已解决|解决好了|好了|修好|没问题了|满意了|可以了|solved|fixed|all good|fine now", re.I)


def solved_or_not(text: str) -> str | None:
    """ "yes" or "no" where the words say whether it is solved."""
    if _UNSOLVED.search(text):
        return "no"
    return "yes" if _SOLVED.search(text) else None
