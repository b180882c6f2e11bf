"""The demo page in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import NARROW, WIDE, Visit
from tests.console.talk import books, choices, says, scrolls_sideways, taps
from tests.product import Product


def newest(page: Page, title: str) -> Locator:
    """The last card of that kind."""
    number = page.locator("#group .card", has=page.get_by_role("heading", name=title)).last.get_attribute("data-task")
    return page.locator(f"#group [data-task='{number}']")


def as_advisor(page: Page, name: str) -> None:
    page.select_option("#me", page.locator("#me option", has_text=name).get_attribute("value") or "")


def test_a_sentence_becomes_an_appointment_a_ledger_line_and_a_card_that_an_advisor_takes(
    demo: Product, visit: Visit
) -> None:
    page = visit(demo.url)
    books(page)
    expect(page.locator("#ledger")).to_contain_text("预约 #1042 · 粤B·12345 · 明天 15:00")
    as_advisor(page, "王海涛")
    card = newest(page, "新预约")
    expect(card).to_contain_text("**45")
    card.get_by_role("button", name="我来跟进").click()
    expect(card).to_contain_text("王海涛 已领取")
    expect(card).to_contain_text("私聊 · 只有领取人能看到")
    expect(card).to_contain_text("粤B12345")
    assert not scrolls_sideways(page)


def test_two_advisors_tap_at_once_and_one_is_told(demo: Product, visit: Visit) -> None:
    wang, lin = visit(demo.url), visit(demo.url)
    books(wang)
    as_advisor(wang, "王海涛")
    as_advisor(lin, "林晓雯")
    for page in (wang, lin):
        expect(page.locator("#group .card", has_text="**45").filter(has_text="新预约")).to_be_visible()
    lin.route("**/demo/ledger*", lambda route: None)  # Lin's page does not hear of it in time
    for page in (wang, lin):
        newest(page, "新预约").get_by_role("button", name="我来跟进").click()
    expect(wang.locator("#toast")).to_contain_text("已领取")
    expect(lin.locator("#toast")).to_have_text("王海涛已经领取了")
    lin.unroute_all(behavior="ignoreErrors")
    lin.reload()
    expect(newest(lin, "新预约")).to_contain_text("王海涛 已领取")
    expect(newest(lin, "新预约")).not_to_contain_text("粤B12345")


def test_an_advisor_confirms_who_the_stranger_is(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    books(page)
    expect(page.locator("#phone-of")).to_have_text("车主的手机 · 新关注")
    as_advisor(page, "王海涛")
    card = page.locator("#group .card", has_text="请确认身份")
    expect(card).to_contain_text("李*")
    card.get_by_role("button", name="是同一人").click()
    expect(page.locator("#phone-of")).to_have_text("李明的手机 · 已关联档案")
    expect(page.locator("#ledger")).to_contain_text("身份已确认")


def test_the_next_day_brings_the_alerts_that_are_due(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    expect(page.locator("#clock .long")).to_have_text("11 月 23 日（周一）10:00")
    before = page.locator("#group .card").count()
    page.click("#next-day")
    expect(page.locator("#clock .long")).to_have_text("11 月 24 日（周二）09:00")
    expect(page.locator("#ledger .moved").last).to_contain_text("卡片已发到群里")
    brought = page.locator("#ledger .moved").last.locator(".brought li")
    expect(brought.filter(has_text="流失预警：待办卡片")).to_have_count(1)
    expect(brought.filter(has_text="未到店：待办卡片")).to_have_count(1)
    expect(page.locator("#group .card", has_text="刘**").last).to_be_visible()
    assert page.locator("#group .card").count() > before


def test_the_next_event_is_the_snoozed_card_that_comes_back(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    as_advisor(page, "王海涛")
    card = newest(page, "流失预警")
    card.get_by_role("button", name="我来跟进").click()
    card.get_by_role("button", name="稍后提醒").click()
    expect(card).to_contain_text("再提醒")
    for _ in range(8):
        expect(page.locator("#next-event")).to_be_enabled()
        page.click("#next-event")
        expect(page.locator("#next-event")).to_be_enabled()
        if "卡片回来了" in page.locator("#ledger").inner_text():
            expect(page.locator("#ledger")).to_contain_text("重新提醒 · 流失预警")
            expect(page.locator("#group .card", has_text="流失预警").last).to_contain_text("孙晓彤")
            return
    raise AssertionError(page.locator("#ledger").inner_text())


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_what_a_day_brought_is_a_line_per_journey(demo: Product, visit: Visit, size: tuple[int, int]) -> None:
    page = visit(demo.url, size)
    if size == NARROW:
        page.click("#tab-ledger")
    page.click("#next-day")
    brought = page.locator("#ledger .moved").last.locator(".brought li")
    expect(brought.first).to_be_visible()
    assert all("：" in line for line in brought.all_inner_texts())
    assert not scrolls_sideways(page)
    page.goto(f"{demo.url}/?lang=en")
    if size == NARROW:
        page.click("#tab-ledger")
    expect(page.locator("#ledger .brought li", has_text="Churn alerts: cards")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_panes_are_tabs_with_unread_counts(demo: Product, visit: Visit, scheme: str) -> None:
    page = visit(demo.url, NARROW, scheme)
    expect(page.locator("#pane-ledger")).to_be_hidden()
    books(page)
    expect(page.locator("#tab-staff .count")).not_to_have_text("")
    expect(page.locator("#tab-ledger .count")).to_be_visible()
    page.locator("#tab-owner").press("ArrowRight")
    expect(page.locator("#pane-ledger")).to_be_visible()
    expect(page.locator("#tab-ledger")).to_be_focused()
    expect(page.locator("#tab-ledger .count")).to_be_hidden()
    assert not scrolls_sideways(page)


def test_in_english_the_whole_page_and_the_talk_are_english(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#talk")).to_contain_text("Hello")
    expect(page.locator("#title-ledger")).to_have_text("Written to the CRM")
    page.get_by_role("button", name="Maintenance for 粤B12345 tomorrow at 3 pm").click()
    expect(page.locator("#talk .bubble.shop").last).to_contain_text("store")
    taps(page, "深圳南山店")
    expect(page.locator("#talk .bubble.shop").last).to_contain_text("mobile number")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#talk")).to_contain_text("Maintenance for 粤B12345 tomorrow at 3 pm")
    assert not scrolls_sideways(page)


def test_everything_can_be_done_with_the_keyboard(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    expect(page.locator(".choices button").first).to_be_visible()
    page.focus("#words")
    page.keyboard.type("我想预约洗车")
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.owner").last).to_have_text("我想预约洗车")
    first = choices(page)[0]
    page.locator(".choices:not(.old) button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bubble.owner").last).to_have_text(first)
    page.focus("#next-day")
    page.keyboard.press("Space")
    expect(page.locator("#clock .long")).to_have_text("11 月 24 日（周二）09:00")
    expect(page.locator("#next-day")).to_be_focused()


def test_what_was_said_is_still_there_after_a_reload(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    says(page, "你们几点开门？")
    expect(page.locator(".bubble.shop").last).to_contain_text("09:00")
    page.reload()
    expect(page.locator(".bubble.owner").last).to_have_text("你们几点开门？")
    expect(page.locator(".bubble.shop").last).to_contain_text("09:00")


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_control_has_a_name_and_is_large_enough(quiet_demo: Product, visit: Visit, size: tuple[int, int]) -> None:
    page = visit(quiet_demo.url, size)
    expect(page.locator(".choices button").first).to_be_visible()
    found = page.evaluate(
        """[...document.querySelectorAll("button, a, input, select")].filter((e) => e.checkVisibility()).map((e) => ({
          name: (e.getAttribute("aria-label") || e.labels?.[0]?.textContent || e.textContent).trim(),
          height: Math.round(e.getBoundingClientRect().height), tag: e.outerHTML.slice(0, 90)}))"""
    )
    assert found
    assert not [one for one in found if not one["name"]]
    assert not [one for one in found if one["height"] < 32 and not one["tag"].startswith("<a")]


def test_on_a_phone_the_talk_has_the_room_and_the_words_one_line(quiet_demo: Product, visit: Visit) -> None:
    page = visit(quiet_demo.url, NARROW)
    talk, words = (page.locator(what).bounding_box() for what in ('[data-pane="owner"] .talk', "#words"))
    assert talk
    assert words
    assert words["height"] < 60
    assert talk["height"] > 300


def test_a_car_that_is_typed_in_chinese_books_in_a_second_talk_too(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    books(page)
    if "不用" in choices(page):
        taps(page, "不用")
    says(page, "取消预约")
    expect(page.locator(".bubble.shop").last).not_to_contain_text("已为您预约")


def test_odd_requests_are_refused_and_never_a_bug(quiet_demo: Product) -> None:
    huge = 10**30
    for path in (
        f"/demo/ledger?after={huge}",
        "/demo/ledger?after=x",
        "/demo/ledger?me=-1",
        f"/demo/staff/page?me={huge}",
    ):
        assert quiet_demo.get(path).status == 422
    assert quiet_demo.get("/demo/staff/page?me=999").status == 404
    assert quiet_demo.post(f"/demo/staff/{huge}/take?me=2", {}).status == 422
    assert quiet_demo.post("/demo/clock/yesterday", {}).status == 422
    for path in ("/demo/staff/1/dance?me=2", "/demo/staff/99999/take?me=2", "/demo/staff/1/take?me=999"):
        assert quiet_demo.post(path, {}).json()["done"] is False


def test_the_booking_page_of_the_demo_writes_into_the_same_ledger(demo: Product, visit: Visit) -> None:
    page = visit(demo.url)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="打开短信里的预约页").click()
    booking = opened.value
    expect(booking.get_by_role("heading", level=1)).to_be_visible()
    for name in ("深圳南山店", "比亚迪", "洗车"):
        row = booking.locator(".rows").get_by_role("link", name=name)
        if row.count():
            row.first.click()
    booking.locator(".clock-grid button").last.click()
    booking.get_by_role("button", name="确认预约").click()
    expect(booking.get_by_role("heading", level=1)).to_have_text("已为您预约")
    expect(page.locator("#ledger")).to_contain_text("在页面上办理")
