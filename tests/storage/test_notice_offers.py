"""When followers are offered one-time notices, and which of them they still lack."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from types import MappingProxyType

from core.policy import Template
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together

WEEK = timedelta(days=7)
LI = "oLiMing_0000000000000000000A"


def account(shop: Shop, channel: str = "wechat") -> int:
    return shop.do(lambda crm: crm.conversations.locked(channel, LI).identity_id)


def asks_for_two(shop: Shop, public_url: str = "https://shop.example") -> None:
    """The shop has templates for two notices."""
    found = {"maintenance_due": {"subscribe": Template("TPL_due")}, "car_ready": {"subscribe": Template("TPL_ready")}}
    policy = dataclasses.replace(shop.database.shop.policy, templates=MappingProxyType(found))
    shop.database.shop = dataclasses.replace(shop.database.shop, policy=policy, public_url=public_url)


def lacking(shop: Shop, identity: int) -> list[str]:
    return [one.template for one in shop.ask(lambda crm: crm.subscribe_tokens.lacking(identity))]


def test_li_ming_is_offered_them_once_a_week(shop: Shop) -> None:
    li = account(shop)
    assert shop.do(lambda crm: crm.notice_offers.claim(li, WEEK))
    shop.time_is("2026-11-30 09:59")
    assert not shop.do(lambda crm: crm.notice_offers.claim(li, WEEK))
    shop.time_is("2026-11-30 10:00")
    assert shop.do(lambda crm: crm.notice_offers.claim(li, WEEK))
    assert not shop.do(lambda crm: crm.notice_offers.claim(li, WEEK))


def test_of_many_answers_at_once_one_offers_them(shop: Shop) -> None:
    li = account(shop)
    for day in ("2026-11-23 10:00", "2026-12-01 10:00"):
        shop.time_is(day)
        claims = together(shop, [lambda crm: crm.notice_offers.claim(li, WEEK)] * 6)
        assert sorted(map(str, claims)) == ["False"] * 5 + ["True"]


def test_what_is_lacking_follows_each_yes_and_each_message(shop: Shop) -> None:
    asks_for_two(shop)
    li = account(shop)
    assert lacking(shop, li) == ["TPL_due", "TPL_ready"]
    shop.do(lambda crm: crm.subscribe_tokens.accepted(li, "TPL_due"))
    assert lacking(shop, li) == ["TPL_ready"]
    assert shop.do(lambda crm: crm.subscribe_tokens.use(li, "TPL_due"))
    assert lacking(shop, li) == ["TPL_due", "TPL_ready"]


def test_other_channels_and_a_shop_without_an_address_lack_nothing(shop: Shop) -> None:
    asks_for_two(shop)
    assert lacking(shop, account(shop, "telegram")) == []
    asks_for_two(shop, public_url="")
    assert lacking(shop, account(shop)) == []


def test_what_is_left_counts_all_accounts_of_the_owner_and_nobody_elses(shop: Shop) -> None:
    def record(crm: Crm) -> int:
        owner = crm.owners.add("李明").key
        for number, (whose, times) in enumerate([(owner, 2), (owner, 1), (None, 4)]):
            identity = crm.conversations.locked("wechat", f"oAccount_{number}").identity_id
            crm.identities.get(identity).owner_id = whose
            for _ in range(times):
                crm.subscribe_tokens.accepted(identity, "TPL_due")
        crm.session.flush()
        return owner

    li = shop.do(record)
    assert shop.ask(lambda crm: crm.subscribe_tokens.left_of(li)) == {"TPL_due": 3}
