"""What the page of unanswered questions shows: what owners asked and no article answered, most asked first."""

from __future__ import annotations

from typing import Any

from core.errors import Refused
from storage.crm import Crm
from storage.staff import Staff

READERS = ("manager", "operator", "boss")  # those who can write an article, or have one written
SHOWN = 100


def may_read(staff: Staff) -> bool:
    return staff.role in READERS


def unanswered_page(crm: Crm, staff: Staff) -> dict[str, Any]:
    """Raises Refused for whom it is not."""
    if not may_read(staff):
        raise Refused
    return {"questions": crm.questions.unanswered()[:SHOWN], "articles": len(crm.articles.all())}
