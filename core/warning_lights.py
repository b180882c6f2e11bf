"""What a warning light or a danger described in words calls for. Never a guess: what is not certain is asked."""

from __future__ import annotations

import re

from core.understanding.normalise import lower, normalise

STOP, CALM, UNCLEAR = "stop", "calm", "unclear"  # stop driving; a yellow one; the colour must be asked

_RED = re.compile(
    r"红(?!绿灯)|水温|过热|高温|开锅|机油(?:压力|灯|报警|壶)|油压|刹车(?!片|油|盘)|制动|(?:动力|高压)电池|电池(?:包|故障|过热|"
    r"温度|系统|报警|灯|鼓包|漏液|热失控)|绝缘|高压系统|冒烟|起火|着火|自燃|[焦糊]味|糊了|烧焦|立即停车|停止行驶|安全停车|"
    r"\bred\b|overheat|coolant temp|oil pressure|oil light|brake (?:light|warning|system)|traction battery|"
    r"battery (?:fault|warning)|smoke|smoking|on fire|\bfire\b|burning|stop driving|stop safely"
)
_NOT_RED = re.compile(r"(?:不是|不太?|没有?|not|isn't|no)[^，,。.]{0,4}(?:红|冒烟|着火|起火|\bred\b|smok)")
_YELLOW = re.compile(r"黄|橙|橘|琥珀|\byellow\b|\bamber\b|\borange\b")
_GREEN = re.compile(r"绿(?!灯路口)|蓝|白|\bgreen\b|\bblue\b|\bwhite\b")


def verdict(text: str) -> str:
    """stop, calm or unclear. Red wins over everything, also beside a yellow one."""
    low = lower(normalise(text))
    if _RED.search(_NOT_RED.sub("", low)):
        return STOP
    return CALM if _YELLOW.search(low) or _GREEN.search(low) else UNCLEAR
