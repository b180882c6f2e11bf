"""One cell as somebody typed it → the value in its one spelling, or the reason why not. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from core.understanding.phones import normalise_phone
from core.understanding.plates import normalise_plate

_NOTHING = {
    "",
    "无",
    "没有",
    "暂无",
    "未知",
    "不详",
    "空",
    "未上牌",
    "新车未上牌",
    "临牌",
    "-",
    "--",
    "—",
    "/",
    "n/a",
    "na",
    "null",
    "none",
}
_EXPONENT = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}.*)?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets
_KM = re.compile(r"(\d+(?:\.\d+)?)(万|w)?(?:公里|千米|km)?", re.IGNORECASE)
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_OPENID = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LOOKALIKES = str.maketrans("OI", "01")
_OLDEST = date(1900, 1, 1)
_MOST_KM = 2_000_000
_MOST_FEN = 10**9
_POWERTRAINS = {
    "bev": ("bev", "ev", "纯电", "纯电动", "电动", "纯电动车", "电车"),
    "phev": ("phev", "reev", "erev", "插混", "插电", "插电混动", "插电式混合动力", "增程", "增程式"),
    "ice": ("ice", "hev", "燃油", "汽油", "柴油", "油车", "燃油车", "油电混动", "混动", "轻混"),
}  # fmt: skip
_POWERTRAIN_OF = {word: name for name, words in _POWERTRAINS.items() for word in words}


class Unclean(Exception):
    """The cell cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a cell: ok, fixed, missing or invalid, with the value or the reason."""

    state: str
    value: Any = None
    raw: str = ""
    reason: str = ""


def clean(field: str, raw: list[Any], today: date, known: Mapping[str, Callable[[str], int | None]]) -> Cell:
    """The first of the field's cells that says something. `known` finds stores and advisors by what is written."""
    first = Cell("missing")
    for one in raw:
        cell = _clean_one(field, one, today, known)
        if cell.state in ("ok", "fixed"):
            return cell
        first = cell if first.state == "missing" else first
    return first


def _clean_one(field: str, raw: Any, today: date, known: Mapping[str, Callable[[str], int | None]]) -> Cell:
    text = plain(raw)
    if text.lower() in _NOTHING:
        return Cell("missing")
    try:
        if field in known:
            value = known[field](text)
            if value is None:
                raise Unclean(f"no such {field}")
            return Cell("ok", value, text)
        value, spelling = _READERS[field](text, today)
    except Unclean as error:
        return Cell("invalid", None, text, str(error))
    as_typed = raw.strip() if isinstance(raw, str) else text
    return Cell("ok" if as_typed in (spelling, str(value)) else "fixed", value, text)


def plain(raw: Any) -> str:
    """A cell as text: numbers without .0, dates as YYYY-MM-DD, half width, no stray blanks."""
    if raw is None:
        return ""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = unicodedata.normalize("NFKC", str(raw)).replace("\x00", "")
    return re.sub(r"\s+", " ", text).strip().removeprefix("'")


def _phone(text: str, _: date) -> tuple[str, str]:
    if _EXPONENT.fullmatch(text):
        raise Unclean("the spreadsheet has rounded the number: format the column as text and enter it again")
    for part in re.split(r"[/、,，;；|]|\s{1,}(?=1\d{10})", re.sub(r"(\d)\.0$", r"\1", text)):
        phone = normalise_phone(part.strip())
        if phone:
            return phone, phone.removeprefix("+86")
    raise Unclean("not a mobile number of 11 digits")


def _plate(text: str, _: date) -> tuple[str, str]:
    plate = normalise_plate(text)
    if plate is None:
        doubtful = normalise_plate(text[:2] + text[2:].upper().translate(_LOOKALIKES))
        raise Unclean("plates have no letter O or I: is it 0 or 1?" if doubtful else "not a licence plate")
    return plate, plate


def _vin(text: str, _: date) -> tuple[str, str]:
    vin = re.sub(r"[\s\-]", "", text).upper()
    if not _VIN.fullmatch(vin):
        raise Unclean("a VIN has 17 letters and digits, without I, O and Q")
    return vin, vin


def _past_day(text: str, today: date) -> tuple[date, str]:
    day = _day(text)
    if not _OLDEST <= day <= today:
        raise Unclean("a day that is still to come" if day > today else "a day too long ago")
    return day, day.isoformat()


def _day(text: str) -> date:
    found = _DATE.fullmatch(text) or _DIGITS.fullmatch(text)
    try:
        if found:
            return date(*map(int, found.groups()[:3]))
        if _SERIAL.fullmatch(text):
            return _EPOCH + timedelta(days=int(float(text)))
    except ValueError:
        raise Unclean("no such day in the calendar") from None
    raise Unclean("not a date with year, month and day")


def _km(text: str, _: date) -> tuple[int, str]:
    found = _KM.fullmatch(re.sub(r"[,\s]", "", text))
    if not found:
        raise Unclean("not a number of kilometres")
    km = int(Decimal(found[1]) * (10_000 if found[2] else 1))
    if km > _MOST_KM:
        raise Unclean("more kilometres than a car can drive")
    return km, str(km)


def _amount(text: str, _: date) -> tuple[int, str]:
    """Yuan → fen."""
    number = re.sub(r"[,\s¥￥元]|RMB|CNY", "", text, flags=re.IGNORECASE)
    try:
        fen = (Decimal(number) * 100).quantize(Decimal(1))
    except InvalidOperation:
        raise Unclean("not an amount") from None
    if not fen.is_finite() or fen > _MOST_FEN:
        raise Unclean("not an amount that anybody pays")
    if fen < 0:
        raise Unclean("an amount is not negative")
    return int(fen), number


def _powertrain(text: str, _: date) -> tuple[str, str]:
    value = _POWERTRAIN_OF.get(re.sub(r"\s", "", text).lower())
    if value is None:
        raise Unclean("bev, phev or ice (纯电, 插混, 燃油)")
    return value, text


def _openid(text: str, _: date) -> tuple[str, str]:
    if not _OPENID.fullmatch(text):
        raise Unclean("not an openid")
    return text, text


def _telegram(text: str, _: date) -> tuple[str, str]:
    if not (text.isascii() and text.isdecimal() and 4 <= len(text) <= 16):
        raise Unclean("a Telegram id is a number, not a @name")
    return text, text


def _words(longest: int) -> Callable[[str, date], tuple[str, str]]:
    def read(text: str, _: date) -> tuple[str, str]:
        if len(text) > longest:
            raise Unclean(f"longer than {longest} characters")
        return text, text

    return read


_READERS: dict[str, Callable[[str, date], tuple[Any, str]]] = {
    "name": _words(64),
    "phone": _phone,
    "plate": _plate,
    "vin": _vin,
    "model": _words(64),
    "powertrain": _powertrain,
    "purchased_on": _past_day,
    "birthday": _past_day,
    "mileage_km": _km,
    "last_service_on": _past_day,
    "address": _words(200),
    "source": _words(32),
    "wechat_openid": _openid,
    "telegram_id": _telegram,
    "marketing_consent_on": _past_day,
    "number": _words(64),
    "visited_on": _past_day,
    "items": _words(1000),
    "amount": _amount,
}
