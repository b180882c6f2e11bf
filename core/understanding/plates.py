"""Licence plates, written, dictated or mistyped; a doubtful one is offered back, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.understanding.late import Late
from core.understanding.normalise import normalise
from core.understanding.numerals import DIGITS

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_L = "A-HJ-NP-Z"
_ICE = Late(rf"[{PROVINCES}][{_L}O][{_L}0-9]{{5}}")
_SUFFIXED = Late(rf"[{PROVINCES}][{_L}O][{_L}0-9]{{4}}[挂学警港澳]")
_NEV = Late(rf"[{PROVINCES}][{_L}](?:[A-HJK][{_L}0-9][0-9]{{4}}|[0-9]{{5}}[A-HJK])")
_OTHER = Late(rf"使\d{{6}}|\d{{6}}使|[{PROVINCES}][{_L}]\d{{4}}[使领]|WJ[{PROVINCES}]?[0-9]{{4,5}}[A-Z]?")

_SOUNDS_LIKE = {
    "京": "经惊景晶精警",
    "津": "今金斤巾",
    "沪": "户护湖虎互胡壶",
    "渝": "鱼余于玉愉榆",
    "冀": "季际计记寄",
    "豫": "预育域遇",
    "云": "运晕匀孕",
    "辽": "廖聊疗撩",
    "黑": "嘿嗨",
    "湘": "香乡箱相想象",
    "皖": "碗晚挽万完",
    "鲁": "路卤陆录露",
    "新": "心欣辛信",
    "苏": "酥素速诉",
    "浙": "哲折着蔗",
    "赣": "干感敢杆",
    "鄂": "饿额恶俄",
    "桂": "柜跪归龟",
    "甘": "肝竿",
    "晋": "进近劲尽",
    "蒙": "梦猛萌盟门",
    "陕": "闪善衫山删",
    "吉": "及级急极机鸡",
    "闽": "敏民悯皿",
    "粤": "月越悦阅约岳乐跃",
    "青": "清轻情请倾",
    "藏": "脏葬",
    "川": "穿船传串",
    "宁": "柠凝拧您",
    "琼": "穷穹",
    "贵": "规",
}
_MEANT = {like: province for province, likes in _SOUNDS_LIKE.items() for like in likes}
_NAMED = {
    "广东": "粤",
    "北京": "京",
    "上海": "沪",
    "浙江": "浙",
    "江苏": "苏",
    "湖南": "湘",
    "湖北": "鄂",
    "四川": "川",
    "福建": "闽",
    "广西": "桂",
    "山东": "鲁",
    "河南": "豫",
    "重庆": "渝",
    "天津": "津",
    "安徽": "皖",
    "江西": "赣",
    "海南": "琼",
    "河北": "冀",
    "陕西": "陕",
    "云南": "云",
    "贵州": "贵",
    "辽宁": "辽",
}
_MEANT |= _NAMED

_SEP = r"[ ·•・.\-_,，、:|]"
_CHAR = rf"[a-z0-9{''.join(DIGITS)}]"
_HEAD = rf"(?P<head>{'|'.join(_NAMED)}|[{PROVINCES}{''.join(c for c in _MEANT if len(c) == 1)}])"
_FOUND = Late(
    rf"{_HEAD}{_SEP}{{0,3}}(?P<city>[a-z])(?![a-z]{{2}})"
    rf"(?P<tail>(?:{_SEP}{{0,2}}{_CHAR}){{3,9}})(?P<last>[挂学警港澳领使]?)"
)
_GROUP = Late(rf"[a-z0-9]+|[{''.join(DIGITS)}]+")  # 粤B12345一共: spoken digits are a group of their own
_REPEATED = Late(r"([2-6二两三四五六])个([0-9a-z一二三四五六七八九零])")
_EMBASSY = Late(r"(?<![\d.])(?:使 ?\d{6}|\d{6}使)(?!\d)|wj ?[" + PROVINCES + r"] ?\d{4,5}[a-z]?")
_BARE = Late(r"(?:车牌|牌照|牌号|车号|尾号)(?:号码?)?(?:是|为|:)? ?(?P<serial>[a-z][ ·.\-]?[a-z0-9]{5,6})(?![a-z0-9])")
_TRIGGERS = frozenset(PROVINCES) | {c[0] for c in _MEANT} | frozenset("使wj牌")
_NEVER_ALONE = frozenset("警港澳领使")  # 琼A0Z998警: one character too many, and no word begins with the last
_LEGAL = (_ICE, _SUFFIXED, _NEV)
_UNSURE = str.maketrans({"O": "0", "I": "1"})

_PUT_RIGHT = re.compile(r"不对|[说打写]错|搞错|应该是|改成|换成|而是|\b(?:sorry|no|i mean|i meant|rather)\b")


@dataclass(frozen=True, slots=True)
class PlateFound:
    start: int
    end: int
    plate: str | None  # None when it cannot be right as written
    suggestion: str | None = None


def plate_kind(plate: str) -> str | None:
    """`ice`, `nev` or `other` for a normalised plate, None when it is not one."""
    if _NEV.fullmatch(plate):
        return "nev"
    if _SUFFIXED.fullmatch(plate) or _OTHER.fullmatch(plate):
        return "other"
    return "ice" if _ICE.fullmatch(plate) else None


def normalise_plate(text: str) -> str | None:
    """The plate in its one spelling (粤B12345) when the whole text is a legal one, else None."""
    plate = re.sub(rf"{_SEP}|\s", "", normalise(text[:40])).upper()
    return plate if plate_kind(plate) else None


def find(low: str) -> PlateFound | None:
    """The first plate in a normalised, lower-case sentence."""
    if _TRIGGERS.isdisjoint(low):
        return None
    spread = _REPEATED.sub(lambda m: m[2] * _times(m[1]), low) if "个" in low else low
    if spread != low:
        found = _scan(spread)
        shift = len(spread) - len(low)
        return PlateFound(found.start, max(found.end - shift, 0), found.plate, found.suggestion) if found else None
    return _scan(low)


def _scan(low: str) -> PlateFound | None:
    found = [plate for match in _FOUND.finditer(low) if (plate := _judge(match, low))]
    if found:
        return _the_one_meant(found, low)
    if match := _EMBASSY.search(low):
        return PlateFound(match.start(), match.end(), match[0].replace(" ", "").upper())
    if match := _BARE.search(low):
        return PlateFound(match.start("serial"), match.end(), None)
    return None


def _the_one_meant(found: list[PlateFound], low: str) -> PlateFound:
    """The first that is not refused (不是粤B12345), unless a later one puts it right (…不对是粤B12346)."""
    kept = [plate for plate in found if not low[: plate.start].endswith(("不是", "不叫", "not "))] or found[:1]
    meant = kept[0]
    for later in kept[1:]:
        if _PUT_RIGHT.search(low[meant.end : later.start]):
            meant = later
    return meant


def _judge(match: re.Match[str], low: str) -> PlateFound | None:
    head, city, last = match["head"], match["city"].upper(), match["last"]
    province = head if head in PROVINCES and len(head) == 1 else _MEANT[head]
    groups = [_plain(group[0]) for group in _GROUP.finditer(match["tail"])]
    serial, end = _serial(province + city, groups, last, match, low)
    if not any(c.isdigit() for c in serial) and not last:
        return None
    plate = province + city + serial
    legal = any(pattern.fullmatch(plate) for pattern in _LEGAL)
    if legal and not plate.endswith(last or plate[-1]) and last in _NEVER_ALONE:
        return PlateFound(match.start(), match.end(), None)
    if legal and head == province:
        return PlateFound(match.start(), end, plate)
    if legal:
        return PlateFound(match.start(), end, None, plate)
    if head != province and not 5 <= len(serial) <= 6:
        return None
    mended = province + city + serial.translate(_UNSURE)
    good = any(pattern.fullmatch(mended) for pattern in _LEGAL)
    return PlateFound(match.start(), end, None, mended if good else None)


def _serial(head: str, groups: list[str], last: str, match: re.Match[str], low: str) -> tuple[str, int]:
    """The serial and where it ends: whole groups until the plate is legal, all of them when spelled out."""
    if last:
        whole = "".join(groups) + last
        if len(whole) == 5:
            return whole, match.end()
    one_by_one = len(groups) > 2 and all(len(group) == 1 for group in groups)
    if one_by_one:
        return _spelled(head, groups, match)
    serial = ""
    for count, group in enumerate(groups, start=1):
        serial += group
        if len(serial) >= 5:
            return _cut(head, serial, _end_of(match, count), low)
    return serial, match.end("tail")


def _spelled(head: str, groups: list[str], match: re.Match[str]) -> tuple[str, int]:
    for length in (6, 5):
        serial = "".join(groups[:length])
        if len(groups) >= length and any(p.fullmatch(head + serial) for p in _LEGAL):
            return serial, _end_of(match, length)
    return "".join(groups), match.end("tail")


def _cut(head: str, serial: str, end: int, low: str) -> tuple[str, int]:
    """粤B123453点: the digit that belongs to the hour is given back."""
    too_long = len(serial) > 5 and not _NEV.fullmatch(head + serial[:6])
    if too_long and serial.isdigit() and low[end : end + 1] in set("点月号:年日"):
        return serial[:5], end - (len(serial) - 5)
    return serial, end


def _end_of(match: re.Match[str], groups: int) -> int:
    position = match.start("tail")
    parts = list(_GROUP.finditer(match["tail"]))
    return position + parts[groups - 1].end()


def _plain(group: str) -> str:
    return "".join(str(DIGITS.get(c, c)) for c in group).upper()


def _times(count: str) -> int:
    return int(count) if count.isdigit() else DIGITS[count]
