"""Which article answers a question, by shared characters alone: one scoring for every database, and a refusal.

A question is cut into words of Latin script and pairs of Chinese characters. Each piece weighs the more, the fewer
articles have it (the idf of BM25); an article has a piece the more, the more prominent it stands there. The score is
the share of the question's weight that the article covers, 0 to 1, so that one threshold fits every length.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.understanding.normalise import lower, normalise

NEAR = 0.1  # from here on a draft may lean on it, since a person reads that first
THRESHOLD = 0.32  # below it nothing is answered; tests/core/test_knowledge.py measures it
_SATURATION = 0.35  # how soon one more occurrence adds nothing (k1 of BM25)
_OFF_TITLE = 0.8  # what an article can score whose title and questions share nothing with the question
_HEAD, _BODY = 3.0, 0.3  # how prominent: in the title and the questions, in the text
_UNHEARD = 0.4  # what a piece that no article has counts against all of them: half of such pairs are grammar
_SINGLE = 0.3  # what a character alone counts beside its pairs
_LATIN = re.compile(r"[a-z][a-z0-9']*|\d+(?:\.\d+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_FILLERS = re.compile(
    "请问一下|问一下|想问下|想问|请问|你好|您好|麻烦|谢谢|我想知道|知道|告诉我|能不能|可不可以|可以不|可以吗|可以|能否|是不是|"
    "多长时间|什么时候|的时候|会不会|不会|特别|比较|继续|应该|多久|有没有|怎么办|怎么样|怎么|怎样|如何|什么|哪些|多少|为什么|一下|我们|你们|咱们|我的|你的|这个|那个|要不要|需不需要|需要|"
    "[吗呢吧啊呀哦嘛的了么我你您咱它是有在要会能想就都也还请问]"
)
_STOP_WORDS = frozenset(
    "a an the is are am be do does did can could i my me you your it its to of for in on at and or how what which when "
    "will would should please if with any there have has need get got this that we us".split()
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the search sees it. `stores`: codes, none means all; the days are inclusive, None is open."""

    slug: str
    title: str
    questions: tuple[str, ...]
    text: str
    title_en: str = ""
    stores: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, day: date, store: str = "") -> bool:
        """Whether it is valid that day and, where a store is named, there."""
        begun = self.valid_from is None or self.valid_from <= day
        over = self.valid_until is not None and self.valid_until < day
        return begun and not over and (not self.stores or store in self.stores)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article and how much of the question it covers, 0 to 1."""

    article: Article
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """The articles' pieces: for each, in which articles it stands and how prominently."""

    articles: tuple[Article, ...]
    postings: dict[str, dict[int, float]] = field(default_factory=dict)
    heads: tuple[tuple[frozenset[str], ...], ...] = ()

    def search(self, question: str, day: date, store: str = "", limit: int = 5) -> list[Hit]:
        """Best first; ties by slug. Only articles that hold for that day and store."""
        pieces = terms(question)
        weights = {piece: count * self._idf(piece) * _weight(piece) for piece, count in Counter(pieces).items()}
        whole = sum(weights.values())
        if not whole:
            return []
        covered: dict[int, float] = {}
        for piece, weight in weights.items():
            for number, prominence in self.postings.get(piece, {}).items():
                gained = weight * prominence / (prominence + _SATURATION)
                covered[number] = covered.get(number, 0.0) + gained
        hits = [
            Hit(self.articles[number], round(self._score(number, frozenset(pieces), share / whole), 4))
            for number, share in covered.items()
            if self.articles[number].holds(day, store)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.article.slug))[:limit]

    def _idf(self, piece: str) -> float:
        found, total = len(self.postings.get(piece, ())), len(self.articles)
        rarity = math.log(1 + (total - found + 0.5) / (found + 0.5))
        return rarity if found else rarity * _UNHEARD

    def _score(self, number: int, pieces: frozenset[str], share: float) -> float:
        """A question that is asked in nearly these words is certain; one that only the text shares is less so."""
        closest = max((likeness(pieces, head) for head in self.heads[number]), default=0.0)
        return share * (_OFF_TITLE + (1 - _OFF_TITLE) * min(1.0, 2 * closest))


def index(articles: Iterable[Article]) -> Index:
    """Cuts the articles into pieces; a thousand take about a second, and are kept."""
    listed = tuple(sorted(articles, key=lambda article: article.slug))
    postings: dict[str, dict[int, float]] = {}
    for number, article in enumerate(listed):
        for piece, prominence in _prominences(article).items():
            postings.setdefault(piece, {})[number] = prominence
    heads = tuple(tuple(frozenset(terms(line)) for line in _head(article)) for article in listed)
    return Index(listed, postings, heads)


def terms(text: str) -> list[str]:
    """What the text is compared by: Latin words, pairs of Chinese characters and the characters themselves."""
    low = lower(normalise(text))
    found = [word for word in map(_stem, _LATIN.findall(low)) if word not in _STOP_WORDS]
    for run in _HAN.findall(_FILLERS.sub(" ", low)):
        found += [run[place : place + 2] for place in range(len(run) - 1)]
        found += run
    return found


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """How much two texts share, 0 to 1 (Dice)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def grouped(questions: Sequence[str], least: float = 0.5) -> list[list[int]]:
    """Numbers of questions that ask the same, largest group first."""
    groups: list[tuple[frozenset[str], list[int]]] = []
    for number, question in enumerate(questions):
        pieces = frozenset(terms(question))
        like = next((group for first, group in groups if likeness(first, pieces) >= least or first == pieces), None)
        if like is None:
            groups.append((pieces, [number]))
        else:
            like.append(number)
    return sorted((group for _, group in groups), key=lambda group: (-len(group), group[0]))


def _head(article: Article) -> tuple[str, ...]:
    return tuple(filter(None, (article.title, article.title_en, *article.questions)))


def _prominences(article: Article) -> dict[str, float]:
    head = Counter(piece for line in _head(article) for piece in set(terms(line)))
    body = set(terms(article.text))
    return {piece: _HEAD * min(2, head[piece]) + _BODY * (piece in body) for piece in head.keys() | body}


def _weight(piece: str) -> float:
    return _SINGLE if len(piece) == 1 and not piece.isascii() else 1.0


def _stem(word: str) -> str:
    """tyres → tyre: enough for the plural of English."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
