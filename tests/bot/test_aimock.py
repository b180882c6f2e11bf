"""Somebody else's endpoint is asked as well as our own: what we send is what the world understands."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.endpoint import Endpoint
from bot.interpreter import Surroundings, meaning
from bot.settings import Settings
from core.understanding import Understood
from tests.aimock import Aimock, Fixture, answering, install, refusing

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
RIDDLE = "我是王小明，粤B12345这老伙计闹脾气，大后天给瞅瞅，回13812345678"
BOOKING = {
    "intent": "booking",
    "facts": [
        {"slot": "date", "value": "2026-11-26", "evidence": "大后天"},
        {"slot": "plate", "value": "⟦PLATE1⟧", "evidence": "⟦PLATE1⟧"},
    ],
}
SLOTS = {"date": "2026-11-26", "plate": "粤B12345", "phone": "+8613812345678", "name": "王小明"}


@pytest.fixture(scope="module", autouse=True)
def fetched() -> None:
    install()


def understood(endpoint: Aimock) -> Understood | None:
    async def ask() -> Understood | None:
        values: dict[str, Any] = {name.lower(): value for name, value in endpoint.settings.items()}
        model = Endpoint(Settings(**values))
        try:
            return await meaning(model, RIDDLE, NOW, Surroundings(), within=5)
        finally:
            await model.close()

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("fixtures", "rungs"),
    [
        ([answering("瞅瞅", BOOKING)], ["json_schema"]),
        (
            [refusing("瞅瞅", 400, responseFormat="json_schema"), answering("瞅瞅", BOOKING)],
            ["json_schema", "json_object"],
        ),
        (
            [
                refusing("瞅瞅", 400, responseFormat="json_schema"),
                answering("瞅瞅", "我不太确定您的意思。", responseFormat="json_object"),
                answering("瞅瞅", BOOKING),
            ],
            ["json_schema", "json_object", None],
        ),
    ],
)
def test_an_owner_is_understood_down_the_whole_ladder(fixtures: list[Fixture], rungs: list[str | None]) -> None:
    with Aimock(fixtures) as endpoint:
        said = understood(endpoint)
        journal = endpoint.journal
    assert said is not None
    assert (said.intent, dict(said.slots), said.by) == ("booking", SLOTS, "llm")
    assert [(entry["body"].get("response_format") or {}).get("type") for entry in journal] == rungs
    assert not any(secret in str(journal) for secret in ("王小明", "12345", "13812345678"))


@pytest.mark.parametrize("fault", ["--chaos-drop", "--chaos-malformed", "--chaos-disconnect", "--chaos-ratelimit"])
def test_its_faults_leave_the_rules_to_answer(fault: str) -> None:
    with Aimock([answering("瞅瞅", BOOKING)], fault, "1") as endpoint:
        assert understood(endpoint) is None


def test_what_it_has_no_answer_for_is_a_no() -> None:
    with Aimock([answering("something else", BOOKING)]) as endpoint:
        assert understood(endpoint) is None
