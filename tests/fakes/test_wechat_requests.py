"""What the fake seals and opens agrees with wechatpy and WeRoBot."""

from __future__ import annotations

import pytest

from tests import payloads
from tests.fakes.wechat import AES_KEY, APP_ID, TOKEN, Envelope, FakeOwner, FakeWeChat
from tests.fakes.wechat_shop import Shop


def test_talk_in_both_directions(wang: FakeOwner, shop: Shop) -> None:
    said = wang.says("粤B12345 ]]> 🚗")
    assert said == 200
    assert "<Content><![CDATA[粤B12345 ]]]]><![CDATA[> 🚗]]></Content>" in shop.heard[0]
    assert (wang.inbox.last.text, wang.inbox.last.route) == ("您好", "passive")


def test_wechatpy_reads_every_length(wang: FakeOwner, shop: Shop) -> None:
    shop.content = ""
    for length in range(1, 70):
        assert wang.says("x" * length) == 200
    assert len(shop.heard) == 69
    assert wang.inbox == []


def test_what_another_library_sealed_can_be_opened() -> None:
    sealed_by_werobot = (
        "<xml>\n<Encrypt><![CDATA[jl8qj0TVdj6cxhe0c8Qzxw9ExEqt17SCez0yZ4MOtwmjBM+lNUdm3XtU6B+fz6722Q9I7nGb+/eF/"
        "SeSMrb64A==]]></Encrypt>\n<MsgSignature><![CDATA[2df4929394326b84d56a5de349b213ffc6930c70]]>"
        "</MsgSignature>\n<TimeStamp>1795449600</TimeStamp>\n<Nonce><![CDATA[771203]]></Nonce>\n</xml>"
    )
    assert Envelope(TOKEN, AES_KEY, APP_ID).open_reply(sealed_by_werobot) == "<xml>您好</xml>"


def test_recorded_payloads_can_be_delivered(wechat: FakeWeChat, wang: FakeOwner, shop: Shop) -> None:
    assert wechat.delivers(payloads.wechat("scan")) == 200
    assert "<![CDATA[SCAN]]>" in shop.heard[0]


def test_the_address_is_verified(wechat: FakeWeChat, wang: FakeOwner) -> None:
    assert wechat.handshake("echo 1").text == "echo 1"


def test_a_forged_request_is_refused(wechat: FakeWeChat, wang: FakeOwner) -> None:
    assert wechat.post(wang.prepares("在吗").tampered(msg_signature="0" * 40)) == 403


def test_repeats_are_identical_or_sealed_anew(wechat: FakeWeChat, wang: FakeOwner, shop: Shop) -> None:
    said = wang.says("在吗")
    assert wechat.repeat(said, 2) == [200, 200]
    assert wechat.repeat_reencrypted(said) == [200]
    assert len(set(shop.heard)) == 1
    assert wechat.sealed_anew(said.request).body != said.request.body


def test_a_reply_for_another_account_is_no_reply(wang: FakeOwner, shop: Shop) -> None:
    shop.app_id = "wxffffffffffffffff"
    with pytest.raises(AssertionError, match="app id"):
        wang.says("在吗")
    assert wang.inbox.last.route == "platform"


def test_three_attempts(wechat: FakeWeChat, wang: FakeOwner, shop: Shop) -> None:
    wechat.deadline = 0.1
    shop.slow = 0.5
    said = wang.says("在吗", like_the_platform=True)
    assert (said, len(said.attempts), wang.inbox.last.route) == (0, 3, "platform")
    shop.slow = 0
    assert wang.says("在吗", like_the_platform=True) == 200


def test_events_arrive_in_their_shapes(wang: FakeOwner, shop: Shop) -> None:
    wang.follows(scene="adv:17")
    wang.scans("adv:17")
    wang.taps_menu("my_car")
    wang.chooses("101", "明天 10:00")
    wang.sends_voice("我要保养")
    wang.sends_unknown()
    assert "<EventKey><![CDATA[qrscene_adv:17]]></EventKey>" in shop.heard[0]
    assert "<Event><![CDATA[SCAN]]></Event><EventKey><![CDATA[adv:17]]>" in shop.heard[1]
    assert "<bizmsgmenuid><![CDATA[101]]></bizmsgmenuid><MsgId>" in shop.heard[3]
    assert "<Recognition>" in shop.heard[4]
    assert "<MsgId>" not in shop.heard[2]
