"""The fake's safe mode agrees with wechatpy, and its API host refuses what WeChat refuses."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiohttp import web as aio
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException

from tests import web
from tests.fakes.server import FakeServer, hang
from tests.fakes.wechat import AES_KEY, APP_ID, APP_SECRET, TOKEN, FakeOwner, FakeWeChat

OPENID = "oABCD1234567890abcdefghijklm"
HOUR = 3600
SEND = "message/custom/send"
Answer = Callable[[str], str]


class Shop(FakeServer):
    """A product in a few lines, its crypto by wechatpy."""

    def __init__(self) -> None:
        super().__init__()
        self.crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
        self.heard: list[str] = []
        self.content = "您好"
        self.app_id = APP_ID
        self.slow = 0.0

    async def handle(self, request: aio.Request) -> aio.StreamResponse:
        query = request.query
        if request.method == "GET":
            return aio.Response(text=query["echostr"])
        body = (await request.read()).decode()
        try:
            xml = self.crypto.decrypt_message(
                body, query["msg_signature"], query["timestamp"], query["nonce"]
            )
        except InvalidSignatureException:
            return aio.Response(status=403)
        self.heard.append(xml.decode() if isinstance(xml, bytes) else xml)
        if self.slow:
            await hang(request, self.slow)
        if not self.content:
            return aio.Response(text="success")
        reply = (
            f"<xml><ToUserName>{OPENID}</ToUserName><FromUserName>gh_0a1b2c3d4e5f</FromUserName>"
            f"<CreateTime>1</CreateTime><MsgType>text</MsgType>"
            f"<Content><![CDATA[{self.content}]]></Content></xml>"
        )
        return aio.Response(
            text=WeChatCrypto(TOKEN, AES_KEY, self.app_id).encrypt_message(reply, "n1", "1795449600")
        )


@pytest.fixture
def fake() -> Iterator[FakeWeChat]:
    with FakeWeChat() as wechat:
        yield wechat


@pytest.fixture
def shop(fake: FakeWeChat) -> Iterator[Shop]:
    with Shop() as product:
        fake.connect(product.base_url)
        yield product


@pytest.fixture
def li(fake: FakeWeChat, shop: Shop) -> FakeOwner:
    return fake.owner(OPENID)


def token(fake: FakeWeChat, **changes: Any) -> dict[str, Any]:
    body = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET} | changes
    answer: dict[str, Any] = web.post_json(f"{fake.base_url}/cgi-bin/stable_token", body).json()
    return answer


def call(fake: FakeWeChat, path: str, body: object = None, raw: bytes | None = None, **query: str) -> Any:
    query = {"access_token": query.pop("access_token", "") or token(fake)["access_token"], **query}
    url = f"{fake.base_url}/cgi-bin/{path}?" + "&".join(f"{k}={v}" for k, v in query.items())
    if raw is None and body is None:
        answer = web.request("GET", url)
    else:
        answer = web.request("POST", url, raw or json.dumps(body, ensure_ascii=False).encode())
    return answer.json() if answer.body.startswith(b"{") else answer.body


def text(content: str, to: str = OPENID) -> dict[str, Any]:
    return {"touser": to, "msgtype": "text", "text": {"content": content}}


def send(fake: FakeWeChat, content: str = "您好") -> int:
    return int(call(fake, SEND, text(content))["errcode"])


def test_talk_in_both_directions(li: FakeOwner, shop: Shop) -> None:
    said = li.says("粤B12345 ]]> 🚗")
    assert said == 200
    assert "<Content><![CDATA[粤B12345 ]]]]><![CDATA[> 🚗]]></Content>" in shop.heard[0]
    assert (li.inbox.last.text, li.inbox.last.route) == ("您好", "passive")


def test_wechatpy_reads_every_length(li: FakeOwner, shop: Shop) -> None:
    shop.content = ""
    for length in range(1, 70):
        assert li.says("x" * length) == 200
    assert len(shop.heard) == 69
    assert li.inbox == []


def test_the_address_is_verified(fake: FakeWeChat, li: FakeOwner) -> None:
    assert fake.handshake("echo 1").text == "echo 1"


def test_a_forged_request_is_refused(fake: FakeWeChat, li: FakeOwner) -> None:
    assert fake.post(li.prepares("在吗").tampered(msg_signature="0" * 40)) == 403


def test_repeats_are_identical_or_sealed_anew(fake: FakeWeChat, li: FakeOwner, shop: Shop) -> None:
    said = li.says("在吗")
    assert fake.repeat(said, 2) == [200, 200]
    assert fake.repeat_reencrypted(said) == [200]
    assert len(set(shop.heard)) == 1
    assert fake.sealed_anew(said.request).body != said.request.body


def test_a_reply_for_another_account_is_no_reply(li: FakeOwner, shop: Shop) -> None:
    shop.app_id = "wxffffffffffffffff"
    with pytest.raises(AssertionError, match="app id"):
        li.says("在吗")
    assert li.inbox.last.route == "platform"


def test_three_attempts_of_five_seconds(
    fake: FakeWeChat, li: FakeOwner, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.fakes.wechat_request.DEADLINE", 0.1)
    shop.slow = 0.5
    said = li.says("在吗", like_the_platform=True)
    assert (said, len(said.attempts), li.inbox.last.route) == (0, 3, "platform")
    shop.slow = 0
    assert li.says("在吗", like_the_platform=True) == 200


def test_events_arrive_in_their_shapes(li: FakeOwner, shop: Shop) -> None:
    li.follows(scene="adv:17")
    li.scans("adv:17")
    li.taps_menu("my_car")
    li.chooses("101", "明天 10:00")
    li.sends_voice("我要保养")
    li.sends_unknown()
    assert "<EventKey><![CDATA[qrscene_adv:17]]></EventKey>" in shop.heard[0]
    assert "<Event><![CDATA[SCAN]]></Event><EventKey><![CDATA[adv:17]]>" in shop.heard[1]
    assert "<bizmsgmenuid><![CDATA[101]]></bizmsgmenuid><MsgId>" in shop.heard[3]
    assert "<Recognition>" in shop.heard[4]
    assert "<MsgId>" not in shop.heard[2]


def test_five_messages_in_48_hours_after_a_message(fake: FakeWeChat, li: FakeOwner) -> None:
    assert send(fake) == 45015
    li.says("在吗")
    assert [send(fake) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    li.says("在吗")
    fake.advance(48 * HOUR + 1)
    assert send(fake) == 45015


def test_three_messages_in_one_minute_after_a_tap(fake: FakeWeChat, li: FakeOwner) -> None:
    li.taps_menu("my_car")
    assert [send(fake) for _ in range(4)] == [0, 0, 0, 45047]
    li.follows()
    fake.advance(61)
    assert send(fake) == 45015
    li.views("https://a.cn")
    assert send(fake) == 45015


def test_windows_do_not_add_up(fake: FakeWeChat, li: FakeOwner) -> None:
    li.says("在吗")
    li.chooses("1", "保养")
    assert [send(fake) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (text(""), 44004),
        (text("车" * 683), 45002),
        (text("您好", to="oNOBODY34567890abcdefghijklm"), 40003),
        ({"touser": OPENID, "msgtype": "hologram", "hologram": {}}, 40008),
        ({"touser": OPENID, "msgtype": "msgmenu", "msgmenu": {"head_content": "?", "list": []}}, 40035),
    ],
)
def test_bodies_that_are_refused(fake: FakeWeChat, li: FakeOwner, body: dict[str, Any], code: int) -> None:
    li.says("在吗")
    assert call(fake, SEND, body)["errcode"] == code


def test_escaped_characters_are_refused(fake: FakeWeChat, li: FakeOwner) -> None:
    li.says("在吗")
    assert call(fake, SEND, raw=json.dumps(text("您好")).encode())["errcode"] == 40033
    assert (
        call(fake, SEND, raw=json.dumps(text("您好"), ensure_ascii=False).encode("gbk"))["errcode"] == 40033
    )
    assert send(fake, "C:\\u4e00") == 0


def test_a_menu_in_the_chat(fake: FakeWeChat, li: FakeOwner, shop: Shop) -> None:
    li.says("在吗")
    items = [{"id": "101", "content": "明天 10:00"}, {"id": "102", "content": "明天 14:00"}]
    menu = {"head_content": "请选择", "list": items, "tail_content": "也可直接输入"}
    assert call(fake, SEND, {"touser": OPENID, "msgtype": "msgmenu", "msgmenu": menu})["errcode"] == 0
    assert li.waits_for("请选择").labels == ["明天 10:00", "明天 14:00"]
    li.picks("14:00")
    assert "<bizmsgmenuid><![CDATA[102]]>" in shop.heard[-1]
    shop.content = "请选择：\n1. 保养\n2. 洗车"
    li.says("你好")
    li.picks("洗车")
    assert "<Content><![CDATA[2]]></Content>" in shop.heard[-1]


def test_tokens(fake: FakeWeChat, li: FakeOwner) -> None:
    assert token(fake) == token(fake) | {"expires_in": token(fake)["expires_in"]}
    assert token(fake, secret="wrong")["errcode"] == 40125
    assert token(fake, appid="wrong")["errcode"] == 40013
    good = token(fake)["access_token"]
    assert call(fake, "menu/get", access_token="a b"[:1])["errcode"] == 40014
    assert call(fake, "menu/get", access_token="x" * 40)["errcode"] == 40001
    fake.expire_token()
    assert call(fake, "menu/get", access_token=good)["errcode"] == 42001
    assert token(fake)["access_token"] != good
    fake.forbid_ip()
    assert token(fake)["errcode"] == 40164
    fake.forbid_ip(False)
    fake.always_40001()
    assert send(fake) == 40001


def test_faults(fake: FakeWeChat, li: FakeOwner) -> None:
    li.says("在吗")
    fake.fail_next(errcode=45009)
    assert send(fake) == 45009
    fake.forbid_api("custom/send")
    assert send(fake) == 48001
    fake.forbid_api("custom/send", False)
    fake.use_up_window(OPENID)
    assert send(fake) == 45047
    fake.close_window(OPENID)
    assert send(fake) == 45015
    li.says("在吗")
    good = token(fake)["access_token"]
    url = f"{fake.base_url}/cgi-bin/{SEND}?access_token={good}"
    body = json.dumps(text("您好"), ensure_ascii=False).encode()
    fake.http_500_next()
    assert web.request("POST", url, body).status == 500
    fake.answer_then_drop_next()
    assert web.request("POST", url, body).status == 0
    assert [said.text for said in fake.sends] == ["您好"]
    fake.hang_next(seconds=1)
    started = time.monotonic()
    assert web.request("POST", url, body, timeout=0.2).status == 0
    assert time.monotonic() - started < 1
    li.unfollows()
    assert send(fake) == 43004


def test_templates(fake: FakeWeChat, li: FakeOwner) -> None:
    fake.template("TPL_due", "car_number2", "thing4")
    data = {"car_number2": {"value": "粤B12345"}, "thing4": {"value": "保养" * 11}}
    body = {"touser": OPENID, "template_id": "TPL_due", "data": data, "client_msg_id": "due-1"}
    first = call(fake, "message/template/send", body)
    assert call(fake, "message/template/send", body)["msgid"] == first["msgid"]
    assert len(fake.sends) == 1
    assert li.inbox.last.text == "car_number2：粤B12345\nthing4：" + "保养" * 10
    assert li.template_receipt(first["msgid"]) == 200
    assert call(fake, "message/template/send", body | {"template_id": "x"})["errcode"] == 40037
    assert call(fake, "message/template/send", body | {"data": {}, "client_msg_id": "2"})["errcode"] == 47003


def test_menu_scenes_media_and_followers(fake: FakeWeChat, li: FakeOwner) -> None:
    button = {"type": "click", "name": "我的爱车", "key": "my_car"}
    assert call(fake, "menu/get")["errcode"] == 46003
    assert call(fake, "menu/create", {"button": [button]})["errcode"] == 0
    assert call(fake, "menu/get")["menu"]["button"] == [button]
    assert call(fake, "menu/create", {"button": [button] * 4})["errcode"] == 40016
    assert call(fake, "menu/create", {"button": [button | {"name": "我的爱车保养"}]})["errcode"] == 40018
    assert call(fake, "menu/delete")["errcode"] == 0
    scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "adv:17"}}}
    assert call(fake, "qrcode/create", scene | {"expire_seconds": 600})["expire_seconds"] == 600
    assert call(fake, "qrcode/create", scene | {"expire_seconds": 2592001})["errcode"] == 40053
    li.sends_image(b"\xff\xd8 picture")
    (media_id,) = fake.state.media
    assert call(fake, "media/get", media_id=media_id) == b"\xff\xd8 picture"
    assert call(fake, "media/get", media_id="x")["errcode"] == 40007
    assert call(fake, "user/info", openid=OPENID)["subscribe"] == 1
    assert call(fake, SEND)["errcode"] == 43002
    assert call(fake, "clear_quota", {"appid": APP_ID})["errcode"] == 0
    assert call(fake, "getcallbackip")["ip_list"]
