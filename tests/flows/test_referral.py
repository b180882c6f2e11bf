"""An owner brings a friend: both get something, the referrer once the friend has come and paid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

import handlers
from core.messages import Inbound, Kind
from core.referrals import CHAMPION
from storage.crm import Crm
from tests.chat import Person, Shop
from tests.gifts import hears


def code_of(shop: Shop, owner: int = 1) -> str:
    return shop.do(lambda crm: crm.referrals.code_of(owner))


def scans(shop: Shop, account: str, code: str, channel: str = "web") -> Person:
    """A friend comes by the scanned code."""
    friend = Person(shop, account, channel)
    inbound = Inbound(channel, f"scan-{account}-{code}", account, Kind.FOLLOW, scene=f"r-{code}", raw=b"{}")
    friend.bubbles += shop.do(lambda crm: handlers.receive(crm, inbound, engine=shop.engine)).replies
    return friend


def pays(shop: Shop, owner: int, day: str = "2026-11-24", fen: int = 58_000, number: str = "") -> None:
    """A completed visit comes in, as an import or the DMS writes it."""
    on = date.fromisoformat(day)
    shop.do(lambda crm: crm.visits.add(number or f"P{owner}{day}", owner_id=owner, visited_on=on, amount_fen=fen))


def rows(shop: Shop) -> list[tuple[int, int, str, str]]:
    """(friend, referrer, status, reason)."""
    from storage.referrals import Referral

    def read(crm: Crm) -> list[tuple[int, int, str, str]]:
        found = (crm.session.get(Referral, number) for number in range(1, 40))
        return [(r.owner_id, r.referrer_id, r.status, r.reason) for r in found if r]

    return shop.ask(read)


def test_an_owner_gets_a_code_and_hears_what_both_get(shop: Shop) -> None:
    li = shop.owner("李明", account="li")
    answer = li.says("推荐朋友")
    assert f"介绍码 {code_of(shop)}" in answer
    assert "新朋友礼券（立减 50 元）" in answer
    assert "转介绍礼券（立减 100 元）" in answer
    assert code_of(shop) in li.says("转介绍")


def test_where_the_bots_name_is_known_there_is_a_link_to_forward(shop: Shop) -> None:
    shop.database.shop = dataclasses.replace(shop.database.shop, telegram_bot="huiche_bot")
    li = shop.owner("李明", account="li")
    assert f"https://t.me/huiche_bot?start=r-{code_of(shop)}" in li.says("推荐朋友")


@pytest.mark.parametrize("words", ["介绍码 {code}", "你好，朋友介绍来的，介绍码：{code}", "{code}"])
def test_a_newcomer_types_the_code_and_gets_a_coupon(shop: Shop, words: str) -> None:
    shop.owner("李明", account="li")
    friend = shop.stranger("friend")
    answer = friend.says(words.format(code=code_of(shop).lower()))
    assert "李*邀请您来的" in answer
    assert "立减 50 元" in answer
    assert rows(shop) == [(2, 1, "invited", "")]


@pytest.mark.parametrize("channel", ["web", "telegram", "wechat"])
def test_a_friend_comes_by_the_scanned_code(shop: Shop, channel: str) -> None:
    shop.owner("李明", account="li")
    scans(shop, "friend", code_of(shop), channel)
    scans(shop, "friend", code_of(shop), channel)
    assert rows(shop) == [(2, 1, "invited", "")]
    assert [c.status for c in shop.ask(lambda crm: crm.coupons.of_owner(2))] == ["claimed"]


def test_the_reward_comes_after_the_first_paid_visit_and_once(shop: Shop) -> None:
    li = shop.owner("李明", account="li")
    scans(shop, "friend", code_of(shop))
    pays(shop, 2, fen=0, number="free check")
    assert shop.tick() == []
    pays(shop, 2)
    pays(shop, 2, day="2026-11-25")
    assert [(i.journey, i.step, i.owner, i.decision) for i in shop.tick()] == [("referral", "thanks", 1, "send")]
    assert "您介绍的朋友已经到店，谢谢您。转介绍礼券送给您：立减 100 元" in hears(shop, li)
    assert shop.tick() == []
    assert len(shop.ask(lambda crm: crm.coupons.of_owner(1))) == 1


def test_three_friends_make_a_champion(shop: Shop) -> None:
    li = shop.owner("李明", account="li")
    for number in range(3):
        assert shop.ask(lambda crm: crm.tags.of_owner(1)) == []
        scans(shop, f"friend-{number}", code_of(shop))
        pays(shop, 2 + number)
        shop.tick()
    assert shop.ask(lambda crm: crm.tags.of_owner(1)) == [CHAMPION]
    assert "已有 3 位朋友用了您的介绍码，其中 3 位到店消费" in li.says("推荐朋友")


def test_nobody_brings_themselves(shop: Shop) -> None:
    li = shop.owner("李明", account="li")
    assert "您自己的介绍码" in li.says(f"介绍码 {code_of(shop)}")
    assert rows(shop) == [(1, 1, "refused", "self")]


def same_phone(crm: Crm) -> None:
    crm.owners.set_phone(crm.owners.get(1), "+8613812345678", verified=True)
    crm.owners.set_phone(crm.owners.get(2), "+8613812345678", verified=False)


def same_car(crm: Crm) -> None:
    car = crm.vehicles.add("粤B12345")
    crm.vehicles.connect(1, car.key)
    crm.vehicles.connect(2, car.key)


def same_plate(crm: Crm) -> None:
    crm.vehicles.connect(1, crm.vehicles.add("粤B12345").key)
    crm.vehicles.connect(2, crm.vehicles.add("粤B12345").key)


def customer(crm: Crm) -> None:
    crm.visits.add("W1", owner_id=2, visited_on=date(2026, 5, 1), amount_fen=10_000)


def brought_the_other(crm: Crm) -> None:
    crm.referrals.invite(1, 2)


def brought_by_another(crm: Crm) -> None:
    crm.referrals.invite(2, crm.owners.add("王芳").key)


CHEATS = [
    (same_phone, "same_phone"),
    (same_car, "same_car"),
    (same_plate, "same_car"),
    (customer, "known"),
    (brought_the_other, "circular"),
    (brought_by_another, "second"),
]


@pytest.mark.parametrize(("cheat", "why"), CHEATS)
def test_what_does_not_count_is_kept_with_its_reason(shop: Shop, cheat: Callable[[Crm], None], why: str) -> None:
    li, friend = shop.owner("李明", account="li"), shop.owner("朋友", account="friend")
    shop.do(cheat)
    answer = friend.says(f"介绍码 {code_of(shop)}")
    assert "介绍码收到了" in answer  # nothing is said to the friend
    assert "礼券" not in answer
    assert (2, 1, "refused", why) in rows(shop)
    assert "不能计入奖励" in hears(shop, li)
    friend.says(f"介绍码 {code_of(shop)}")
    assert sum(row[2] == "refused" for row in rows(shop)) == 1


@pytest.mark.parametrize(("cheat", "why"), [CHEATS[0], CHEATS[1]])
def test_what_shows_only_later_is_looked_at_before_the_reward(
    shop: Shop, cheat: Callable[[Crm], None], why: str
) -> None:
    li = shop.owner("李明", account="li")
    scans(shop, "friend", code_of(shop))
    shop.do(cheat)
    pays(shop, 2)
    assert [(i.decision, i.reason) for i in shop.tick()] == [("skip", why)]
    assert "不能计入奖励" in hears(shop, li)
    assert shop.ask(lambda crm: crm.coupons.of_owner(1)) == []
    assert rows(shop) == [(2, 1, "refused", why)]


def test_one_account_that_was_seen_under_both_does_not_count(shop: Shop) -> None:
    shop.owner("李明", account="the-phone").says("退订")
    other_self = shop.do(lambda crm: crm.owners.add("小号").key)
    shop.do(lambda crm: crm.identities.give_to_owner("web", "the-phone", other_self))
    Person(shop, "the-phone", "web").says(f"介绍码 {code_of(shop)}")
    assert rows(shop) == [(2, 1, "refused", "same_device")]


def test_a_chain_does_not_close_into_a_ring(shop: Shop) -> None:
    people = [shop.owner(name, account=name) for name in ("甲", "乙", "丙")]
    people[1].says(f"介绍码 {code_of(shop, 1)}")
    people[2].says(f"介绍码 {code_of(shop, 2)}")
    people[0].says(f"介绍码 {code_of(shop, 3)}")
    assert [row[2:] for row in rows(shop)] == [("invited", ""), ("invited", ""), ("refused", "circular")]


def test_a_friend_who_turns_out_to_be_a_customer_does_not_count(shop: Shop) -> None:
    shop.owner("李明", account="li")
    known = shop.do(lambda crm: crm.owners.add("老客户").key)
    pays(shop, known, day="2026-03-01", number="long ago")
    scans(shop, "friend", code_of(shop))
    shop.do(lambda crm: crm.owners.absorb(crm.owners.get(3), crm.owners.get(known)))
    pays(shop, known)
    assert [i.reason for i in shop.tick() if i.journey == "referral"] == ["known"]


def test_an_unknown_code_is_told_and_the_talk_goes_on(shop: Shop) -> None:
    assert "没有找到这个介绍码" in shop.stranger().says("介绍码 K7Q2MN")
    assert shop.stranger("b").says("K7Q2MN") != ""
    assert rows(shop) == []


def test_a_used_up_budget_keeps_the_reward_for_the_next_month(shop: Shop) -> None:
    shop.owner("李明", account="li")
    scans(shop, "friend", code_of(shop))
    pays(shop, 2)
    shop.do(lambda crm: [crm.coupons.issue(1, "referral", f"used:{n}") for n in range(100)])
    assert shop.tick() == []
    assert [card.title for card in shop.cards()] == ["礼券预算用完"]
    shop.time_is("2026-12-01 09:00")
    assert [i.decision for i in shop.tick() if i.journey == "referral"] == ["send"]


def test_in_english(shop: Shop) -> None:
    shop.owner("李明", account="li")
    john = shop.stranger("john")
    assert "sent you. A voucher is yours: ¥50 off" in john.says(f"Hello there, my referral code {code_of(shop)}")


def test_who_asks_for_their_code_is_told_it(shop: Shop) -> None:
    li = shop.owner("李明", account="li")
    assert f"您的介绍码 {code_of(shop)}" in li.says("我的介绍码")
