"""How a plate is written on a page."""

import re

_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}")


def parted(plate: str) -> str:
    """粤B12345 → 粤B·12345, as on the car; anything else stays as it is."""
    return f"{plate[:2]}·{plate[2:]}" if _PLATE.fullmatch(plate) else plate
