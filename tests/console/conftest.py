"""A browser, and the demo as a visitor meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import MakeProduct
from tests.product import Product
from tests.servers import chromium_path

MONDAY_TEN = "2026-11-23T10:00:00+08:00"
WIDE, NARROW = (1280, 800), (390, 844)
Visit = Callable[..., Page]


@pytest.fixture(scope="module")  # its event loop must be gone before other tests run theirs
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()


@pytest.fixture
def demo(product: MakeProduct) -> Product:
    """A small invented shop on a Monday at ten."""
    return product(command=("demo", "--owners", "120"), CLOCK=MONDAY_TEN)


@pytest.fixture(scope="session")
def quiet_demo() -> Iterator[Product]:
    """One such shop for all the tests that only look."""
    with Product("demo", "--owners", "120", CLOCK=MONDAY_TEN) as shop:
        yield shop


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """`visit(url, size=NARROW, scheme="dark")`: a page of its own; nothing may go wrong on it or ask another host."""
    troubles: list[str] = []
    contexts = []

    def open_page(url: str, size: tuple[int, int] = WIDE, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("request", lambda sent: troubles.append(sent.url) if "//127.0.0.1" not in sent.url else None)
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles
