"""What the odometer shows: 3万公里, 跑了两万八, 28000km, 3w多公里."""

from __future__ import annotations

from core.understanding.late import Late
from core.understanding.numerals import NUMBER, number

_APPROX = r"(?:多|来|几|左右)?"
_WITH_UNIT = Late(rf"(?P<n>{NUMBER}){_APPROX} ?(?:公里|千米|迈|km\b|kms\b|kilomet|里路|里地)")
_IN_CONTEXT = Late(
    rf"(?:跑了?|里程数?|公里数|表显|码表|开了|行驶了?|mileage|odometer)"
    rf"(?:[是到有快了:, ]|差不多|大概|已经|接近|将近|一共|总共|is|现在|目前|约|才|刚|显示"
    rf"|都){{0,4}}(?P<n>{NUMBER}){_APPROX}"
    rf"(?![小时天个年月次趟点块元号分半\d])"
)
_ALONE = Late(
    r"(?:大概|差不多|快|才|刚"
    r"|约)?(?P<n>\d{0,2}(?:\.\d+)?[一二三四五六七八九十两]{0,3}[万w][一二三四五六七八九两\d千百]*"
    r"|[\d一二三四五六七八九两]千[一二三四五六七八九\d百]*|\d{5})(?:多|左右|了|吧)?[。.]?"
)
_SPAN = Late(r"(?:超过?了?|超出了?|还差|还剩|多跑了?|每隔?|不到|再跑)$")  # how far it is beyond or short of something
_HINTS = frozenset("公千万迈k里跑表开行wmo0")
_LEAST, _MOST = 100, 2_000_000


def find(low: str) -> tuple[int, int, int] | None:
    """Start, end and kilometres of the first mileage."""
    if _HINTS.isdisjoint(low):
        return None
    for pattern in (_WITH_UNIT, _IN_CONTEXT):
        for match in pattern.finditer(low):
            km = number(match["n"])
            if km is not None and _LEAST <= km <= _MOST and not _SPAN.search(low[: match.start()]):
                return match.start("n"), match.end(), km
    return _alone(low)


def _alone(low: str) -> tuple[int, int, int] | None:
    match = _ALONE.fullmatch(low)
    km = number(match["n"]) if match else None
    if match and km is not None and 1000 <= km <= _MOST:
        return match.start(), match.end(), km
    return None
