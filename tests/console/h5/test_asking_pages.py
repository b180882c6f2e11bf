"""The survey, the complaint and the download of one's own data, each on a page that a link opens."""

from __future__ import annotations

import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor

from storage.crm import Crm
from tests.console.h5.conftest import Counter


def survey_link(counter: Counter) -> str:
    survey = counter.do(lambda crm: crm.surveys.invite(1, "1:2026-05-01").key)
    return counter.link("survey", subject=survey)


def tasks(counter: Counter, kind: str) -> int:
    return counter.ask(lambda crm: len([task for task in crm.tasks.unfinished() if task.kind == kind]))


def test_li_ming_says_why_and_gets_what_fits(counter: Counter) -> None:
    page = survey_link(counter)
    asked = counter.get(page).text
    for words in ("您最近没来", "价格偏高", "质量没做好", "离得太远", "服务态度", "车已经卖了", "其他原因"):
        assert words in asked
    assert counter.post(page, do="answer", reason="distance", words="搬到宝安了").status == 303
    shown = counter.get(page).text
    assert "谢谢您告诉我们" in shown
    assert "上门取送车" in shown
    code = re.search(r'translate="no">([2-9A-Z ]+)<', shown)
    assert code
    assert code[1].replace(" ", "") in counter.chat()[-1]
    assert tasks(counter, "win_back_call") == 1
    survey = counter.ask(lambda crm: [(s.named(), crm.surveys.words(s)) for s in crm.surveys.of_owner(1)])
    assert survey == [(["distance"], "搬到宝安了")]
    booking = counter.post(page, do="book").headers["location"]
    assert "请问哪辆车" in counter.get("/h/" + booking).text
    assert counter.post(page, do="book").headers["location"] == booking


def test_no_reason_is_told_at_the_field_and_keeps_the_words(counter: Counter) -> None:
    page = survey_link(counter)
    for reason in ("", "made-up"):
        wrong = counter.post(page, do="answer", reason=reason, words="其实还行")
        assert wrong.status == 422
        assert wrong.text.count("请选一个主要原因") == 2
        assert "其实还行</textarea>" in wrong.text
    assert counter.ask(lambda crm: crm.surveys.of_owner(1)[0].state) == "invited"


def test_ten_answers_at_once_are_one(counter: Counter) -> None:
    page = survey_link(counter)
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(lambda _: counter.post(page, do="answer", reason="price"), range(10)))
    assert {answer.status for answer in answers} == {303}
    assert counter.ask(lambda crm: (len(crm.coupons.of_owner(1)), crm.surveys.of_owner(1)[0].corrections)) == (1, 0)
    assert len(counter.chat()) == 1


def test_an_answer_is_corrected_only_by_who_means_to(counter: Counter) -> None:
    page = survey_link(counter)
    counter.post(page, do="answer", reason="price")
    assert "said=answered" in counter.post(page, do="answer", reason="quality").headers["location"]
    assert 'value="price" checked' in counter.get(page + "?change=1").text
    counter.post(page, do="answer", reason="quality", change="1")
    assert counter.ask(lambda crm: crm.surveys.of_owner(1)[0].named()) == ["quality"]


def test_somebody_elses_survey_is_gone(counter: Counter) -> None:
    survey = counter.do(lambda crm: crm.surveys.invite(1, "1:x").key)
    wang = counter.do(lambda crm: crm.owners.add("王芳").key)
    for path in (counter.link("survey", subject=survey, owner=wang), counter.link("survey")):
        assert counter.get(path).status == 410
        assert counter.post(path, do="answer", reason="price").status == 410


def test_a_complaint_gets_its_number_at_once_and_twice_is_once(counter: Counter) -> None:
    page = counter.link("complaint")
    for _ in range(3):
        assert counter.post(page, do="complain", topic="attitude", car="1", words="等了两个小时没人理").status == 303
    shown = counter.get(page + "?said=registered").text
    assert "投诉 T1" in shown
    assert "前联系您" in shown
    assert "等了两个小时" not in shown
    assert tasks(counter, "ticket") == 1
    assert len([text for text in counter.chat() if "投诉已登记" in text]) == 1

    def told(crm: Crm) -> list[tuple[str, int | None]]:
        ticket = crm.tickets.of_owner(1)[0]
        return [(crm.tickets.text(note), ticket.vehicle_id) for note in crm.tickets.notes(ticket)]

    assert counter.ask(told) == [("服务态度：等了两个小时没人理", 1)]
    counter.post(page, do="complain", words="补充：是上周六")
    assert [text for text, _ in counter.ask(told)] == ["服务态度：等了两个小时没人理", "补充：是上周六"]


def test_an_empty_complaint_is_told_at_the_field(counter: Counter) -> None:
    page = counter.link("complaint")
    wrong = counter.post(page, do="complain", topic="price", words=" ")
    assert wrong.status == 422
    assert wrong.text.count("请写几个字") == 2
    assert 'value="price" checked' in wrong.text
    assert counter.ask(lambda crm: crm.tickets.of_owner(1)) == []


def test_my_data_is_given_out_once(counter: Counter) -> None:
    page = counter.link("my_data")
    assert "只能下载一次" in counter.get(page).text
    with ThreadPoolExecutor(6) as crowd:
        answers = list(crowd.map(lambda _: counter.post(page, do="download"), range(6)))
    files = [answer for answer in answers if answer.status == 200]
    assert len(files) == 1
    assert files[0].headers["content-type"] == "application/zip"
    assert files[0].headers["cache-control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(files[0].body)) as archive:
        assert json.loads(archive.read("my-data.json"))["name"] == "李明"
    assert "资料已在" in counter.get(page).text
    assert "李明" not in counter.get(page).text
