"""WeChat's address: what it signed is let in, answered in the response itself, and counts once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import payloads
from tests.fakes.wechat import FakeOwner, FakeWeChat, Said
from tests.serving import Serving, accepted
from tests.web import is_problem

LI = "oABCD1234567890abcdefghijklm"
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Serve = Callable[..., Serving]


@pytest.fixture
def li(wechat: FakeWeChat) -> FakeOwner:
    return wechat.owner(LI)


def test_the_account_is_verified_by_its_token(serve: Serve, wechat: FakeWeChat) -> None:
    serve(wechat)
    assert wechat.handshake("482 1&0<79365").body == b"482 1&0<79365"
    assert is_problem(wechat.handshake(token="AnotherToken"), 403)


@pytest.mark.parametrize(
    ("changed", "status"),
    [({"msg_signature": "0" * 40}, 403), ({"msg_signature": None}, 403), ({"timestamp": "1"}, 403)],
)
def test_what_wechat_did_not_sign_is_refused(
    serve: Serve, wechat: FakeWeChat, li: FakeOwner, changed: dict[str, Any], status: int
) -> None:
    shop = serve(wechat)
    assert wechat.post(li.prepares("您好").tampered(**changed)) == status
    assert wechat.post(li.prepares("您好").with_body(b"not xml")) == 400
    assert accepted(shop) == 0


def test_li_is_answered_in_the_response_itself_and_not_by_the_api_too(
    serve: Serve, wechat: FakeWeChat, li: FakeOwner
) -> None:
    shop = serve(wechat)
    said = li.says("您好")
    assert (said, li.inbox.last.route) == (200, "passive")
    assert shop.ask(lambda crm: crm.outbox.waiting()) == 0
    assert wechat.sends == []


def test_a_message_repeated_or_sealed_anew_gets_the_same_answer_and_counts_once(
    serve: Serve, wechat: FakeWeChat, li: FakeOwner
) -> None:
    shop = serve(wechat)
    said = li.says("您好")
    again = wechat.repeat(said, 2) + wechat.repeat_reencrypted(said, 2)
    assert [int(status) for status in again] == [200] * 4
    assert {status.reply.text for status in (said, *again) if status.reply} == {li.inbox[0].text}
    assert len(li.inbox) == 5
    assert accepted(shop) == 1
    assert wechat.sends == []


def test_every_message_there_is_gets_a_calm_answer(serve: Serve, wechat: FakeWeChat, li: FakeOwner) -> None:
    serve(wechat, sends=False)
    for name in payloads.every("wechat"):
        sealed = wechat.sealed_anew(li.prepares(name))
        body = wechat.envelope.encrypt(payloads.wechat(name))
        signature = wechat.envelope.signature(sealed.query["timestamp"], sealed.query["nonce"], body)
        request = sealed.tampered(msg_signature=signature).with_body(f"<xml><Encrypt>{body}</Encrypt></xml>".encode())
        assert wechat.post(request) == 200, name


def test_words_that_look_like_xml_stay_words(serve: Serve, wechat: FakeWeChat, li: FakeOwner) -> None:
    serve(wechat)
    for words in ("]]></Content><MsgType>image</MsgType>", "<xml>", "&lt;", "\u200b", "]]>" * 500):
        assert li.says(words) == 200
        assert li.inbox.last.route == "passive"


def goes_on(asked: Said, answer: Said) -> bool:
    """The choice was understood: the talk is a step further."""
    return answer.route == "passive" and answer.text != asked.text and "没明白" not in answer.text


def test_a_list_in_a_reply_is_answered_by_number(serve: Serve, wechat: FakeWeChat, li: FakeOwner) -> None:
    serve(wechat)
    li.follows()
    asked = li.inbox.last
    assert (asked.route, asked.choices[0][0]) == ("passive", "1")
    li.picks(asked.labels[0])
    assert goes_on(asked, li.waits_for())


def test_a_store_that_hangs_is_not_waited_for_and_the_answer_comes_later_with_a_menu_to_tap(
    serve: Serve, wechat: FakeWeChat, li: FakeOwner, tmp_path: Path
) -> None:
    shop = serve(wechat)
    li.says("您好")
    other = sqlite3.connect(tmp_path / "shop.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said = li.says("我要预约")
    assert said == 503
    other.execute("ROLLBACK")
    other.close()
    assert li.waits_for(lambda answer: answer.route == "api").msgtype == "msgmenu"
    assert wechat.repeat_reencrypted(said) == [200]
    assert [answer.route for answer in li.inbox] == ["passive", "platform", "api"]
    assert accepted(shop) == 2
    asked = li.inbox.last
    li.picks(asked.labels[0])
    assert goes_on(asked, li.inbox.last)


ELEMENTS = st.sampled_from(["MsgType", "Event", "EventKey", "Content", "MsgId", "bizmsgmenuid", "Recognition"])


def test_no_sealed_body_brings_wechat_an_error(serve: Serve, wechat: FakeWeChat, li: FakeOwner) -> None:
    serve(wechat, sends=False)

    @FUZZ
    @given(st.dictionaries(ELEMENTS, st.text(st.characters(codec="utf-8", min_codepoint=32), max_size=30)))
    def post(fields: dict[str, Any]) -> None:
        assert li.sends(fields) == 200

    post()


def test_wechat_finds_its_file_on_the_domain(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wechat-verify").mkdir()
    (tmp_path / "wechat-verify" / "MP_verify_a1B2c3.txt").write_text("a1B2c3")
    (tmp_path / "secret.txt").write_text("secret")
    shop = serve()
    assert shop.get("/MP_verify_a1B2c3.txt").body == b"a1B2c3"
    for path in ("/MP_verify_other.txt", "/MP_verify_..%2f..%2fsecret.txt", "/x_verify_a1B2c3.txt"):
        assert is_problem(shop.get(path), 404)
