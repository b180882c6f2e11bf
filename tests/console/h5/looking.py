"""Looking at a page as an owner does: can it be read, tapped, and does it fit the phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.console.h5.conftest import Counter
from tests.console.talk import scrolls_sideways

WIDTHS = (320, 390, 430, 768, 1280)
TALL = 780
CHECK_TARGETS = """[...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, summary")]
  .filter((e) => e.checkVisibility() && !e.classList.contains("skip"))
  .map((e) => {
    const target = ["radio", "checkbox"].includes(e.type) ? e.closest("label") : e;
    const box = target.getBoundingClientRect();
    return {name: (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent).trim(),
            width: Math.round(box.width), height: Math.round(box.height), what: e.outerHTML.slice(0, 120)};
  })"""
CHECK_CONTRAST = """() => {
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0.99) return c; } return [255, 255, 255]; };
  const weak = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.checkVisibility() || e.closest("svg, .skip")) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.push(e.outerHTML.slice(0, 100));
  }
  return weak;
}"""


def looks_right(counter: Counter, page: Page, name: str, path: str) -> None:
    """In both languages, at every width: nothing faint, nothing cut off, nothing too small to tap or without a name."""
    for language, lang in (("zh", "zh-CN"), ("en", "en")):
        page.goto(f"{counter.url}{path}{'&' if '?' in path else '?'}lang={language}")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        assert page.evaluate(CHECK_CONTRAST) == [], f"{name} {language}: too faint"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": TALL})
            assert not scrolls_sideways(page), f"{name} {language} at {width}"
        page.set_viewport_size({"width": 390, "height": TALL})
        targets = page.evaluate(CHECK_TARGETS)
        wrong = [one for one in targets if min(one["height"], one["width"]) < 44 or not one["name"]]
        assert not wrong, f"{name} {language}"


def can_be_zoomed(counter: Counter, page: Page, name: str, path: str) -> None:
    """At 200 % nothing is cut off."""
    page.set_viewport_size({"width": 640, "height": TALL})
    page.goto(counter.url + path)
    page.evaluate("document.documentElement.style.zoom = 2")
    assert not scrolls_sideways(page), name
