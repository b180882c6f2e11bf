"""Everything that is recorded can be read as a sentence."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

import pytest

from console.looks import HERE
from core.say.ledger import LedgerSay
from storage.tasks import CLOSED, DONE, SNOOZED, TAKEN

ROOMS = ("storage", "flows", "handlers", "journeys", "intake", "console", "bot")
TASK_VERBS = {f"task.{status}" for status in (TAKEN, SNOOZED, DONE, CLOSED)} | {"task.returned"}


def recorded() -> set[str]:
    """The verbs that the code writes down."""
    text = "\n".join(path.read_text("utf-8") for room in ROOMS for path in HERE.parent.glob(f"{room}/**/*.py"))
    consents = set(re.findall(r'"(consent\.\w+)"', text))
    return set(re.findall(r'\.record\(\s*"([a-z_]+\.[a-z_]+)"', text)) | consents | TASK_VERBS


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_verb_has_its_sentence(language: str) -> None:
    say = LedgerSay(language, ZoneInfo("Asia/Shanghai"))
    verbs = recorded()
    assert {"appointment.booked", "owner.bound", "consent.given", "task.opened"} <= verbs
    without = sorted(verb for verb in verbs if not say.knows(verb))
    assert not without, f"add a sentence to core/say/ledger.py for {without}"
