"""Fifty tills redeem one coupon at the same moment, over HTTP: it is used once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.product import Product
from tests.records import ask, count

MakeProduct = Callable[..., Product]
CROWD = 50
BEARER = {"Authorization": "Bearer till-token"}


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, product: MakeProduct) -> Product:
    settings = {"CLOCK": "2026-11-23T10:00:00+08:00", "API_TOKENS": "till:till-token"}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
    one = product(start=False, **settings)
    assert one.cli("store", "add", "ns", "深圳南山店").code == 0
    return one.start()


def claimed(shop: Product) -> str:
    """The code of a birthday coupon that an owner has asked for in the web chat."""
    told = ""
    for number, text in enumerate(("领生日券", "11月20日", "是的")):
        answer = shop.post("/api/v1/chat/li-ming-0001/messages", {"id": f"m{number}", "text": text})
        told = "\n".join(one["text"] for one in answer.json()["messages"])
    found = re.search(r"券码 (\w{5} \w{5})", told)
    assert found, told
    return found[1].replace(" ", "")


def test_one_is_told_yes_and_the_others_when_and_by_whom(shop: Product) -> None:
    code = claimed(shop)
    with ThreadPoolExecutor(CROWD) as crowd:
        orders = crowd.map(lambda _: shop.post(f"/api/v1/coupons/{code}/redeem", {"store": "ns"}, BEARER), range(CROWD))
        answers = list(orders)
    assert Counter(answer.status for answer in answers) == {200: 1, 409: CROWD - 1}
    late = next(answer for answer in answers if answer.status == 409)
    assert "was used Mon 23 Nov 10:0" in late.json()["detail"]
    assert "(深圳南山店, till)" in late.json()["detail"]
    assert count(shop, "event", "verb = 'coupon.redeemed'") == 1
    assert ask(shop, "SELECT status, redeemed_via FROM coupon") == [("redeemed", "api:till")]
