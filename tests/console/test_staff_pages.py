"""The staff pages: one-time link, my tasks, a task, an owner; they work without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import web
from tests.console.conftest import NARROW, WIDE, Visit
from tests.console.talk import scrolls_sideways
from tests.product import Product

WANG, ZHOU, TECHNICIAN = 2, 7, 4


def link_for(demo: Product, staff: int) -> str:
    """The path of a fresh sign-in link."""
    return demo.get(f"/demo/staff/page?me={staff}").headers["location"]


def session_of(demo: Product, staff: int) -> dict[str, str]:
    answer = web.request("POST", demo.url + link_for(demo, staff))
    return {"Cookie": answer.headers["set-cookie"].split(";")[0]}


def signs_in(demo: Product, visit: Visit, staff: int, size: tuple[int, int] = NARROW) -> Page:
    page = visit(demo.url + link_for(demo, staff), size)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("今天的事")
    return page


def test_a_link_works_once_and_looking_at_it_does_not_use_it_up(quiet_demo: Product) -> None:
    path = link_for(quiet_demo, WANG)
    assert quiet_demo.get(path).status == 200
    assert quiet_demo.get(path).status == 200
    opened = web.request("POST", quiet_demo.url + path)
    assert opened.status == 303
    cookie = opened.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax"} <= set(re.split(r"; ?", cookie))
    again = web.request("POST", quiet_demo.url + path)
    assert again.status == 403
    assert "已经用过或过期" in again.text


def test_without_a_session_the_page_says_how_to_get_in(quiet_demo: Product) -> None:
    for path in ("/console/", "/console/tasks/1", "/console/owners/1"):
        answer = quiet_demo.get(path)
        assert answer.status == 401
        assert "请先登录" in answer.text
        assert "李明" not in answer.text


def test_a_form_on_another_site_does_nothing(quiet_demo: Product) -> None:
    mine = session_of(quiet_demo, WANG)
    for foreign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert web.request("POST", f"{quiet_demo.url}/console/tasks/1/take", headers=mine | foreign).status == 403
        assert web.request("POST", quiet_demo.url + link_for(quiet_demo, WANG), headers=foreign).status == 403
    assert "我来跟进" in quiet_demo.get("/console/tasks/1", mine).text


def test_wang_takes_a_task_sees_everything_and_the_look_is_recorded(demo: Product, visit: Visit) -> None:
    page = signs_in(demo, visit, WANG)
    page.get_by_role("link", name="流失预警").filter(has_text="赵**").click()
    expect(page.locator(".card")).not_to_contain_text("赵建国")
    page.get_by_role("button", name="我来跟进").click()
    expect(page.locator(".card")).to_contain_text("赵建国")
    expect(page.locator(".card")).to_contain_text("粤BF27716")
    expect(page.get_by_role("status")).to_contain_text("已领取")
    page.get_by_role("button", name="已电话").click()
    expect(page.locator(".card .footer")).to_contain_text("已电话联系")
    assert not scrolls_sideways(page)
    rows = demo.get("/demo/ledger").json()["entries"]
    assert any("王海涛 查看了完整信息" in row["text"] and "员工页面" in row["row"] for row in rows)


def test_what_was_done_about_a_complaint_is_written_on_its_page(demo: Product) -> None:
    chat = f"{demo.url}/api/v1/chat/angry-owner/messages"
    web.post_json(chat, {"id": "1", "text": "我要投诉，车门刮花了"})
    zhou = session_of(demo, ZHOU)
    found = re.findall(r'href="(/console/tasks/\d+)"', demo.get("/console/", zhou).text)
    page = next(path for path in found if "<h1>投诉</h1>" in demo.get(path, zhou).text)
    web.request("POST", f"{demo.url}{page}/take", headers=zhou)
    assert '<textarea id="words-ticket_solved"' in demo.get(page, zhou).text
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    web.request("POST", f"{demo.url}{page}/ticket_solved", "words=已补漆".encode(), zhou | form)
    told = demo.get("/api/v1/chat/angry-owner/messages?after=0").json()["messages"][-1]
    assert "我们做了：已补漆" in told["text"]
    assert [choice["text"] for choice in told["choices"]] == ["解决了", "还没有"]
    answer = web.post_json(chat, {"id": "2", "text": "解决了"})
    assert "已结案" in answer.text


def test_an_owners_record_is_for_those_who_work_in_that_store(quiet_demo: Product) -> None:
    assert "粤B·12345" in quiet_demo.get("/console/owners/1", session_of(quiet_demo, WANG)).text
    for stranger in (ZHOU, TECHNICIAN):
        answer = quiet_demo.get("/console/owners/1", session_of(quiet_demo, stranger))
        assert answer.status == 403
        assert "李明" not in answer.text


def test_a_phone_number_is_masked_for_an_advisor_who_does_not_look_after_the_owner(quiet_demo: Product) -> None:
    wang, lin = session_of(quiet_demo, WANG), session_of(quiet_demo, 3)
    assert "154 2060 0000" in quiet_demo.get("/console/owners/1", wang).text
    assert "154****0000" in quiet_demo.get("/console/owners/1", lin).text


def test_what_does_not_exist_looks_like_the_rest(quiet_demo: Product) -> None:
    mine = session_of(quiet_demo, WANG)
    for path in ("/console/tasks/99999", "/console/tasks/x", "/console/owners/0", "/console/nothing/here"):
        answer = quiet_demo.get(path, mine)
        assert answer.status == 404
        assert "没有这个页面" in answer.text
        assert answer.headers["content-type"].startswith("text/html")


def test_signing_out_ends_the_session_on_this_device_only(quiet_demo: Product) -> None:
    phone, desk = session_of(quiet_demo, WANG), session_of(quiet_demo, WANG)
    assert web.request("POST", f"{quiet_demo.url}/console/sign-out", headers=phone).status == 200
    assert quiet_demo.get("/console/", phone).status == 401
    assert quiet_demo.get("/console/", desk).status == 200


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_the_pages_fit_and_the_next_step_is_the_largest_button(
    quiet_demo: Product, visit: Visit, size: tuple[int, int]
) -> None:
    page = signs_in(quiet_demo, visit, WANG, size)
    for path in ("/console/", "/console/tasks/1", "/console/owners/1"):
        page.goto(quiet_demo.url + path)
        assert not scrolls_sideways(page)
    page.goto(quiet_demo.url + "/console/tasks/1")
    heights = page.evaluate("[...document.querySelectorAll('.button')].map((b) => [b.offsetHeight, b.className])")
    assert "main" in max(heights)[1]


def test_the_pages_in_english(quiet_demo: Product) -> None:
    mine = session_of(quiet_demo, WANG)
    home = quiet_demo.get("/console/?lang=en", mine)
    assert "Waiting to be taken" in home.text
    mine["Cookie"] += "; huiche_language=en"
    assert "Back to my tasks" in quiet_demo.get("/console/owners/1", mine).text


def test_pages_carry_the_headers_that_keep_them_ours(quiet_demo: Product) -> None:
    for path in ("/", "/console/", link_for(quiet_demo, WANG)):
        headers = quiet_demo.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
    style = re.search(r'href="(/static/[^"]+look\.css)"', quiet_demo.get("/").text)
    assert style
    assert "immutable" in quiet_demo.get(style[1]).headers["cache-control"]
    assert quiet_demo.get("/static/x/..%2fpages.py").status == 404


def test_unanswered_questions_are_for_those_who_can_have_an_article_written(quiet_demo: Product) -> None:
    manager = next(
        n for n in range(1, 30) if "/console/questions" in quiet_demo.get("/console/", session_of(quiet_demo, n)).text
    )
    shown = quiet_demo.get("/console/questions", session_of(quiet_demo, manager))
    assert shown.status == 200
    assert "没有答上来的问题" in shown.text
    assert quiet_demo.get("/console/questions", session_of(quiet_demo, WANG)).status == 403
    assert quiet_demo.get("/console/questions").status == 401
