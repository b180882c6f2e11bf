"""The page on which a follower allows one-time notices, in a real browser with a stand-in for WeChat's script."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.messages import Bubble, Notice, Rank
from journeys.step import Happening, send
from tests import web
from tests.console.h5.followers import LI, NAMES, Followed, followed, phone
from tests.console.h5.looking import can_be_zoomed, looks_right
from tests.fakes.wechat import FakeWeChat
from tests.fakes.wechat_page import AGENT, SCRIPT, InWeChat

DUE = Bubble("您的车该保养了", notice=Notice("maintenance_due", (("plate", "粤B12345"),)))
CSP = "content-security-policy"
MOST_BYTES = 30 * 1024
ELSEWHERE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0"
PATH = "ticket/getticket"


@pytest.fixture
def shop(tmp_path: Path, wechat: FakeWeChat) -> Iterator[Followed]:
    with followed(tmp_path, wechat, "maintenance_due", "car_ready") as shop:
        yield shop


def test_what_li_ming_allows_brings_one_notice_by_that_way(shop: Followed, browser: Browser) -> None:
    with phone(browser) as page:
        InWeChat(page, shop.follower)
        page.goto(shop.url + shop.link("notices"))
        page.get_by_role("button", name="允许这些提醒").click()
        expect(page.get_by_text("已允许，到时候在微信里告诉您。")).to_be_visible()
        assert (shop.left("maintenance_due"), shop.left("car_ready")) == (1, 1)
        page.reload()
        expect(page.get_by_text("已允许 1 条")).to_have_count(2)
    what = Happening("maintenance_due", "t7", "1 1", 1)
    shop.do(lambda crm: send(crm, what, DUE, Rank.SERVICE, timedelta(days=1)))
    assert shop.follower.waits_for("粤B12345").route == "subscribe"
    shop.wechat.wait_for(lambda: shop.left("maintenance_due") == 0)
    assert shop.left("car_ready") == 1


def test_the_way_there_stands_under_a_booking_in_wechat(shop: Followed, browser: Browser) -> None:
    li = shop.follower
    li.says("明天下午三点给粤B12345做保养")
    li.waits_for("请确认")
    li.picks("确认预约")
    address = re.search(r"http://127\S+/h/\S+", li.waits_for("已为您预约").text)
    assert address
    assert shop.wechat.calls_of(PATH) == []  # an owner's message needs no ticket
    with phone(browser) as page:
        InWeChat(page, li)
        page.goto(address[0])
        page.get_by_role("button", name="允许这些提醒").click()
        expect(page.get_by_text("已允许，")).to_be_visible()
    assert (shop.left("maintenance_due"), shop.left("car_ready")) == (1, 1)


def test_a_booking_on_its_page_leads_there_too_until_they_are_allowed(shop: Followed, browser: Browser) -> None:
    link = shop.link()
    assert shop.confirms(link, shop.holds(link)).status == 303
    with phone(browser) as page:
        InWeChat(page, shop.follower)
        page.goto(shop.url + link)
        page.get_by_role("button", name="在微信里提醒我").click()
        page.get_by_role("button", name="允许这些提醒").click()
        expect(page.get_by_text("已允许，")).to_be_visible()
        page.goto(shop.url + link)
        expect(page.get_by_role("heading", level=1)).to_have_text("已为您预约")
        expect(page.get_by_role("button", name="在微信里提醒我")).to_have_count(0)


@pytest.mark.parametrize(
    "query", ["", "?lang=en", "?from=singlemessage&isappinstalled=0&x=%E8%BD%A6+a", "?lang=zh#top"]
)
def test_wechat_trusts_the_page_at_the_address_that_it_shows(shop: Followed, browser: Browser, query: str) -> None:
    with phone(browser) as page:
        hand = InWeChat(page, shop.follower)
        page.goto(shop.url + shop.link("notices") + query)
        page.get_by_role("button", name=re.compile("允许这些提醒|Allow these")).click()
        expect(page.get_by_text(re.compile("已允许，|Allowed;"))).to_be_visible()
        page.get_by_role("button", name=re.compile("回到聊天|Back to the chat")).click()
    assert (hand.refused, hand.closed) == ([], 1)


def test_a_page_that_wechat_does_not_trust_says_so_kindly(shop: Followed, browser: Browser) -> None:
    database = shop.serving.house.database
    database.shop = replace(database.shop, public_url="https://another.example")
    with phone(browser) as page:
        hand = InWeChat(page, shop.follower)
        page.goto(shop.url + shop.link("notices"))
        expect(page.get_by_text("微信暂时打不开这个按钮")).to_be_visible()
        expect(page.get_by_role("button", name="回到聊天")).to_be_hidden()
        page.get_by_role("button", name="预约").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("请问哪辆车？")
    assert hand.refused == ["invalid signature"]


@pytest.mark.parametrize(
    ("answer", "said"), [("reject", "没有开启"), ("20004", "您在微信里关掉了"), ("10003", "请再点一次")]
)
def test_what_did_not_come_of_it_is_said_and_counts_nothing(
    shop: Followed, browser: Browser, answer: str, said: str
) -> None:
    with phone(browser) as page:
        hand = InWeChat(page, shop.follower, answer)
        page.goto(shop.url + shop.link("notices"))
        page.get_by_role("button", name="允许这些提醒").click()
        expect(page.get_by_text(said)).to_be_visible()
        assert shop.left("maintenance_due") == 0
        hand.answer = "accept"
        page.get_by_role("button", name="允许这些提醒").click()
        expect(page.get_by_text(said)).to_be_hidden()
    assert shop.left("maintenance_due") == 1


def test_four_notices_are_two_taps(tmp_path: Path, wechat: FakeWeChat, browser: Browser) -> None:
    with followed(tmp_path, wechat, *NAMES) as shop, phone(browser) as page:
        InWeChat(page, shop.follower)
        page.goto(shop.url + shop.link("notices"))
        buttons = page.get_by_role("button", name="允许这些提醒")
        expect(buttons).to_have_count(2)
        buttons.last.click()
        expect(page.get_by_text("已允许，")).to_be_visible()
        assert [shop.left(name) for name in NAMES] == [0, 0, 0, 1]


def test_outside_wechat_the_page_leads_back_and_asks_nobody(shop: Followed, browser: Browser) -> None:
    with phone(browser, agent=ELSEWHERE) as page:
        page.goto(shop.url + shop.link("notices"))
        expect(page.get_by_text("这一步要在微信里完成")).to_be_visible()
        expect(page.get_by_role("link", name="打开微信")).to_be_visible()
        expect(page.get_by_role("link", name="致电")).to_be_visible()
    assert shop.wechat.calls_of(PATH) == []


def test_without_javascript_the_page_says_where_it_works(shop: Followed, browser: Browser) -> None:
    with phone(browser, scripts=False) as page:
        page.goto(shop.url + shop.link("notices"))
        expect(page.get_by_text("这一步要在微信里完成")).to_be_visible()
        expect(page.get_by_text("正在等微信确认")).to_be_hidden()
        page.get_by_role("button", name="预约").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("请问哪辆车？")


def test_without_wechats_script_the_page_says_what_to_do(shop: Followed, browser: Browser) -> None:
    with phone(browser) as page:
        page.route(SCRIPT, lambda route: route.abort())
        page.goto(shop.url + shop.link("notices"))
        expect(page.get_by_text("微信暂时打不开这个按钮")).to_be_visible()


@pytest.mark.parametrize("trouble", ["refused", "stalls", "down"])
def test_without_a_ticket_the_page_answers_all_the_same(shop: Followed, trouble: str) -> None:
    if trouble == "refused":
        shop.wechat.fail_next(9, 45009, only=PATH)
    elif trouble == "stalls":
        shop.wechat.hang_next(9, 20, only=PATH)
    else:
        shop.wechat.goes_down()
    answer = web.request("GET", shop.url + shop.link("notices"), headers={"User-Agent": AGENT}, timeout=5)
    assert (answer.status, "再试一次" in answer.text, "data-signature" in answer.text) == (200, True, False)
    assert SCRIPT not in answer.headers[CSP]


def test_once_wechat_has_given_the_ticket_the_page_that_is_asked_again_works(shop: Followed, browser: Browser) -> None:
    shop.wechat.hang_next(1, 1.5, only=PATH)
    with phone(browser) as page:
        hand = InWeChat(page, shop.follower)
        page.goto(shop.url + shop.link("notices"))
        expect(page.get_by_text("微信暂时打不开这个按钮")).to_be_visible()
        shop.wechat.wait_for(lambda: len(shop.wechat.calls_of(PATH)) == 1)
        page.wait_for_timeout(2_000)
        page.get_by_role("link", name="再试一次").click()
        page.get_by_role("button", name="允许这些提醒").click()
        expect(page.get_by_text("已允许，")).to_be_visible()
    assert hand.refused == []


def test_only_this_page_inside_wechat_may_load_wechats_script(shop: Followed) -> None:
    inside = {"User-Agent": AGENT}
    signed = shop.get(shop.link("notices"), inside).headers[CSP]
    assert f"script-src 'self' {SCRIPT}; frame-src https://*.qq.com webcompt:; style-src 'self';" in signed
    others = [shop.get(shop.link(name), inside) for name in ("booking", "complaint", "my_data")]
    others.append(shop.get(shop.link("notices"), {"User-Agent": ELSEWHERE}))
    assert {answer.headers[CSP] for answer in others} == {
        signed.replace(f" {SCRIPT}; frame-src https://*.qq.com webcompt:", "")
    }
    assert len(shop.wechat.calls_of(PATH)) == 1


def test_a_link_that_ran_out_or_is_forged_is_as_on_the_other_pages(shop: Followed) -> None:
    path = shop.link("notices", days=1)
    assert shop.get("/h/1-aaaaaaaaaaaaaaaa", {"User-Agent": AGENT}).status == 404
    shop.time_is("2026-11-24T10:00:01+08:00")
    over = shop.get(path, {"User-Agent": AGENT})
    assert (over.status, "这个链接已过期" in over.text) == (410, True)


def test_a_shop_that_sends_none_has_nothing_to_allow(tmp_path: Path, wechat: FakeWeChat) -> None:
    with followed(tmp_path, wechat) as shop:
        assert "现在没有要开启的通知" in shop.get(shop.link("notices"), {"User-Agent": AGENT}).text


def test_a_tap_of_the_page_itself_counts_nothing(shop: Followed) -> None:
    path = shop.link("notices")
    for do in ("accept", "allow", ""):
        assert shop.post(path, do=do, template="TPL_maintenance_due").status == 303
    assert shop.left("maintenance_due") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("agent", [AGENT, ELSEWHERE])
def test_it_fits_every_width_can_be_read_and_tapped(
    tmp_path: Path, wechat: FakeWeChat, browser: Browser, scheme: str, agent: str
) -> None:
    with followed(tmp_path, wechat, *NAMES) as shop, phone(browser, scheme=scheme, agent=agent) as page:
        InWeChat(page, wechat.owner(LI))
        looks_right(shop, page, "notices", shop.link("notices"))
        can_be_zoomed(shop, page, "notices", shop.link("notices"))


def test_it_is_light_on_the_wire(shop: Followed) -> None:
    told = {"Accept-Encoding": "gzip", "User-Agent": AGENT}
    first = web.request("GET", shop.url + shop.link("notices"), headers=told)
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(first.body).decode()))
    assert len(files) == 5
    others = [web.request("GET", shop.url + file, headers=told) for file in files]
    assert sum(len(answer.body) for answer in (first, *others)) < MOST_BYTES
