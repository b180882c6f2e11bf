"""The pages in a real browser: with JavaScript and without, on small phones and at a desk, light and dark."""

from __future__ import annotations

import gzip
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from storage.crm import Crm
from tests import web
from tests.console.h5.conftest import Counter, Opens
from tests.console.h5.looking import can_be_zoomed, looks_right

MOST_BYTES = 30 * 1024


def chooses(page: Page, time: str = "15:00") -> None:
    """Maintenance for the first car, tomorrow, up to the summary."""
    page.get_by_role("link", name="比亚迪").click()
    page.get_by_role("link", name="保养").click()
    page.get_by_role("link", name="11/24").click()
    page.get_by_role("button", name=time).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请确认预约")


@pytest.mark.parametrize("scripts", [True, False])
def test_li_ming_books_moves_and_cancels_with_a_thumb(counter: Counter, opens: Opens, scripts: bool) -> None:
    page = opens(counter.link(), scripts=scripts)
    chooses(page)
    page.get_by_role("button", name="确认预约").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已为您预约")
    page.reload()
    page.get_by_role("link", name="改时间").click()
    page.get_by_role("link", name="11/26").click()
    page.get_by_role("button", name="09:00").click()
    page.get_by_role("button", name="确认改时间").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已改好时间")
    page.get_by_role("link", name="取消预约").click()
    page.get_by_role("button", name="取消预约").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("预约已取消")
    assert [status for _, _, status in counter.appointments()] == ["cancelled"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_wrong_plate_is_shown_at_the_field_and_in_the_summary(counter: Counter, opens: Opens, scripts: bool) -> None:
    page = opens(counter.link(), scripts=scripts)
    page.get_by_label("其他车牌").fill("粤BO2345")
    page.get_by_role("button", name="用这个车牌").click()
    expect(page.get_by_role("alert")).to_contain_text("粤B02345")
    field = page.get_by_label("其他车牌")
    expect(field).to_have_value("粤BO2345")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby") or ""
    assert "看着不对" in "".join(page.locator(f"#{name}").inner_text() for name in described.split())
    if scripts:
        expect(page.locator("#problems")).to_be_focused()
    field.fill("粤B88888")
    page.get_by_role("button", name="用这个车牌").click()
    expect(page.locator(".steps")).to_contain_text("粤B·**88")


def test_two_taps_at_once_book_once_and_going_back_shows_it(counter: Counter, opens: Opens) -> None:
    page = opens(counter.link())
    chooses(page)
    page.get_by_role("button", name="确认预约").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("已为您预约")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("已为您预约")
    assert len(counter.appointments()) == 1


def test_two_phones_with_the_same_link_end_in_one_booking(counter: Counter, opens: Opens) -> None:
    path = counter.link()
    his, hers = opens(path), opens(path, 320)
    for page in (his, hers):
        page.get_by_role("link", name="比亚迪").click()
        page.get_by_role("link", name="保养").click()
        page.get_by_role("link", name="11/24").click()
    his.get_by_role("button", name="15:00").click()
    hers.get_by_role("button", name="16:00").click()
    his.get_by_role("button", name="确认预约").click()
    expect(his.get_by_role("status")).to_contain_text("内容有变动")
    hers.get_by_role("button", name="确认预约").click()
    expect(hers.get_by_role("heading", level=1)).to_have_text("已为您预约")
    his.reload()
    expect(his.locator(".told")).to_contain_text("16:00")
    assert counter.appointments() == [("11-24 16:00", "粤B12345", "booked")]


def test_everything_can_be_done_with_the_keyboard(counter: Counter, opens: Opens) -> None:
    page = opens(counter.link())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="比亚迪")).to_be_focused()
    for name in ("比亚迪", "保养", "15:00", "确认预约"):
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).focus()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("已为您预约")


def screens(counter: Counter) -> dict[str, str]:
    """Every screen there is, by its address."""
    page, booked = counter.link(), counter.link()
    counter.books(booked, "2026-11-27T09:00")
    held = counter.holds(page)
    cancelled = counter.link()
    counter.books(cancelled, "2026-11-27T10:00")
    counter.post(cancelled, do="cancel")
    return {
        "car": page, "service": page + "?car=1", "times": page + "?car=1&service=maintenance",
        "taken": page + "?car=1&service=maintenance&day=2026-11-27&said=taken&near=2026-11-27T09:00",
        "confirm": f"{page}?car=1&service=maintenance&{held}", "booked": booked, "move": booked + "?move=1",
        "cancel": booked + "?cancel=1", "over": cancelled, "refused": "/h/1-forged", **coupon_screens(counter),
    }  # fmt: skip


def coupon_screens(counter: Counter) -> dict[str, str]:
    states = ("offered", "claimed", "revoked")
    return {state: counter.link("coupon", subject=coupon_of(counter, state)) for state in states}


def coupon_of(counter: Counter, state: str) -> int:
    def give(crm: Crm) -> int:
        coupon = crm.coupons.issue(1, "birthday", f"test:{state}", claimed=state != "offered")
        assert coupon is not None
        if state == "revoked":
            crm.coupons.revoke(coupon, "test")
        return coupon.key

    return counter.do(give)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_fits_every_width_can_be_read_and_tapped(counter: Counter, opens: Opens, scheme: str) -> None:
    page = opens(counter.link(), scheme=scheme)
    for name, path in screens(counter).items():
        looks_right(counter, page, name, path)


def test_at_200_percent_nothing_is_cut_off(counter: Counter, opens: Opens) -> None:
    page = opens(counter.link(), 640)
    for name, path in screens(counter).items():
        can_be_zoomed(counter, page, name, path)


@pytest.mark.parametrize("scripts", [True, False])
def test_li_ming_claims_a_coupon_and_goes_on_to_book(counter: Counter, opens: Opens, scripts: bool) -> None:
    page = opens(counter.link("coupon", subject=coupon_of(counter, "offered")), scripts=scripts)
    expect(page.locator(".qr")).to_have_count(0)
    page.get_by_role("button", name="领取").click()
    expect(page.get_by_role("status")).to_contain_text("已领取")
    expect(page.locator(".qr svg")).to_be_visible()
    assert re.fullmatch(r"[2-9A-Z]{5} [2-9A-Z]{5}", page.locator(".code").inner_text())
    page.get_by_role("button", name="预约到店使用").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请问哪辆车？")


def test_a_page_is_light_on_the_wire_and_quick(counter: Counter) -> None:
    for name, path in screens(counter).items():
        first = web.request("GET", counter.url + path, headers={"Accept-Encoding": "gzip"})
        html = gzip.decompress(first.body).decode()
        files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
        assert len(files) == 4
        others = [web.request("GET", counter.url + file, headers={"Accept-Encoding": "gzip"}) for file in files]
        assert sum(len(answer.body) for answer in (first, *others)) < MOST_BYTES, name


def test_many_look_at_once_and_each_is_answered(counter: Counter) -> None:
    pages = [counter.link() + "?car=1&service=maintenance" for _ in range(20)]
    with ThreadPoolExecutor(10) as crowd:
        assert {answer.status for answer in crowd.map(counter.get, pages)} == {200}
