"""The staff group in WeCom, as the whole product serves it: bound by a word, cards with real buttons."""

from __future__ import annotations

from collections.abc import Callable

from tests import web
from tests.fakes.wecom_bot import FakeWeComBot
from tests.fakes.wecom_bot_people import Chat, Colleague
from tests.product import Product

MakeProduct = Callable[..., Product]
CLOCK = "2026-11-23T10:00:00+08:00"


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


def books(shop: Product, account: str = "li-ming-in-the-web", plate: str = "粤B12345") -> str:
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
    assert card.labels == ["我来跟进"]
    assert "粤B12345" not in card.text
    wang.taps("我来跟进", on=card)
    wecom_bot.wait_for(lambda: "王工 已领取" in card.text, what="the card to change")
    assert card.labels == ["已电话", "处理完成", "退回群里"]
    assert "粤B12345" in wang.waits_for("粤B12345").text
    assert (len(group.cards), card.updates, wecom_bot.refused) == (1, 1, [])
