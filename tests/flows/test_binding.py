"""Who an account is: verified phones bind, typed phones and plates only propose."""

from __future__ import annotations

from tests.chat import Person, Shop


def books(person: Person, plate: str = "粤B12345", phone: str = "") -> str:
    person.says(f"明天下午三点给{plate}做保养")
    person.says(phone or "跳过")
    return person.says("确认")


def test_the_senders_own_contact_binds_at_once(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678")
    li = shop.stranger(channel="web")
    li.says("明天下午三点做保养")
    li.says("粤B12345")
    answer = li.shares_phone("+8613812345678")
    assert "李明您好" in answer
    assert "请确认" in answer
    li.says("确认")
    assert shop.ask(lambda crm: [a.plate for a in crm.appointments.of_owner(1)]) == ["粤B12345"]
    assert shop.cards("link_proposal") == []


def test_a_typed_phone_of_somebody_on_record_only_proposes(shop: Shop) -> None:
    shop.owner("李明", plate="粤B99999", phone="+8613812345678")
    stranger = shop.stranger()
    assert "已为您预约" in books(stranger, phone="13812345678")
    assert "李明" not in "".join(bubble.text for bubble in stranger.bubbles)
    assert [card.title for card in shop.cards("link_proposal")] == ["请确认身份"]
    assert shop.ask(lambda crm: crm.appointments.of_owner(1)) == []


def test_the_advisors_tap_joins_the_records(shop: Shop) -> None:
    shop.owner("李明", plate="粤B99999", phone="+8613812345678")
    stranger, wang = shop.stranger(), shop.advisor("王工")
    books(stranger, phone="13812345678")
    wang.taps("link_yes", on=shop.cards("link_proposal")[0])
    assert shop.ask(lambda crm: [a.plate for a in crm.appointments.of_owner(1)]) == ["粤B12345"]
    assert "粤B12345" in stranger.says("我的预约")


def two_on_file(shop: Shop) -> None:
    """Li Ming has changed his phone for a number that an older record of his has."""
    li = shop.owner("李明", plate="粤B12345", phone="+8613812345678", account="li")
    shop.owner("李大明", plate="粤B99999", phone="+8613900001111", last_visit="2026-05-01")
    li.says("手机换成13900001111")
    li.says("对")


def test_two_records_on_file_are_shown_side_by_side_before_they_become_one(shop: Shop) -> None:
    two_on_file(shop)
    wang, [card] = shop.advisor("王工"), shop.cards("link_proposal")
    assert "核对" in wang.taps("link_yes", on=card)
    assert shop.ask(lambda crm: crm.owners.get(1).status) == "active"
    [asked] = shop.cards("link_proposal")
    assert "#1 李*、粤B·**45、138****5678、到店 0 次" in asked.text
    assert "#2 李**、粤B·**99、139****1111、到店 1 次" in asked.text
    assert "13812345678" in wang.sees(card)
    assert "合并为一份档案" in [button.label for row in asked.buttons for button in row]
    assert wang.taps("link_merge", on=card) == "已记录"
    assert shop.ask(lambda crm: (crm.owners.get(1).status, crm.owners.get(1).merged_into)) == ("merged", 2)


def test_only_who_was_shown_both_can_merge_them(shop: Shop) -> None:
    two_on_file(shop)
    wang, chen, [card] = shop.advisor("王工"), shop.advisor("陈工"), shop.cards("link_proposal")
    assert "失效" in wang.taps("link_merge", on=card)
    wang.taps("link_yes", on=card)
    assert "王工" in chen.taps("link_yes", on=card)
    assert "失效" in chen.taps("link_merge", on=card)
    wang.taps("give_back", on=card)
    assert "失效" in wang.taps("link_merge", on=card)
    assert "核对" in chen.taps("link_yes", on=card)
    assert chen.taps("link_no", on=card) == "已记录"
    assert shop.ask(lambda crm: [crm.owners.get(n).status for n in (1, 2)]) == ["active", "active"]
    assert "结束" in chen.taps("link_merge", on=card)


def test_not_the_same_person_makes_a_new_owner(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345")
    stranger, wang = shop.stranger(), shop.advisor("王工")
    books(stranger)
    wang.taps("link_no", on=shop.cards("link_proposal")[0])
    assert shop.ask(lambda crm: crm.owners.get(2).status) == "active"
    assert shop.ask(lambda crm: crm.appointments.of_owner(1)) == []


def test_somebody_elses_plate_shows_nothing_of_their_record(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345", phone="+8613812345678", last_visit="2026-05-01")
    stranger = shop.stranger()
    assert "已为您预约" in books(stranger)
    said = "".join(bubble.text for bubble in stranger.bubbles)
    assert "李明" not in said
    assert "比亚迪" not in said
    assert shop.ask(lambda crm: crm.owners.get(2).status) == "provisional"


def test_a_known_owner_is_not_asked_for_what_is_known(shop: Shop) -> None:
    li = shop.owner("李明", plate="粤B12345", phone="+8613812345678", account="li-account")
    assert "请确认" in li.says("明天下午三点做保养")


def test_the_phone_is_asked_once_and_may_be_skipped(shop: Shop) -> None:
    li = shop.stranger()
    books(li)
    li.says("不用")
    assert "手机号" not in li.says("后天下午三点洗车")


def test_a_wrong_number_is_told(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    assert "看着不对" in li.says("1381234567")


def test_marketing_consent_is_asked_after_the_confirmation_and_kept(shop: Shop) -> None:
    li = shop.stranger()
    assert books(li).index("已为您预约") < books_question(li)
    li.taps("可以")
    consents = shop.ask(lambda crm: [(c.purpose, c.given, c.evidence[:8]) for c in crm.consents.of_owner(1)])
    assert consents == [("marketing", True, "message:")]


def books_question(li: Person) -> int:
    return "\n".join(bubble.text for bubble in li.bubbles[-2:]).index("优惠")


def test_an_unanswered_consent_question_is_dropped_without_a_word(shop: Shop) -> None:
    li = shop.stranger()
    books(li)
    assert "粤B12345" in li.says("我的预约")
    assert shop.ask(lambda crm: crm.consents.of_owner(1)) == []


def test_opting_out_works_in_the_middle_of_anything(shop: Shop) -> None:
    li = shop.stranger()
    li.says("明天下午三点给粤B12345做保养")
    answer = li.says("退订")
    assert "已退订" in answer
    assert "手机号" in answer
    assert shop.ask(lambda crm: crm.consents.stands(1, "marketing", "web")) is False
