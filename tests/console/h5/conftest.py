"""A shop whose owners open their own pages: over HTTP, and in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

import pytest
from playwright.sync_api import Browser, Page

from storage.crm import Crm
from tests import web
from tests.serving import Serving

MONDAY_TEN = "2026-11-23T10:00:00+08:00"
PHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0.50"}
T = TypeVar("T")
Opens = Callable[..., Page]


class Counter:
    """The served shop, with one general bay; 李明 (#1) drives 粤B12345 and 粤BD67890, and writes in the web chat."""

    def __init__(self, serving: Serving) -> None:
        self.serving, self.url = serving, serving.url
        self.li = self.do(_furnish)

    def do(self, change: Callable[[Crm], T]) -> T:
        return self.serving.house.database.submit(change).result(30)

    def ask(self, question: Callable[[Crm], T]) -> T:
        return self.serving.ask(question)

    def link(self, purpose: str = "booking", days: int = 7, subject: int | None = None, owner: int = 1) -> str:
        """The path of a fresh link."""
        token = self.do(lambda crm: crm.links.make(purpose, owner, timedelta(days=days), subject=subject))
        return f"/h/{token}"

    def get(self, path: str, headers: dict[str, str] | None = None) -> web.Answer:
        return web.request("GET", self.url + path, headers=PHONE if headers is None else headers)

    def head(self, path: str) -> web.Answer:
        return web.request("HEAD", self.url + path, headers=PHONE)

    def post(self, path: str, /, **fields: str) -> web.Answer:
        """Send a form."""
        return self.sends(path, fields)

    def sends(self, path: str, fields: dict[str, str], **headers: str) -> web.Answer:
        told = {"Content-Type": "application/x-www-form-urlencoded", **PHONE, **headers}
        return web.request("POST", self.url + path, urlencode(fields).encode(), told, timeout=30)

    def holds(self, path: str, at: str = "2026-11-24T15:00", car: str = "1", **fields: str) -> str:
        """Choose a time for maintenance; the hold's number and time, as the address names them."""
        answer = self.post(path, do="hold", car=car, service="maintenance", at=at, **fields)
        assert answer.status == 303, answer.text
        return "hold=" + answer.headers["location"].partition("hold=")[2]

    def confirms(self, path: str, held: str, do: str = "book", car: str = "1", **fields: str) -> web.Answer:
        """Say yes to what is held."""
        return self.sends(path, {"do": do, "car": car, "service": "maintenance", **dict(parse_qsl(held)), **fields})

    def books(self, path: str, at: str = "2026-11-24T15:00", car: str = "1") -> web.Answer:
        return self.confirms(path, self.holds(path, at, car), car=car)

    def appointments(self, owner: int = 1) -> list[tuple[str, str, str]]:
        """(local start, plate, status) of what is listed, oldest first."""

        def look(crm: Crm) -> list[tuple[str, str, str]]:
            found = sorted(crm.appointments.of_owner(owner), key=lambda one: one.key)
            return [(f"{a.starts_at.astimezone(crm.shop.zone):%m-%d %H:%M}", a.plate, a.status) for a in found]

        return self.ask(look)

    def chat(self) -> list[str]:
        """What 李明's chat says."""
        answer = self.get(f"/api/v1/chat/{LI_ACCOUNT}/messages")
        return [message["text"] for message in answer.json()["messages"]]

    def time_is(self, moment: str) -> None:
        self.serving.house.clock.advance_to(datetime.fromisoformat(moment))


LI_ACCOUNT = "account-of-li-ming"


def _furnish(crm: Crm) -> int:
    store = crm.stores.add("NS", "深圳南山店", bays={"general": 1, "quick": 1})
    store.address, store.phone = "南山区科苑路1号", "0755-26001234"
    owner = crm.owners.add("李明", store_id=store.key)
    crm.owners.set_phone(owner, "+8613800138000", verified=True)
    for plate, model in (("粤B12345", "比亚迪 汉 EV"), ("粤BD67890", "问界 M7")):
        crm.vehicles.connect(owner.key, crm.vehicles.add(plate, model=model).key)
    crm.identities.give_to_owner("web", LI_ACCOUNT, owner.key)
    crm.staff.add("王工", "advisor", store.key)
    return owner.key


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with Serving(tmp_path, sends=False, CLOCK=MONDAY_TEN) as serving:
        yield Counter(serving)


@pytest.fixture(scope="module")
def quiet_counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    """One for all the tests that only look."""
    with Serving(tmp_path_factory.mktemp("h5"), sends=False, CLOCK=MONDAY_TEN) as serving:
        yield Counter(serving)


@pytest.fixture
def opens(browser: Browser, counter: Counter) -> Iterator[Opens]:
    """`opens(path, width=390, scripts=False)`: a page; nothing may go wrong on it, nor ask another host."""
    troubles: list[str] = []
    contexts = []

    def open_page(path: str, width: int = 390, scheme: str = "light", *, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 780},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="zh-CN",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda sent: troubles.append(sent.url) if "//127.0.0.1" not in sent.url else None)
        page.goto(counter.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles
