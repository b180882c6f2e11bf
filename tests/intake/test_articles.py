"""Articles are read with line-precise errors."""

import pytest

from intake.articles import read_article

GOOD = "---\ntitle: 怎么开发票\nstores: NS, FT\nvalid_from: 2026-01-01\nquestions:\n- 可以开发票吗\n---\n\n可以。\n"


def test_a_good_article_is_read() -> None:
    article, errors = read_article("invoice", GOOD, {"NS", "FT"})
    assert errors == []
    assert article is not None
    assert (article.title, article.questions) == ("怎么开发票", ("可以开发票吗",))
    assert article.stores == frozenset({"NS", "FT"})
    assert (str(article.valid_from), article.valid_until, article.text) == ("2026-01-01", None, "可以。")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("title: 怎么开发票", "titel: 怎么开发票", "2: there is no 'titel'"),
        ("title: 怎么开发票", "title:", "1: give the article a title"),
        ("NS, FT", "NS, XX", "3: there is no store 'XX'"),
        ("2026-01-01", "1.1.2026", "4: valid_from is a day"),
        ("valid_from: 2026-01-01", "valid_from 2026", "4: write name: value"),
        ("questions:", "valid_until: 2025-01-01\nquestions:", "5: valid_until comes before"),
        ("stores: NS, FT", "title: 再来", "3: title stands here twice"),
        ("\n可以。\n", "", "7: write the answer"),
        ("---\n\n可以。", "\n可以。", "8: end the head"),
        ("---\ntitle", "title", "1: begin with"),
    ],
)
def test_what_is_wrong_names_its_line(old: str, new: str, error: str) -> None:
    article, errors = read_article("invoice", GOOD.replace(old, new, 1), {"NS", "FT"})
    assert article is None
    assert any(line.startswith(error) for line in errors), errors
