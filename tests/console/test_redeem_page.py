"""The page on which a coupon is redeemed: on a phone, between two cars, without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests import web
from tests.console.conftest import NARROW, Visit
from tests.console.talk import scrolls_sideways
from tests.console.test_staff_pages import TECHNICIAN, WANG, session_of, signs_in
from tests.product import Product

MANAGER = 1


def claimed(demo: Product, account: str = "li-ming-0001") -> str:
    """The code that an owner shows, who has just asked for it in the chat."""
    told = ""
    for number, text in enumerate(("领生日券", "11月20日", "是的")):
        answer = demo.post(f"/api/v1/chat/{account}/messages", {"id": f"m{number}", "text": text})
        told = "\n".join(one["text"] for one in answer.json()["messages"])
    found = re.search(r"券码 (\w{5} \w{5})", told)
    assert found, told
    return found[1]


def test_an_advisor_types_the_code_sees_what_it_gives_and_uses_it(demo: Product, visit: Visit) -> None:
    code = claimed(demo)
    page = signs_in(demo, visit, WANG, NARROW)
    page.get_by_role("link", name="核销礼券").click()
    page.get_by_label("券码").fill(code.lower())
    page.get_by_role("button", name="查券").click()
    expect(page.locator(".card")).to_contain_text("8 折，另送洗车一次、小礼品一份")
    expect(page.locator(".card")).to_contain_text(code)
    assert not scrolls_sideways(page)
    page.get_by_role("button", name="核销", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已核销：生日礼券")
    expect(page.locator(".card")).to_contain_text("用过了")
    expect(page.get_by_role("button", name="核销", exact=True)).to_have_count(0)
    rows = demo.get("/demo/ledger").json()["entries"]
    assert any("已核销" in row["text"] and "员工页面" in row["row"] for row in rows)


def test_the_address_in_the_qr_code_opens_the_coupon(demo: Product, visit: Visit) -> None:
    code = claimed(demo)
    page = signs_in(demo, visit, WANG)
    page.goto(f"{demo.url}/console/redeem?code={code.replace(' ', '')}")
    heights = page.evaluate("[...document.querySelectorAll('.button')].map((b) => [b.offsetHeight, b.textContent])")
    assert "核销" in [text for height, text in heights if height == max(heights)[0]]


def test_what_is_wrong_is_said_on_the_page(quiet_demo: Product) -> None:
    mine = session_of(quiet_demo, WANG)
    assert "没有这个券码" in quiet_demo.get("/console/redeem?code=ABCDEFGHJK", mine).text
    refused = quiet_demo.get("/console/redeem?code=ABCDEFGHJK", session_of(quiet_demo, TECHNICIAN))
    assert "岗位不能" in refused.text
    assert quiet_demo.get("/console/redeem").status == 401
    assert web.request("POST", f"{quiet_demo.url}/console/redeem", b"code=ABCDEFGHJK").status == 401
    foreign = mine | {"Origin": "https://evil.example"}
    assert web.request("POST", f"{quiet_demo.url}/console/redeem", b"code=ABCDEFGHJK", foreign).status == 403


def test_a_manager_revokes_with_a_reason(demo: Product, visit: Visit) -> None:
    code = claimed(demo)
    page = signs_in(demo, visit, MANAGER)
    page.goto(f"{demo.url}/console/redeem?code={code.replace(' ', '')}")
    page.get_by_label("作废原因").fill("发错了")
    page.get_by_role("button", name="作废").click()
    expect(page.get_by_role("status")).to_contain_text("已作废：生日礼券")
    expect(page.locator(".card")).to_contain_text("已经作废：发错了")


def test_in_english(quiet_demo: Product) -> None:
    mine = session_of(quiet_demo, WANG)
    assert "Redeem a coupon" in quiet_demo.get("/console/redeem?lang=en", mine).text
