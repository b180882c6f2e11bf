"""The API host refuses what WeChat refuses."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from tests import web
from tests.fakes.wechat import APP_ID, APP_SECRET, FakeOwner, FakeWeChat
from tests.fakes.wechat_shop import OPENID, Shop

HOUR = 3600
SEND = "message/custom/send"


def token(wechat: FakeWeChat, **changes: Any) -> dict[str, Any]:
    body = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET} | changes
    answer: dict[str, Any] = web.post_json(f"{wechat.base_url}/cgi-bin/stable_token", body).json()
    return answer


def call(wechat: FakeWeChat, path: str, body: object = None, raw: bytes | None = None, **query: str) -> Any:
    query = {"access_token": query.pop("access_token", "") or token(wechat)["access_token"], **query}
    url = f"{wechat.base_url}/cgi-bin/{path}?" + "&".join(f"{k}={v}" for k, v in query.items())
    if raw is None and body is None:
        answer = web.request("GET", url)
    else:
        answer = web.request("POST", url, raw or json.dumps(body, ensure_ascii=False).encode())
    return answer.json() if answer.body.startswith(b"{") else answer.body


def text(content: str, to: str = OPENID) -> dict[str, Any]:
    return {"touser": to, "msgtype": "text", "text": {"content": content}}


def send(wechat: FakeWeChat, content: str = "您好") -> int:
    return int(call(wechat, SEND, text(content))["errcode"])


def test_five_messages_in_48_hours_after_a_message(wechat: FakeWeChat, wang: FakeOwner) -> None:
    assert send(wechat) == 45015
    wang.says("在吗")
    assert [send(wechat) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    wang.says("在吗")
    wechat.advance(48 * HOUR + 1)
    assert send(wechat) == 45015


def test_a_ticket_for_pages_wants_a_good_token_and_its_kind(wechat: FakeWeChat) -> None:
    got = [call(wechat, "ticket/getticket", type="jsapi") for _ in range(2)]
    assert [(one["errcode"], one["expires_in"]) for one in got] == [(0, 7200), (0, 7200)]
    assert {one["ticket"] for one in got} == set(wechat.state.tickets)
    assert call(wechat, "ticket/getticket", type="wx_card")["errcode"] == 40035
    assert call(wechat, "ticket/getticket", {}, type="jsapi")["errcode"] == 43001
    assert call(wechat, "ticket/getticket", type="jsapi", access_token="82_unknown_to_everybody")["errcode"] == 40001
    wechat.fail_next(1, 45009, only="ticket/getticket")
    assert call(wechat, "ticket/getticket", type="jsapi")["errcode"] == 45009


def test_three_messages_in_one_minute_after_a_tap(wechat: FakeWeChat, wang: FakeOwner) -> None:
    wang.taps_menu("my_car")
    assert [send(wechat) for _ in range(4)] == [0, 0, 0, 45047]
    wang.follows()
    wechat.advance(61)
    assert send(wechat) == 45015
    wang.views("https://a.cn")
    assert send(wechat) == 45015


def test_windows_do_not_add_up(wechat: FakeWeChat, wang: FakeOwner) -> None:
    wang.says("在吗")
    wang.chooses("1", "保养")
    assert [send(wechat) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]


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
def test_bodies_that_are_refused(wechat: FakeWeChat, wang: FakeOwner, body: dict[str, Any], code: int) -> None:
    wang.says("在吗")
    assert call(wechat, SEND, body)["errcode"] == code


def test_escaped_characters_are_refused(wechat: FakeWeChat, wang: FakeOwner) -> None:
    wang.says("在吗")
    assert call(wechat, SEND, raw=json.dumps(text("您好")).encode())["errcode"] == 40033
    assert call(wechat, SEND, raw=json.dumps(text("您好"), ensure_ascii=False).encode("gbk"))["errcode"] == 40033
    assert send(wechat, "C:\\u4e00") == 0


def test_a_menu_in_the_chat(wechat: FakeWeChat, wang: FakeOwner, shop: Shop) -> None:
    wang.says("在吗")
    items = [{"id": "101", "content": "明天 10:00"}, {"id": "102", "content": "明天 14:00"}]
    menu = {"head_content": "请选择", "list": items, "tail_content": "也可直接输入"}
    assert call(wechat, SEND, {"touser": OPENID, "msgtype": "msgmenu", "msgmenu": menu})["errcode"] == 0
    assert wang.waits_for("请选择").labels == ["明天 10:00", "明天 14:00"]
    wang.picks("14:00")
    assert "<bizmsgmenuid><![CDATA[102]]>" in shop.heard[-1]
    shop.content = "请选择：\n1. 保养\n2. 洗车"
    wang.says("你好")
    wang.picks("洗车")
    assert "<Content><![CDATA[2]]></Content>" in shop.heard[-1]


def test_tokens(wechat: FakeWeChat, wang: FakeOwner) -> None:
    assert token(wechat) == token(wechat) | {"expires_in": token(wechat)["expires_in"]}
    assert token(wechat, secret="wrong")["errcode"] == 40125
    assert token(wechat, appid="wrong")["errcode"] == 40013
    good = token(wechat)["access_token"]
    assert call(wechat, "menu/get", access_token="a b"[:1])["errcode"] == 40014
    assert call(wechat, "menu/get", access_token="x" * 40)["errcode"] == 40001
    wechat.expire_token()
    assert call(wechat, "menu/get", access_token=good)["errcode"] == 42001
    assert token(wechat)["access_token"] != good
    wechat.forbid_ip()
    assert token(wechat)["errcode"] == 40164
    wechat.forbid_ip(False)
    wechat.always_40001()
    assert send(wechat) == 40001


def test_faults(wechat: FakeWeChat, wang: FakeOwner) -> None:
    wang.says("在吗")
    wechat.fail_next(errcode=45009)
    assert send(wechat) == 45009
    wechat.forbid_api("custom/send")
    assert send(wechat) == 48001
    wechat.forbid_api("custom/send", False)
    wechat.use_up_window(OPENID)
    assert send(wechat) == 45047
    wechat.close_window(OPENID)
    assert send(wechat) == 45015
    wang.says("在吗")
    good = token(wechat)["access_token"]
    url = f"{wechat.base_url}/cgi-bin/{SEND}?access_token={good}"
    body = json.dumps(text("您好"), ensure_ascii=False).encode()
    wechat.http_500_next()
    assert web.request("POST", url, body).status == 500
    wechat.answer_then_drop_next()
    assert web.request("POST", url, body).status == 0
    assert [said.text for said in wechat.sends] == ["您好"]
    wechat.hang_next(seconds=1)
    started = time.monotonic()
    assert web.request("POST", url, body, timeout=0.2).status == 0
    assert time.monotonic() - started < 1
    wang.unfollows()
    assert send(wechat) == 43004


def test_templates(wechat: FakeWeChat, wang: FakeOwner) -> None:
    wechat.template("TPL_due", "car_number2", "thing4")
    data = {"car_number2": {"value": "粤B12345"}, "thing4": {"value": "保养" * 11}}
    body = {"touser": OPENID, "template_id": "TPL_due", "data": data, "client_msg_id": "due-1"}
    first = call(wechat, "message/template/send", body)
    assert call(wechat, "message/template/send", body)["msgid"] == first["msgid"]
    assert len(wechat.sends) == 1
    assert wang.inbox.last.text == "car_number2：粤B12345\nthing4：" + "保养" * 10
    assert wang.template_receipt(first["msgid"]) == 200
    assert call(wechat, "message/template/send", body | {"template_id": "x"})["errcode"] == 40037
    assert call(wechat, "message/template/send", body | {"data": {}, "client_msg_id": "2"})["errcode"] == 47003


def test_menu_scenes_media_and_followers(wechat: FakeWeChat, wang: FakeOwner) -> None:
    button = {"type": "click", "name": "我的爱车", "key": "my_car"}
    assert call(wechat, "menu/get")["errcode"] == 46003
    assert call(wechat, "menu/create", {"button": [button]})["errcode"] == 0
    assert call(wechat, "menu/get")["menu"]["button"] == [button]
    assert call(wechat, "menu/create", {"button": [button] * 4})["errcode"] == 40016
    assert call(wechat, "menu/create", {"button": [button | {"name": "我的爱车保养"}]})["errcode"] == 40018
    assert call(wechat, "menu/delete")["errcode"] == 0
    scene = {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "adv:17"}}}
    assert call(wechat, "qrcode/create", scene | {"expire_seconds": 600})["expire_seconds"] == 600
    assert call(wechat, "qrcode/create", scene | {"expire_seconds": 2592001})["errcode"] == 40053
    wang.sends_image(b"\xff\xd8 picture")
    (media_id,) = wechat.state.media
    assert call(wechat, "media/get", media_id=media_id) == b"\xff\xd8 picture"
    assert call(wechat, "media/get", media_id="x")["errcode"] == 40007
    assert call(wechat, "user/info", openid=OPENID)["subscribe"] == 1
    assert call(wechat, SEND)["errcode"] == 43002
    assert call(wechat, "clear_quota", {"appid": APP_ID})["errcode"] == 0
    assert call(wechat, "getcallbackip")["ip_list"]
