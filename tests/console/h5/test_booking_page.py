"""An owner books on a page that a link opens: the same rows, card and words as in chat."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from storage.crm import Crm
from tests.console.h5.conftest import Counter

TOMORROW_THREE = ("11-24 15:00", "粤B12345", "booked")


def task_kinds(crm: Crm) -> list[str]:
    return [task.kind for task in crm.tasks.unfinished()]


def test_li_ming_books_and_it_is_the_same_as_in_chat(counter: Counter) -> None:
    page = counter.link()
    assert "请问哪辆车" in counter.get(page).text
    assert "约 580 元 · 约 60 分钟" in counter.get(page + "?car=1").text
    hold = counter.holds(page)
    summary = counter.get(f"{page}?car=1&service=maintenance&{hold}").text
    for words in ("请确认预约", "11 月 24 日（周二）15:00", "粤B·**45", "约 580 元", "深圳南山店", "保留到 10:10"):
        assert words in summary
    assert counter.appointments() == []
    assert counter.confirms(page, hold).status == 303
    assert counter.appointments() == [TOMORROW_THREE]
    assert "已为您预约" in counter.get(page).text
    assert "已为您预约：11 月 24 日（周二）15:00，粤B12345 保养，深圳南山店" in counter.chat()[-1]
    assert counter.ask(task_kinds) == ["new_appointment"]


def test_what_was_done_on_the_page_is_on_record(counter: Counter) -> None:
    counter.books(counter.link())
    events = counter.ask(lambda crm: [(e.verb, e.actor, e.channel, e.noun_id) for e in crm.events.latest(20)])
    assert ("appointment.booked", "owner:1", "web", 1) in events
    assert ("link.used", "owner:1", "web", 1) in events


def test_the_page_shows_no_phone_no_full_name_and_no_full_plate(counter: Counter) -> None:
    page = counter.link()
    seen = counter.get(page).text + counter.get(page + "?car=1").text
    counter.books(page)
    seen += counter.get(page).text + counter.get(page + "?move=1").text + counter.get(page + "?cancel=1").text
    for secret in ("13800138000", "138 0013", "李明", "粤B12345", "B12345", "BD67890"):
        assert secret not in seen.replace("比如 粤B12345", "")


def test_reloading_and_tapping_twice_books_once(counter: Counter) -> None:
    page = counter.link()
    hold = counter.holds(page)
    for _ in range(3):
        assert counter.confirms(page, hold).status == 303
    assert counter.appointments() == [TOMORROW_THREE]
    assert len(counter.chat()) == 1
    assert counter.post(page, do="hold", car="1", service="maintenance", at="2026-11-25T10:00").status == 303
    assert counter.ask(lambda crm: len(crm.appointments.of_owner(1))) == 1


def test_ten_submits_at_once_book_once(counter: Counter) -> None:
    page = counter.link()
    hold = counter.holds(page)
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(lambda _: counter.confirms(page, hold), range(10)))
    assert {answer.status for answer in answers} == {303}
    assert counter.appointments() == [TOMORROW_THREE]


def test_two_people_with_the_same_link_make_one_booking(counter: Counter) -> None:
    page = counter.link()
    first = counter.holds(page, "2026-11-24T15:00")
    second = counter.holds(page, "2026-11-25T10:00")
    late = counter.confirms(page, first)
    assert "said=changed" in late.headers["location"]
    assert counter.appointments() == []
    counter.confirms(page, second)
    assert counter.appointments() == [("11-25 10:00", "粤B12345", "booked")]


def test_two_owners_want_the_same_hour_and_the_second_hears_what_is_free_nearby(counter: Counter) -> None:
    page, other = counter.link(), counter.link(owner=counter.do(lambda crm: crm.owners.add("王芳", store_id=1).key))
    counter.books(page)
    answer = counter.post(other, do="hold", car="none", service="maintenance", at="2026-11-24T15:00")
    shown = counter.get("/h/" + answer.headers["location"]).text
    assert "11 月 24 日（周二）15:00已经约满了" in shown
    assert "最近的空闲时间" in shown
    nearest = re.findall(r'value="(2026-11-24T\d\d:\d\d)">11/24', shown)
    assert nearest == ["2026-11-24T13:30", "2026-11-24T14:00", "2026-11-24T16:00"]


def test_a_hold_that_ran_out_and_is_taken_meanwhile_is_explained(counter: Counter) -> None:
    page = counter.link()
    hold = counter.holds(page)
    counter.time_is("2026-11-23T10:11:00+08:00")
    counter.books(counter.link(owner=counter.do(lambda crm: crm.owners.add("王芳").key)), car="none")
    late = counter.confirms(page, hold)
    assert "said=taken" in late.headers["location"]
    assert "已经约满了" in counter.get("/h/" + late.headers["location"]).text
    assert counter.appointments() == []


def test_a_hold_that_ran_out_while_nobody_else_wanted_it_still_books(counter: Counter) -> None:
    page = counter.link()
    hold = counter.holds(page)
    counter.time_is("2026-11-23T10:11:00+08:00")
    counter.confirms(page, hold)
    assert counter.appointments() == [TOMORROW_THREE]


def test_the_time_is_held_while_they_decide_and_another_choice_gives_it_back(counter: Counter) -> None:
    page, other = counter.link(), counter.link(owner=counter.do(lambda crm: crm.owners.add("王芳").key))
    counter.holds(page)
    taken = counter.post(other, do="hold", car="none", service="maintenance", at="2026-11-24T15:00")
    assert "said=taken" in taken.headers["location"]
    counter.holds(page, "2026-11-25T10:00")
    assert "hold=" in counter.holds(other, car="none")


def test_a_typed_plate_is_read_with_care_and_stays_out_of_the_address(counter: Counter) -> None:
    page = counter.link()
    wrong = counter.post(page, do="car", plate="粤BO2345")
    assert wrong.status == 422
    assert wrong.text.count("是 粤B02345 吗") == 2  # in the summary and beside the field
    assert 'value="粤BO2345"' in wrong.text
    assert counter.post(page, do="car", plate=" ").status == 422
    right = counter.post(page, do="car", plate="粤b·88888")
    location = right.headers["location"]
    assert "88888" not in location
    assert "粤B·**88" in counter.get("/h/" + location).text
    code = re.search(r"car=([\w-]+)", location)
    assert code
    counter.books(page, car=code[1])
    assert counter.appointments() == [("11-24 15:00", "粤B88888", "booked")]


def test_somebody_elses_plate_opens_nothing_and_asks_an_advisor(counter: Counter) -> None:
    wang = counter.do(lambda crm: crm.owners.add("王芳", store_id=1).key)
    page = counter.link(owner=wang)
    code = counter.post(page, do="car", plate="粤B12345").headers["location"].partition("car=")[2]
    counter.books(page, car=code)
    assert sorted(counter.ask(task_kinds)) == ["link_proposal", "new_appointment"]
    assert "李" not in counter.get(page).text


def test_a_sealed_plate_of_another_link_is_none(counter: Counter) -> None:
    one, other = counter.link(), counter.link()
    code = counter.post(one, do="car", plate="粤B88888").headers["location"].partition("car=")[2]
    for made_up in (code, "p", "pAAAA", "p" + "A" * 60, "99", "-1", "x"):
        assert "请问哪辆车" in counter.get(f"{other}?car={made_up}").text


def test_the_appointment_is_moved_and_the_card_and_chat_say_so(counter: Counter) -> None:
    page = counter.link()
    counter.books(page)
    assert "原来：11 月 24 日（周二）15:00" in counter.get(page + "?move=1").text
    hold = counter.holds(page, "2026-11-26T09:00", move="1")
    assert "确认改到这个时间" in counter.get(f"{page}?move=1&{hold}").text
    moved = counter.confirms(page, hold, "move", move="1")
    assert moved.status == 303
    assert counter.appointments() == [("11-26 09:00", "粤B12345", "booked")]
    assert "已改到：11 月 26 日（周四）09:00" in counter.chat()[-1]
    assert counter.ask(lambda crm: [t.appointment_id for t in crm.tasks.unfinished()]) == [1]
    counter.confirms(page, hold, "move", move="1")
    assert len(counter.appointments()) == 1


def test_it_moves_by_half_an_hour_into_its_own_time_in_the_only_bay(counter: Counter) -> None:
    page = counter.link()
    counter.books(page)
    shown = counter.get(page + "?move=1&day=2026-11-24").text
    assert "2026-11-24T15:30" in shown
    assert "2026-11-24T15:00" not in shown
    hold = counter.holds(page, "2026-11-24T15:30", move="1")
    assert counter.confirms(page, hold, "move", move="1").status == 303
    assert counter.appointments() == [("11-24 15:30", "粤B12345", "booked")]


def test_the_appointment_is_cancelled_once_and_can_be_booked_again(counter: Counter) -> None:
    page = counter.link()
    counter.books(page)
    assert "确定取消" in counter.get(page + "?cancel=1").text
    for _ in range(2):
        counter.post(page, do="cancel")
    assert counter.appointments() == [("11-24 15:00", "粤B12345", "cancelled")]
    assert len([text for text in counter.chat() if "已取消" in text]) == 1
    assert "再约一次" in counter.get(page).text
    counter.books(page, "2026-11-25T10:00")
    assert counter.appointments()[-1] == ("11-25 10:00", "粤B12345", "booked")


def test_what_was_moved_in_chat_is_what_the_page_shows(counter: Counter) -> None:
    page = counter.link()
    counter.books(page)
    for number, text in enumerate(("改到周四上午十点", "确认")):
        counter.serving.post("/api/v1/chat/account-of-li-ming/messages", {"id": f"c{number}", "text": text})
    assert ("11-26 10:00", "粤B12345", "booked") in counter.appointments()
    assert "11 月 26 日（周四）10:00" in counter.get(page).text


def test_the_calendar_entry_says_when_and_where_in_lines_that_calendars_read(counter: Counter) -> None:
    page = counter.link()
    assert counter.get(page + "/visit.ics").status == 404
    counter.books(page)
    entry = counter.get(page + "/visit.ics")
    assert entry.headers["content-type"].startswith("text/calendar")
    assert "DTSTART:20261124T070000Z\r\n" in entry.text
    assert "DTEND:20261124T080000Z\r\n" in entry.text
    assert "LOCATION:深圳南山店 南山区科苑路1号\r\n" in entry.text
    assert all(len(line.encode()) <= 75 for line in entry.text.split("\r\n"))


def test_a_shop_without_a_store_says_whom_to_ask(counter: Counter) -> None:
    def close(crm: Crm) -> None:
        store = crm.stores.by_code("NS")
        assert store is not None
        store.active = False
        crm.session.flush()

    counter.do(close)
    assert "还不能在线预约" in counter.get(counter.link()).text


def test_the_page_is_in_english_where_the_owner_reads_english(counter: Counter) -> None:
    page = counter.link()
    counter.books(page)
    assert "<h1>Booked" in counter.get(page + "?lang=en").text
    assert 'lang="en"' in counter.get(page + "?lang=en").text
