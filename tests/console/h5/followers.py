"""A served shop with an account of WeChat, and 李明 who follows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.console.h5.conftest import MONDAY_TEN, Counter
from tests.fakes.wechat import FakeOwner, FakeWeChat
from tests.fakes.wechat_page import AGENT
from tests.serving import Serving

LI = "oLiMing_0000000000000000000A"
NAMES = ("maintenance_due", "appointment_reminder", "car_ready", "rate_visit")
FIELDS = {"maintenance_due": "plate", "appointment_reminder": "plate", "car_ready": "plate", "rate_visit": "plate"}


def policy(*names: str) -> str:
    """With a template for each of those notices: TPL_car_ready."""
    shapes = [f'[templates.{name}.subscribe]\nid = "TPL_{name}"\nfields = ["car_number1:plate"]' for name in names]
    return "\n".join(shapes) + "\n"


class Followed(Counter):
    """Its public address is where it is served, so that pages are signed for what the browser shows."""

    def __init__(self, serving: Serving, wechat: FakeWeChat) -> None:
        super().__init__(serving)
        self.wechat = wechat
        database = serving.house.database
        database.shop = replace(database.shop, public_url=serving.url)
        self.identity = self.do(lambda crm: crm.conversations.locked("wechat", LI).identity_id)
        self.do(lambda crm: crm.identities.give_to_owner("wechat", LI, 1))

    @property
    def follower(self) -> FakeOwner:
        return self.wechat.owner(LI)

    def left(self, name: str) -> int:
        return self.ask(lambda crm: crm.subscribe_tokens.left(self.identity, f"TPL_{name}"))


@contextmanager
def followed(directory: Path, wechat: FakeWeChat, *names: str) -> Iterator[Followed]:
    (directory / "policy.toml").write_text(policy(*names), "utf-8")
    for name in names:
        wechat.template(f"TPL_{name}", "car_number1")
    with Serving(directory, wechat, CLOCK=MONDAY_TEN, POLICY=str(directory / "policy.toml")) as serving:
        yield Followed(serving, wechat)


@contextmanager
def phone(browser: Browser, *, scheme: str = "light", scripts: bool = True, agent: str = AGENT) -> Iterator[Page]:
    """A page in WeChat's browser, or another one; nothing may go wrong on it, nor ask a foreign host but WeChat's."""
    context = browser.new_context(
        viewport={"width": 390, "height": 780},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        reduced_motion="reduce",
        locale="zh-CN",
        user_agent=agent,
    )
    troubles: list[str] = []
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda sent: troubles.append(sent.url) if not _may_be_asked(sent.url, agent) else None)
    yield page
    context.close()
    assert not troubles


def _may_be_asked(url: str, agent: str) -> bool:
    return "//127.0.0.1" in url or (agent == AGENT and url == "https://res.wx.qq.com/open/js/jweixin-1.6.0.js")
