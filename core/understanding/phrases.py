"""Turns of speech with a gap in them, which no list of words can hold."""

from __future__ import annotations

import re

_INFIX = re.compile(
    r"([打补喷洗换审加搭验做贴检擦冲修查领约充挪改])(个|一下|下|一次|次|了个|一个|了|点)([蜡漆车油氟电胎膜折券位号期片检审])"
)
_PHRASES: tuple[tuple[str, str, str], ...] = (  # signal, a letter that must be there, pattern
    ("SHIFT", "天小钟周会时", r"(?:[一两半几三二\d]|[早晚]点?)(?:个)?(?:天|小时|钟头|半?个?钟|周|星期|会儿?)(?!内)|(?:早|晚)[一几]?(?:会儿|天)"),
    ("HARM", "把给", r"(?:把|给)我?(?:的|们)?.{0,6}(?:刮|划|蹭|撞|弄坏|弄脏|碰|磕|压|搞坏|烫|弄没|丢)(?:了|坏|花|到|烂|破|伤)"),
    ("ABILITIES", "能会可用", r"(?:你|机器人|小助手).{0,4}(?:能|会|可以|有).{0,3}(?:做|干|帮|用|功能).{0,4}(?:什么|啥|嘛|哪些|点什么)"),
    ("QUESTION", "wihdaces", r"^(?:what|when|where|which|who|how|why|is|are|do|does|did|can|could|will|would|should|has|have|any)\b"),
)  # fmt: skip
_COMPILED = tuple((signal, frozenset(letters), re.compile(pattern)) for signal, letters, pattern in _PHRASES)


def smooth(low: str) -> str:
    """打个蜡 reads as 打蜡; the length stays, so that positions still agree."""
    return _INFIX.sub(lambda m: "\x02" * len(m[2]) + m[1] + m[3], low)


def signals(low: str) -> set[str]:
    """The turns of speech that occur."""
    return {name for name, letters, pattern in _COMPILED if not letters.isdisjoint(low) and pattern.search(low)}
