"""Survey, complaint and download in a real browser, with JavaScript and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.console.h5.conftest import Counter, Opens
from tests.console.h5.looking import can_be_zoomed, looks_right


def survey_of(counter: Counter, occurrence: str = "1:2026-05-01") -> str:
    survey = counter.do(lambda crm: crm.surveys.invite(1, occurrence).key)
    return counter.link("survey", subject=survey)


def screens(counter: Counter) -> dict[str, str]:
    answered, given = survey_of(counter, "1:answered"), counter.link("my_data")
    counter.post(answered, do="answer", reason="distance")
    counter.post(given, do="download")
    fresh = {"survey": survey_of(counter), "complaint": counter.link("complaint"), "my data": counter.link("my_data")}
    return {**fresh, "answered": answered, "corrected": answered + "?change=1", "given": given}


@pytest.mark.parametrize("scripts", [True, False])
def test_li_ming_says_why_and_goes_on_to_book(counter: Counter, opens: Opens, scripts: bool) -> None:
    page = opens(survey_of(counter), scripts=scripts)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("请选一个主要原因")
    page.get_by_label("离得太远").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("谢谢您告诉我们")
    expect(page.locator(".coupon")).to_contain_text("取送车")
    page.reload()
    page.get_by_role("button", name="预约到店使用").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("请问哪辆车？")


@pytest.mark.parametrize("scripts", [True, False])
def test_li_ming_complains_and_adds_to_it(counter: Counter, opens: Opens, scripts: bool) -> None:
    page = opens(counter.link("complaint"), scripts=scripts)
    page.get_by_label("服务态度").check()
    page.get_by_label("问界 M7").check()
    page.get_by_label("发生了什么").fill("等了两个小时没人理")
    page.get_by_role("button", name="提交投诉").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("投诉 T1")
    page.reload()
    page.get_by_label("要补充的").fill("是上周六下午")
    page.get_by_role("button", name="补充").click()
    expect(page.get_by_role("status")).to_contain_text("已补充")
    assert counter.ask(lambda crm: [len(crm.tickets.notes(ticket)) for ticket in crm.tickets.of_owner(1)]) == [2]


@pytest.mark.parametrize("scripts", [True, False])
def test_li_ming_takes_the_data_along_once(counter: Counter, opens: Opens, scripts: bool) -> None:
    page = opens(counter.link("my_data"), scripts=scripts)
    with page.expect_download() as download:
        page.get_by_role("button", name="下载").click()
    assert download.value.suggested_filename == "my-data.zip"
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("资料已在")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_fits_every_width_can_be_read_and_tapped(counter: Counter, opens: Opens, scheme: str) -> None:
    found = screens(counter)
    page = opens(found["survey"], scheme=scheme)
    for name, path in found.items():
        looks_right(counter, page, name, path)
    counter.post(found["complaint"], do="complain", words="等了两个小时")
    looks_right(counter, page, "ticket", found["complaint"])
    for name, path in found.items():
        can_be_zoomed(counter, page, name, path)
