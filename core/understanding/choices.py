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
    rf"|种|st|nd|rd|th)?(?:那个|的|选项|吧|了|就行|好了|可以|one|that one"
    r"| (?:is|would be) (?:fine|good|ok|great)| works)*"
)
_ANY = Late(
    r"(?:那|就|我)*(?:(?:随便|随意|任意)(?:哪天|哪个|什么时候|时间|一个|你们?|安排|选|挑|个)*"
    r"|(?:哪天|哪个|什么时候|啥时候|几点|怎么)?都(?:行|可以|好|成|ok)|无所谓|不挑|看着办|听你们?的"
    r"|你们?(?:看着)?(?:定|安排|选|挑|办)(?:就行|就好|一个|个)*"
    r"|(?:越早越好|越快越好|尽快|尽早|赶紧|最早|最快)(?:的|那个|一个|时间)*"
    r"|any ?(?:time)?(?: of them| one)?(?: is)?(?: fine| ok| works)?|whenever|(?:it )?doesn'?t matter|asap"
    r"|as soon as possible|you (?:choose|pick|decide)|(?:the )?(?:earliest|soonest|first available)(?: one| time)?)"
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


def any_will_do(text: str) -> bool:
    """Whether the whole reply leaves it to us: 随便, 越快越好, 你们安排吧, anytime."""
    return bool(_ANY.fullmatch(_TAIL.sub("", lower(normalise(text)))))


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
    if match := _NUMBERED.fullmatch(said):
        number = small(match["n"])
        return number - 1 if 1 <= number <= len(labels) else _by_hour(number, labels)
    word = said.removeprefix("the ").removesuffix(" one")
    return _ORDINALS[word] if word in _ORDINALS and _ORDINALS[word] < len(labels) else None


def _by_hour(number: int, labels: list[str]) -> int | None:
    """No line has that number, but one time begins with it: 10 for 11/24 Tue 10:00."""
    hours = {time(hour) for hour in (number, number + 12) if hour < 24}
    return _only([_clock(label) in hours for label in labels])


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
