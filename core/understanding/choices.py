"""A reply to a numbered list or a row of buttons → which one is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import time
from functools import lru_cache

from core.understanding import services, times
from core.understanding.late import Late
from core.understanding.normalise import lower, normalise
from core.understanding.numerals import SMALL, small

_NUMBERED = Late(
    rf"(?:我?(?:就|要|选|选择|点|第|回复|option|number|no\.?|#|the)* ?)*(?P<n>{SMALL})(?:个|项|号|条"
    rf"|种|st|nd|rd|th)?(?:那个|的|选项|吧|了|就行|好了|可以|one|that one)*"
)
_LAST = Late(r"最后一?[个项条]?|最后那个|最下面|末尾|the last(?: one)?|last(?: one)?|最末")
_FIRST = Late(r"头一个|最前面|前面那个|上面那个|最上面|第一个|the first(?: one)?|first(?: one)?|前一个|前者")
_SECOND_OF_TWO = Late(
    r"后面那个|后一个|后者|下面那个|另一个|另外一个|那个|the second(?: one)?|the other(?: one)?|the latter"
)
_MIDDLE = Late(r"中间(?:那|的)?一?个?|the middle one")
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4}
_TAIL = Late(r"[吧了的呢啊呀哦。.!！~,，、 ]+$")
_HEAD = Late(r"^(?:我?(?:要|选|选择|想要|就|就要|那就|还是)+)")
_LOOSE = Late(r"[\s,，。.!！·・\-—:：()（）“”]")


def choice_index(text: str, labels: Sequence[str]) -> int | None:
    """The index in `labels`, or None when none or more than one may be meant."""
    said = _TAIL.sub("", lower(normalise(text)))
    if not said or not labels:
        return None
    plain = [_plain(label) for label in labels]
    for read in (_same, _by_own_number, _by_number, _by_place, _by_part):
        index = read(said, plain)
        if index is not None:
            return index
    return None


@lru_cache(1024)
def _plain(label: str) -> str:
    return lower(normalise(label))


def _same(said: str, labels: list[str]) -> int | None:
    loose = _LOOSE.sub("", said)
    return _only([_LOOSE.sub("", label) == loose for label in labels])


def _by_own_number(said: str, labels: list[str]) -> int | None:
    """Labels 5分 … 1分: the reply 5 means the label, not the fifth line."""
    numbers = [re.match(r"(\d)(?![\d:.月年点])", label) for label in labels]
    if not all(numbers) or sorted(int(m[1]) for m in numbers if m) != list(range(1, len(labels) + 1)):
        return None
    match = _NUMBERED.fullmatch(said.removesuffix("分").removesuffix("星"))
    return _only([bool(m and match and int(m[1]) == small(match["n"])) for m in numbers])


def _by_number(said: str, labels: list[str]) -> int | None:
    match = _NUMBERED.fullmatch(said)
    if match and 1 <= small(match["n"]) <= len(labels):
        return small(match["n"]) - 1
    word = said.removeprefix("the ").removesuffix(" one")
    return _ORDINALS[word] if word in _ORDINALS and _ORDINALS[word] < len(labels) else None


def _by_place(said: str, labels: list[str]) -> int | None:
    said = _HEAD.sub("", said)
    if _LAST.fullmatch(said):
        return len(labels) - 1
    if _FIRST.fullmatch(said):
        return 0
    if _SECOND_OF_TWO.fullmatch(said):
        return 1 if len(labels) == 2 else len(labels) - 1 if "后面" in said or "下面" in said else None
    if _MIDDLE.fullmatch(said) and len(labels) % 2:
        return len(labels) // 2
    return None


def _by_part(said: str, labels: list[str]) -> int | None:
    bare = _LOOSE.sub("", _HEAD.sub("", said))
    loose = [_LOOSE.sub("", label) for label in labels]
    if len(bare) > 40:
        return None
    steps: tuple[Callable[[], list[bool]], ...] = (
        lambda: [len(bare) > 1 and bare in label for label in loose],
        lambda: [len(label) > 1 and label in bare for label in loose],
        lambda: _same_hour(said, labels),
        lambda: _same_service(said, labels),
        lambda: [_shared(bare, label) for label in loose],
    )
    for step in steps:
        index = _only(step())
        if index is not None:
            return index
    return None


def _same_hour(said: str, labels: list[str]) -> list[bool]:
    wanted = times.settle(said, times.find(said))
    if not wanted or not wanted.time:
        return []
    return [_clock(label) == wanted.time for label in labels]


@lru_cache(1024)  # the same labels are offered to everybody
def _clock(label: str) -> time | None:
    hour = times.settle(label, times.find(label))
    return hour.time if hour else None


def _same_service(said: str, labels: list[str]) -> list[bool]:
    wanted = services.pick(services.find(said))
    return [_work(label) == wanted for label in labels] if wanted else []


@lru_cache(1024)
def _work(label: str) -> str | None:
    return services.pick(services.find(label))


def _shared(said: str, label: str) -> bool:
    """A two-letter piece of the label that stands in the reply (太贵了 for 价格贵 does not)."""
    return any(label[i : i + 2] in said for i in range(len(label) - 1) if not label[i : i + 2].isdigit())


def _only(hits: list[bool]) -> int | None:
    return hits.index(True) if hits.count(True) == 1 else None
