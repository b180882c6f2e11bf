"""Vehicle identification numbers (GB 16735): 17 characters without I, O and Q."""

from __future__ import annotations

import re

_FOUND = re.compile(r"(?<![a-z0-9])[a-hj-npr-z0-9]{17}(?![a-z0-9])")
_SPACED = re.compile(r"(?<![a-z0-9])[a-hj-npr-z0-9](?:[ \-]?[a-hj-npr-z0-9]){16}(?![a-z0-9])")
_VALUES = {c: int(c) for c in "0123456789"} | dict(
    zip(
        "ABCDEFGHJKLMNPRSTUVWXYZ",
        (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9),
        strict=True,
    )
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def find(low: str, spaced: bool = False) -> tuple[int, int, str] | None:
    """Start, end and upper-case form of the first VIN in a lower-case sentence, in one piece unless `spaced`."""
    if len(low) < 17:
        return None
    for match in (_SPACED if spaced else _FOUND).finditer(low):
        vin = re.sub(r"[ \-]", "", match[0]).upper()
        if sum(c.isdigit() for c in vin) >= 4 and any(c.isalpha() for c in vin):
            return match.start(), match.end(), vin
    return None


def vin_is_plausible(vin: str) -> bool:
    """Whether the check digit in position 9 fits; a wrong one is a warning, since EU imports often fail."""
    vin = vin.upper()
    if len(vin) != 17 or any(c not in _VALUES for c in vin):
        return False
    remainder = sum(_VALUES[c] * w for c, w in zip(vin, _WEIGHTS, strict=True)) % 11
    return vin[8] == ("X" if remainder == 10 else str(remainder))
