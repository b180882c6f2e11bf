"""A model is asked over a socket; whatever its endpoint does, there is an answer that fits or a quick, clear no."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from bot.answers import WrongAnswer, fault_of, fished
from bot.endpoint import Endpoint
from bot.model import Answer, ModelUnavailable
from bot.settings import Settings
from tests.fakes.endpoint import FakeEndpoint

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["intent", "rating"],
    "properties": {
        "intent": {"type": "string", "enum": ["booking", "complaint"]},
        "rating": {"type": ["integer", "null"], "minimum": 1, "maximum": 5},
    },
}
GOOD = {"intent": "booking", "rating": None}
QUESTION = "我想约明天，王小明"


@pytest.fixture
def fake() -> Iterator[FakeEndpoint]:
    with FakeEndpoint() as fake:
        fake.answers(GOOD)
        yield fake
        assert fake.wrong == []


def with_model(fake: FakeEndpoint, work: Callable[[Endpoint], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        values: dict[str, Any] = {name.lower(): value for name, value in fake.settings.items()}
        model = Endpoint(Settings(**values))
        try:
            return await work(model)
        finally:
            await model.close()

    return asyncio.run(run())


async def refused(model: Endpoint, within: float = 3.0) -> str:
    """Why there was no answer."""
    with pytest.raises(ModelUnavailable) as caught:
        await model.ask("rules", QUESTION, SCHEMA, within=within)
    return str(caught.value)


def test_the_strictest_way_of_asking_comes_first(fake: FakeEndpoint) -> None:
    answer: Answer = with_model(fake, lambda model: model.ask("rules", QUESTION, SCHEMA, within=3))
    assert (answer.value, answer.tokens_in, answer.tokens_out) == (GOOD, 120, 30)
    assert [(asked.rung, asked.schema) for asked in fake.asked] == [("json_schema", SCHEMA)]


@pytest.mark.parametrize("manner", ["fenced", "chatter"])
def test_words_around_the_answer_do_not_matter(fake: FakeEndpoint, manner: str) -> None:
    fake.behaves(manner)
    assert with_model(fake, lambda model: model.ask("rules", QUESTION, SCHEMA, within=3)).value == GOOD


def test_an_endpoint_is_asked_the_way_it_can_and_that_is_remembered(fake: FakeEndpoint) -> None:
    fake.cannot = {"json_schema", "json_object"}

    async def twice(model: Endpoint) -> None:
        for _ in range(2):
            assert (await model.ask("rules", QUESTION, SCHEMA, within=3)).value == GOOD

    with_model(fake, twice)
    assert [asked.rung for asked in fake.asked] == ["json_schema", "json_object", "text", "text"]
    assert '"additionalProperties": false' in fake.asked[-1].rules


def test_a_way_of_asking_that_only_brings_nonsense_is_left_for_the_next(fake: FakeEndpoint) -> None:
    fake.answers(lambda asked: "a poem" if asked.rung == "json_schema" else GOOD)

    async def twice(model: Endpoint) -> None:
        for _ in range(2):
            assert (await model.ask("rules", QUESTION, SCHEMA, within=3)).value == GOOD

    with_model(fake, twice)
    assert [asked.rung for asked in fake.asked] == ["json_schema", "json_object", "json_object"]


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("html", "no chat completion"),
        ("blank", "blank"),
        ("none", "blank"),
        ("wrong", "answer.intent is missing"),
        ("truncated", "no JSON object"),
        ("huge", "too large"),
        ("drop", "APIConnectionError"),
        ("gzip", "DecodingError"),
        ("500", "answered 500"),
        ("429", "answered 429"),
        ("401", "answered 401"),
    ],
)
def test_a_bad_endpoint_is_a_clear_no_that_names_nobody(fake: FakeEndpoint, manner: str, reason: str) -> None:
    fake.behaves(manner)
    started = time.monotonic()
    said = with_model(fake, refused)
    assert reason in said
    assert "王小明" not in said
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("manner", ["stall", "drip"])
def test_the_deadline_holds_whatever_the_endpoint_does(fake: FakeEndpoint, manner: str) -> None:
    fake.behaves(manner)

    async def timed(model: Endpoint) -> float:
        started = time.monotonic()
        assert await refused(model, within=0.4) == "no answer in time"
        return time.monotonic() - started

    assert with_model(fake, timed) < 0.8


def test_one_deadline_covers_the_whole_ladder(fake: FakeEndpoint) -> None:
    fake.behaves("wrong")
    fake.latency = 0.3

    async def timed(model: Endpoint) -> float:
        started = time.monotonic()
        await refused(model, within=0.5)
        return time.monotonic() - started

    assert with_model(fake, timed) < 0.9
    assert len(fake.asked) == 1


def test_a_dead_endpoint_costs_nothing_after_a_few_tries(fake: FakeEndpoint) -> None:
    fake.goes_down()

    async def often(model: Endpoint) -> float:
        for _ in range(3):
            assert "APIConnectionError" in await refused(model)
        started = time.monotonic()
        assert "left alone" in await refused(model)
        return time.monotonic() - started

    assert with_model(fake, often) < 0.05
    fake.comes_back()


def test_a_rested_endpoint_is_tried_by_one_question_and_trusted_when_it_works(
    fake: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.endpoint.REST", 0.3)
    fake.behaves("500")

    async def rests(model: Endpoint) -> None:
        for _ in range(3):
            await refused(model)
        fake.behaves("well")
        await asyncio.sleep(0.35)
        asked = (model.ask("rules", QUESTION, SCHEMA, within=3) for _ in range(5))
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 1
        assert (await model.ask("rules", QUESTION, SCHEMA, within=3)).value == GOOD

    with_model(fake, rests)


def test_more_questions_than_the_endpoint_takes_wait_for_each_other_but_not_long(fake: FakeEndpoint) -> None:
    fake.latency = 0.5

    async def crowd(model: Endpoint) -> list[Any]:
        asked = (model.ask("rules", QUESTION, SCHEMA, within=0.8) for _ in range(12))
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        await asyncio.sleep(0.5)  # those given up are over at the endpoint too
        return outcomes

    outcomes = with_model(fake, crowd)
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 8


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"intent": "booking", "rating": 3}, None),
        ({"intent": "refund", "rating": 3}, "answer.intent is none of the allowed values"),
        ({"intent": "booking", "rating": 9}, "answer.rating is out of range"),
        ({"intent": "booking", "rating": True}, "answer.rating is not of type ['integer', 'null']"),
        ({"intent": "booking"}, "answer.rating is missing"),
        (GOOD | {"discount": 100}, "answer has members nobody asked for"),
        ([], "answer is not of type object"),
    ],
)
def test_an_answer_keeps_to_the_schema(value: Any, fault: str | None) -> None:
    assert fault_of(value, SCHEMA) == fault


@pytest.mark.parametrize(
    "words", ['{"a":' * 50_000, "{" * 60_000, '{"intent": NaN}', "x" * 70_000, "[1, 2]", '"booking"']
)
def test_no_words_break_the_reading(words: str) -> None:
    started = time.monotonic()
    with pytest.raises(WrongAnswer):
        fished(words, SCHEMA)
    assert time.monotonic() - started < 0.5
