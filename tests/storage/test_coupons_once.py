"""Coupons and referrals under a race: one of many gets it, on either engine, and the budget adds up."""

from __future__ import annotations

from datetime import date

from journeys import referral
from journeys.items import TickItem
from storage.coupons import CouponRefused
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together

CROWD = 12


def claimed(shop: Shop) -> int:
    """A claimed birthday coupon of a new owner."""

    def issue(crm: Crm) -> int:
        coupon = crm.coupons.issue(crm.owners.add("李明").key, "birthday", "b", claimed=True)
        assert coupon is not None
        return coupon.key

    return shop.do(issue)


def spent(shop: Shop, offer: str = "birthday") -> int:
    return shop.ask(lambda crm: crm.coupons.spent(offer, "2026-11"))


def test_of_many_who_redeem_at_once_one_does(shop: Shop) -> None:
    number = claimed(shop)

    def redeem(crm: Crm) -> str:
        return crm.coupons.redeem(crm.coupons.get(number), staff_id=None, store_id=1, via="chat").status

    results = together(shop, [redeem] * CROWD)
    assert results.count("redeemed") == 1
    assert {r.why for r in results if isinstance(r, CouponRefused)} == {"redeemed"}


def test_redeeming_and_revoking_at_once_one_wins(shop: Shop) -> None:
    number = claimed(shop)

    def redeem(crm: Crm) -> bool:
        return bool(crm.coupons.redeem(crm.coupons.get(number), staff_id=None, store_id=1, via="chat"))

    redeemed, revoked = together(shop, [redeem, lambda crm: crm.coupons.revoke(crm.coupons.get(number), "发错了")])
    assert (redeemed is True) is not (revoked is True)
    status = shop.ask(lambda crm: crm.coupons.get(number).status)
    assert (status, spent(shop)) == (("redeemed", 20_000) if redeemed is True else ("revoked", 0))


def test_of_many_taps_on_one_greeting_one_claims(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)
    number = shop.do(lambda crm: crm.coupons.issue(owner, "birthday", "b").key)  # type: ignore[union-attr]
    results = together(shop, [lambda crm: crm.coupons.claim(owner, number).status] * CROWD)
    assert results.count("claimed") == 1
    assert {r.why for r in results if isinstance(r, CouponRefused)} == {"claimed"}


def test_many_who_ask_for_the_years_coupon_at_once_get_one(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)
    given = together(shop, [lambda crm: crm.coupons.issue(owner, "birthday", "birthday:1:2026") is not None] * CROWD)
    assert given.count(True) == 1
    assert spent(shop) == 20_000


def test_a_months_budget_is_kept_by_many_at_once(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)
    shop.do(lambda crm: [crm.coupons.issue(owner, "birthday", f"b:{n}") for n in range(95)])
    given = together(
        shop,
        [lambda crm, n=n: crm.coupons.issue(owner, "birthday", f"c:{n}") is not None for n in range(CROWD)],  # type: ignore[misc]
    )
    assert given.count(True) == 5
    assert spent(shop) == 2_000_000


def test_what_has_run_out_gives_its_cost_back_once_to_its_own_month(shop: Shop) -> None:
    claimed(shop)
    shop.time_is("2026-12-02 10:00")
    ended = together(shop, [lambda crm: crm.coupons.expire()] * CROWD)
    assert sorted(ended, key=str)[-1] == 1
    assert sum(one for one in ended if isinstance(one, int)) == 1
    assert spent(shop) == 0
    assert shop.ask(lambda crm: crm.coupons.spent("birthday", "2026-12")) == 0


def test_a_redeemed_coupon_never_runs_out(shop: Shop) -> None:
    number = claimed(shop)
    shop.do(lambda crm: crm.coupons.redeem(crm.coupons.get(number), staff_id=None, store_id=1, via="chat"))
    shop.time_is("2026-12-02 10:00")
    assert shop.do(lambda crm: crm.coupons.expire()) == 0
    assert spent(shop) == 20_000


def test_two_who_bring_one_friend_at_once_one_did(shop: Shop) -> None:
    friend, *others = (shop.do(lambda crm: crm.owners.add("").key) for _ in range(1 + CROWD))
    brought = together(
        shop,
        [lambda crm, o=other: crm.referrals.invite(friend, o) is not None for other in others],  # type: ignore[misc]
    )
    assert brought.count(True) == 1


def test_two_visits_at_once_are_one_reward(shop: Shop) -> None:
    li, friend = (shop.do(lambda crm: crm.owners.add("").key) for _ in range(2))
    shop.do(lambda crm: crm.referrals.invite(friend, li))
    on = date(2026, 11, 23)
    for number in range(2):
        shop.do(lambda crm, n=number: crm.visits.add(f"W{n}", owner_id=friend, visited_on=on, amount_fen=1))  # type: ignore[misc]
    ticks: list[list[TickItem] | Exception] = together(shop, [referral.run] * 4)
    assert not [tick for tick in ticks if isinstance(tick, Exception)]
    assert len(shop.ask(lambda crm: crm.coupons.of_owner(li))) == 1
    assert spent(shop, "referral") == 10_000
    assert shop.ask(lambda crm: crm.referrals.rewarded(li)) == 1


def test_a_birthday_told_twice_at_once_is_kept_once(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)
    days = [date(1990, month, 1) for month in range(1, 1 + CROWD)]
    kept = together(
        shop,
        [lambda crm, d=day: crm.owners.set_birthday(crm.owners.get(owner), d) for day in days],  # type: ignore[misc]
    )
    assert kept.count(True) == 1


def test_a_tag_stands_once_and_follows_its_owner(shop: Shop) -> None:
    known, stranger = (shop.do(lambda crm: crm.owners.add("").key) for _ in range(2))
    added = together(shop, [lambda crm: crm.tags.add(known, "怕胎噪", "staff:1")] * 3)
    assert added.count(True) == 1

    def join(crm: Crm) -> list[str]:
        crm.tags.add(stranger, "怕胎噪", "staff:1")
        crm.tags.add(stranger, "转介绍达人", "rule:referral")
        crm.owners.absorb(crm.owners.get(stranger), crm.owners.get(known))
        crm.tags.remove(known, "怕胎噪")
        return crm.tags.of_owner(known)

    assert shop.do(join) == ["转介绍达人"]
