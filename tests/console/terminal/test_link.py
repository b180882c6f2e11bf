"""Staff make a link to one of an owner's pages, and take links back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.terminal.conftest import Huiche

MONDAY = "2026-11-23T10:00:00+08:00"


@pytest.fixture
def li(nanshan: Huiche, tmp_path: Path) -> Huiche:
    """李明 is on record with a phone and a car."""
    (tmp_path / "owners.csv").write_text("姓名,手机,车牌\n李明,13800138000,粤B12345\n", "utf-8")
    assert nanshan("import", "owners.csv", CLOCK=MONDAY).code == 0
    return nanshan


def test_a_link_is_printed_with_its_end(li: Huiche) -> None:
    made = li("link", "粤B12345", "--page", "booking", PUBLIC_URL="https://shop.example")
    assert made.code == 0
    assert made.out.startswith("https://shop.example/h/1-")
    assert "opens until 2026-11-30 10:00" in made.err
    document = li("link", "13800138000", "--page", "complaint", "--days", "2", "--json").json
    assert document.keys() == {"url", "page", "owner", "expires_at"}
    assert document["expires_at"].startswith("2026-11-25T10:00")


def test_open_links_are_taken_back_at_once(li: Huiche) -> None:
    for page in ("booking", "booking", "complaint"):
        li("link", "1", "--page", page)
    assert li("link", "1", "--revoke", "--page", "complaint", "--json").json == {"owner": 1, "revoked": 1}
    assert li("link", "1", "--revoke").out == "2 links stopped working\n"
    assert li("link", "1", "--revoke").out == "0 links stopped working\n"


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("1",), "--page is one of"),
        (("9", "--page", "booking"), "no people are on record"),
        (("1", "--page", "coupon"), "--subject names the coupon"),
        (("1", "--page", "coupon", "--subject", "7"), "owner 1 has no coupon 7"),
        (("1", "--page", "booking", "--days", "0"), "--days is 1 to 365"),
    ],
)
def test_what_cannot_be_linked_is_said(li: Huiche, arguments: tuple[str, ...], why: str) -> None:
    refused = li("link", *arguments)
    assert (refused.code, refused.out) == (2, "")
    assert why in refused.err
