"""What owners ask of the talk itself, in words that stand for nothing else: the language, the wait-list."""

from __future__ import annotations

import re

from core.language import asked_for

_LONGEST = 40
_WAIT = re.compile(
    r"有(?:了)?(?:空位|位置|位子|空|号|时间)(?:了|的话|时|的时候)*"
    r"[，, ]?(?:请|就|再|麻烦)?(?:告诉|通知|提醒|叫|喊|发)(?:一下|一声)?我?"
    r"|(?:帮我|我要|我想|给我|加入?|进)?(?:候补|排队等位|排个队|等位|等空位)(?:名单)?(?:吧|一下)?$"
    r"|(?:let|tell|notify) me (?:know )?(?:when|if) (?:there is|there's|something|a (?:time|slot))"
    r"|wait(?:ing)?[ -]?list(?: please| me)?$|put me on the wait",
    re.I,
)
_LEAVE = re.compile(
    r"^(?:我)?(?:不等了|不用等了|别等了|不等空位了|不用等空位了?|不排了|不排队了|退出候补|取消候补|不候补了|不用通知我?空位了?)"
    r"|(?:off|leave) the wait(?:ing)?[ -]?list|stop waiting",
    re.I,
)


def own_request(text: str) -> str:
    """ "speak", "wait_list", "leave_wait_list", or nothing."""
    said = text.strip()
    if not said or len(said) > _LONGEST:
        return ""
    if asked_for(said):
        return "speak"
    if _LEAVE.search(said):
        return "leave_wait_list"
    return "wait_list" if _WAIT.search(said) else ""
