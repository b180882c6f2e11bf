"""By which way a notice leaves, what it falls back to, and what its decision remembers: over real sockets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import handlers
from bot.policy import policy_of
from bot.settings import SettingsProblem
from core.messages import Bubble, Inbound, Kind
from journeys import tick
from storage.crm import Crm
from tests import guardian
from tests.bot.office import Office
from tests.bot.routes.leaving import (
    DUE,
    LI,
    follows,
    li,
    notice,
    states,
    step,
)
from tests.fakes.sms import FakeSms
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat


@pytest.mark.parametrize(("left", "way"), [(5, "api"), (1, "api"), (0, "template")])
def test_outside_the_window_a_notice_is_a_template(office: Office, wechat: FakeWeChat, left: int, way: str) -> None:
    owner = li(office)
    follows(office, wechat, owner, left=left)
    notice(office, owner, DUE)
    assert [said.route for said in wechat.sends] == [way]
    assert step(office, owner).route == ("wechat" if left else "template")


def test_a_follower_who_wrote_nothing_lately_reads_what_is_due_and_when(office: Office, wechat: FakeWeChat) -> None:
    owner = li(office)
    follows(office, wechat, owner)

    def is_due(crm: Crm) -> None:
        car = crm.vehicles.add("粤B12345", due_on=crm.now.date() + timedelta(days=7))
        crm.vehicles.connect(owner, car.key)

    office.crm(is_due)
    office.crm(tick)
    office.sends()
    due = office.clock.now().date() + timedelta(days=7)
    assert {key: field["value"] for key, field in wechat.sends[0].body["data"].items()} == {
        "car_number2": "粤B12345", "thing4": "保养", "time3": due.isoformat(), "amount5": "580.00",
    }  # fmt: skip
    assert [(one.step, one.route) for one in office.crm(lambda crm: crm.steps.of_owner(owner))] == [("t7", "template")]


def test_a_template_that_is_refused_falls_to_the_accepted_notification_and_then_to_a_text(
    office: Office, wechat: FakeWeChat, sms: FakeSms
) -> None:
    owner = li(office, phone="+8613800138000")
    identity = follows(office, wechat, owner)
    office.crm(lambda crm: crm.subscribe_tokens.accepted(identity, "TPL_sub"))
    wechat.fail_next(1, 40037, only="message/template/send")
    notice(office, owner, DUE)
    assert states(office) == [
        ("wechat", "template", "failed"),
        ("wechat", "subscribe", "failed"),
        ("sms", "sms", "sent"),
    ]
    assert office.crm(lambda crm: crm.subscribe_tokens.left(identity, "TPL_sub")) == 0
    assert (step(office, owner).route, step(office, owner).cost_fen) == ("sms", 5)
    assert office.crm(lambda crm: crm.identities.get(identity).reachable)


def test_who_blocked_us_is_told_by_the_receipt_and_gets_a_text(
    office: Office, wechat: FakeWeChat, sms: FakeSms
) -> None:
    owner = li(office, phone="+8613800138000")
    identity = follows(office, wechat, owner)
    notice(office, owner, DUE)
    number = str(wechat.sends[0].msgid)
    receipt = Inbound(
        "wechat", "r1", LI, Kind.RECEIPT, text="templatesendjobfinish failed:user block", answers=number, raw=b"{}"
    )
    office.crm(lambda crm: handlers.receive(crm, receipt))
    office.sends()
    assert states(office) == [("wechat", "template", "failed"), ("sms", "sms", "sent")]
    assert sms.texts("13800138000") == ["您的车该保养了"]
    assert not office.crm(lambda crm: crm.identities.get(identity).reachable)


def test_a_receipt_is_no_word_of_the_talk(office: Office, wechat: FakeWeChat) -> None:
    owner = li(office)
    follows(office, wechat, owner, left=5)
    before = office.crm(lambda crm: crm.conversations.of_owner(owner)[0].last_in_at)
    ok = Inbound("wechat", "r1", LI, Kind.RECEIPT, text="templatesendjobfinish success", answers="7", raw=b"{}")
    office.clock.advance_to(office.clock.now() + timedelta(minutes=1))
    assert office.crm(lambda crm: handlers.receive(crm, ok)).replies == ()
    assert office.crm(lambda crm: crm.conversations.of_owner(owner)[0].last_in_at) == before


def test_accepted_notifications_are_counted_and_taken_back_in_the_settings(office: Office, wechat: FakeWeChat) -> None:
    identity = follows(office, wechat, li(office))

    def says(number: int, answer: str, event: str = "popup") -> int:
        told = Inbound(
            "wechat", f"e{number}", LI, Kind.RECEIPT, text=f"subscribe_msg_{event}_event {answer}", raw=b"{}"
        )
        office.crm(lambda crm: handlers.receive(crm, told))
        return office.crm(lambda crm: crm.subscribe_tokens.left(identity, "TPL_sub"))

    assert says(1, "TPL_sub=accept TPL_other=reject") == 1
    assert says(2, "TPL_sub=accept") == 2
    assert says(2, "TPL_sub=accept") == 2
    assert says(3, "TPL_sub=sent:0", "sent") == 2
    assert says(4, "TPL_sub=reject") == 2
    assert says(5, "TPL_sub=reject", "change") == 0
    assert says(6, "TPL_sub=accept") == 1
    assert says(7, "TPL_sub=sent:43101", "sent") == 0


def test_a_notice_that_no_way_takes_is_a_skip_with_its_reason(office: Office, wechat: FakeWeChat) -> None:
    owner = li(office)
    follows(office, wechat, owner)
    item = notice(office, owner, Bubble("您好"))
    assert (item.decision, item.reason) == ("skip", "window closed")


def test_a_notice_waits_for_the_morning(office: Office, telegram: FakeTelegram) -> None:
    owner = li(office)
    telegram.user(1001).person.started = True
    office.identity("telegram", "1001", owner)
    office.clock.advance_to(office.clock.now() + timedelta(hours=4))  # 22:00 in the shop
    notice(office, owner, DUE)
    assert telegram.user(1001).inbox.texts == []
    office.sends(after=10 * 3600)
    assert telegram.user(1001).inbox.texts == ["您的车该保养了"]


def test_a_shop_may_keep_its_own_holidays() -> None:
    folder = guardian.directory("policy")
    (folder / "holidays.toml").write_text('[2026]\nholidays = ["2026-11-23"]\nworkdays = []\n', "utf-8")
    (folder / "policy.toml").write_text('[gate]\ncalendar = "holidays.toml"\n', "utf-8")
    calendar = policy_of(str(folder / "policy.toml")).gate.calendar
    assert calendar is not None
    assert calendar.waits_until(date(2026, 11, 23)) == date(2026, 11, 24)
    (folder / "holidays.toml").write_text("soon", "utf-8")
    with pytest.raises(SettingsProblem, match=r"calendar holidays\.toml"):
        policy_of(str(folder / "policy.toml"))


def test_the_web_chat_shows_a_notice_when_the_night_is_over(office: Office) -> None:
    owner = li(office)
    office.identity("web", "account-of-li-ming", owner)
    office.clock.advance_to(office.clock.now() + timedelta(hours=4))  # 22:00 in the shop

    def seen(crm: Crm) -> list[str]:
        talk = crm.conversations.of_owner(owner)[0]
        return [Bubble.unpacked(crm.outbox.payload(row)).text for row in crm.outbox.of_conversation(talk.key)]

    assert notice(office, owner, DUE).channel == "web"
    assert office.crm(seen) == []
    office.sends(after=10 * 3600)
    assert office.crm(seen) == ["您的车该保养了"]
    assert step(office, owner).route == "web"
