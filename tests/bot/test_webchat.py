"""What the web chat's page posts, and what it is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.body import parts_of
from bot.channels.webchat import read, shown
from core.errors import BadInput
from core.messages import Bubble, Choice, Kind

LI = "a-secret_of-Li-Ming"


def body(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def test_words_and_choices_are_read() -> None:
    said = read(body(id="m1", text="明天保养"), LI)
    assert (said.kind, said.text, said.account, said.key) == (Kind.TEXT, "明天保养", LI, f"{LI}:m1")
    chosen = read(body(id=2, choice="1:at=10"), LI)
    assert (chosen.kind, chosen.choice, chosen.key) == (Kind.CHOICE, "1:at=10", f"{LI}:2")


def test_an_empty_text_is_words_too() -> None:
    assert read(body(id="m1", text=""), LI).text == ""


@pytest.mark.parametrize(
    "wrong",
    [
        b"", b"{", b"null", b"[]", b"\xff", body(), body(id="m1"), body(text="您好"), body(id="", text="您好"),
        body(id="x" * 129, text="您好"), body(id=True, text="您好"), body(id=["m1"], text="您好"),
        body(id="m1", text=5), body(id="m1", text=None), body(id="m1", text="车" * 4097),
        body(id="m1", choice=""), body(id="m1", choice={}), body(id="m1", choice="选" * 30),
        body(id="m1", choice="1:a=1", text=[]),
    ],
)  # fmt: skip
def test_anything_else_is_refused(wrong: bytes) -> None:
    with pytest.raises(BadInput):
        read(wrong, LI)


@settings(max_examples=150, deadline=None)
@given(st.binary() | st.dictionaries(st.sampled_from(["id", "text", "choice"]), st.text() | st.integers()))
def test_whatever_is_posted_is_read_or_refused(posted: Any) -> None:
    try:
        inbound = read(posted if isinstance(posted, bytes) else json.dumps(posted).encode(), LI)
    except BadInput:
        return
    (inbound.key + inbound.text + inbound.choice).encode()
    assert "\0" not in inbound.text


def test_answers_are_shown_with_their_choices() -> None:
    asked = Bubble("几点？", (Choice("1:at=10", "10:00"),))
    choices = [{"id": "1:at=10", "text": "10:00"}]
    assert shown([(7, asked)]) == {"messages": [{"id": 7, "text": "几点？", "choices": choices}]}


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("车a。 \n🚗"), max_size=400), st.integers(8, 60))
def test_a_text_in_parts_loses_nothing_but_blanks(text: str, most: int) -> None:
    parts = parts_of(text, most, lambda part: len(part.encode()))
    assert all(0 < len(part.encode()) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
