"""The web chat's address: what it takes, and that each message counts once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from tests.serving import Serving, accepted
from tests.web import is_problem

CHAT = "/api/v1/chat/a-secret_of-Li-Ming/messages"
Serve = Callable[..., Serving]


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


def test_the_chat_is_described(serve: Serve) -> None:
    described = serve().get("/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert set(described["paths"]["/api/v1/chat/{account}/messages"]) >= {"get", "post"}
