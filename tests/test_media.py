"""Photos and voice messages, from the owner's phone to the advisor's page, over real sockets."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.fetcher import fetch
from core.messages import Inbound, Kind
from core.pictures import mime_of
from storage.crm import Crm
from tests import web
from tests.bot.office import Office
from tests.bot.sending import use
from tests.chat import Shop
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.product import Product

GROUP, LI, WANG = -1001234567890, 1001, 7001
OPENID = "oLiMing00000000000000000000A"
JPEG = b"\xff\xd8\xff\xe0 the dashboard of a car"
MakeProduct = Callable[..., Product]


def opened(product: MakeProduct, telegram: FakeTelegram, *more: FakeWeChat) -> Product:
    telegram.group(GROUP, title="服务群")
    shop = product(telegram, *more, CLOCK="2026-11-23T10:00:00+08:00", TELEGRAM_STAFF_CHAT=str(GROUP), start=False)
    assert shop.cli("store", "add", "ns", "深圳南山店").code == 0
    staff = ("staff", "add", "王工", "--role", "advisor", "--store", "ns", "--telegram", str(WANG))
    assert shop.cli(*staff).code == 0
    return shop.start()


def signed_in(shop: Product) -> dict[str, str]:
    """The cookie of 王工."""
    link = re.search(r"/console/sign-in/\S+", shop.cli("staff", "link", "1").out)
    assert link
    answer = web.request("POST", shop.url + link[0])
    return {"Cookie": answer.headers["set-cookie"].partition(";")[0]}


def page_with(shop: Product, cookie: dict[str, str], words: str) -> str:
    """The task's page once it shows that."""
    until = time.monotonic() + 15
    while words not in (text := shop.get("/console/tasks/1", cookie).text):
        assert time.monotonic() < until, text
        time.sleep(0.1)
    return text


@pytest.mark.parametrize("channel", ["telegram", "wechat"])
def test_a_photo_reaches_the_advisors_page_and_nobody_elses(
    telegram: FakeTelegram, wechat: FakeWeChat, product: MakeProduct, channel: str
) -> None:
    shop = opened(product, telegram, wechat)
    if channel == "telegram":
        telegram.user(LI).sends_photo(JPEG)
        telegram.user(LI).waits_for("图片收到")
    else:
        wechat.owner(OPENID).sends_image(JPEG)
        wechat.owner(OPENID).waits_for("图片收到")
    card = telegram.group(GROUP).waits_for("图片 1 张")
    cookie = signed_in(shop)
    assert "/console/media/1" not in shop.get("/console/tasks/1", cookie).text
    telegram.user(WANG).taps("我来跟进", on=card)
    assert '<img src="/console/media/1"' in page_with(shop, cookie, "<img")
    picture = shop.get("/console/media/1", cookie)
    assert (picture.status, picture.body, picture.headers["content-type"]) == (200, JPEG, "image/jpeg")
    assert picture.headers["x-content-type-options"] == "nosniff"
    for headers in ({}, {"Cookie": "huiche_session=forged"}):
        assert shop.get("/console/media/1", headers).status == 404
    assert shop.get("/console/media/99", cookie).status == 404


def test_a_voice_message_can_be_listened_to(telegram: FakeTelegram, product: MakeProduct) -> None:
    shop = opened(product, telegram)
    telegram.user(LI).sends_voice()
    card = telegram.group(GROUP).waits_for("语音 1 条")
    telegram.user(WANG).taps("我来跟进", on=card)
    cookie = signed_in(shop)
    page_with(shop, cookie, "/console/media/1")
    assert shop.get("/console/media/1", cookie).headers["content-type"] == "audio/ogg"


def test_a_platform_that_is_away_is_asked_again_and_a_lost_file_is_told(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        stored = telegram.state.keep_file(JPEG, "photos/file_0.jpg")

        def want(crm: Crm, handle: str, key: str) -> int:
            talk = crm.conversations.locked("telegram", "1001")
            crm.message_id = crm.messages.accept(Inbound("telegram", key, "1001", Kind.PHOTO), talk.id)
            owner = crm.owners.add("李明").key
            return crm.media.want("telegram", "photo", handle, conversation_id=talk.id, owner_id=owner)

        def state(number: int) -> str:
            found = office.crm(lambda crm: crm.media.find(number))
            return found.state if found else ""

        kept = office.crm(lambda crm: want(crm, stored.file_id, "k1"))
        lost = office.crm(lambda crm: want(crm, "no-such-file", "k2"))

        def fetched() -> int:
            count: int = use(office.house.channels["telegram"], lambda: fetch(office.house))
            return count

        telegram.fail_next(1, 500, only="getFile")
        fetched()
        assert (state(kept), state(lost)) == ("wanted", "lost")
        assert fetched() == 0
        office.clock.advance_to(office.clock.now() + timedelta(seconds=21))
        fetched()
        assert state(kept) == "kept"


def test_a_caption_is_understood_like_any_words(telegram: FakeTelegram, product: MakeProduct) -> None:
    opened(product, telegram)
    li = telegram.user(LI)
    li.sends_photo(JPEG, caption="明天下午三点给粤B12345做保养")
    li.waits_for("手机号")


def test_what_is_sent_in_a_talk_goes_with_its_card(shop: Shop) -> None:
    li = shop.stranger()
    li.says("人工")
    assert "已转给顾问" in li.sends_photo("photo-1")
    li.sends_photo("photo-2")
    (card,) = shop.cards()
    assert "图片 2 张" in card.text


def test_what_was_kept_long_enough_is_erased(shop: Shop) -> None:
    li = shop.stranger()
    li.sends_photo("photo-1")
    assert shop.do(lambda crm: [one[1:] for one in crm.media.claim(5)]) == [("web", "photo-1")]
    assert shop.do(lambda crm: crm.media.claim(5)) == []
    shop.do(lambda crm: crm.media.keep(1, JPEG, "image/jpeg"))
    shop.time_is("2027-05-22 10:01")
    shop.tick()
    state = shop.ask(lambda crm: (crm.media.find(1).state, crm.media.find(1).body_sealed))  # type: ignore[union-attr]
    assert state == ("erased", None)


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"OggS", "audio/ogg"),
        (b"#!AMR\n", "audio/amr"),
        (b"<html><script>", ""),
        (b"<svg xmlns=", ""),
        (b"%PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_a_file_is_what_its_first_bytes_say(body: bytes, mime: str) -> None:
    assert mime_of(body) == mime
