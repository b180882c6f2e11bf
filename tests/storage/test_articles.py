"""Articles on the store: found the same on both databases, loaded twice without change, retired and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.knowledge import Article
from storage.crm import Crm
from tests.chat import Shop

INVOICE = Article("invoice", "怎么开发票", ("可以开发票吗",), "付款当天开具电子发票。", "How to get an invoice")
PAYMENT = Article("payment", "可以怎么付款", ("可以刷卡吗", "能用支付宝吗"), "微信、支付宝、银联卡都可以。")
LOANER = Article("loaner", "有代步车吗", ("修车期间能借车吗",), "提前一天告诉顾问。", stores=frozenset({"s1"}))


def load(crm: Crm, *articles: Article) -> list[str]:
    return [crm.articles.load(article) for article in articles]


def found(shop: Shop, words: str, store: str = "s1", day: date | None = None) -> list[tuple[str, float]]:
    return shop.ask(lambda crm: [(h.article.slug, h.score) for h in crm.articles.search(words, store, day)])


def test_loading_again_changes_only_what_has_changed(shop: Shop) -> None:
    assert shop.do(lambda crm: load(crm, INVOICE, PAYMENT)) == ["added", "added"]
    newer = replace(PAYMENT, text="也可以分期。")
    assert shop.do(lambda crm: load(crm, INVOICE, newer)) == ["same", "changed"]


def test_a_change_is_found_at_once(shop: Shop) -> None:
    shop.do(lambda crm: load(crm, INVOICE))
    assert found(shop, "可以分期吗") == []
    shop.do(lambda crm: load(crm, PAYMENT, replace(INVOICE, questions=("可以分期吗",))))
    assert found(shop, "可以分期吗")[0][0] == "invoice"


def test_the_score_is_the_same_on_every_database(shop: Shop) -> None:
    shop.do(lambda crm: load(crm, INVOICE, PAYMENT, LOANER))
    assert found(shop, "能刷卡付款吗") == [("payment", 0.6624), ("invoice", 0.0881)]


def test_an_article_holds_for_its_stores_and_days(shop: Shop) -> None:
    shop.do(lambda crm: load(crm, LOANER, replace(INVOICE, valid_until=date(2026, 12, 31))))
    assert found(shop, "有代步车吗", "s1")
    assert not found(shop, "有代步车吗", "s2")
    assert found(shop, "发票", day=date(2026, 12, 31))
    assert not found(shop, "发票", day=date(2027, 1, 1))


def test_a_retired_article_answers_nothing_and_comes_back_when_it_is_loaded(shop: Shop) -> None:
    shop.do(lambda crm: load(crm, INVOICE, PAYMENT))
    assert shop.do(lambda crm: crm.articles.retire_all_but(["payment"])) == 1
    assert found(shop, "可以开发票吗") == []
    assert shop.do(lambda crm: load(crm, INVOICE)) == ["changed"]
    assert found(shop, "可以开发票吗")


def test_questions_nobody_answered_are_grouped_masked_and_sealed(shop: Shop) -> None:
    def ask(crm: Crm) -> None:
        for words in ("粤B12345能改装排气吗", "可以改装排气不", "能刷卡吗"):
            crm.questions.keep(words, None, 1)

    shop.do(ask)
    listed = shop.ask(lambda crm: [(q.text, q.count) for q in crm.questions.unanswered()])
    assert sorted(listed) == [("可以改装排气不", 2), ("能刷卡吗", 1)]
    shop.do(lambda crm: load(crm, PAYMENT))
    assert shop.ask(lambda crm: [q.text for q in crm.questions.unanswered()]) == ["可以改装排气不"]
