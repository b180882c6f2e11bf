"""A talk that was left in the middle."""

from __future__ import annotations

from tests.chat import Person, Shop


def begins(shop: Shop, account: str = "li", channel: str = "web") -> Person:
    li = shop.stranger(account, channel)
    li.says("明天下午三点给粤B12345做保养")
    return li


def reminders(shop: Shop) -> list[tuple[str, str]]:
    return [(item.step, item.decision) for item in shop.tick() if item.journey == "unfinished_talk"]


def reminded(shop: Shop) -> list[str]:
    rows = shop.ask(lambda crm: [crm.outbox.payload(row).decode() for row in crm.outbox.of_conversation(1)])
    return [row for row in rows if "还没办完" in row]


def test_it_is_reminded_of_once_and_goes_on(shop: Shop) -> None:
    li = begins(shop)
    shop.time_is("2026-11-23 10:29")
    assert reminders(shop) == []
    shop.time_is("2026-11-23 10:30")
    assert reminders(shop) == [("reminder", "send")]
    assert reminders(shop) == []
    assert "您的预约还没办完" in reminded(shop)[0]
    assert "手机号" in li.starts("resume.1")
    li.taps("跳过")
    assert "已为您预约" in li.taps("确认预约")


def test_the_same_thing_is_never_reminded_of_twice(shop: Shop) -> None:
    li = begins(shop)
    shop.time_is("2026-11-23 10:30")
    shop.tick()
    li.starts("resume.1")
    shop.time_is("2026-11-23 11:30")
    assert reminders(shop) == []
    assert len(reminded(shop)) == 1


def test_no_is_an_answer_and_the_time_is_given_back(shop: Shop) -> None:
    li = begins(shop)
    shop.time_is("2026-11-23 10:30")
    shop.tick()
    assert "先不办了" in li.starts("cancel.1")
    assert shop.ask(lambda crm: crm.connection.exec_driver_sql("SELECT count(*) FROM bay_claim").scalar()) == 0


def test_a_number_answers_the_reminder_where_there_are_no_buttons(shop: Shop) -> None:
    li = begins(shop, channel="wechat")
    shop.time_is("2026-11-23 10:30")
    assert reminders(shop) == [("reminder", "send")]
    li.says("2")
    shop.time_is("2026-11-23 11:30")
    assert reminders(shop) == []
    assert shop.ask(lambda crm: crm.connection.exec_driver_sql("SELECT count(*) FROM bay_claim").scalar()) == 0


def test_after_the_agreed_time_it_ends_gives_back_and_says_so_once(shop: Shop) -> None:
    li = begins(shop)
    shop.time_is("2026-11-23 10:30")
    shop.tick()
    shop.time_is("2026-11-24 10:00")
    assert reminders(shop) == [("end", "skip")]
    assert shop.ask(lambda crm: crm.connection.exec_driver_sql("SELECT count(*) FROM bay_claim").scalar()) == 0
    assert "没办完的预约已取消" in li.says("你好")
    assert "没办完" not in li.says("你好")


def test_nobody_is_reminded_at_night(shop: Shop) -> None:
    shop.time_is("2026-11-23 20:45")
    begins(shop)
    shop.time_is("2026-11-23 21:20")
    assert reminders(shop) == []
    shop.time_is("2026-11-24 08:00")
    assert reminders(shop) == [("reminder", "send")]


def test_what_is_finished_is_not_reminded_of(shop: Shop) -> None:
    li = begins(shop)
    li.taps("跳过")
    li.taps("确认预约")
    shop.time_is("2026-11-23 12:00")
    assert reminders(shop) == []


def test_a_reminders_old_button_says_what_it_was_about(shop: Shop) -> None:
    li = begins(shop)
    shop.time_is("2026-11-23 10:30")
    shop.tick()
    li.taps("跳过")
    li.taps("确认预约")
    li.says("不用")
    answer = li.starts("cancel.1")
    assert "之前的预约，已经办完了" in answer
    assert shop.appointments[0][2] == "booked"
