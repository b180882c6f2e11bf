"""The wallet, the desk where a coupon is used once, and the reminder before it ends."""

from __future__ import annotations

import dataclasses

import pytest

from storage.crm import Crm
from tests.chat import Person, Shop
from tests.gifts import Desk, born, hears


def with_coupon(shop: Shop, name: str = "李明") -> tuple[Person, str]:
    """An owner who has claimed their birthday coupon, and its code."""
    li = born(shop, name, "1990-11-20")
    li.says("领券")
    return li, shop.ask(lambda crm: crm.coupons.usable(1)[0].code)


def status(shop: Shop) -> str:
    return shop.ask(lambda crm: crm.coupons.get(1).status)


def test_the_wallet_shows_what_it_gives_until_when_and_its_code(shop: Shop) -> None:
    li, code = with_coupon(shop)
    shown = li.says("我的券")
    assert (
        f"生日礼券：8 折，另送洗车一次、小礼品一份，有效期到 11 月 27 日（周五），券码 {code[:5]} {code[5:]}" in shown
    )
    assert li.choices == ["现在预约"]


def test_an_empty_wallet_says_so(shop: Shop) -> None:
    assert "没有可用的礼券" in shop.stranger().says("我的券")


def test_a_shop_with_an_address_leads_to_the_page_with_the_code(shop: Shop) -> None:
    shop.database.shop = dataclasses.replace(shop.database.shop, public_url="https://shop.example")
    li, _ = with_coupon(shop)
    shown = li.says("我的券")
    token = shown.partition("https://shop.example/h/")[2].split()[0]
    link = shop.do(lambda crm: (found := crm.links.opened(token)) and (found.purpose, found.owner_id, found.subject))
    assert link == ("coupon", 1, 1)


def test_what_can_still_be_claimed_is_a_button_in_the_wallet(shop: Shop) -> None:
    li = born(shop, "李明", "1990-11-23")
    shop.tick()
    assert "当天为止可领" in li.says("我的券")
    assert "已领取" in li.taps("领取生日礼券")


@pytest.mark.parametrize(
    "spelling", ["核销 {a} {b}", "核销{a}{b}", "核销 券码：{low}", "核销 {wide}", "券码 {low} 核销", "redeem {low}"]
)
def test_an_advisor_redeems_in_chat_and_the_owner_is_told(shop: Shop, spelling: str) -> None:
    li, code = with_coupon(shop)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in code)
    wang = Desk(shop, "王工")
    answer = wang.says(spelling.format(a=code[:5], b=code[5:], low=code.lower(), wide=wide))
    assert "已核销：生日礼券，8 折" in answer
    assert "李*" in answer
    assert status(shop) == "redeemed"
    assert "您的生日礼券刚刚在深圳南山店使用" in hears(shop, li)
    assert "生日礼券：已使用" in li.says("我的券")


def test_the_second_one_is_told_when_where_and_by_whom(shop: Shop) -> None:
    _, code = with_coupon(shop)
    Desk(shop, "王工").says(f"核销 {code}")
    shop.time_is("2026-11-23 11:30")
    answer = Desk(shop, "林工").says(f"核销 {code}")
    assert "已经在 11 月 23 日（周一）10:00用过了（深圳南山店、王工）" in answer


def test_looking_first_uses_nothing(shop: Shop) -> None:
    _, code = with_coupon(shop)
    answer = Desk(shop, "王工").says(f"券码 {code}")
    assert "可使用" in answer
    assert f"核销 {code[:5]} {code[5:]}" in answer
    assert status(shop) == "claimed"


@pytest.mark.parametrize(
    ("role", "store", "says"),
    [
        ("technician", 1, "岗位不能"),
        ("it", 1, "岗位不能"),
        ("advisor", 2, "其他门店"),
        ("manager", 2, "其他门店"),
        ("boss", 2, "已核销"),
    ],
)
def test_who_may_redeem(two_stores: Shop, role: str, store: int, says: str) -> None:
    _, code = with_coupon(two_stores)
    assert says in Desk(two_stores, "某人", role, store).says(f"核销 {code}")


@pytest.mark.parametrize(
    ("moment", "words", "says"),
    [
        ("2026-11-28 00:00", "核销 {code}", "11 月 27 日（周五）已经到期"),
        ("2026-11-23 10:00", "核销 ABCDE FGHJK", "没有这个券码"),
        ("2026-11-23 10:00", "核销", "没有这个券码"),
    ],
)
def test_what_cannot_be_redeemed_says_why(shop: Shop, moment: str, words: str, says: str) -> None:
    _, code = with_coupon(shop)
    shop.time_is(moment)
    assert says in Desk(shop, "王工").says(words.format(code=code))


def test_what_was_not_claimed_cannot_be_redeemed(shop: Shop) -> None:
    born(shop, "李明", "1990-11-23")
    shop.tick()
    code = shop.ask(lambda crm: crm.coupons.get(1).code)
    assert "还没有领取" in Desk(shop, "王工").says(f"核销 {code}")


def test_a_manager_revokes_with_a_reason_and_the_owner_is_told(shop: Shop) -> None:
    li, code = with_coupon(shop)
    manager = Desk(shop, "陈店", "manager")
    assert "请写上原因" in manager.says(f"作废 {code}")
    assert "已告知车主" in manager.says(f"作废 {code} 发错了")
    assert "已被门店收回，原因：发错了" in hears(shop, li)
    assert "已经作废：发错了" in Desk(shop, "王工").says(f"核销 {code}")
    assert "已经作废" in manager.says(f"作废 {code} 再来一次")


def test_an_advisor_may_not_revoke(shop: Shop) -> None:
    _, code = with_coupon(shop)
    assert "岗位不能" in Desk(shop, "王工").says(f"作废 {code} 手滑")
    assert status(shop) == "claimed"


def test_an_owner_who_says_such_words_redeems_nothing(shop: Shop) -> None:
    li, code = with_coupon(shop)
    li.says(f"核销 {code}")
    assert status(shop) == "claimed"


def test_three_days_before_the_end_there_is_one_reminder_with_a_button(shop: Shop) -> None:
    li, _ = with_coupon(shop)
    assert shop.tick() == []
    shop.time_is("2026-11-25 09:00")
    assert [(i.journey, i.step, i.decision) for i in shop.tick()] == [("coupon_expiring", "d3", "send")]
    assert "到 11 月 27 日（周五）为止" in hears(shop, li)
    assert "车牌" in li.taps("现在预约")
    shop.time_is("2026-11-26 09:00")
    assert shop.tick() == []


def test_a_reminder_needs_consent(shop: Shop) -> None:
    li, _ = with_coupon(shop)
    li.says("退订")
    shop.time_is("2026-11-25 09:00")
    assert [(i.decision, i.reason) for i in shop.tick()] == [("skip", "no consent to marketing")]


def test_after_its_last_day_it_is_over_and_its_cost_is_free_again(shop: Shop) -> None:
    li, _ = with_coupon(shop)
    assert shop.ask(lambda crm: crm.coupons.spent("birthday", "2026-11")) == 20_000
    shop.time_is("2026-11-28 00:00")
    shop.tick()
    assert status(shop) == "expired"
    assert shop.ask(lambda crm: crm.coupons.spent("birthday", "2026-11")) == 0
    assert "已过期" in li.says("我的券")


def test_the_profile_and_the_ledger_know_it(shop: Shop) -> None:
    from storage.profile import profile

    def coupons(crm: Crm) -> object:
        document = profile(crm, 1)
        return document and [(one["offer"], one["status"], one["valid_until"]) for one in document["coupons"]]

    with_coupon(shop)
    assert shop.ask(coupons) == [("birthday", "claimed", "2026-11-28T00:00:00+08:00")]
    assert {"coupon.issued", "coupon.claimed"} <= set(shop.verbs())
