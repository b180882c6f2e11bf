"""The staff group in WeCom, as the whole product serves it: bound by a word, cards with real buttons."""

from __future__ import annotations

from collections.abc import Callable

from tests import web
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wecom_bot import FakeWeComBot
from tests.fakes.wecom_bot_people import Chat, Colleague
from tests.killing import GROUP, open_shop
from tests.product import Product
from tests.records import count, settled

MakeProduct = Callable[..., Product]
CLOCK = "2026-11-23T10:00:00+08:00"
PLATE = "粤B66688"


def opened(product: MakeProduct, bot: FakeWeComBot, **settings: str) -> Product:
    """A shop with a manager, 店长, and an advisor, 王工, in WeCom; it is connected."""
    shop = product(bot, start=False, CLOCK=CLOCK, **settings)
    assert shop.cli("store", "add", "NS", "深圳南山店").code == 0
    for name, role, account in (("陈店长", "manager", "chen"), ("王工", "advisor", "wang")):
        added = shop.cli("staff", "add", name, "--role", role, "--store", "NS", "--wecom", account)
        assert added.code == 0, added.err
    shop.start()
    bot.waits_for_line()
    return shop


def bound(bot: FakeWeComBot) -> tuple[Colleague, Chat]:
    """陈店长 binds the group; 王工 says hello to the bot."""
    chen, wang, group = bot.colleague("chen"), bot.colleague("wang"), bot.group("wrNS")
    chen.says("绑定 NS", in_group=group)
    group.waits_for("以后发到这个群")
    wang.says("你好")
    wang.waits_for("核销")
    return wang, group


def books(shop: Product, account: str = "li-ming-in-the-web", plate: str = PLATE) -> str:
    """李明 books in the web chat; everything he is told."""
    told = []
    for number, text in enumerate((f"明天下午三点给{plate}做保养", "跳过", "确认")):
        url = f"{shop.url}/api/v1/chat/{account}/messages"
        answer = web.post_json(url, {"id": f"m{number}", "text": text})
        told += [message["text"] for message in answer.json()["messages"]]
    return "\n".join(told)


def test_an_owner_books_and_the_advisor_takes_the_card_in_the_group(
    product: MakeProduct, wecom_bot: FakeWeComBot
) -> None:
    shop = opened(product, wecom_bot)
    wang, group = bound(wecom_bot)
    assert "已为您预约" in books(shop)
    card = group.waits_for("新预约")
    assert card.labels == ["我来跟进", "建议"]
    assert PLATE not in card.text
    wang.taps("我来跟进", on=card)
    wecom_bot.wait_for(lambda: "王工 已领取" in card.text, what="the card to change")
    assert card.labels == ["已电话", "处理完成", "退回群里", "建议"]
    assert wang.waits_for(PLATE).labels == card.labels
    settled(shop)
    assert (len(group.cards), card.updates, wecom_bot.refused) == (1, 1, [])


def test_two_processes_have_one_line_and_a_killed_one_is_followed(
    product: MakeProduct, wecom_bot: FakeWeComBot, postgres_url: str
) -> None:
    shop = opened(product, wecom_bot, DATABASE_URL=postgres_url)
    other = shop.beside("worker").start()
    wang, group = bound(wecom_bot)
    assert "已为您预约" in books(shop)
    group.waits_for("新预约")
    assert (wecom_bot.lines, wecom_bot.kicked) == (1, 0)
    settled(shop)  # a card whose arrival is not written down yet would come twice
    shop.kill9()
    wecom_bot.waits_for_line(2)
    assert other.running
    wang.taps("我来跟进", on=group.cards[-1])
    wecom_bot.wait_for(lambda: "王工 已领取" in group.cards[-1].text, what="the other process to answer")
    shop.start()
    assert "已为您预约" in books(shop, "wang-fang-in-the-web", "粤B23456")
    wecom_bot.wait_for(lambda: len(group.cards) == 2, what="a card by the process that has the line")
    settled(shop)
    assert count(shop, "outbox_attempt", "error LIKE '%not connected%'") == 0
    assert (wecom_bot.lines, wecom_bot.kicked, wecom_bot.refused) == (2, 0, [])


def test_what_was_on_its_way_when_the_shop_was_killed_arrives(product: MakeProduct, wecom_bot: FakeWeComBot) -> None:
    shop = opened(product, wecom_bot)
    wang, group = bound(wecom_bot)
    wecom_bot.silent = True
    assert "已为您预约" in books(shop)
    card = group.waits_for("新预约")
    shop.kill9()
    wecom_bot.silent = False
    shop.start()
    wecom_bot.waits_for_line(2)
    wecom_bot.wait_for(lambda: len(group.cards) == 2, what="the repetition")
    settled(shop)
    wang.taps("我来跟进", on=card)
    wecom_bot.wait_for(lambda: "王工 已领取" in card.text, what="either card to work")
    settled(shop)
    assert (len(group.cards), count(shop, "task", "status = 'taken'")) == (2, 1)


def test_a_card_stands_in_telegram_and_in_wecom_and_has_one_taker(
    product: MakeProduct, telegram: FakeTelegram, wecom_bot: FakeWeComBot
) -> None:
    shop = product(telegram, wecom_bot, start=False, CLOCK=CLOCK, TELEGRAM_STAFF_CHAT=str(GROUP))
    open_shop(shop)
    assert shop.cli("staff", "add", "陈店长", "--role", "manager", "--store", "ns", "--wecom", "chen").code == 0
    shop.start()
    wecom_bot.waits_for_line()
    chen, group, staff = wecom_bot.colleague("chen"), wecom_bot.group("wrNS"), telegram.group(GROUP)
    chen.says("绑定 ns", in_group=group)
    group.waits_for("以后发到这个群")
    assert "已为您预约" in books(shop)
    card, there = group.waits_for("新预约"), staff.waits_for("新预约")
    chen.taps("我来跟进", on=card)
    telegram.wait_for(lambda: "陈店长 已领取" in there.text, 20, "Telegram to show it")
    chen.taps("处理完成", on=card)
    telegram.wait_for(lambda: "已处理" in there.text, 20, "the end in Telegram")


def test_the_takers_own_chat_has_the_same_buttons(product: MakeProduct, wecom_bot: FakeWeComBot) -> None:
    shop = opened(product, wecom_bot)
    wang, group = bound(wecom_bot)
    books(shop)
    card = group.waits_for("新预约")
    wang.taps("我来跟进", on=card)
    mine = wang.waits_for(PLATE)
    wang.taps("处理完成", on=mine)
    wecom_bot.wait_for(lambda: mine.labels == ["已结束"], what="the private card to end")
    assert PLATE in mine.text
    group.waits_for("已处理")
    assert PLATE not in group.said[-1].text


def test_an_advisor_answers_an_owner_from_wecom(product: MakeProduct, wecom_bot: FakeWeComBot) -> None:
    shop = opened(product, wecom_bot)
    wang, group = bound(wecom_bot)
    li = f"{shop.url}/api/v1/chat/li-ming-in-the-web/messages"
    web.post_json(li, {"id": "1", "text": "人工"})
    wang.taps("我来跟进", on=group.waits_for("车主找人工"))
    wang.waits_for("王工 已领取")
    wang.says("回复 #1 您好，我是王工")
    wang.waits_for("已发给车主")
    said = [message["text"] for message in web.request("GET", f"{li}?after=0").json()["messages"]]
    assert "王工：您好，我是王工" in said
    web.post_json(li, {"id": "2", "text": "几点关门"})
    assert "回复 #1" in wang.waits_for("几点关门").text
    assert all("几点关门" not in one.text for one in group.said)


def test_the_shop_works_while_wecom_cannot_be_reached(product: MakeProduct, wecom_bot: FakeWeComBot) -> None:
    shop = product(wecom_bot, start=False, CLOCK=CLOCK)
    assert shop.cli("store", "add", "NS", "深圳南山店").code == 0
    wecom_bot.goes_down()
    shop.start()
    assert "已为您预约" in books(shop)
    assert shop.get("/readyz").status == 200
