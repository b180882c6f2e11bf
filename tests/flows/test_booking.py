"""An owner books: talks that are also the documentation."""

from __future__ import annotations

from pathlib import Path

from tests.chat import Shop

BOOKED = "已为您预约"


def test_one_sentence_and_two_taps_book_a_visit(shop: Shop) -> None:
    li = shop.stranger()
    assert "手机号" in li.says("明天下午三点给粤B12345做保养")
    summary = li.taps("跳过")
    assert "11 月 24 日（周二）15:00，粤B12345 保养，深圳南山店。预计 60 分钟，约 580 元" in summary
    assert BOOKED in li.taps("确认预约")
    assert shop.appointments == [("11-24 15:00", "粤B12345", "booked")]
    assert [card.title for card in shop.cards()] == ["新预约"]


def test_step_by_step_from_hello(two_stores: Shop) -> None:
    li = two_stores.stranger()
    li.says("你好")
    assert "哪家店" in li.taps("预约保养维修")
    assert "车牌" in li.taps("深圳福田店")
    assert "什么项目" in li.says("粤B·12345")
    assert "什么时候" in li.taps("洗车")
    li.says("周四上午")
    li.taps("10:")
    li.taps("跳过")
    assert BOOKED in li.says("好的，就这样")
    assert two_stores.appointments[0][1:] == ("粤B12345", "booked")


def test_numbers_answer_where_there_are_no_buttons(two_stores: Shop) -> None:
    li = two_stores.stranger(channel="wechat")
    li.says("明天下午三点给粤B12345做保养")
    for word in ("２", "1", "一"):
        li.says(word)
    assert two_stores.appointments == [("11-24 15:00", "粤B12345", "booked")]


def test_a_correction_changes_only_what_was_corrected(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    assert "11 月 26 日（周四）15:00，粤B12345 保养" in li.says("不对，是周四")
    assert "11 月 26 日（周四）10:00" in li.says("改到上午十点")
    assert "洗车" in li.says("算了洗车就行")
    li.says("确认")
    assert shop.appointments == [("11-26 10:00", "粤B12345", "booked")]


def test_a_question_in_between_is_answered_and_the_talk_goes_on(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    answer = li.says("保养多少钱")
    assert "580 元" in answer
    assert "手机号" in answer
    li.taps("跳过")
    assert "09:00-18:00" in li.says("你们几点关门")
    assert BOOKED in li.says("确认")


def test_a_vague_day_is_asked_back_and_never_guessed(shop: Shop) -> None:
    li = shop.stranger()
    answer = li.says("过两天给粤B12345做保养")
    assert "具体哪一天" in answer
    assert shop.appointments == []
    assert "11 月 27 日" in li.says("周五下午")


def test_the_past_is_refused(shop: Shop) -> None:
    li = shop.stranger()
    assert "已经过了" in li.says("今天早上九点给粤B12345做保养")


def test_a_doubtful_plate_is_suggested_and_never_changed(shop: Shop) -> None:
    li = shop.stranger()
    assert "粤B12305" in li.says("明天下午三点给粤B123O5做保养")
    li.says("粤B12305")
    li.taps("跳过")
    li.says("确认")
    assert shop.appointments == [("11-24 15:00", "粤B12305", "booked")]


def test_closed_hours_and_holidays_are_explained_with_other_times(shop: Shop) -> None:
    shop.do(lambda crm: crm.stores.close_on(shop.moment("2026-11-25 10:00").date(), "盘点"))
    li = shop.stranger()
    assert "营业时间" in li.says("明天晚上十点给粤B12345做保养")
    assert "不营业" in li.says("周三下午")
    assert li.choices


def test_a_full_time_offers_the_nearest_ones(shop: Shop) -> None:
    for number in range(2):
        other = shop.stranger(f"other-{number}")
        other.says(f"明天下午三点给粤B1000{number}做保养")
        other.taps("跳过")
        other.taps("确认预约")
    li = shop.stranger()
    assert "约满" in li.says("明天下午三点给粤B12345做保养")
    assert any("16:00" in label for label in li.choices)
    assert not any("15:00" in label for label in li.choices)


def test_a_hold_keeps_the_time_while_the_owner_decides(shop: Shop) -> None:
    for number in range(2):
        shop.stranger(f"slow-{number}").says(f"明天下午三点给粤B1000{number}做保养")
    late = shop.stranger("late")
    assert "约满" in late.says("明天下午三点给粤B12345做保养")
    shop.time_is("2026-11-23 10:11")
    assert "手机号" in late.says("下午三点")
    late.taps("跳过")
    assert BOOKED in late.taps("确认预约")


def test_who_confirms_too_late_books_if_the_time_is_still_free(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    shop.time_is("2026-11-23 11:00")
    assert BOOKED in li.taps("确认预约")


def test_who_confirms_too_late_is_offered_others_if_it_is_gone(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    shop.time_is("2026-11-23 11:00")
    for number in range(2):
        other = shop.stranger(f"quick-{number}")
        other.says(f"明天下午三点给粤B1000{number}做保养")
        other.taps("跳过")
        other.taps("确认预约")
    assert "约满" in li.taps("确认预约")
    assert len(shop.appointments) == 2


def test_a_talk_in_traditional_characters(shop: Shop) -> None:
    li = shop.stranger()
    li.says("給我約明天下午三點做保養，粵B12345")
    assert "请确认" in li.says("跳過")
    assert "已为您预约" in li.says("確認")


def test_a_repeated_message_gives_the_same_answer_and_no_second_effect(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    li.taps("跳过")
    answer = li.taps("确认预约")
    assert li.repeats() == answer
    assert li.repeats() == answer
    assert len(shop.appointments) == 1
    assert len(shop.cards()) == 1


def test_dropping_it_gives_the_time_back(shop: Shop) -> None:
    for number in range(2):
        li = shop.stranger(f"li-{number}")
        li.says("明天下午三点给粤B12345做保养")
        li.says("算了，不约了")
    assert "手机号" in shop.stranger("next").says("明天下午三点给粤B12345做保养")
    assert shop.appointments == []


def test_a_shop_without_a_store_says_so(tmp_path: Path) -> None:
    with Shop(f"sqlite:///{tmp_path}/shop.db", stores=()) as nothing_open:
        assert "还不能在线预约" in nothing_open.stranger().says("明天下午三点给粤B12345做保养")


def test_in_english(shop: Shop) -> None:
    john = shop.stranger()
    john.says("I'd like to book a car wash tomorrow at 3pm for 粤BD12345")
    john.says("skip")
    answer = john.says("yes please")
    assert answer.startswith("Booked for you: Tue 24 Nov 15:00, 粤BD12345, Car wash")


def test_technicians_limit_what_bays_could_do(shop: Shop) -> None:
    shop.do(lambda crm: crm.staff.add("老张", "technician", 1))
    first = shop.stranger("first")
    first.says("明天下午三点给粤B12345做保养")
    second = shop.stranger("second")
    assert "约满" in second.says("明天下午三点给粤B54321做保养")
