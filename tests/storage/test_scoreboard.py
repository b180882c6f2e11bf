"""The month of each advisor, as the rows tell it."""

from __future__ import annotations

from datetime import date

from core.scoreboard import Score
from journeys import desk
from storage.crm import Crm
from storage.scoreboard import scoreboard
from tests.chat import Shop
from tests.storage.test_desk import advisors, opened, takes

NOVEMBER, DECEMBER = date(2026, 11, 23), date(2026, 12, 1)


def scores(shop: Shop, month: date = NOVEMBER) -> dict[str, Score]:
    return {one.name: one for one in shop.ask(lambda crm: scoreboard(crm, month))}


def test_response_time_counts_opening_hours_and_only_the_first_taker(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    shop.time_is("2026-11-23 17:50")
    number = opened(shop)
    shop.time_is("2026-11-24 09:05")
    shop.do(takes(number, wang))
    shop.do(lambda crm: crm.tasks.give_back(crm.tasks.get(number), wang))
    shop.do(takes(number, zhao))
    assert scores(shop)["王工"].responses == [15]
    assert scores(shop)["赵工"].responses == []


def test_done_counts_for_and_left_alone_against(shop: Shop) -> None:
    (wang,) = advisors(shop, "王工")
    done, left = opened(shop), opened(shop)
    for number in (done, left):
        shop.do(takes(number, wang))
    shop.do(lambda crm: crm.tasks.finish(crm.tasks.get(done), wang, "done"))
    shop.time_is("2026-11-23 12:00")
    shop.do(desk.run)
    assert scores(shop)["王工"].on_time == 0.5
    assert scores(shop, DECEMBER)["王工"].on_time is None


def test_an_owner_who_comes_after_the_card_was_taken_is_saved(shop: Shop) -> None:
    (wang,) = advisors(shop, "王工")
    came, away = (shop.do(lambda crm, n=n: crm.owners.add(n, store_id=1).key) for n in ("李明", "张三"))  # type: ignore[misc]
    for owner in (came, away):
        shop.do(takes(opened(shop, owner_id=owner), wang))
    shop.time_is("2026-11-25 10:00")
    shop.do(lambda crm: crm.visits.add("W1", owner_id=came, visited_on=date(2026, 11, 25)).key)
    score = scores(shop)["王工"]
    assert (score.alerts, score.saved, score.save_rate) == (2, 1, 0.5)


def test_records_of_the_own_owners_are_measured(shop: Shop) -> None:
    (wang,) = advisors(shop, "王工")

    def theirs(crm: Crm) -> None:
        full = crm.owners.add("李明", store_id=1, advisor_id=wang, birthday=date(1990, 5, 3))
        crm.owners.set_phone(full, "+8613812345678", verified=True)
        crm.vehicles.connect(full.key, crm.vehicles.add("粤B12345").key)
        crm.owners.add("张三", store_id=1, advisor_id=wang)

    shop.do(theirs)
    assert scores(shop)["王工"].completeness == 0.625
