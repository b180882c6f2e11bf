"""Safe mode, against the platform's own description of it."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wechat_envelope import WINDOW_SECONDS, Envelope, Forged
from bot.channels.wechat_write import passive_text, passive_xml
from core.errors import BadInput
from core.messages import Bubble, Choice
from tests.fakes.wechat import AES_KEY, APP_ID, TOKEN
from tests.fakes.wechat import Envelope as Platform
from tests.fakes.wechat_request import WeChatRequest, sealed

OURS = Envelope(TOKEN, AES_KEY, APP_ID)
LI, ACCOUNT = "oABCD1234567890abcdefghijklm", "gh_0a1b2c3d4e5f"
XML = "<xml><Content><![CDATA[粤B12345 明天保养]]></Content></xml>"


def posted(token: str = TOKEN, key: str = AES_KEY, app_id: str = APP_ID, xml: str = XML) -> WeChatRequest:
    return sealed(Platform(token, key, app_id), ACCOUNT, LI, xml)


def signed_at(moment: float) -> WeChatRequest:
    request, platform = posted(), Platform(TOKEN, AES_KEY, APP_ID)
    encrypted = ElementTree.fromstring(request.body).findtext("Encrypt") or ""
    timestamp = str(int(moment))
    signature = platform.signature(timestamp, request.query["nonce"], encrypted)
    return request.tampered(timestamp=timestamp, msg_signature=signature)


def opened(request: WeChatRequest) -> str:
    return OURS.opened(request.query, request.body)


def test_what_the_platform_seals_we_open() -> None:
    assert opened(posted()) == XML


def test_what_we_seal_the_platform_opens() -> None:
    assert Platform(TOKEN, AES_KEY, APP_ID).open_reply(OURS.sealed(XML)) == XML


@pytest.mark.parametrize(
    "request_",
    [
        posted().tampered(msg_signature="0" * 40),
        posted().tampered(msg_signature=None),
        posted().tampered(msg_signature="签名"),
        posted().tampered(nonce="1"),
        posted().tampered(timestamp="1"),
        posted().tampered(timestamp=None),
        posted(token="AnotherToken"),
        posted(app_id="wxsomebodyelse00"),
        posted(key="z" * 43),
        posted().with_body(XML.encode()),
        posted().with_body(b"<xml><Encrypt>AAAA</Encrypt></xml>"),
        signed_at(time.time() - WINDOW_SECONDS - 60),
        signed_at(time.time() + WINDOW_SECONDS + 3600),
    ],
)
def test_what_is_not_the_platforms_is_refused(request_: WeChatRequest) -> None:
    with pytest.raises(Forged):
        opened(request_)


def test_a_message_that_comes_again_minutes_later_is_still_opened() -> None:
    assert opened(signed_at(time.time() - 300)) == XML


@pytest.mark.parametrize("body", [b"", b"{}", b"<xml><Encrypt>", b"\xff\xfe", b"<xml/>" * 2])
def test_a_body_that_is_no_xml_is_told_so(body: bytes) -> None:
    with pytest.raises(BadInput):
        opened(posted().with_body(body))


def test_the_handshake_needs_the_token() -> None:
    platform = Platform(TOKEN, AES_KEY, APP_ID)
    query = {"timestamp": "1409304348", "nonce": "xxxxxx", "echostr": "4821079365"}
    assert OURS.greeting(query | {"signature": platform.signature("1409304348", "xxxxxx")}) == "4821079365"
    for signature in ("", "0" * 40, Platform("Other", AES_KEY, APP_ID).signature("1409304348", "xxxxxx")):
        with pytest.raises(Forged):
            OURS.greeting(query | {"signature": signature})


@settings(max_examples=100, deadline=None)
@given(st.text() | st.sampled_from(["]]></Content><MsgType>image</MsgType>", "]]>]]>", "]]]]>", "\x00\x08\ufffe"]))
def test_no_words_break_out_of_a_reply(words: str) -> None:
    xml = passive_xml(LI, ACCOUNT, words)
    fields = {element.tag: element.text or "" for element in ElementTree.fromstring(xml)}
    assert (fields["ToUserName"], fields["FromUserName"], fields["MsgType"]) == (LI, ACCOUNT, "text")
    kept = "".join(c for c in words if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
    assert fields["Content"] == kept.encode("utf-8", "replace").decode()
    OURS.sealed(xml)


def test_a_passive_reply_numbers_its_choices_and_fits() -> None:
    choices = (Choice("1:a=1", "上午"), Choice("1:a=2", "下午"))
    assert passive_text([Bubble("好的。"), Bubble("几点？", choices)]) == "好的。\n\n几点？\n1. 上午\n2. 下午"
    assert len(passive_text([Bubble("车" * 3000)]).encode()) <= 2048
