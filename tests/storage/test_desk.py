"""A card that is left alone comes back, moves on, and reaches the manager; one lease at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from journeys import desk
from storage.crm import Crm
from storage.leases import LAPSED, Lease
from storage.tasks import OPEN, TAKEN, Task
from tests.chat import Shop
from tests.storage.two import together

KIND = "churn_alert"


def opened(shop: Shop, kind: str = KIND, **refs: Any) -> int:
    number = shop.do(lambda crm: crm.tasks.open(kind, store_id=1, **refs))
    assert number is not None
    return number


def advisors(shop: Shop, *names: str) -> list[int]:
    return [shop.do(lambda crm, n=n: crm.staff.add(n, "advisor", 1).key) for n in names]  # type: ignore[misc]


def task(shop: Shop, number: int) -> Task:
    return shop.ask(lambda crm: crm.tasks.get(number))


def takes(number: int, me: int) -> Callable[[Crm], bool]:
    return lambda crm: crm.tasks.take(crm.tasks.get(number), me)


def test_a_card_is_offered_to_who_has_the_least_to_do(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    first, second, third = opened(shop), opened(shop), opened(shop)
    assert [task(shop, n).offered_to for n in (first, second, third)] == [wang, zhao, wang]
    shop.do(lambda crm: crm.tasks.close(crm.tasks.get(first), "came_back"))
    shop.do(lambda crm: crm.tasks.close(crm.tasks.get(third), "came_back"))
    assert task(shop, opened(shop)).offered_to == wang


def test_an_owner_s_own_advisor_comes_first_unless_away(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    li = shop.do(lambda crm: crm.owners.add("李明", store_id=1, advisor_id=zhao).key)
    assert task(shop, opened(shop, owner_id=li)).offered_to == zhao
    today = shop.clock.now().date()
    shop.do(lambda crm: crm.roster.go_on_leave(zhao, today, today).key)
    assert task(shop, opened(shop, owner_id=li)).offered_to == wang


def test_taken_and_nothing_done_it_is_back_after_two_opening_hours(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    number = opened(shop)
    shop.time_is("2026-11-23 17:30")  # the store closes at six
    shop.do(takes(number, wang))
    shop.time_is("2026-11-24 10:29")
    shop.do(desk.run)
    assert task(shop, number).status == TAKEN
    shop.time_is("2026-11-24 10:30")
    shop.do(desk.run)
    now = task(shop, number)
    assert (now.status, now.taken_by, now.offered_to, now.unanswered) == (OPEN, None, zhao, 1)
    assert [one.ended_as for one in shop.ask(lambda crm: crm.leases.of_task(number))] == [LAPSED]
    assert len(shop.ask(lambda crm: crm.tasks.posts(number))) == 2


def test_something_done_keeps_it_and_the_result_is_asked_for_a_day_later(shop: Shop) -> None:
    (wang,) = advisors(shop, "王工")
    number = opened(shop)
    shop.do(takes(number, wang))
    shop.do(lambda crm: crm.tasks.note(crm.tasks.get(number), wang, "called"))
    shop.time_is("2026-11-24 09:59")
    shop.do(desk.run)
    assert "task.reminded" not in shop.verbs()
    shop.time_is("2026-11-24 10:00")
    shop.do(desk.run)
    assert (task(shop, number).status, shop.verbs().count("task.reminded")) == (TAKEN, 1)
    shop.time_is("2026-11-24 12:00")
    shop.do(desk.run)
    assert (task(shop, number).status, task(shop, number).unanswered) == (OPEN, 1)


def test_left_alone_twice_it_is_the_manager_s_and_stays_there(shop: Shop) -> None:
    advisors(shop, "王工", "赵工")
    number = opened(shop)
    shop.time_is("2026-11-23 14:00")
    shop.do(desk.run)
    assert (task(shop, number).unanswered, task(shop, number).escalated_at) == (1, None)
    shop.time_is("2026-11-23 18:00")
    shop.do(desk.run)
    assert task(shop, number).escalated_at == shop.clock.now()
    assert "请店长安排" in shop.cards(KIND)[0].text
    shop.time_is("2026-12-23 18:00")
    shop.do(desk.run)
    assert shop.verbs().count("task.escalated") == 1


def test_ten_ticks_at_once_do_it_once(shop: Shop) -> None:
    advisors(shop, "王工")
    number = opened(shop)
    shop.time_is("2026-11-23 14:00")
    together(shop, [desk.run] * 10)
    assert task(shop, number).unanswered == 1
    assert shop.verbs().count("task.offered") == 1


def test_a_tick_and_a_tap_at_once_leave_one_of_the_two(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    for _ in range(8):
        number = opened(shop)
        shop.do(takes(number, wang))
    shop.time_is("2026-11-23 12:00")
    finishes = [partial(_finish, n, wang) for n in range(1, 9)]
    changes: list[Callable[[Crm], Any]] = [desk.run, *finishes, *(takes(n, zhao) for n in range(1, 9))]
    told = together(shop, changes)
    for number, finished in zip(range(1, 9), told[1:9], strict=True):
        leases = shop.ask(partial(_leases, number))
        assert (leases[0].ended_as == "done") is finished
        assert sum(one.ended_at is None for one in leases) <= 1


def test_while_it_is_reserved_only_the_one_it_is_offered_to_takes_it(shop: Shop) -> None:
    wang, zhao = advisors(shop, "王工", "赵工")
    number = opened(shop)
    until = shop.moment("2026-11-23 10:10")
    shop.do(lambda crm: crm.update(Task, number, {"reserved_until": until}))
    assert not shop.do(takes(number, zhao))
    assert shop.do(takes(number, wang))
    shop.do(lambda crm: crm.tasks.give_back(crm.tasks.get(number), wang))
    assert shop.do(takes(number, zhao))


def test_twenty_take_a_task_and_the_database_knows_one_lease(shop: Shop) -> None:
    number, people = opened(shop), advisors(shop, *(f"工{n}" for n in range(20)))
    together(shop, [takes(number, one) for one in people])
    assert len(shop.ask(lambda crm: crm.leases.of_task(number))) == 1


def _finish(number: int, me: int, crm: Crm) -> bool:
    return crm.tasks.finish(crm.tasks.get(number), me, "done")


def _leases(number: int, crm: Crm) -> list[Lease]:
    return crm.leases.of_task(number)
