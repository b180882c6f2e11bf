"""Tags that rules give and take."""

from __future__ import annotations

from datetime import timedelta

from storage.crm import Crm
from tests.chat import Shop
from tests.storage.test_figures import looked


def li_came(shop: Shop, *yuan: int, items: str = "") -> None:
    """A visit a day, the last of them yesterday."""

    def visits(crm: Crm) -> None:
        for number, amount in enumerate(yuan, 1):
            day = crm.now.date() - timedelta(days=number)
            crm.visits.add(f"W{number}", owner_id=1, visited_on=day, amount_fen=amount * 100, items=items)

    shop.owner("李明")
    shop.do(visits)
    shop.do(looked)


def tags(shop: Shop) -> list[str]:
    return shop.ask(lambda crm: crm.tags.of_owner(1))


def test_who_spends_much_is_tagged_until_the_visit_is_a_year_old(shop: Shop) -> None:
    li_came(shop, 8000)
    assert tags(shop) == ["高价值"]
    shop.time_is("2027-11-22 10:00")
    shop.do(lambda crm: crm.figures.night(crm.figures.today))
    assert tags(shop) == []
    assert [verb for verb in shop.verbs() if verb.startswith("tag.")] == ["tag.added", "tag.removed"]


def test_a_tag_that_a_person_gave_is_never_taken(shop: Shop) -> None:
    li_came(shop, 100)
    shop.do(lambda crm: crm.tags.add(1, "高价值", "staff:1"))
    shop.do(lambda crm: crm.figures.look_at([1]))
    assert tags(shop) == ["高价值"]


def test_three_friends_who_paid_make_a_champion(shop: Shop) -> None:
    li_came(shop, 100)

    def brings(crm: Crm, name: str) -> None:
        friend = crm.owners.add(name).key
        referral = crm.referrals.invite(friend, 1)
        visit = crm.visits.add(f"F{friend}", owner_id=friend, visited_on=crm.now.date(), amount_fen=100)
        assert referral is not None
        crm.referrals.reward(referral, visit.key)

    for name in ("甲", "乙", "丙"):
        assert tags(shop) == []
        shop.do(lambda crm, who=name: brings(crm, who))  # type: ignore[misc]
        shop.do(looked)
    assert tags(shop) == ["转介绍达人"]


def test_who_comes_with_coupons_minds_the_price(shop: Shop) -> None:
    li_came(shop, 100, 100)

    def uses_a_coupon(crm: Crm) -> None:
        staff = crm.staff.add("王海涛", "advisor", 1)
        number = crm.connection.exec_driver_sql("SELECT count(*) FROM coupon").scalar() or 0
        coupon = crm.coupons.issue(1, "birthday", f"birthday:{number}")
        assert coupon is not None
        used = f"status = 'redeemed', redeemed_at = created_at, redeemed_by = {staff.key}"
        crm.connection.exec_driver_sql(f"UPDATE coupon SET {used} WHERE id = {coupon.key}")

    shop.do(uses_a_coupon)
    shop.do(looked)
    assert tags(shop) == []
    shop.time_is("2026-11-24 10:00")
    shop.do(uses_a_coupon)
    shop.do(looked)
    assert tags(shop) == ["价格敏感"]


def test_eight_washes_make_one_who_washes_often(shop: Shop) -> None:
    li_came(shop, *[40] * 8, items="精致洗车")
    assert tags(shop) == ["常洗车"]
