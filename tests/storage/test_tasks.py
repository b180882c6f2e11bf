"""Tasks: one taker, one task per occurrence, and cards that follow."""

from datetime import timedelta

from core.churn import Alert, Level
from storage.crm import Crm
from storage.tasks import CLOSED, DONE, OPEN, SNOOZED, TAKEN, Task
from tests.chat import Shop
from tests.storage.two import together


def opened(shop: Shop, occurrence: str | None = None) -> int:
    def change(crm: Crm) -> int:
        task = crm.tasks.open("hand_over", store_id=1, occurrence=occurrence)
        assert task is not None
        return task

    return shop.do(change)


def task(shop: Shop, number: int) -> Task:
    return shop.ask(lambda crm: crm.tasks.get(number))


def staff(shop: Shop, count: int) -> list[int]:
    return [shop.do(lambda crm, n=n: crm.staff.add(f"工{n}", "advisor", 1).key) for n in range(count)]  # type: ignore[misc]


def test_twenty_advisors_tap_and_one_has_it(shop: Shop) -> None:
    number, people = opened(shop), staff(shop, 20)
    won = together(shop, [lambda crm, me=me: crm.tasks.take(crm.tasks.get(number), me) for me in people])  # type: ignore[misc]
    assert won.count(True) == 1
    assert won.count(False) == 19
    now = task(shop, number)
    assert (now.status, now.taken_by, now.version) == (TAKEN, people[won.index(True)], 2)


def test_twenty_reasons_of_the_same_kind_make_one_task(shop: Shop) -> None:
    made = together(
        shop, [lambda crm: crm.tasks.open("churn_alert", store_id=1, occurrence="owner 7") is not None] * 20
    )
    assert sorted(made, key=str) == [False] * 19 + [True]
    assert len(shop.cards()) == 1
    assert shop.verbs().count("task.opened") == 1


def test_a_reason_that_had_its_task_gets_no_other_though_it_is_done(shop: Shop) -> None:
    number = opened(shop, "owner 7")
    shop.do(lambda crm: crm.tasks.close(crm.tasks.get(number), "came_back"))
    assert shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1, occurrence="owner 7")) is None


def test_tasks_without_an_occurrence_are_each_their_own(shop: Shop) -> None:
    assert opened(shop) != opened(shop)


def test_every_change_counts_and_shows_on_the_card(shop: Shop) -> None:
    number, (me, other) = opened(shop), staff(shop, 2)
    steps = [
        lambda crm: crm.tasks.finish(crm.tasks.get(number), me, "done"),
        lambda crm: crm.tasks.take(crm.tasks.get(number), me),
        lambda crm: crm.tasks.take(crm.tasks.get(number), other),
        lambda crm: crm.tasks.note(crm.tasks.get(number), other, "called"),
        lambda crm: crm.tasks.note(crm.tasks.get(number), me, "called"),
        lambda crm: crm.tasks.give_back(crm.tasks.get(number), me),
        lambda crm: crm.tasks.take(crm.tasks.get(number), other),
        lambda crm: crm.tasks.finish(crm.tasks.get(number), other, "done"),
        lambda crm: crm.tasks.close(crm.tasks.get(number), "cancelled"),
    ]
    assert [shop.do(step) for step in steps] == [False, True, False, False, True, True, True, True, False]
    assert (task(shop, number).version, task(shop, number).status) == (6, DONE)
    assert [verb for verb in shop.verbs() if verb.startswith("task.")] == [
        "task.opened", "task.taken", "task.taken", "task.returned", "task.taken", "task.done",
    ]  # fmt: skip


def test_a_snoozed_task_comes_back_once_when_its_time_has_come(shop: Shop) -> None:
    number, (me,) = opened(shop), staff(shop, 1)
    shop.do(lambda crm: crm.tasks.take(crm.tasks.get(number), me))
    until = shop.clock.now() + timedelta(hours=2)
    assert shop.do(lambda crm: crm.tasks.snooze(crm.tasks.get(number), me, until))
    assert shop.do(lambda crm: crm.tasks.wake()) == 0
    assert task(shop, number).status == SNOOZED
    shop.time_is("2026-11-23 12:00")
    assert sum(n for n in together(shop, [lambda crm: crm.tasks.wake()] * 5) if isinstance(n, int)) == 1
    assert (task(shop, number).status, task(shop, number).taken_by) == (TAKEN, me)
    assert len(shop.ask(lambda crm: crm.tasks.posts(number))) == 2


def test_who_leaves_hands_the_work_over_and_loses_the_chat(shop: Shop) -> None:
    number, (leaver, heir) = opened(shop), staff(shop, 2)
    shop.do(lambda crm: crm.tasks.take(crm.tasks.get(number), leaver))
    owner = shop.do(lambda crm: crm.owners.add("李明", advisor_id=leaver).key)
    shop.do(lambda crm: crm.identities.give_to_staff("telegram", "7", leaver).key)
    shop.do(lambda crm: crm.staff.remove(crm.staff.get(leaver), crm.staff.get(heir)))
    assert task(shop, number).taken_by == heir
    assert shop.ask(lambda crm: crm.owners.get(owner).advisor_id) == heir
    assert shop.ask(lambda crm: crm.staff.by_account("telegram", "7")) is None


def test_an_alert_is_raised_once_however_many_ticks_run(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)
    alert = Alert(Level.RISK, (("overdue_since", "2026-11-01"),))

    def raise_it(crm: Crm) -> bool:
        return crm.churn_alerts.raise_alert(owner, None, alert, "owner 1 / 2026-11-01") is not None

    assert sorted(together(shop, [raise_it] * 10), key=str) == [False] * 9 + [True]
    assert shop.ask(lambda crm: [a.level for a in crm.churn_alerts.of_owner(owner)]) == ["risk"]
    assert shop.verbs().count("churn_alert.raised") == 1


def test_an_owner_who_booked_needs_no_call(shop: Shop) -> None:
    owner = shop.do(lambda crm: crm.owners.add("李明").key)
    shop.do(lambda crm: crm.tasks.open("churn_alert", store_id=1, owner_id=owner) and None)
    shop.do(lambda crm: crm.tasks.came_back(owner))
    assert (task(shop, 1).status, task(shop, 1).outcome) == (CLOSED, "came_back")
    assert task(shop, 1).status != OPEN
