"""What a visitor does on the demo page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

BOOKED = "已为您预约"
WANTED = ("确认", "跳过", "深圳南山店")


def phone(page: Page) -> str:
    return page.locator("#talk").inner_text()


def says(page: Page, words: str) -> None:
    page.fill("#words", words)
    page.press("#words", "Enter")


def choices(page: Page) -> list[str]:
    """What can be tapped now, once the shop has answered."""
    expect(page.locator(".bubble.waiting")).to_have_count(0)
    return page.locator(".choices:not(.old) button:enabled").all_inner_texts()


def books(page: Page, words: str = "明天下午三点给粤B12345做保养") -> None:
    """Says it and taps through to the confirmation."""
    says(page, words)
    expect(page.locator(".bubble.owner").last).to_have_text(words)
    for _ in range(6):
        offered = choices(page)
        if BOOKED in phone(page):
            return
        label = next((label for wanted in WANTED for label in offered if wanted in label), offered[0])
        taps(page, label)
    raise AssertionError(phone(page))


def taps(page: Page, label: str) -> None:
    """Taps a quick reply and waits until the shop has answered."""
    said = page.locator(".bubble.owner").count()
    page.locator(".choices:not(.old) button:enabled", has_text=label).first.click()
    expect(page.locator(".bubble.owner")).to_have_count(said + 1)
    expect(page.locator(".bubble.waiting")).to_have_count(0)


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
