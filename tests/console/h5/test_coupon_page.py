"""The coupon page: what it gives, a code and its QR code, and what became of it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import segno

from console.h5.coupon import QUIET_ZONE, qr
from storage.crm import Crm
from tests.console.h5.conftest import Counter


def give(counter: Counter, *, claimed: bool = False, owner: int = 1) -> int:
    def issue(crm: Crm) -> int:
        coupon = crm.coupons.issue(owner, "birthday", f"birthday:{owner}", claimed=claimed)
        assert coupon is not None
        return coupon.key

    return counter.do(issue)


def code_of(counter: Counter, coupon: int) -> str:
    return counter.ask(lambda crm: crm.coupons.get(coupon).code)


def test_an_offered_coupon_is_claimed_once_and_shows_its_code(counter: Counter) -> None:
    coupon = give(counter)
    page, code = counter.link("coupon", subject=coupon), code_of(counter, coupon)
    before = counter.get(page).text
    assert "8 折，另送洗车一次" in before
    assert code[:5] not in before
    with ThreadPoolExecutor(8) as crowd:
        assert {answer.status for answer in crowd.map(lambda _: counter.post(page, do="claim"), range(8))} == {303}
    assert f"{code[:5]} {code[5:]}" in counter.get(page).text
    assert counter.ask(lambda crm: crm.coupons.get(coupon).status) == "claimed"
    assert len([text for text in counter.chat() if "已领取" in text]) == 1


def test_the_qr_code_holds_the_code_black_on_white_with_its_quiet_zone(counter: Counter) -> None:
    code = code_of(counter, give(counter, claimed=True))
    svg = str(qr(code))
    made = segno.make(code, error="m", micro=False, boost_error=False)
    side = made.symbol_size(border=QUIET_ZONE)[0]
    assert f'viewBox="0 0 {side} {side}"' in svg
    assert re.search(r'fill="#fff"|stroke="#000"', svg)
    assert svg in counter.get(counter.link("coupon", subject=1)).text


def test_a_used_coupon_says_when_and_where_and_shows_no_code(counter: Counter) -> None:
    coupon = give(counter, claimed=True)
    counter.do(lambda crm: crm.coupons.redeem(crm.coupons.get(coupon), staff_id=1, store_id=1, via="console"))
    shown = counter.get(counter.link("coupon", subject=coupon)).text
    assert "11 月 23 日（周一）10:00已使用，深圳南山店" in shown
    assert '<svg class="segno"' not in shown
    assert code_of(counter, coupon)[:5] not in shown


def test_one_that_ran_out_or_was_taken_back_says_so(counter: Counter) -> None:
    coupon = give(counter, claimed=True)
    page = counter.link("coupon", days=30, subject=coupon)
    counter.time_is("2026-12-02T10:00:00+08:00")
    assert "这张券已过期" in counter.get(page).text
    other = give(counter, owner=counter.do(lambda crm: crm.owners.add("王芳").key))
    counter.do(lambda crm: crm.coupons.revoke(crm.coupons.get(other), "mistake"))
    shown = counter.get(counter.link("coupon", subject=other, owner=2)).text
    assert "已被门店收回" in shown
    assert "mistake" not in shown


def test_somebody_elses_coupon_is_gone(counter: Counter) -> None:
    coupon = give(counter)
    wang = counter.do(lambda crm: crm.owners.add("王芳").key)
    for path in (
        counter.link("coupon", subject=coupon, owner=wang),
        counter.link("coupon"),
        counter.link("coupon", subject=99),
    ):
        assert counter.get(path).status == 410
        assert counter.post(path, do="claim").status == 410
    assert counter.ask(lambda crm: crm.coupons.get(coupon).status) == "offered"
