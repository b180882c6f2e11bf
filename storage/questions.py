"""Questions that no article answered: what the knowledge base still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from core.knowledge import grouped
from core.masking import masked_words
from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm

_READ = 2000  # the newest so many are looked at


class Question(SQLModel, table=True):
    """One question as it was asked, sealed. `message_id` makes it count once.

    `not_by`: the digest of the article that was shown for it and did not do, if one was.
    """

    id: int | None = Field(default=None, primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message_in.id", unique=True)
    owner_id: int | None = Field(default=None, foreign_key="owner.id", index=True)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    text_sealed: bytes
    not_by: str = Field(default="", max_length=32)
    asked_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions that ask the same: the newest wording, masked, how often, and when last."""

    text: str
    count: int
    asked_at: datetime


class Questions:
    """Verbs on questions."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def keep(self, text: str, owner_id: int | None, store_id: int | None) -> None:
        """Nobody could answer this; the same message counts once."""
        sealed = self.crm.keys.seal(text, "question.text")
        store = self.crm.stores.get(store_id).code if store_id else ""
        shown = self._answering(text, store)
        row = {"message_id": self.crm.message_id, "owner_id": owner_id, "store_id": store_id}
        self.crm.insert_once(Question, **row, text_sealed=sealed, not_by=shown, asked_at=self.crm.now)

    def unanswered(self) -> list[Unanswered]:
        """Most asked first; a question that another or a newer article answers by now is none any more."""
        rows = [row for row in self._newest() if self._answering(self.text(row), self._store(row)) in ("", row.not_by)]
        texts = [self.text(row) for row in rows]
        groups = [(group[0], len(group)) for group in grouped(texts)]
        return [Unanswered(masked_words(texts[n]), count, rows[n].asked_at) for n, count in groups]

    def text(self, question: Question) -> str:
        return self.crm.keys.unseal(question.text_sealed, "question.text")

    def _answering(self, text: str, store: str) -> str:
        """The digest of the article that would answer; "" when none would."""
        hit = self.crm.articles.answer(text, store)
        return self.crm.articles.digest(hit.article.slug) if hit else ""

    def _newest(self) -> list[Question]:
        return list(self.crm.session.exec(select(Question).order_by(col(Question.id).desc()).limit(_READ)))

    def _store(self, question: Question) -> str:
        return self.crm.stores.get(question.store_id).code if question.store_id else ""
