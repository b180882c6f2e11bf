"""What the rules make of a sentence, from the command line."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import MakeProduct
from tests.console.terminal.conftest import Huiche
from tests.product import ROOT

MONDAY = "2026-11-23T10:00:00+08:00"
FAST = """
import sys
import huiche
code = huiche.main(["understand", "--batch"])
slow = {"sqlalchemy", "sqlmodel", "fastapi", "aiogram", "openai"} & set(sys.modules)
sys.exit(f"imported {slow}" if slow else code)
"""


def test_a_sentence_becomes_an_intent_and_slots(huiche: Huiche) -> None:
    answer = huiche("understand", "明天下午三点给粤B12345做保养", "--at", MONDAY, "--json").json
    slots = {"plate": "粤B12345", "service": "maintenance", "date": "2026-11-24", "time": "15:00"}
    assert answer == {"intent": "booking", "slots": slots, "by": "rules", "asks_back": False}


def test_a_moment_without_offset_is_the_shops(huiche: Huiche) -> None:
    late = huiche("understand", "明天", "--at", "2026-11-23T23:30", "--json")
    assert late.json["slots"]["date"] == "2026-11-24"
    utc = huiche("understand", "明天", "--at", "2026-11-23T23:30:00+00:00", "--json")
    assert utc.json["slots"]["date"] == "2026-11-25"


def test_a_person_can_read_it(huiche: Huiche) -> None:
    shown = huiche("understand", "过两天做保养", "--at", MONDAY)
    assert "booking" in shown.out
    assert "asks back" in shown.out


def test_for_an_owner_the_stores_have_names(nanshan: Huiche) -> None:
    assert nanshan("understand", "你好", "--owner", "粤B12345").code == 1


def test_wrong_use(huiche: Huiche) -> None:
    for arguments in ((), ("你好", "--batch"), ("你好", "--at", "soon")):
        assert huiche("understand", *arguments).code == 2


def test_a_batch_answers_line_by_line_and_names_the_bad_ones(product: MakeProduct) -> None:
    lines = [
        json.dumps({"text": "明天下午三点做保养", "at": MONDAY}),
        "not json",
        '{"text": 5}',
        '{"at": "2026-11-23"}',
        '{"text": "你好", "at": "9999-12-31T23:59:59-12:00"}',
        '["text"]',
        "[" * 5000,
        '{"text": "你好"}',
    ]
    outcome = product(start=False).cli("understand", "--batch", stdin="\n".join(lines) + "\n")
    assert outcome.code == 1
    assert ["error" in answer for answer in outcome.lines] == [False, *[True] * 6, False]
    assert outcome.lines[0]["slots"]["date"] == "2026-11-24"
    assert outcome.lines[-1]["intent"] == "greeting"


def test_a_batch_starts_without_the_database() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAST],
        cwd=ROOT,
        input=b'{"text": "\xe4\xbd\xa0\xe5\xa5\xbd"}\n',
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
