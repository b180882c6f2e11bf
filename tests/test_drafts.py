"""Drafts and talks between two people over real sockets: Telegram, WeChat, an endpoint and the staff page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest

from tests import web
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.fakes.wecom import FakeWeComRobot
from tests.killing import CLOCK, GROUP, LI, WANG, opened_before
from tests.product import Product
from tests.records import ask

QUESTION = "我的粤B12345底盘有异响是怎么回事，电话13812345678"
DRAFT = {"reply": "您好，⟦PLATE1⟧底盘异响要到店检查，检查免费。", "sources": ["price:inspection"]}
MakeProduct = Callable[..., Product]


@pytest.fixture
def endpoint() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as fake:
        fake.answers(DRAFT)
        yield fake


def opens(product: MakeProduct, *platforms: object, **settings: str) -> Product:
    """A shop with a store and an advisor, running."""
    shop = product(*platforms, CLOCK=CLOCK, TELEGRAM_STAFF_CHAT=str(GROUP), start=False, **settings)
    shop.directory = opened_before()
    return shop.start()


def test_one_tap_sends_the_draft_to_the_owners_telegram(
    telegram: FakeTelegram, endpoint: FakeEndpoint, product: MakeProduct
) -> None:
    group = telegram.group(GROUP)
    opens(product, telegram, endpoint)
    li, wang = telegram.user(LI, first_name="李明"), telegram.user(WANG)
    li.says(QUESTION)
    li.waits_for("我请顾问来回复您")
    card = group.waits_for("检查免费")
    assert "粤B·**45底盘有异响是怎么回事" in card.text
    for secret in ("李明", "粤B12345", "13812345678"):
        assert all(secret not in message.text for message in telegram.messages(GROUP))
        assert all(secret not in asked.raw for asked in endpoint.asked)
    wang.taps("发送", on=card)
    assert li.waits_for("检查免费").text == "王工：您好，粤B12345底盘异响要到店检查，检查免费。（AI 起草，顾问确认）"
    wang.taps_data("t:1:send.1", on=card)
    telegram.wait_for(lambda: any("王工已经回复了" in one.text for one in wang.toasts))
    group.waits_for("王工：已回复")
    assert len([text for text in li.inbox.texts if "检查免费" in text]) == 1


def test_an_edit_in_the_private_chat_and_a_number_of_ones_own(
    telegram: FakeTelegram, endpoint: FakeEndpoint, product: MakeProduct
) -> None:
    endpoint.answers({"reply": "您好，底盘检查只要 99 元。", "sources": []})
    group = telegram.group(GROUP)
    opens(product, telegram, endpoint)
    li, wang = telegram.user(LI), telegram.user(WANG)
    wang.starts()
    li.says(QUESTION)
    card = group.waits_for("⚠")
    wang.taps("发送", on=card)
    assert "“99元”" in wang.waits_for_toast().text.replace(" ", "")
    wang.taps("修改", on=card)
    wang.waits_for("请回复这条消息")
    copy = wang.waits_for("您好，底盘检查只要 99 元。")
    wang.says("您好，底盘检查给您算 88 元。", reply_to=copy)
    again = wang.waits_for("请再看一遍")
    wang.taps("确认无误，发送", on=again)
    assert li.waits_for("88").text == "王工：您好，底盘检查给您算 88 元。"
    assert not [text for text in li.inbox.texts if "99" in text]


def test_two_people_talk_on_telegram_and_the_group_reads_none_of_it(
    telegram: FakeTelegram, product: MakeProduct
) -> None:
    group = telegram.group(GROUP)
    opens(product, telegram)
    li, wang = telegram.user(LI, first_name="李明"), telegram.user(WANG)
    wang.starts()
    li.says("人工")
    card = group.waits_for("车主找人工")
    wang.taps("我来跟进", on=card)
    li.waits_for("王工来为您服务")
    li.says("刹车有异响，粤B12345")
    note = wang.waits_for("刹车有异响，粤B12345")
    wang.says("开慢点，过来我看看", reply_to=note)
    li.waits_for("王工：开慢点，过来我看看")
    li.says("好的")
    wang.waits_for("好的")
    wang.says("回复 #1 路上小心")
    li.waits_for("王工：路上小心")
    wang.taps("处理完成")
    li.waits_for("我随时都在")
    assert all("刹车" not in message.text for message in telegram.messages(GROUP))


@pytest.mark.parametrize("manner", ["stall", "html", "blank", "wrong", "500"])
def test_a_hostile_endpoint_delays_nobody_and_the_card_offers_templates(
    telegram: FakeTelegram, endpoint: FakeEndpoint, product: MakeProduct, manner: str
) -> None:
    endpoint.behaves(manner)
    group = telegram.group(GROUP)
    opens(product, telegram, endpoint)
    li = telegram.user(LI)
    li.says(QUESTION)
    li.waits_for("我请顾问来回复您", timeout=5)
    card = group.waits_for("1. 您好，消息收到了", timeout=40)
    telegram.user(WANG).taps("发送 1", on=card)
    li.waits_for("王工：您好，消息收到了")


def test_an_advisor_whose_group_is_a_robot_works_on_the_page(
    robot: FakeWeComRobot, wechat: FakeWeChat, endpoint: FakeEndpoint, product: MakeProduct
) -> None:
    shop = opens(product, robot, wechat, endpoint, PUBLIC_URL="http://shop.test")
    li = wechat.owner("oABCD1234567890abcdefghijklm")
    li.says(QUESTION)
    robot.waits_for("车主来信")
    link = re.search(r"/console/sign-in/\S+", shop.cli("staff", "link", "1").out)
    assert link
    mine = {"Cookie": web.request("POST", shop.url + link[0]).headers["set-cookie"].split(";")[0]}
    page = eventually(lambda: shop.get("/console/tasks/1", mine).text, "检查免费")
    assert "粤B12345" not in page
    form = mine | {"Content-Type": "application/x-www-form-urlencoded"}
    words = urlencode({"text": "您好，到店我看看。"}).encode()
    assert web.request("POST", f"{shop.url}/console/tasks/1/words", words, form).status == 303
    wechat.wait_for(lambda: any("王工：您好，到店我看看。" in message.text for message in li.inbox))
    assert ask(shop, "SELECT state, edits FROM draft") == [("sent", 1)]


def test_killed_while_drafting_and_while_sending_it_is_sent_once(
    telegram: FakeTelegram, endpoint: FakeEndpoint, product: MakeProduct
) -> None:
    endpoint.behaves("stall")
    group = telegram.group(GROUP)
    shop = opens(product, telegram, endpoint)
    li, wang = telegram.user(LI), telegram.user(WANG)
    li.says(QUESTION)
    endpoint.watch.wait_for(lambda: endpoint.asked, 20, "a question")
    shop.kill9()
    endpoint.behaves("well")
    shop.start()
    wang.taps("发送", on=group.waits_for("检查免费", timeout=30))
    shop.kill9()
    shop.start()
    telegram.redeliver()
    li.waits_for("检查免费", timeout=30)
    assert ask(shop, "SELECT state FROM draft") == [("sent",)]
    assert ask(shop, "SELECT count(*) FROM outbox WHERE kind = 'bubble' AND task_id IS NOT NULL") == [(1,)]


def eventually(look: Callable[[], str], what: str) -> str:
    until = time.monotonic() + 15
    while what not in (seen := look()):
        assert time.monotonic() < until, seen
        time.sleep(0.1)
    return seen
