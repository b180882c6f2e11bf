"""Coupons over the API: what one gives, using it once, and how it says no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.api_documents import CouponItem
from tests import web
from tests.console.test_api import BEARER, MONDAY, strictly
from tests.serving import Serving


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Serving]:
    with Serving(tmp_path, sends=False, API_TOKENS="dms:the-token-of-the-dms", CLOCK=MONDAY) as serving:
        serving.house.database.transact(lambda crm: crm.stores.add("NS", "深圳南山店"))
        yield serving


def coupon(shop: Serving, *, claimed: bool = True) -> str:
    """The code of Li Ming's."""

    def issue(crm):  # type: ignore[no-untyped-def]
        return crm.coupons.issue(crm.owners.add("李明").key, "birthday", "birthday:1:2026", claimed=claimed).code

    return str(shop.house.database.transact(issue))


def redeem(shop: Serving, code: str, body: object = None) -> web.Answer:
    if body is None:
        return web.request("POST", f"{shop.url}/api/v1/coupons/{code}/redeem", headers=BEARER)
    return web.post_json(f"{shop.url}/api/v1/coupons/{code}/redeem", body, BEARER)


def test_what_a_coupon_gives(shop: Serving) -> None:
    code = coupon(shop)
    document = shop.get(f"/api/v1/coupons/{code[:5].lower()}%20{code[5:]}", BEARER).json()
    strictly(CouponItem, document)
    assert (document["code"], document["percent"], document["status"]) == (code, 80, "claimed")
    assert document["valid_until"] == "2026-12-01T00:00:00+08:00"


def test_it_is_used_once_and_the_owner_document_shows_it(shop: Serving) -> None:
    code = coupon(shop)
    used = redeem(shop, code, {"store": "NS"})
    assert used.status == 200, used.text
    assert (used.json()["status"], used.json()["redeemed_by"], used.json()["store"]) == ("redeemed", "dms", "NS")
    again = redeem(shop, code)
    assert again.status == 409
    assert again.headers["content-type"] == "application/problem+json"
    assert shop.get("/api/v1/owners/1", BEARER).json()["coupons"] == [used.json()]


def test_what_cannot_be_used_says_why(shop: Serving) -> None:
    code = coupon(shop, claimed=False)
    assert "not claimed" in redeem(shop, code).json()["detail"]
    assert redeem(shop, "ABCDEFGHJK").status == 404
    assert shop.get("/api/v1/coupons/ABCDEFGHJK", BEARER).status == 404
    assert redeem(shop, code, {"store": "nowhere"}).status == 422
    for odd in ("%00", "x", "💥", "1" * 64):
        assert shop.get(f"/api/v1/coupons/{odd.encode().hex() if odd == '💥' else odd}", BEARER).status == 404


def test_without_a_token_nothing_is_told_or_used(shop: Serving) -> None:
    code = coupon(shop)
    assert shop.get(f"/api/v1/coupons/{code}").status == 401
    assert web.request("POST", f"{shop.url}/api/v1/coupons/{code}/redeem").status == 401
    assert shop.ask(lambda crm: crm.coupons.get(1).status) == "claimed"
