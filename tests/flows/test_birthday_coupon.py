"""Birthdays: the greeting brings a coupon, one tap claims it; who was not greeted asks for it in words."""

from __future__ import annotations

from datetime import date

import pytest

from flows.birthday_coupon import claimed
from storage.coupons import CouponRefused
from storage.crm import Crm
from tests.chat import Shop
from tests.gifts import born, greeted, hears


@pytest.mark.parametrize("channel", ["web", "telegram", "wechat"])
def test_one_tap_on_the_greeting_claims(shop: Shop, channel: str) -> None:
    li = born(shop, "李明", "1990-11-23", channel=channel)
    greeting = greeted(shop, li)
    assert "李明您好，生日快乐" in greeting
    assert "8 折，另送洗车一次、小礼品一份，有效期到 11 月 30 日（周一）" in greeting
    assert [choice.label for choice in li.bubbles[-1].choices] == ["领取生日礼券"]
    li.taps("领取生日礼券")
    assert shop.verbs().count("coupon.claimed") == 1


def test_the_claimed_coupon_shows_its_code_and_leads_to_a_booking(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23")
    greeted(shop, li)
    answer = li.taps("领取生日礼券")
    code = shop.ask(lambda crm: crm.coupons.of_owner(1)[0].code)
    assert f"券码 {code[:5]} {code[5:]}" in answer
    assert "车牌" in li.taps("现在预约")


def test_where_there_are_no_buttons_one_means_claim(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23", channel="wechat")
    greeted(shop, li)
    li.says("1")
    assert shop.ask(lambda crm: crm.coupons.of_owner(1)[0].status) == "claimed"


def test_where_there_are_no_buttons_one_also_means_what_is_offered_next(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23", channel="wechat")
    greeted(shop, li)
    li.says("1")
    li.says("1")
    heard = shop.ask(lambda crm: crm.outbox.latest_of_conversation(1, 1)[0])
    assert "车牌" in shop.ask(lambda crm: crm.outbox.payload(heard).decode())


def test_a_second_tap_shows_the_same_code_again(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23")
    greeted(shop, li)
    first = li.taps("领取生日礼券")
    again = li.taps("领取生日礼券")
    assert "您已经领过了" in again
    assert first.splitlines()[1][:14] in again
    assert shop.verbs().count("coupon.claimed") == 1


def test_a_greeting_is_for_its_own_day_and_year_only(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23")
    greeted(shop, li)
    shop.tick()
    shop.time_is("2026-11-24 10:00")
    shop.tick()
    assert len(shop.ask(lambda crm: crm.coupons.of_owner(1))) == 1
    shop.time_is("2027-11-23 10:00")
    greeted(shop, li)
    assert len(shop.ask(lambda crm: crm.coupons.of_owner(1))) == 2


def test_nobody_is_greeted_before_nine_and_a_leap_day_is_the_28th(shop: Shop) -> None:
    born(shop, "闰生", "1992-02-29")
    shop.time_is("2027-02-28 08:59")
    assert shop.tick() == []
    shop.time_is("2027-02-28 09:00")
    assert [(i.journey, i.step, i.occurrence, i.decision) for i in shop.tick()] == [
        ("birthday", "greeting", "1:2027", "send")
    ]


def test_a_missed_day_is_told_once_as_a_skip(shop: Shop) -> None:
    born(shop, "李明", "1990-11-22")
    assert [(i.decision, i.reason) for i in shop.tick()] == [("skip", "too late for this step")]
    assert shop.tick() == []


def test_without_consent_there_is_no_greeting_but_the_coupon_can_be_asked_for(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-20", consent=False)
    assert "已领取生日礼券" in li.says("领生日券")
    assert "您已经领过了" in li.says("领券")
    until = shop.ask(lambda crm: crm.coupons.of_owner(1)[0].valid_until)
    assert until == shop.moment("2026-11-28 00:00")  # seven days from the birthday, not from today


def test_no_consent_is_the_reason_that_is_kept(shop: Shop) -> None:
    born(shop, "李明", "1990-11-23", consent=False)
    assert [(i.decision, i.reason) for i in shop.tick()] == [("skip", "no consent to marketing")]
    assert shop.ask(lambda crm: crm.coupons.of_owner(1)) == []


def test_outside_the_birthday_week_the_day_is_told_and_whether_we_may_write_then(shop: Shop) -> None:
    li = born(shop, "李明", "1990-05-20", consent=False)
    assert "从 5 月 20 日（周四）起可以领" in li.says("领生日券")
    li.taps("可以")
    shop.time_is("2027-05-20 09:00")
    assert [i.decision for i in shop.tick()] == ["send"]


def test_a_missing_birthday_is_asked_for_and_confirmed(shop: Shop) -> None:
    li = shop.stranger()
    assert "几月几日" in li.says("领生日券")
    assert "写成" in li.says("13月40日")
    assert "5 月 20 日，对吗" in li.says("5月20日")
    assert "几月几日" in li.taps("重新填")
    assert "1990 年 11 月 20 日，对吗" in li.says("1990-11-20")
    answer = li.taps("对，就是这天")
    assert "已登记您的生日：1990 年 11 月 20 日" in answer
    assert "已领取生日礼券" in answer


def test_another_birthday_within_the_year_is_refused_kindly(shop: Shop) -> None:
    li = shop.stranger()
    for words in ("领生日券", "5月20日", "是的"):
        li.says(words)
    li.says("不用了")
    assert "11 月 23 日，对吗" in li.says("领生日券，我的生日是11月23日")
    assert "一年只能改一次" in li.says("是的")
    assert shop.ask(lambda crm: crm.coupons.of_owner(1)) == []


def test_a_tap_on_a_greeting_while_a_birthday_is_asked_for_claims_it(shop: Shop) -> None:
    li = shop.stranger()
    li.says("领生日券")
    shop.do(lambda crm: crm.coupons.issue(1, "win_back", "w"))
    assert "已领取回店礼券" in li.starts("claim_coupon.1")


def test_nobody_has_to_tell_their_birthday(shop: Shop) -> None:
    li = shop.stranger()
    li.says("领生日券")
    assert "不登记" in li.taps("不说了")
    assert "请选择" not in li.says("你好")


def test_a_birthday_changes_once_a_year(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)

    def says(day: str) -> bool:
        return shop.do(lambda crm: crm.owners.set_birthday(crm.owners.get(owner), date.fromisoformat(day)))

    assert says("1990-05-20")
    assert says("1990-05-20")
    assert not says("1990-11-24")
    shop.time_is("2027-11-22 10:00")
    assert not says("1990-11-24")
    shop.time_is("2027-11-23 10:00")
    assert says("1990-11-24")


def test_two_birthdays_in_a_year_are_one_coupon(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-20")
    li.says("领券")
    shop.do(lambda crm: crm.owners.set_birthday(crm.owners.get(1), date(1990, 12, 20)))
    shop.time_is("2026-12-20 10:00")
    assert "过期" in li.says("领券")
    assert [i.decision for i in shop.tick()] == ["send"]  # wishes without a coupon
    assert len(shop.ask(lambda crm: crm.coupons.of_owner(1))) == 1


def test_a_greeting_without_budget_has_no_coupon_and_the_shop_is_told_once(shop: Shop) -> None:
    shop.do(lambda crm: [crm.coupons.issue(crm.owners.add("").key, "birthday", f"b:{n}") for n in range(100)])
    li, wang = born(shop, "李明", "1990-11-23"), born(shop, "王芳", "1991-11-23")
    assert "路路顺畅" in greeted(shop, li)
    assert "路路顺畅" in hears(shop, wang)
    assert [card.title for card in shop.cards()] == ["礼券预算用完"]


@pytest.mark.parametrize(
    ("becomes", "says"), [("expired", "过期"), ("revoked", "收回"), ("redeemed", "用过"), ("foreign", "不在您名下")]
)
def test_an_old_button_says_what_became_of_it(shop: Shop, becomes: str, says: str) -> None:
    li, wang = born(shop, "李明", "1990-11-23"), born(shop, "王芳", "1980-01-01")
    greeted(shop, li)
    button = li.bubbles[-1]

    def change(crm: Crm) -> None:
        coupon = crm.coupons.get(1)
        if becomes == "revoked":
            crm.coupons.revoke(coupon, "发错了")
        if becomes == "redeemed":
            crm.coupons.redeem(crm.coupons.claim(1, 1), staff_id=None, store_id=1, via="chat")

    shop.do(change)
    if becomes == "expired":
        shop.time_is("2026-12-01 00:00")
    who = wang if becomes == "foreign" else li
    who.bubbles.append(button)
    assert says in who.taps("领取生日礼券")


def test_the_claim_without_a_talk_tells_why_not(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23")
    greeted(shop, li)
    assert shop.do(lambda crm: claimed(crm, 1, 1).status) == "claimed"
    for owner, coupon, why in ((1, 1, "claimed"), (2, 1, "unknown"), (1, 999, "unknown")):
        with pytest.raises(CouponRefused) as refusal:
            shop.do(lambda crm, o=owner, c=coupon: claimed(crm, o, c))  # type: ignore[misc]
        assert refusal.value.why == why


def test_in_english(shop: Shop) -> None:
    john = shop.stranger()
    assert "Which month and day" in john.says("I want to claim my coupon")
    assert "20 November, right" in john.says("11-20") or "20 Nov, right" in john.bubbles[-1].text
    answer = john.says("yes")
    assert "The birthday coupon is yours: 20% off, plus a car wash and a small gift" in answer


def test_a_claim_in_the_middle_of_a_booking_goes_on_with_the_booking(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23")
    greeted(shop, li)
    li.says("明天下午三点做保养")
    answer = li.taps("领取生日礼券")
    assert "已领取生日礼券" in answer
    assert "车牌" in answer
