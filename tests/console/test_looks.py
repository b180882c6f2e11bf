"""The colours can be read (WCAG AA), in light and in dark."""

from __future__ import annotations

import re

import pytest

from console.looks import HERE

CSS = (HERE / "static" / "look.css").read_text("utf-8")
TEXT_ON = [
    ("ink", "panel"), ("ink", "ground"), ("ink", "sunken"), ("ink", "accent-soft"), ("ink-soft", "panel"),
    ("ink-soft", "sunken"), ("ink-soft", "ground"), ("ink-soft", "accent-soft"), ("accent-text", "panel"),
    ("accent-text", "sunken"), ("accent-text", "ground"), ("accent-text", "accent-soft"), ("accent-ink", "accent"),
    ("good", "panel"), ("good", "good-soft"), ("warn", "panel"), ("warn", "warn-soft"), ("alarm", "panel"),
    ("alarm", "alarm-soft"), ("panel", "ink"), ("panel", "alarm"),
]  # fmt: skip


def tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    values = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return values | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme: str) -> None:
    colours = tokens(scheme)
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT_ON}
    assert not {pair: value for pair, value in weak.items() if value < 4.5}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_have_an_edge_that_can_be_seen(scheme: str) -> None:
    colours = tokens(scheme)
    assert contrast(colours["line-strong"], colours["panel"]) >= 3
    assert contrast(colours["accent-text"], colours["ground"]) >= 3


def test_no_page_asks_another_host() -> None:
    for path in [*HERE.glob("static/*"), *HERE.glob("templates/*")]:
        outside = set(re.findall(r"https?://[\w.]+", path.read_text("utf-8"))) - {"http://www.w3.org"}
        assert not outside, f"{path.name} names {outside}: pages bring everything they need"
