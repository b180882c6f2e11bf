"""A rehearsal of past days decides what these days decided, on either store, and leaves the store as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from core.policy_file import read_policy
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop
from tests.real_month import RealMonth, contents, rehearsed
from tests.year_calculation import days


def test_cards_that_waited_for_room_come_on_the_days_on_which_they_came(shop: Shop, tmp_path: Path) -> None:
    facts = shop.database.shop
    desk = replace(facts.policy.desk, late_cards_per_day=2)
    shop.database.shop = replace(facts, policy=replace(facts.policy, desk=desk, journeys={}))

    def record(crm: Crm) -> None:
        for number in range(1, 8):
            crm.owners.add(f"车主{number}", store_id=1)
            day = date(2026, 5, 10 + number)
            crm.visits.add(f"W{number}", owner_id=number, visited_on=day, amount_fen=number)

    shop.do(record)
    came = []
    for today in days(date(2026, 11, 24), date(2026, 11, 28)):
        shop.time_is(f"{today} 09:00")
        came += [(today, item.owner) for item in shop.tick() if item.step == "m6" and item.decision == "task"]
    again = rehearsed(shop.database, empty_folder(tmp_path), date(2026, 11, 25), date(2026, 11, 28))
    cards = [(day, owner) for day, _, step, _, owner, decision, _ in again if step == "m6" and decision == "task"]
    assert len({day for day, _ in came}) > 2
    assert cards == [one for one in came if one[0] >= date(2026, 11, 25)]


CAMPAIGN = """
[hold_out]
share = 0.0
[campaigns.winter]
on_day = 2026-12-01
text = "{name}，冬天到了。"
offer = "win_back_check"
budget = 90
"""


def test_a_campaign_has_its_budget_again_and_what_was_recommended_is_again(shop: Shop, tmp_path: Path) -> None:
    shop.database.shop = replace(shop.database.shop, policy=read_policy(CAMPAIGN))

    def record(crm: Crm) -> None:
        for number in range(1, 4):
            crm.owners.add(f"车主{number}", store_id=1)
            car = crm.vehicles.add(f"粤B0000{number}", purchased_on=date(2024, 12, 3))
            crm.vehicles.connect(number, car.key)
            crm.identities.give_to_owner("web", f"account-{number}", number)
            crm.consents.write(number, MARKETING, "web", True)

    shop.do(record)
    came = []
    for today in days(date(2026, 11, 24), date(2026, 12, 5)):
        for at in ("09:00", "14:00"):
            shop.time_is(f"{today} {at}")
            came += [(today, item.journey, item.owner, item.decision) for item in shop.tick()]
    found = rehearsed(shop.database, empty_folder(tmp_path), date(2026, 11, 28), date(2026, 12, 5))
    again = [(day, journey, owner, does) for day, journey, _, _, owner, does, _ in found]
    assert sorted(again) == sorted(one for one in came if one[0] >= date(2026, 11, 28))
    assert {does for _, journey, _, does in again if journey == "campaign:winter"} == {"send", "skip"}
    assert "recommendation" in {journey for _, journey, _, _ in again}


def empty_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "rehearsal"
    folder.mkdir()
    return folder


def test_a_past_month_is_decided_as_it_was(shop: Shop, tmp_path: Path) -> None:
    month = RealMonth(shop).passes()
    before = contents(shop.database)
    again = list(rehearsed(shop.database, empty_folder(tmp_path)))
    assert len(month.decided) > 60
    assert sorted(again) == sorted(month.decided)
    assert contents(shop.database) == before
