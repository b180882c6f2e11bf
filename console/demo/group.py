"""The staff group of the demo: every card, as one member of staff sees it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from console.card_lines import pairs
from core.say import StaffSay
from handlers.cards import card
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import Task

CHANNEL = "staff_web"


def cards(crm: Crm, me: Staff | None, language: str) -> list[dict[str, Any]]:
    """The cards of all stores, the last posted last; with the full one beside it where `me` has taken the task."""
    shown = [_shown(crm, task, me, language) for task in crm.tasks.posted(CHANNEL)]
    return sorted(shown, key=lambda one: int(one["post"]))


def print_of(shown: list[dict[str, Any]]) -> str:
    """Changes when a card does."""
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False).encode()).hexdigest()[:16]


def _shown(crm: Crm, task: Task, me: Staff | None, language: str) -> dict[str, Any]:
    say = StaffSay(language, crm.shop.zone)
    open_to_all = card(crm, task, language=language)
    mine = me is not None and task.taken_by == me.key
    private = card(crm, task, full_for=me.key, language=language) if me and mine else None
    return {
        "task": task.key,
        "post": crm.tasks.posts(task.key)[-1].key,
        "tone": open_to_all.tone,
        "title": open_to_all.title,
        "time": say.clock(task.created_at),
        "lines": pairs(open_to_all, say),
        "footer": open_to_all.footer,
        "buttons": [[{"action": b.action, "label": b.label} for b in row] for row in open_to_all.buttons],
        "private": pairs(private, say) if private else None,
    }
