"""Mobile numbers in any spelling → +86…"""

from __future__ import annotations

from core.understanding.late import Late
from core.understanding.normalise import normalise
from core.understanding.numerals import DIGITS

_D = rf"[\d{''.join(DIGITS)}]"
_FOUND = Late(rf"(?<![\d.])(?:(?:\+|00)?86[ \-]?)?(?P<number>[1一幺](?:[ \-.]?{_D}){{10}})(?![\d.]*\d)")
_CANDIDATE = Late(rf"{_D}(?:[ \-.]?{_D}){{10}}")
_MOBILE = Late(r"1[3-9]\d{9}")


def find(text: str) -> tuple[int, int, str] | None:
    """Start, end and E.164 form of the first mobile number."""
    if not _CANDIDATE.search(text):
        return None
    for match in _FOUND.finditer(text):
        digits = "".join(str(DIGITS.get(c, c)) for c in match["number"] if c not in " -.")
        if _MOBILE.fullmatch(digits):
            return match.start(), match.end(), "+86" + digits
    return None


def normalise_phone(text: str) -> str | None:
    """E.164 when the whole text is one Chinese mobile number, else None."""
    plain = normalise(text[:40])
    found = find(plain)
    return found[2] if found and found[0] == 0 and found[1] == len(plain) else None
