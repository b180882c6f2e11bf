"""What in a text points at a person or a car: phones, plates, VINs, names, addresses, account and card numbers.

Made for hiding: rather too much is found than too little, since what is hidden can be put back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.understanding.late import Late
from core.understanding.names import CALL_ME, CALLED, ENGLISH, I_AM, NOT_A_NAME, SURNAME, SURNAMED
from core.understanding.normalise import SIMPLIFIED
from core.understanding.numerals import DIGITS
from core.understanding.plates import PROVINCES

TITLES = "先生|女士|小姐|太太|师傅|老师|老板|经理|总|工|哥|姐|叔|阿姨|大哥|大姐"
_COMMON = (
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢"
    "汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛万顾赖武康贺严尹钱施牛洪龚欧"
)
_D = rf"[0-9{''.join(DIGITS)}]"
_GAP = r"[\s\-._·•,，、()/\u200b-\u200f\u2060\ufeff]"  # what people and input methods put between digits
_A = "[a-z0-9]"
_A_D = rf"[a-z0-9{''.join(DIGITS)}]"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """Where something personal stands, what it is, and its one spelling."""

    start: int
    end: int
    kind: str
    value: str


def fold(text: str) -> str:
    """Half width, simplified, lower case; every character stays in its place."""
    return "".join(_folded(char) for char in text)


def plain(text: str) -> str:
    """A number or plate without anything between its characters: +86 138-1234 → 13812345678, 粤b·12345 → 粤B12345."""
    folded = fold(text)
    spoken = "".join(str(DIGITS.get(char, char)) for char in folded)
    bare = re.sub(rf"{_GAP}|[+:]", "", spoken).upper()
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", bare)


def find(folded: str) -> Iterator[Found]:
    """Everything personal by its form in a folded text, the surest forms first; none overlap."""
    for kind, pattern, sure in _FORMS:
        for match in pattern.finditer(folded):
            start, end = match.span("it" if "it" in match.re.groupindex else 0)
            if sure is None or sure(folded[start:end]):
                yield Found(start, end, kind, plain(folded[start:end]) if kind in _NUMBERED else folded[start:end])
                folded = blanked(folded, start, end)


def names(folded: str) -> Iterator[Found]:
    """Names by the words around them: 我叫王小明, 李先生, Mr Li."""
    for pattern, group in _NAMED:
        for match in pattern.finditer(folded):
            start, end = match.span(group)
            if end > start and match[group][:2] not in NOT_A_NAME:
                yield Found(start, end, "NAME", folded[start:end])
                folded = blanked(folded, start, end)


def blanked(folded: str, start: int, end: int) -> str:
    return folded[:start] + "\x00" * (end - start) + folded[end:]


def _folded(char: str) -> str:
    if char < "\x80":
        return char.lower()
    wide = unicodedata.normalize("NFKC", char)
    low = (wide if len(wide) == 1 else char).lower()
    return chr(_SIMPLE.get(ord(low), ord(low))) if len(low) == 1 else char


def _digits(text: str) -> int:
    return sum(char in "0123456789" for char in text)


def _serial(text: str) -> bool:
    """A serial has digits; 京a不能去 has none."""
    return sum(char in DIGITS or char.isdigit() for char in text) >= 3 and any(char.isdigit() for char in plain(text))


def _no_date(text: str) -> bool:
    """A day is no number of anybody's: 2026-11-28, 20261128."""
    return not re.match(r"20[2-9]\d-\d{1,2}-\d{1,2}|20[2-9]\d(?:0[1-9]|1[0-2])[0-3]\d(?:\d{4})?$", text)


def _spaced_vin(text: str) -> bool:
    bare = plain(text)
    return len(bare) == 17 and not set("IOQ") & set(bare) and _digits(bare) >= 6 and bare[-4:].isdigit()


_SIMPLE = {code: ord(char) for code, char in SIMPLIFIED.items()}
_NUMBERED = {"PHONE", "PLATE", "VIN", "IDCARD", "NUMBER"}
_NUMERAL = "一二三四五六七八九十"
_ROAD = (
    r"[\u4e00-\u9fff]{1,6}?(?:大道|路|街|巷|弄|小区|花园|公寓|大厦)[东西南北中]?"
    rf"(?:[0-9]+|[{_NUMERAL}百]+)(?:号|弄|栋|幢|座|楼|期)"
)
_DOOR = rf"[ \-]?[0-9a-z{_NUMERAL}]+(?:号楼?|弄|栋|幢|座|楼|单元|室|房|层)"
_HOUSE = rf"[0-9{_NUMERAL}]+(?:栋|幢|号楼)"
_MOBILE = rf"[1一幺]{_GAP}{{0,2}}[3-9三四五六七八九](?:{_GAP}{{0,2}}{_D}){{9}}"
_WECHAT = r"(?:微信|威信|weixin|wechat|wx|vx|v信|加v)"
_FORMS: tuple[tuple[str, Late, Callable[[str], bool] | None], ...] = (
    ("EMAIL", Late(r"[a-z0-9._%+\-]+ ?@ ?[a-z0-9\-]+(?:\.[a-z0-9\-]+)+"), None),
    (
        "WECHAT",
        Late(_WECHAT + r"[ :]*(?:号码?|账号|id|是|为|叫|:|=|is)[号是为叫:=\s]*(?P<it>[a-z][\-_a-z0-9]{5,19})"),
        None,
    ),
    ("WECHAT", Late(_WECHAT + r"\s*(?P<it>(?=[\-_a-z]*[0-9_\-])[a-z][\-_a-z0-9]{5,19})"), None),
    ("NUMBER", Late(r"qq ?号?码?(?:是|为|:)?\s*(?P<it>\d{5,})"), None),
    ("IDCARD", Late(r"(?<!\d)[1-9]\d{5}[ \-]?(?:19|20)\d{2}[ \-]?\d{4}[ \-]?\d{3}[\dx]"), None),
    ("NUMBER", Late(r"(?<![\da-z])\d(?:[ \-]?\d){14,}(?![a-z])"), _no_date),
    ("VIN", Late(rf"(?<!{_A}){_A}{{12,}}(?!{_A})"), lambda text: _digits(text) >= 6 and not text.isdigit()),
    ("VIN", Late(rf"(?<!{_A}){_A}(?:[ \-]?{_A}){{16}}(?!{_A})"), _spaced_vin),
    (
        "PLATE",
        Late(rf"[{PROVINCES}]{_GAP}{{0,3}}[a-z](?:{_GAP}{{0,2}}{_A_D}){{3,6}}(?:{_GAP}?[挂学警港澳领使])?(?![a-z])"),
        _serial,
    ),
    ("PLATE", Late(rf"[{PROVINCES}]{_GAP}{{0,3}}[a-z](?:{_GAP}{{0,2}}{_A}){{4,6}}"), _serial),
    ("PLATE", Late(rf"使\s?\d{{6}}|\d{{6}}\s?使|wj ?[{PROVINCES}]? ?\d{{4,5}}[a-z]?"), None),
    ("PHONE", Late(rf"(?:(?:\+|00)?86{_GAP}{{0,2}})?[0-9]*?{_MOBILE}[0-9]*"), None),
    ("PHONE", Late(r"\+\d{1,3}(?:[ \-().]{0,2}\d){6,12}|(?<!\d)\(?0\d{2,3}\)?[ \-]?\d{7,8}(?!\d)"), None),
    ("PHONE", Late(r"(?<!\d)[48]00[ \-]?\d{3,4}[ \-]?\d{3,4}(?!\d)|(?<!\d)[569]\d{3}[ \-]\d{4}(?!\d)"), None),
    ("PLATE", Late(rf"(?<!{_A})[a-hj-np-z][·.\-]?{_A}{{5,6}}(?!{_A})"), lambda text: _digits(text) >= 3),
    ("NUMBER", Late(r"\d{7,}"), _no_date),
    ("ADDRESS", Late(rf"{_ROAD}(?:{_DOOR})*(?:[ \-]?[0-9]{{3,4}})?"), None),
    ("ADDRESS", Late(rf"{_HOUSE}(?:{_DOOR})+"), None),
)
_ENGLISH_TITLE = r"(?<![a-z])(?:mr|mrs|ms|miss|mister|dr)\.? ?"
_NO_SURNAME = "is|was|will|and|or|here|has|had|wants|would|can|from|at|on|in|to|for|the|said|please|my"
_NAMED: tuple[tuple[Late, str], ...] = (
    (CALLED, "name"),
    (CALL_ME, "name"),
    (SURNAMED, "name"),
    (SURNAMED, "given"),
    (I_AM, "name"),
    (ENGLISH, "name"),
    (Late(rf"(?P<name>{SURNAME}(?:先生|女士|小姐|太太|师傅|老师|老板|经理|阿姨|大哥|大姐))"), "name"),
    (Late(rf"(?P<name>[{_COMMON}](?:总(?![是共算的会觉得体里线结价])|工(?![作时人具程序])|哥|姐|叔))"), "name"),
    (Late(rf"(?<![大老])(?P<name>[小老阿](?![于时白方毛高施])[{_COMMON}])(?![\u4e00-\u9fff]?[店区路])"), "name"),
    (Late(rf"(?P<name>{_ENGLISH_TITLE}[a-z]{{2,}}(?:[ \-](?!(?:{_NO_SURNAME})\b)[a-z]{{2,}})?)"), "name"),
)
