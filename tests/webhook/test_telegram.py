"""Telegram's webhook: whose updates are let in, what odd ones get, and that each counts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import payloads
from tests.fakes.telegram import SECRET, FakeTelegram
from tests.serving import Serving, accepted
from tests.web import is_problem

HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Serve = Callable[..., Serving]


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}])
def test_updates_without_the_secret_are_refused(serve: Serve, telegram: FakeTelegram, headers: dict[str, str]) -> None:
    shop = serve(telegram)
    assert is_problem(shop.post("/telegram/webhook", payloads.telegram("text"), headers), 403)
    assert accepted(shop) == 0


def test_a_bot_without_a_secret_takes_no_updates(serve: Serve, telegram: FakeTelegram) -> None:
    shop = serve(TELEGRAM_TOKEN=telegram.token)
    for headers in ({}, HEADER, {"X-Telegram-Bot-Api-Secret-Token": ""}):
        assert is_problem(shop.post("/telegram/webhook", payloads.telegram("text"), headers), 403)


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
