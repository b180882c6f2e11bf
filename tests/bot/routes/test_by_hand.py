"""What an advisor sends by hand, and what is said when it should not be sent any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

import handlers
from core.errors import Refused
from core.journeys import Kind as StepKind
from core.policy import GateRules
from handlers.staff import act
from storage.consents import MARKETING
from storage.crm import Crm
from tests.bot.office import Office
from tests.bot.routes.leaving import (
    rules,
    step,
    wang_gets_the_card,
)
from tests.fakes.wechat import FakeWeChat


def test_the_taker_reads_the_words_and_says_that_they_are_sent(office: Office, wechat: FakeWeChat) -> None:
    owner, advisor = wang_gets_the_card(office, wechat)

    def text(crm: Crm, full: int | None) -> str:
        return handlers.cards.card(crm, crm.tasks.get(1), full_for=full).text

    assert "保养八折" in office.crm(lambda crm: text(crm, advisor))
    assert "保养八折" not in office.crm(lambda crm: text(crm, None))
    office.crm(lambda crm: act(crm, crm.staff.get(advisor), 1, "sent_by_hand"))
    assert (step(office, owner).route, step(office, owner).left_at) == ("task", office.clock.now())
    assert office.crm(lambda crm: crm.steps.room(owner, 0)) == GateRules().cap_per_30_days - 1


def test_what_was_not_sent_does_not_count(office: Office, wechat: FakeWeChat) -> None:
    owner, advisor = wang_gets_the_card(office, wechat)
    assert office.crm(lambda crm: crm.steps.room(owner, 9)) == 1
    office.crm(lambda crm: act(crm, crm.staff.get(advisor), 1, "not_sent"))
    assert office.crm(lambda crm: crm.steps.room(owner, 9)) == 2
    assert step(office, owner).reason == "not sent by hand"


@pytest.mark.parametrize("change", ["opt_out", "complaint", "late"])
def test_a_card_that_is_overtaken_says_not_to_send(office: Office, wechat: FakeWeChat, change: str) -> None:
    owner, advisor = wang_gets_the_card(office, wechat)
    if change == "opt_out":
        office.crm(lambda crm: crm.consents.write(owner, MARKETING, "*", False))
    elif change == "complaint":
        office.crm(lambda crm: crm.tickets.open(owner, 1).key)
    else:
        office.clock.advance_to(office.clock.now() + timedelta(days=2))

    def shown(crm: Crm) -> str:
        return handlers.cards.card(crm, crm.tasks.get(1), full_for=advisor).text

    assert "先不要发" in office.crm(shown)
    assert "保养八折" not in office.crm(shown)


def test_a_card_that_the_cap_has_overtaken_says_not_to_send(office: Office, wechat: FakeWeChat) -> None:
    owner, advisor = wang_gets_the_card(office, wechat)
    rules(office, cap_per_30_days=1)

    def greeted(crm: Crm) -> None:
        number = crm.steps.claim("birthday", "greeting", f"{owner}:2026", owner, kind=StepKind.MARKETING)
        crm.steps.left(number or 0, "telegram")

    office.crm(greeted)

    def sends(crm: Crm) -> str:
        return act(crm, crm.staff.get(advisor), 1, "sent_by_hand")

    with pytest.raises(Refused, match="已够数"):
        office.crm(sends)
