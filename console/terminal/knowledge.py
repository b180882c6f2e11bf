"""`huiche knowledge`: the articles that answer owners' questions, and the questions that none answers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.terminal import reading, screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from core.knowledge import Article
    from storage.crm import Crm


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="load|list|search|unanswered")
    load = verbs.add_parser("load", help="read Markdown articles; the same again changes nothing")
    load.add_argument("paths", nargs="+", type=Path, metavar="DIR|FILE")
    load.add_argument("--prune", action="store_true", help="retire every article that is not among these")
    search = verbs.add_parser("search", help="what a question would be answered with")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--store", metavar="CODE", default="", help="as an owner of this store asks it")
    search.add_argument("--at", type=reading.moment, metavar="ISO", help="as if it were asked then")
    listing = verbs.add_parser("list", help="all articles")
    unanswered = verbs.add_parser("unanswered", help="what nobody could answer, most asked first")
    for verb in (load, search, listing, unanswered):
        verb.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    verbs = {"load": _load, "list": _list, "search": _search, "unanswered": _unanswered}
    return verbs[args.verb](args)


def _load(args: argparse.Namespace) -> int:
    """All of them, or none when one cannot be read."""
    from intake.articles import files_of, read_article

    files = files_of(args.paths)
    with opened() as house:
        codes = house.database.read(lambda crm: {store.code for store in crm.stores.all()})
        read = [(file, *read_article(slug, _text(file), codes)) for slug, file in files]
        errors = [f"{file}:{error}" for file, _, found in read for error in found]
        articles = [article for _, article, _ in read if article]
        slugs = [slug for slug, _ in files]
        errors += [f"{slug}.md stands twice: load its folder instead" for slug in sorted(_twice(slugs))]
        told = house.database.transact(lambda crm: _write(crm, articles, prune=args.prune)) if not errors else {}
    if args.json:
        screen.document({**told, "errors": errors})
    else:
        for line in errors:
            screen.hint(line)
        print("nothing was changed: mend the lines above" if errors else _counted(told))
    return 1 if errors else 0


def _write(crm: Crm, articles: list[Article], *, prune: bool) -> dict[str, int]:
    done = [crm.articles.load(article) for article in articles]
    retired = crm.articles.retire_all_but([article.slug for article in articles]) if prune else 0
    return {**{word: done.count(word) for word in ("added", "changed", "same")}, "retired": retired}


def _counted(told: dict[str, int]) -> str:
    return ", ".join(f"{count} {word}" for word, count in told.items())


def _text(file: Path) -> str:
    from core.errors import BadInput

    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file}: cannot be read as UTF-8 ({error})") from None


def _twice(slugs: list[str]) -> set[str]:
    return {slug for slug in slugs if slugs.count(slug) > 1}


def _list(args: argparse.Namespace) -> int:
    with opened() as house:
        items = house.database.read(lambda crm: [_described(article.read()) for article in crm.articles.all()])
    if args.json:
        screen.document({"items": items, "next": None})
    elif items:
        rows = [(i["slug"], i["title"], ",".join(i["stores"]) or "all", i["valid_until"] or "") for i in items]
        screen.table(("slug", "title", "stores", "until"), rows)
    else:
        print("no articles yet: `huiche knowledge load FOLDER` reads them")
    return 0


def _described(article: Article) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "stores": sorted(article.stores),
        "valid_from": str(article.valid_from) if article.valid_from else None,
        "valid_until": str(article.valid_until) if article.valid_until else None,
    }


def _search(args: argparse.Namespace) -> int:
    """Exit 0 when it is answered, 1 when a person would be asked."""
    from core.knowledge import THRESHOLD

    with opened() as house:
        moment = args.at or house.clock.now()
        day = (moment if moment.tzinfo is None else moment.astimezone(house.shop.zone)).date()
        hits = house.database.read(lambda crm: crm.articles.search(args.text, args.store, day))
    items = [
        {"slug": hit.article.slug, "title": hit.article.title, "score": hit.score, "answers": hit.score >= THRESHOLD}
        for hit in hits
    ]
    answered = bool(items and items[0]["answers"])
    if args.json:
        screen.document({"answered": answered, "threshold": THRESHOLD, "items": items})
    else:
        print(hits[0].article.text if answered else "no article answers this: a person is asked")
        screen.table(("score", "slug", "title"), [(f"{i['score']:.2f}", i["slug"], i["title"]) for i in items])
    return 0 if answered else 1


def _unanswered(args: argparse.Namespace) -> int:
    with opened() as house:
        found = house.database.read(lambda crm: crm.questions.unanswered())
        zone = house.shop.zone
    items = [{"text": q.text, "count": q.count, "asked_at": q.asked_at.astimezone(zone).isoformat()} for q in found]
    if args.json:
        screen.document({"items": items, "next": None})
    elif items:
        screen.table(("asked", "last", "question"), [(i["count"], str(i["asked_at"])[:10], i["text"]) for i in items])
    else:
        print("every question had an answer")
    return 0
