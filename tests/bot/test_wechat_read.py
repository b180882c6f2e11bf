"""What WeChat posts, and what we make of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import wechat_read
from core.errors import BadInput
from core.messages import Inbound, Kind
from tests import payloads

APP, LI = "wx1a2b3c4d5e6f7a8b", "oABCD1234567890abcdefghijklm"


def heard(xml: str) -> Inbound:
    (inbound,) = wechat_read.read(wechat_read.fields_of(xml), APP, xml.encode())
    return inbound


def with_element(xml: str, name: str, value: str) -> str:
    return re.sub(rf"<{name}>.*?</{name}>|(?=</xml>)", f"<{name}><![CDATA[{value}]]></{name}>", xml, count=1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text", Kind.TEXT),
        ("text_empty", Kind.TEXT),
        ("text_huge", Kind.TEXT),
        ("voice_recognition", Kind.TEXT),
        ("voice", Kind.VOICE),
        ("voice_recognition_empty", Kind.VOICE),
        ("image", Kind.PHOTO),
        ("video", Kind.OTHER),
        ("shortvideo", Kind.OTHER),
        ("location", Kind.LOCATION),
        ("link", Kind.OTHER),
        ("miniprogrampage", Kind.OTHER),
        ("unknown_message", Kind.OTHER),
        ("subscribe", Kind.FOLLOW),
        ("subscribe_scene", Kind.FOLLOW),
        ("unsubscribe", Kind.UNFOLLOW),
        ("scan", Kind.SCAN),
        ("click", Kind.MENU),
        ("scancode_waitmsg", Kind.MENU),
        ("view", Kind.RECEIPT),
        ("templatesendjobfinish_user_block", Kind.RECEIPT),
        ("subscribe_msg_popup_event_several", Kind.RECEIPT),
        ("unknown_event", Kind.RECEIPT),
    ],
)
def test_what_li_does_has_a_kind(name: str, kind: Kind) -> None:
    inbound = heard(payloads.wechat(name))
    assert (inbound.kind, inbound.account, inbound.chat) == (kind, LI, "")


def test_every_payload_is_read_calmly_or_told_to_be_odd() -> None:
    odd = set()
    for name in payloads.every("wechat"):
        try:
            wechat_read.read(wechat_read.fields_of(payloads.wechat(name)), APP, b"")
        except BadInput:
            odd.add(name)
    assert odd == {"empty"}


def test_a_location_that_li_sends_becomes_words() -> None:
    assert heard(payloads.wechat("location")).text == "深圳市南山区科技园（22.53331, 113.93042）"
    assert heard(with_element(payloads.wechat("location"), "Location_X", "north")).kind is Kind.OTHER


def test_where_li_drives_is_not_kept() -> None:
    xml = payloads.wechat("location_event")
    assert wechat_read.read(wechat_read.fields_of(xml), APP, xml.encode()) == []


def test_a_tapped_menu_entry_of_ours_is_a_choice_and_a_number_is_only_words() -> None:
    tapped = heard(with_element(payloads.wechat("text_bizmsgmenuid"), "bizmsgmenuid", "3:service=wash"))
    assert (tapped.kind, tapped.choice, tapped.text) == (Kind.CHOICE, "3:service=wash", "明天 10:00")
    assert heard(payloads.wechat("text_bizmsgmenuid")).kind is Kind.TEXT


def test_the_scene_comes_without_the_platforms_prefix() -> None:
    assert heard(payloads.wechat("subscribe_scene")).scene == "adv:17:bk5531"
    assert heard(payloads.wechat("scan")).scene == "adv:17:bk5531"
    assert heard(payloads.wechat("click")).text == "my_car"


def test_messages_are_told_apart_by_number_and_account() -> None:
    text = payloads.wechat("text")
    assert heard(text).key == f"{APP}:24876543210987001"
    fields = wechat_read.fields_of(text)
    (elsewhere,) = wechat_read.read(fields, "wx2", text.encode())
    assert elsewhere.key != heard(text).key


def test_two_events_of_one_second_are_two() -> None:
    click = payloads.wechat("click")
    keys = {
        heard(click).key,
        heard(with_element(click, "EventKey", "human")).key,
        heard(with_element(click, "CreateTime", "1795449741")).key,
        heard(with_element(click, "FromUserName", "oWXYZ1234567890abcdefghijklm")).key,
        heard(with_element(click, "Event", "VIEW")).key,
    }
    assert len(keys) == 5
    assert heard(click).key == heard(click).key


def test_two_answers_about_notices_in_one_second_are_two() -> None:
    several = payloads.wechat("subscribe_msg_popup_event_several")
    other = several.replace("<![CDATA[accept]]>", "<![CDATA[reject]]>")
    assert heard(several).key == heard(several).key
    assert heard(several).key != heard(other).key


def test_a_huge_text_is_read_as_far_as_anybody_would() -> None:
    inbound = heard(with_element(payloads.wechat("text"), "Content", "车" * 9000))
    assert len(inbound.text) == 4096
    assert "车" * 9000 in inbound.raw.decode()


@pytest.mark.parametrize(
    "xml",
    [
        "", "<xml>", "<a/>", "<xml/>", "success", "<xml><MsgType>text</MsgType><MsgType>text</MsgType></xml>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><MsgType>&a;</MsgType></xml>', "<xml>" * 5000,
    ],
)  # fmt: skip
def test_odd_xml_is_told_to_be_odd(xml: str) -> None:
    with pytest.raises(BadInput):
        wechat_read.fields_of(xml)


NAMES = ["FromUserName", "MsgType", "Event", "EventKey", "Content", "MsgId", "CreateTime", "bizmsgmenuid"]
VALUES = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40) | st.sampled_from(
    ["", "<a/>", "<Event>x</Event>", "event", "text", "voice", "SUBSCRIBE", "-1", "9" * 400]
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(payloads.every("wechat")), st.sampled_from(NAMES), VALUES, st.booleans())
def test_whatever_an_element_holds_nothing_breaks(name: str, element: str, value: str, bare: bool) -> None:
    inside = value if bare else f"<![CDATA[{value}]]>"
    xml = payloads.wechat(name).replace("</xml>", f"<{element}>{inside}</{element}></xml>")
    try:
        fields = wechat_read.fields_of(xml)
    except BadInput:
        return
    for inbound in wechat_read.read(fields, APP, xml.encode()):
        assert inbound.account
        assert inbound.key.startswith(APP)
