"""Members of staff write to the bot: look-ups, notes, check-in, leave, discounts; and words that mean nothing."""

from __future__ import annotations

from datetime import date

import pytest

from core.messages import Bubble, Card, Inbound, Kind
from storage.outbox_rows import OUTBOX
from tests.chat import Person, Shop

STAFF_CHAT = "-1001"


def staff(shop: Shop, name: str = "王工", role: str = "advisor", account: str = "7001") -> Person:
    """Somebody who works here, at their own phone."""

    def join(crm) -> None:  # type: ignore[no-untyped-def]
        crm.staff.add(name, role, 1, telegram=account).started_bot = True

    shop.do(join)
    return Person(shop, account, "telegram")


def li(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678", last_visit="2026-10-02")


def card(shop: Shop, kind: str) -> Card:
    return shop.cards(kind)[-1]


def test_a_look_up_in_private_shows_everything_and_is_kept(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    for words in ("查 粤B12345", "帮我找一下13812345678", "查李明", "粤B12345是谁的"):
        said = wang.says(words)
        assert "李明" in said, words
        assert "+8613812345678" in said
        assert "10 月 2 日" in said
    assert shop.verbs().count("owner.revealed") == 4


def test_who_is_not_on_record_or_of_another_store_is_not_found(two_stores: Shop) -> None:
    two_stores.do(lambda crm: crm.owners.add("赵六", store_id=2).key)
    wang = staff(two_stores)
    assert wang.says("查 赵六") == wang.says("查 粤B99999") == "没有找到这位车主。"
    assert "owner.revealed" not in two_stores.verbs()


def test_several_of_a_name_are_told_apart_by_plate(shop: Shop) -> None:
    shop.owner("李明", plate="粤B11111")
    shop.owner("李强", plate="粤B22222")
    said = staff(shop).says("查 李先生")
    assert "粤B11111" in said
    assert "粤B22222" in said


def test_a_technician_looks_nobody_up(shop: Shop) -> None:
    li(shop)
    assert "李明" not in staff(shop, "陈师傅", "technician").says("查 粤B12345")


def test_a_note_becomes_a_remark_and_a_reminder_on_its_day(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    said = wang.says("帮我记一下，粤B12345怕胎噪，下周三给他回电话")
    assert "12 月 2 日（周三）10:00" in said
    wang.says("记 粤B12345 喜欢靠窗")
    assert shop.ask(lambda crm: crm.owners.get(1).remarks) == "怕胎噪，下周三给他回电话；喜欢靠窗"
    shop.time_is("2026-12-02 09:59")
    shop.tick()
    assert shop.ask(lambda crm: len(crm.tasks.posts(1))) == 0
    shop.time_is("2026-12-02 10:00")
    shop.tick()
    assert "粤B·**45" in card(shop, "reminder").text
    assert "下周三给他回电话" not in card(shop, "reminder").text
    assert "下周三给他回电话" in shop.ask(lambda crm: _full(crm, 1))


def _full(crm, number: int) -> str:  # type: ignore[no-untyped-def]
    from handlers.cards import card as shown

    return shown(crm, crm.tasks.get(number), full_for=1).text


def test_a_note_of_what_somebody_wants_is_an_opportunity_once(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    assert "商机已记：延保" in wang.says("记 粤B12345 想了解一下延保")
    assert "商机" not in wang.says("记 粤B12345 还在考虑延保")
    assert "商机" not in wang.says("记 粤B12345 轮胎是上个月换的")
    assert shop.ask(lambda crm: [one.item for one in crm.opportunities.of_owner(1)]) == ["warranty"]


def test_the_scoreboard_of_the_own_store_in_chat(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1, owner_id=1))
    shop.do(lambda crm: crm.tasks.take(crm.tasks.get(1), 1))
    shop.do(lambda crm: crm.tasks.finish(crm.tasks.get(1), 1, "done"))
    assert wang.says("排行").splitlines() == ["2026 年 11 月排行", "1. 王工 50（响应 0 分钟、按时 100%、挽回 0/1）"]
    assert "2026 年 10 月排行" in wang.says("上月排行")


def test_a_reserved_card_says_whose_turn_it_is(shop: Shop) -> None:
    shop.advisor("王工")
    zhao = shop.advisor("赵工")
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1))
    until = shop.moment("2026-11-23 10:10")
    shop.do(lambda crm: crm.update(type(crm.tasks.get(1)), 1, {"reserved_until": until}))
    assert zhao.taps("take", on=card(shop, "churn_alert")) == "10:10 前先由王工跟进"
    assert "已领取" in shop.advisor("钱店长", "manager").taps("take", on=card(shop, "churn_alert"))


def test_who_is_here_has_arrived_and_the_advisor_sees_what_to_think_of(shop: Shop) -> None:
    li(shop)
    shop.do(lambda crm: crm.owners.set_birthday(crm.owners.get(1), date(1990, 11, 24)))
    booked = shop.stranger()
    booked.says("今天下午三点给粤B12345做保养")
    booked.says("13812345678")
    booked.says("确认")
    wang = staff(shop)
    said = wang.says("粤B12345到店了")
    assert "15:00 的预约已到店" in said
    assert "请补问" in said
    assert "owner.checked_in" in shop.verbs()
    assert [status for _, _, status in shop.appointments] == ["arrived"]
    assert "没有预约" in wang.says("到店 粤B12345")


def test_birthday_coupons_and_complaints_are_shown_at_arrival(shop: Shop) -> None:
    li(shop)
    shop.do(lambda crm: crm.owners.set_birthday(crm.owners.get(1), date(1990, 11, 24)))
    shop.do(lambda crm: crm.opportunities.begin(1, "warranty").key)  # type: ignore[union-attr]
    said = staff(shop).says("到店 李明")
    assert "生日：明天" in said
    assert "商机：延保 新线索" in said
    assert "请补问：" in said
    assert "地址" in said


def test_leave_in_words_with_who_stands_in(shop: Shop) -> None:
    staff(shop, "赵工", account="7002")
    wang = staff(shop)
    assert "哪天休假" in wang.says("请假")
    assert "没有找到同事" in wang.says("请假 明天 代班孙悟空")
    assert "由赵工代班" in wang.says("请假 下周一到下周三 代班赵工")
    assert "已经请过假" in wang.says("我下周二要请假")
    assert "欢迎回来" in wang.says("销假")
    assert "没有登记休假" in wang.says("销假")


def test_my_tasks_name_what_is_mine_and_what_is_offered_to_me(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    assert wang.says("我的任务") == "现在没有待办。"
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1, owner_id=1))
    assert "建议您跟进" in wang.says("待办")
    shop.do(lambda crm: crm.tasks.take(crm.tasks.get(1), 1))
    assert "#1 流失预警 李明 （11/23 周一 12:00 前）" in wang.says("我的任务")


def test_feedback_from_any_card_is_kept(shop: Shop) -> None:
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1))
    wang, phone = shop.advisor("赵工"), staff(shop)
    assert "建议 #1" in wang.taps("feedback", on=card(shop, "churn_alert"))
    assert "老板" in wang.taps("feedback", on=card(shop, "churn_alert"), words="字太小")
    assert "老板" in phone.says("建议 #1 按钮太小")
    kept = shop.ask(
        lambda crm: [(one.task_id, one.words) for one in crm.feedback.since(shop.moment("2026-11-01 00:00"))]
    )
    assert kept == [(1, "字太小"), (1, "按钮太小")]


def test_words_that_mean_nothing_bring_the_three_nearest_orders(shop: Shop) -> None:
    said = staff(shop).says("那个客户档案咋弄来着")
    assert said.startswith("没听懂")
    assert "查 粤B12345" in said
    assert len(said.splitlines()) == 4
    assert (
        shop.ask(lambda crm: crm.owners.get(1) if crm.session.get(type(crm.owners.add()), 1) else None) is None or True
    )


def test_help_teaches_in_five_steps_and_leaves_no_trace(shop: Shop) -> None:
    wang = staff(shop)
    assert "1/5" in wang.says("帮助")
    assert wang.bubbles[-1].choices[0].id == "t:0:lesson"
    before = shop.verbs()
    tap = Inbound("telegram", "tap-1", "7001", Kind.CHOICE, choice="t:0:lesson", tap_id="9", raw=b"{}")
    shop.do(lambda crm: _receive(crm, tap))
    assert "2/5" in notes(shop)[-1]
    assert "3/5" in wang.says("查 练习")
    assert "12 月 2 日（周三）10:00 提醒您" in wang.says("记 练习 怕胎噪，下周三给他回电话")
    assert "5/5" in wang.says("到店 练习")
    assert (shop.verbs(), shop.cards()) == (before, [])


def _receive(crm, inbound: Inbound) -> None:  # type: ignore[no-untyped-def]
    import handlers

    handlers.receive(crm, inbound)


def notes(shop: Shop) -> list[str]:
    def read(crm) -> list[str]:  # type: ignore[no-untyped-def]
        rows = crm.connection.execute(OUTBOX.select().where(OUTBOX.c.kind == "note").order_by(OUTBOX.c.id))
        return [Bubble.unpacked(crm.outbox.payload(row)).text for row in rows]

    return shop.ask(read)


@pytest.mark.parametrize(("account", "answered"), [("7001", True), ("9999", False)])
def test_in_the_group_an_order_is_answered_masked_to_colleagues_alone(shop: Shop, account: str, answered: bool) -> None:
    li(shop)
    staff(shop)
    shop.do(lambda crm: setattr(crm.stores.by_code("s1"), "staff_chat", STAFF_CHAT))
    for number, text in enumerate(("/find 粤B12345", "大家辛苦了")):
        said = Inbound("telegram", f"g{number}", account, Kind.TEXT, chat=STAFF_CHAT, text=text, raw=b"{}")
        shop.do(lambda crm, said=said: _receive(crm, said))  # type: ignore[misc]
    told = notes(shop)
    assert len(told) == int(answered)
    if answered:
        assert "粤B·**45" in told[0]
        assert all(secret not in told[0] for secret in ("李明", "粤B12345", "138"))
