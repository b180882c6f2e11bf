"""The clock of a complaint: the manager hears of what is late, once; the owner is asked again, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.policy import CareRules
from core.tickets import Clock, steps_due
from flows.complaint import opened
from storage.crm import Crm
from tests.chat import Shop

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


def clock(**fields: object) -> Clock:
    return Clock(**{"state": "open", "contact_by": AT + 2 * HOUR, "solve_by": AT + 48 * HOUR} | fields)  # type: ignore[arg-type]


SOLVED = {"state": "solved", "solved_at": AT}


@pytest.mark.parametrize(
    ("ticket", "hours", "due"),
    [
        (clock(), 1, []),
        (clock(), 2, ["late_contact"]),
        (clock(contacted_at=AT), 3, []),
        (clock(done={"late_contact": AT}), 3, []),
        (clock(contacted_at=AT), 48, ["late_solution"]),
        (clock(), 49, ["late_contact", "late_solution"]),
        (clock(**SOLVED), 71, []),
        (clock(**SOLVED), 72, ["asked_again"]),
        (clock(**SOLVED, done={"asked_again": AT + 72 * HOUR}), 143, []),
        (clock(**SOLVED, done={"asked_again": AT + 72 * HOUR}), 144, ["undecided"]),
        (clock(state="closed"), 900, []),
        (clock(state="unanswered"), 900, []),
    ],
)
def test_what_is_due(ticket: Clock, hours: int, due: list[str]) -> None:
    assert steps_due(ticket, AT + hours * HOUR, CareRules()) == due


def complaint(shop: Shop) -> int:
    def complain(crm: Crm) -> int:
        owner = crm.owners.add("李明", store_id=1)
        crm.identities.give_to_owner("web", "li", owner.key)
        return opened(crm, owner.key, "车门刮花了").key

    return shop.do(complain)


def due(shop: Shop, at: str) -> list[str]:
    shop.time_is(at)
    return [item.step for item in shop.tick() if item.journey == "ticket_clock"]


def test_the_manager_hears_once_that_nobody_called_and_once_that_it_is_not_solved(shop: Shop) -> None:
    complaint(shop)
    assert due(shop, "2026-11-23 11:59") == []
    assert due(shop, "2026-11-23 12:00") == ["late_contact"]
    assert due(shop, "2026-11-23 12:01") == []
    assert due(shop, "2026-11-25 10:00") == ["late_solution"]
    assert due(shop, "2026-12-25 10:00") == []
    assert [card.title for card in shop.cards()] == ["投诉", "投诉超时，还没人联系", "投诉超时，还没解决"]


def test_an_owner_who_does_not_answer_is_asked_again_and_then_the_manager_decides(shop: Shop) -> None:
    complaint(shop)
    wang, chen = shop.advisor("王工"), shop.advisor("陈店长", "manager")
    wang.taps("take", on=shop.cards("ticket")[0])
    wang.taps("ticket_solved", on=shop.cards("ticket")[0], words="已补漆")
    shop.do(lambda crm: crm.identities.give_to_staff("telegram", "chen", chen.key).key)
    assert "还不能结案" in shop.stranger("chen", "telegram").says("结案 T1 没回")
    assert due(shop, "2026-11-26 09:59") == []
    assert due(shop, "2026-11-26 10:00") == ["asked_again"]
    assert "想再跟您确认一次" in shop.stranger("li").was_told()
    assert due(shop, "2026-11-29 10:00") == ["undecided"]
    card = shop.cards("ticket_undecided")[0]
    assert wang.taps("ticket_unanswered", on=card, words="不回复") == "这一步由店长决定"
    assert "结案 T1 原因" in chen.taps("ticket_unanswered", on=card)
    assert chen.taps("ticket_unanswered", on=card, words="电话三次无人接听") == "已记录"
    assert shop.ask(lambda crm: (crm.tickets.get(1).state, crm.tickets.decision(crm.tickets.get(1)))) == (
        "unanswered",
        "电话三次无人接听",
    )


def test_the_owner_still_has_the_last_word_after_that(shop: Shop) -> None:
    test_an_owner_who_does_not_answer_is_asked_again_and_then_the_manager_decides(shop)
    assert "已重新打开" in shop.stranger("li").starts("ticket_answer.1.no")
    assert shop.ask(lambda crm: crm.tickets.get(1).state) == "open"


def test_the_manager_may_rather_go_on_with_it(shop: Shop) -> None:
    complaint(shop)
    wang, chen = shop.advisor("王工"), shop.advisor("陈店长", "manager")
    wang.taps("take", on=shop.cards("ticket")[0])
    wang.taps("ticket_solved", on=shop.cards("ticket")[0], words="已补漆")
    due(shop, "2026-11-26 10:00"), due(shop, "2026-11-29 10:00")
    card = shop.cards("ticket_undecided")[0]
    chen.taps("take", on=card)
    assert chen.taps("ticket_again", on=card) == "已记录"
    assert [c.tone for c in shop.cards("ticket")] == ["done", "alarm"]


def test_nobody_is_asked_again_at_night(shop: Shop) -> None:
    complaint(shop)
    wang = shop.advisor("王工")
    wang.taps("take", on=shop.cards("ticket")[0])
    shop.time_is("2026-11-23 21:30")
    wang.taps("ticket_solved", on=shop.cards("ticket")[0], words="已补漆")
    assert due(shop, "2026-11-26 21:30") == []
    assert due(shop, "2026-11-27 08:00") == ["asked_again"]


def test_a_reopened_one_has_a_clock_of_its_own(shop: Shop) -> None:
    complaint(shop)
    assert due(shop, "2026-11-23 12:00") == ["late_contact"]
    wang = shop.advisor("王工")
    wang.taps("take", on=shop.cards("ticket")[0])
    wang.taps("ticket_solved", on=shop.cards("ticket")[0], words="已补漆")
    shop.stranger("li").starts("ticket_answer.1.no")
    assert due(shop, "2026-11-23 15:00") == ["late_contact"]
