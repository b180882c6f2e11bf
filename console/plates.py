"""How a plate is written on a page."""


def parted(plate: str) -> str:
    """粤B12345 → 粤B·12345, as on the car."""
    return f"{plate[:2]}·{plate[2:]}" if len(plate) >= 7 else plate
