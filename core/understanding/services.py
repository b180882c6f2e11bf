"""Which service is asked for: its names, slang, and the symptoms that mean it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.understanding import service_words
from core.understanding.late import Late

_PATTERNS: tuple[tuple[str, str, str], ...] = (  # service, letters of which one must be there, pattern
    ("tyres", "轮胎", r"(?:轮|胎).{0,4}(?:没气|漏|瘪|爆|扎|磨|鼓|破|裂|花纹)"),
    ("battery", "着了起难劲", r"(?:打|点|启动|发动|着)火?.{0,2}(?:不着|不了火|不起来|困难|费劲)"),
    ("alignment", "偏歪斜", r"(?:方向盘?|车头?|老|总).{0,5}(?:偏|歪|斜)"),
    (
        "bodywork",
        "刮蹭划剐撞砸漆",
        (r"(?:刮|蹭|划|剐|撞|砸)(?:了|花|伤|坏|掉|到|凹|瘪)|漆.{0,3}(?:掉|花|刮|划|起泡|裂)"),
    ),
    ("wash", "洗", r"洗.{0,3}车(?!间)"),
    ("brakes", "踩刹", r"踩下去.{0,3}(?:软|空)"),
)
_COMPILED = tuple((service, frozenset(letters), Late(pattern)) for service, letters, pattern in _PATTERNS)
_OTHER_THAN_WORK = Late(r"(?:的)?(?:时间|日子|店|门店|人|时段|天)")
_OTHER_POWER = ("钥匙", "手机", "遥控", "遥控器")
_WARNING = Late(r".{0,3}灯(?!泡|不亮|坏|罩)| (?:warning )?light")
_PAST_BEFORE = Late(r"(?:上次|上回|之前|刚刚?|以前|\x01|去年|前阵子|前段时间)[^，。！？,!?;]{0,5}$")
_NOT_BEFORE = Late(
    r"(?:(?<![要用能需是该想肯会行好])不(?!太|是很|怎么)|别|除了|甭|唔|don'?t |not |no need for )(?:想"
    r"|要|用|是|需要|做|换|洗|打算|再|约|给我|搞|弄|the|a|to|want|need| )*$"
)
_PAST_AFTER = Late(r"(?:已经|早就)?(?:做|换|修|洗|弄)?过了|过的")
_MAP_BEFORE = Late(r"(?:发|给|共享|店|你们|铺|来)(?:我|个|一下|的|下)*$")
_MAP_AFTER = Late(r"(?:发|给|在哪|在什么|地址|到|链接|共享|一下我|是哪)")
_NOT_AFTER = Late(
    r"(?:这次|今天|就|先|也|我|暂时|还是|的话|那个)*(?:不(?:用|做|要|弄|洗|换|搞|需要)(?!钱|紧"
    r"|好)(?:做|换|洗|弄)?(?:了|啦|，|,|。|$)|算了|免了|以后再|下次再|别做|取消掉?，)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A service named at `start`; `weak` words (检查, 发动机) only count when nothing clearer is named."""

    start: int
    service: str
    weak: bool = False
    past: bool = False
    refused: bool = False
    end: int = 0


def _table() -> tuple[dict[str, list[tuple[str, str, bool]]], Late]:
    words: dict[str, list[tuple[str, str, bool]]] = {}
    english = []
    for table, weak in ((service_words.WORDS, False), (service_words.WEAK, True)):
        for service, (chinese, pattern) in table.items():
            english.append(f"(?P<{'weak_' if weak else ''}{service}>{pattern})")
            for word in chinese.split():
                words.setdefault(word[0], []).append((word, service, weak or service == "other"))
    for entries in words.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return words, Late("|".join(english))


_BY_FIRST, _ENGLISH = _table()


def find(low: str) -> list[Mention]:
    """Every service that is named and not refused, in order."""
    found = _chinese(low)
    if not any(not mention.weak for mention in found):
        found = sorted([*found, *_described(low)], key=lambda mention: mention.start)
    if any("a" <= c <= "z" for c in low):
        found += [_english(match, low) for match in _ENGLISH.finditer(low) if _names_it(low, *match.span())]
        found.sort(key=lambda mention: mention.start)
    return found


def pick(mentions: list[Mention], after: int = 0) -> str | None:
    """The service asked for: the first clear one, after the word of change if there is any."""
    wanted = [mention for mention in mentions if not mention.refused]
    late = [mention for mention in wanted if mention.start >= after] if after else []
    pool = late or wanted
    pool = [m for m in pool if not m.past] or pool
    if not pool:
        return None
    clear = [m for m in pool if not m.weak] or [m for m in pool if m.service == "other"] or pool
    if any(m.service == "warranty" for m in clear) and clear[0].service not in {
        "maintenance",
        "inspection",
        "wash",
    }:
        return "warranty"
    return clear[0].service


def _chinese(low: str) -> list[Mention]:
    found: list[Mention] = []
    position = 0
    while position < len(low):
        step = 1
        for word, service, weak in _BY_FIRST.get(low[position], ()):
            if low.startswith(word, position):
                step = len(word)
                if _names_it(low, position, position + step):
                    found.append(_mention(low, position, position + step, service, weak))
                break
        position += step
    return found


def _described(low: str) -> list[Mention]:
    """What is told as a symptom: 右后轮没气了."""
    matches = ((s, pattern.search(low)) for s, letters, pattern in _COMPILED if not letters.isdisjoint(low))
    return [_mention(low, m.start(), m.end(), service, False) for service, m in matches if m]


def _english(match: re.Match[str], low: str) -> Mention:
    name = match.lastgroup or "other"
    service = name.removeprefix("weak_")
    return _mention(low, match.start(), match.end(), service, name != service or service == "other")


def _mention(low: str, start: int, end: int, service: str, weak: bool) -> Mention:
    past = bool(_PAST_BEFORE.search(low[max(0, start - 12) : start]))
    refused = bool(_NOT_BEFORE.search(low[max(0, start - 12) : start]) or _NOT_AFTER.match(low, end))
    past = past or bool(_PAST_AFTER.match(low, end))
    return Mention(start, service, weak, past, refused, end)


def _names_it(low: str, start: int, end: int) -> bool:
    """Not the lamp of it (刹车灯), not the map position (发个定位)."""
    if _WARNING.match(low, end):
        return False
    if low[start:end] == "玻璃" and low[end : end + 1] == "水":
        return False
    if low[start:end] == "没电" and low[:start].endswith(_OTHER_POWER):
        return False
    if low[start:end] in {"其他", "其它"} and (
        _OTHER_THAN_WORK.match(low, end) or low[:start].endswith(("没", "没有", "没啥", "没什么"))
    ):
        return False
    return low[start:end] != "定位" or not (_MAP_BEFORE.search(low[:start]) or _MAP_AFTER.match(low, end))
