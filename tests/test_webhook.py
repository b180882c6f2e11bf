"""The web application over real sockets: who is let in, what odd bodies get, and that each message counts once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from storage.messages import MESSAGES_IN
from tests import payloads, web
from tests.fakes.telegram import SECRET, FakeTelegram
from tests.fakes.wechat import FakeOwner, FakeWeChat, Said
from tests.serving import Serving

HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
LI = "oABCD1234567890abcdefghijklm"
CHAT = "/api/v1/chat/a-secret_of-Li-Ming/messages"
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Serve = Callable[..., Serving]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """`serve(telegram, wechat, PUBLIC_URL="…")`: the application of a shop with one store."""
    running: list[Serving] = []

    def start(*platforms: Any, **given: Any) -> Serving:
        shop = Serving(tmp_path, *platforms, **given)
        shop.house.database.transact(lambda crm: crm.stores.add("nanshan", "深圳南山店"))
        running.append(shop)
        return shop.__enter__()

    yield start
    for shop in running:
        shop.__exit__(None, None, None)


def accepted(shop: Serving) -> int:
    """How many messages the store has kept."""
    count: int = shop.ask(lambda crm: crm.connection.scalar(select(func.count()).select_from(MESSAGES_IN)) or 0)
    return count


def is_problem(answer: web.Answer, status: int) -> bool:
    assert answer.status == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status"} <= answer.json().keys()
    return bool(answer.json()["status"] == status)


# --- Telegram ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}])
def test_updates_without_the_secret_are_refused(serve: Serve, telegram: FakeTelegram, headers: dict[str, str]) -> None:
    shop = serve(telegram)
    assert is_problem(shop.post("/telegram/webhook", payloads.telegram("text"), headers), 403)
    assert accepted(shop) == 0


def test_a_bot_without_a_secret_takes_no_updates(serve: Serve, telegram: FakeTelegram) -> None:
    shop = serve(TELEGRAM_TOKEN=telegram.token)
    for headers in ({}, HEADER, {"X-Telegram-Bot-Api-Secret-Token": ""}):
        assert is_problem(shop.post("/telegram/webhook", payloads.telegram("text"), headers), 403)


def test_channels_that_are_not_set_up_have_no_route(serve: Serve) -> None:
    shop = serve()
    assert is_problem(shop.post("/telegram/webhook", payloads.telegram("text"), HEADER), 404)
    assert is_problem(shop.get("/wechat?signature=x&timestamp=1&nonce=1&echostr=1"), 404)
    assert is_problem(shop.post("/wechat", b"<xml/>"), 404)


def test_every_update_there_is_gets_a_calm_answer(serve: Serve, telegram: FakeTelegram) -> None:
    shop = serve(telegram, sends=False)
    for name in payloads.every("telegram"):
        assert shop.post("/telegram/webhook", payloads.telegram(name), HEADER).status == 200, name


def test_the_same_update_three_times_is_one_message(serve: Serve, telegram: FakeTelegram) -> None:
    shop, li = serve(telegram), telegram.user(1001)
    said = li.says("您好")
    answers = shop.ask(lambda crm: [row.id for row in crm.outbox.of_message(1)])
    assert [*telegram.repeat(said, 2)] == [200, 200]
    assert answers
    assert shop.ask(lambda crm: [row.id for row in crm.outbox.of_conversation(1)]) == answers
    assert accepted(shop) == 1


def test_what_is_no_update_is_refused(serve: Serve, telegram: FakeTelegram) -> None:
    shop = serve(telegram)
    assert is_problem(shop.post("/telegram/webhook", b"{", HEADER), 400)
    assert is_problem(shop.post("/telegram/webhook", b" " * (1024 * 1024 + 1), HEADER), 413)
    assert is_problem(shop.get("/telegram/webhook"), 405)


def test_an_owners_button_stops_spinning(serve: Serve, telegram: FakeTelegram) -> None:
    serve(telegram)
    li = telegram.user(1001)
    li.starts()
    card = li.waits_for(lambda message: message.buttons)
    li.taps(card.labels[0], on=card)
    assert li.waits_for_toast().text == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
UPDATES = st.dictionaries(
    st.sampled_from(["update_id", "message", "callback_query", "my_chat_member", "edited_message"]), JSON
)


def test_no_body_with_the_secret_brings_telegram_an_error(serve: Serve, telegram: FakeTelegram) -> None:
    shop = serve(telegram, sends=False)

    @FUZZ
    @given(UPDATES | st.binary(max_size=60))
    def post(body: Any) -> None:
        assert shop.post("/telegram/webhook", body, HEADER).status in {200, 400}

    post()


# --- WeChat -----------------------------------------------------------------------------------------


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


# --- the web chat -----------------------------------------------------------------------------------


def test_the_same_id_again_gives_the_same_answer_and_no_second_effect(serve: Serve) -> None:
    shop = serve()
    first = shop.post(CHAT, {"id": "m1", "text": "您好"})
    again = shop.post(CHAT, {"id": "m1", "text": "您好"})
    assert first.json()["messages"]
    assert first.json() == again.json()
    assert accepted(shop) == 1


def test_a_choice_is_taken_by_its_id(serve: Serve) -> None:
    shop = serve()
    (*_, asked) = shop.post(CHAT, {"id": "m1", "text": "您好"}).json()["messages"]
    choice = asked["choices"][0]
    assert choice["text"]
    answered = shop.post(CHAT, {"id": "m2", "choice": choice["id"]})
    assert answered.status == 200
    assert answered.json()["messages"]


def test_what_was_said_since_can_be_asked_for(serve: Serve) -> None:
    shop = serve()
    first = shop.post(CHAT, {"id": "m1", "text": "您好"}).json()["messages"]
    second = shop.post(CHAT, {"id": "m2", "text": "怎么预约"}).json()["messages"]
    assert shop.get(CHAT).json()["messages"] == first + second
    assert shop.get(f"{CHAT}?after={first[-1]['id']}").json()["messages"] == second
    assert shop.get("/api/v1/chat/somebody-else/messages").json() == {"messages": []}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/v1/chat/short/messages", {"id": "m1", "text": "您好"}, 422),
        (f"/api/v1/chat/{'x' * 65}/messages", {"id": "m1", "text": "您好"}, 422),
        (CHAT, b"{", 422),
        (CHAT, {"id": "m1"}, 422),
        (CHAT, {"id": "m1", "text": "车" * 5000}, 422),
        (CHAT, {"id": "m1", "text": "车" * 50_000}, 413),
    ],
)
def test_what_the_chat_does_not_take(serve: Serve, path: str, body: Any, status: int) -> None:
    assert is_problem(serve().post(path, body), status)


@pytest.mark.parametrize("after", ["x", "-1", "1e3", "9" * 30, "１"])
def test_after_is_a_number(serve: Serve, after: str) -> None:
    assert is_problem(serve().get(f"{CHAT}?after={quote(after)}"), 422)


def test_who_writes_too_much_waits_and_nobody_else_does(serve: Serve) -> None:
    shop = serve()
    answers = [shop.post(CHAT, b"{}") for _ in range(80)]
    refused = next(answer for answer in answers if answer.status == 429)
    assert is_problem(refused, 429)
    assert int(refused.headers["retry-after"]) >= 1
    assert shop.post("/api/v1/chat/somebody-else/messages", {"id": "m1", "text": "您好"}).status == 200


# --- the rest ---------------------------------------------------------------------------------------


def test_what_is_not_there_is_a_problem_document(serve: Serve) -> None:
    shop = serve()
    assert is_problem(shop.get("/nothing/here"), 404)
    assert is_problem(shop.post("/openapi.json", {}), 405)


def test_the_chat_is_described(serve: Serve) -> None:
    described = serve().get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert set(described["paths"]["/api/v1/chat/{account}/messages"]) >= {"get", "post"}


def test_wechat_finds_its_file_on_the_domain(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wechat-verify").mkdir()
    (tmp_path / "wechat-verify" / "MP_verify_a1B2c3.txt").write_text("a1B2c3")
    (tmp_path / "secret.txt").write_text("secret")
    shop = serve()
    assert shop.get("/MP_verify_a1B2c3.txt").body == b"a1B2c3"
    for path in ("/MP_verify_other.txt", "/MP_verify_..%2f..%2fsecret.txt", "/x_verify_a1B2c3.txt"):
        assert is_problem(shop.get(path), 404)
