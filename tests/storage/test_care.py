"""Surveys, ratings and tickets on both stores, also when two things happen at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import journeys
from core.errors import Refused
from core.say import StaffSay
from flows.complaint import opened
from flows.visit_rating import rated
from flows.win_back_survey import answered
from handlers.desk.tickets import solve
from journeys.engine import run
from journeys.figures import follow
from journeys.win_back import WIN_BACK
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together


def li(shop: Shop) -> int:
    """Li Ming with a car, a visit and an invitation to say why he stayed away."""

    def record(crm: Crm) -> int:
        owner, car = crm.owners.add("李明", store_id=1), crm.vehicles.add("粤B12345")
        crm.vehicles.connect(owner.key, car.key)
        crm.visits.add("W1", owner_id=owner.key, vehicle_id=car.key, visited_on=date(2026, 11, 22))
        crm.surveys.invite(owner.key, "win_back:1", vehicle_id=car.key)
        return owner.key

    return shop.do(record)


def answer(owner: int, reason: str) -> Callable[[Crm], str]:
    return lambda crm: answered(crm, owner, 1, [reason], "").kind


def test_of_two_answers_at_once_one_is_the_first_and_one_coupon_lives(shop: Shop) -> None:
    owner = li(shop)
    reasons = ["price", "distance", "price", "quality", "distance", "price"]
    kinds = together(shop, [answer(owner, reason) for reason in reasons])
    assert sorted(map(str, kinds)) == ["corrected"] * 5 + ["first"]
    live = shop.ask(lambda crm: [c.offer for c in crm.coupons.of_owner(owner) if c.status == "claimed"])
    offers = shop.ask(lambda crm: crm.shop.policy.care.answer_offers[crm.surveys.of_owner(owner)[0].named()[0]])
    assert live == [offers]
    assert len([t for t in shop.ask(lambda crm: crm.tasks.unfinished()) if t.kind == "win_back_call"]) == 1


def test_a_used_coupon_is_not_given_again_for_another_answer(shop: Shop) -> None:
    owner = li(shop)
    shop.do(answer(owner, "price"))

    def use(crm: Crm) -> None:
        crm.coupons.of_owner(owner)[0].status = "redeemed"

    shop.do(use)
    assert shop.do(answer(owner, "distance")) == "corrected"
    assert shop.ask(lambda crm: [c.status for c in crm.coupons.of_owner(owner)]) == ["redeemed"]


def test_without_budget_the_answer_is_kept_and_somebody_calls(shop: Shop) -> None:
    owner = li(shop)
    for number in range(100):
        shop.do(lambda crm, n=number: crm.coupons.issue(owner, "win_back", f"other:{n}") is not None)  # type: ignore[misc]
    assert shop.do(lambda crm: answered(crm, owner, 1, ["price"], "").coupon) is None
    assert [t.kind for t in shop.ask(lambda crm: crm.tasks.unfinished())] == ["budget_used_up", "win_back_call"]


def test_two_marks_at_once_make_one_rating_and_one_call(shop: Shop) -> None:
    owner = li(shop)
    kinds = together(shop, [lambda crm, p=p: rated(crm, owner, 1, p).kind for p in (1, 2, 3, 2)])  # type: ignore[misc]
    assert sorted(map(str, kinds)) == ["corrected"] * 3 + ["first"]
    points, on_visit = shop.ask(lambda crm: (crm.ratings.of_visit(1).points, crm.visits.get(1).rating))  # type: ignore[union-attr]
    assert points == on_visit
    kinds_open = [t.kind for t in shop.ask(lambda crm: crm.tasks.unfinished())]
    assert sorted(kinds_open) == ["call_back", "churn_alert"]


def test_two_complaints_at_once_are_one_ticket(shop: Shop) -> None:
    owner = li(shop)
    numbers = together(shop, [lambda crm: opened(crm, owner, "车门刮花了").key] * 4)
    assert numbers == [1, 1, 1, 1]
    assert shop.ask(lambda crm: len(crm.tickets.notes(crm.tickets.get(1)))) == 4


def test_of_two_people_who_solve_it_at_once_one_does(shop: Shop) -> None:
    owner = li(shop)
    managers = [shop.advisor(name, "manager").key for name in ("陈店长", "林店长")]
    shop.do(lambda crm: opened(crm, owner, "车门刮花了").key)

    def by(staff: int) -> Callable[[Crm], str]:
        return lambda crm: solve(crm, crm.staff.get(staff), crm.tickets.get(1), StaffSay("zh", shop.zone), "已补漆")

    results = together(shop, [by(staff) for staff in managers])
    assert sorted(isinstance(result, Refused) for result in results) == [False, True]
    assert shop.ask(lambda crm: [n.by for n in crm.tickets.notes(crm.tickets.get(1))]) == ["owner", "staff"]


def test_two_workers_escalate_once(shop: Shop) -> None:
    owner = li(shop)
    shop.do(lambda crm: opened(crm, owner, "车门刮花了").key)
    shop.time_is("2026-11-23 12:30")
    both = together(shop, [lambda crm: [i.step for i in journeys.wake(crm) if i.journey == "ticket_clock"]] * 2)
    assert sorted(map(str, both)) == ["['late_contact']", "[]"]
    assert [c.title for c in shop.cards("ticket_late_contact")] == ["投诉超时，还没人联系"]


def test_two_workers_ask_about_a_visit_once(shop: Shop) -> None:
    owner = li(shop)
    shop.do(lambda crm: crm.identities.give_to_owner("web", "li", owner))
    together(shop, [lambda crm: len(journeys.wake(crm))] * 3)
    assert shop.ask(lambda crm: len(crm.steps.of_owner(owner))) == 1
    assert shop.ask(lambda crm: crm.outbox.waiting() + len(crm.outbox.of_conversation(1))) == 1


def test_a_complaint_freezes_everybody_of_the_car_until_it_is_over(shop: Shop) -> None:
    owner = li(shop)

    def household(crm: Crm) -> tuple[int, int, int]:
        wife, stranger, buyer = (crm.owners.add(name).key for name in ("李太太", "路人", "前车主"))
        crm.vehicles.connect(wife, 1)
        crm.vehicles.connect(buyer, 1)
        crm.vehicles.part(buyer, 1)
        opened(crm, wife, "车门刮花了")
        return wife, stranger, buyer

    wife, stranger, former = shop.do(household)
    frozen = shop.ask(lambda crm: [crm.tickets.freezes(one) for one in (owner, wife, stranger, former)])
    assert frozen == [True, True, False, False]
    shop.do(lambda crm: crm.tickets.close(crm.tickets.get(1)))
    assert shop.ask(lambda crm: crm.tickets.freezes(owner)) is False


def test_only_an_unsettled_complaint_freezes(shop: Shop) -> None:
    owner, wang = li(shop), shop.advisor("王工")
    shop.do(lambda crm: opened(crm, owner, "车门刮花了").key)
    shop.do(lambda crm: crm.tickets.solved(crm.tickets.get(1), wang.key, "已补漆"))
    assert shop.ask(lambda crm: crm.tickets.freezes(owner)) is True
    shop.do(lambda crm: crm.tickets.clock(crm.tickets.get(1), "asked_again_at"))
    shop.do(lambda crm: crm.tickets.clock(crm.tickets.get(1), "undecided_at"))
    shop.do(lambda crm: crm.tickets.leave_unanswered(crm.tickets.get(1), "没回"))
    assert shop.ask(lambda crm: crm.tickets.freezes(owner)) is False


def test_a_day_is_the_limit_of_a_correction(shop: Shop) -> None:
    owner = li(shop)
    shop.do(answer(owner, "price"))
    shop.clock.advance_to(shop.clock.now() + timedelta(days=1))
    assert shop.do(answer(owner, "distance")) == "late"


def test_who_stays_away_is_asked_once_on_either_store(shop: Shop) -> None:
    owner = li(shop)

    def long_ago(crm: Crm) -> None:
        crm.visits.get(1).visited_on = date(2026, 8, 20)
        crm.identities.give_to_owner("web", "li", owner)
        crm.consents.write(owner, MARKETING, "web", True)

    shop.do(long_ago)
    shop.do(follow)
    both = together(shop, [lambda crm: [(i.decision, i.occurrence) for i in run(crm, WIN_BACK, 500)[0]]] * 2)
    assert sorted(map(str, both)) == ["[('send', 'owner 1 / 2026-08-20')]", "[]"]
    assert win_back_again(shop) == []


def win_back_again(shop: Shop) -> list[str]:
    return shop.do(lambda crm: [item.decision for item in run(crm, WIN_BACK, 500)[0]])
