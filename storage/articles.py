"""Articles: what the shop knows and tells, each with the stores and the days for which it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core import knowledge
from core.knowledge import THRESHOLD, Hit, Index
from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from storage.crm import Crm

ADDED, CHANGED, SAME = "added", "changed", "same"


class Article(SQLModel, table=True):
    """One article. `slug` is its file's path; `stores` are codes, one a line, none means all; so are `questions`.

    One that was retired is kept and not found any more.
    """

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, max_length=96)
    title: str = Field(max_length=120)
    title_en: str = Field(default="", max_length=120)
    stores: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    questions: str = ""
    text: str
    digest: str = Field(max_length=32)  # of all of the above: the same again changes nothing
    active: bool = True
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def read(self) -> knowledge.Article:
        return knowledge.Article(
            self.slug,
            self.title,
            tuple(self.questions.splitlines()),
            self.text,
            self.title_en,
            frozenset(self.stores.splitlines()),
            self.valid_from,
            self.valid_until,
        )


ARTICLES = table_of(Article)


class Articles:
    """Verbs on articles."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def all(self) -> list[Article]:
        """Those in use, by slug."""
        return list(self.crm.session.exec(select(Article).where(col(Article.active)).order_by(Article.slug)))

    def by_slug(self, slug: str) -> Article | None:
        return self.crm.session.exec(select(Article).where(Article.slug == slug)).first()

    def load(self, article: knowledge.Article) -> str:
        """Write it under its slug: added, changed or same."""
        values = _columns(article)
        if self.crm.insert_once(Article, **values, active=True, changed_at=self.crm.now):
            return ADDED
        mine = ARTICLES.c.slug == article.slug
        other = (ARTICLES.c.digest != values["digest"]) | ~ARTICLES.c.active
        change = ARTICLES.update().where(mine, other).values(**values, active=True, changed_at=self.crm.now)
        return CHANGED if self.crm.connection.execute(change).rowcount else SAME

    def retire_all_but(self, slugs: Iterable[str]) -> int:
        """Those with another slug are not found any more. Returns how many there were."""
        others = ARTICLES.update().where(ARTICLES.c.active, ARTICLES.c.slug.not_in(list(slugs)))
        return self.crm.connection.execute(others.values(active=False, changed_at=self.crm.now)).rowcount

    def search(self, question: str, store: str = "", day: date | None = None, limit: int = 5) -> list[Hit]:
        """The best articles that hold that day (today) in that store, best first, however little they fit."""
        return self._index().search(question, day or self._today(), store, limit)

    def answer(self, question: str, store: str = "") -> Hit | None:
        """The one that answers it, or nothing: better a person than a guess."""
        hits = self.search(question, store, limit=1)
        return hits[0] if hits and hits[0].score >= THRESHOLD else None

    def digest(self, slug: str) -> str:
        """Tells this wording of the article from every other."""
        row = self.by_slug(slug)
        return row.digest if row else ""

    def _today(self) -> date:
        return self.crm.now.astimezone(self.crm.shop.zone).date()

    def _index(self) -> Index:
        """Cut anew only when an article has changed, whichever process changed it."""
        rows = self.crm.connection.execute(
            core_select(ARTICLES.c.slug, ARTICLES.c.digest).where(ARTICLES.c.active).order_by(ARTICLES.c.slug)
        )
        mark = tuple((slug, digest) for slug, digest in rows)
        index = _INDEXES.get(mark)
        if index is None:
            _INDEXES.clear()
            index = _INDEXES[mark] = knowledge.index(article.read() for article in self.all())
        return index


_INDEXES: dict[tuple[tuple[str, str], ...], Index] = {}  # the newest alone


def _columns(article: knowledge.Article) -> dict[str, object]:
    values: dict[str, object] = {
        "slug": article.slug,
        "title": article.title,
        "title_en": article.title_en,
        "stores": "\n".join(sorted(article.stores)),
        "valid_from": article.valid_from,
        "valid_until": article.valid_until,
        "questions": "\n".join(article.questions),
        "text": article.text,
    }
    return values | {"digest": hashlib.sha256(repr(values).encode()).hexdigest()[:32]}
