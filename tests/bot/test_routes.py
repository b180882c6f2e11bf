"""By which way a notice leaves, what it falls back to, and what its decision remembers: over real sockets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import handlers
from bot.policy import policy_of
from bot.settings import SettingsProblem
from core.errors import Refused
from core.journeys import Kind as StepKind
from core.messages import Bubble, Inbound, Kind, Notice, Rank
from core.policy import GateRules
from handlers.staff import act
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.consents import MARKETING
from storage.crm import Crm
from storage.steps import Step
from tests import guardian
from tests.bot.office import Office, opens_window
from tests.fakes.sms import FakeSms
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat

LI, WANG, ZHAO = "oLiMing_0000000000000000000A", "oWangFang_00000000000000000B", "oZhaoLei_000000000000000000C"
DUE = Bubble("您的车该保养了", notice=Notice("due", (("plate", "粤B12345"),)))
OFFER = Bubble("保养八折")
SHARED = Bubble("国庆照常营业", shared=True)
POLICY = """
[templates.due.wechat]
id = "TPL_due"
fields = ["car_number2:plate"]
[templates.due.subscribe]
id = "TPL_sub"
fields = ["car_number2:plate"]
"""


@pytest.fixture
def sms() -> Iterator[FakeSms]:
    with FakeSms("http") as fake:
        yield fake


@pytest.fixture
def office(telegram: FakeTelegram, wechat: FakeWeChat, sms: FakeSms) -> Iterator[Office]:
    policy = guardian.directory("policy") / "policy.toml"
    policy.write_text(POLICY, "utf-8")
    wechat.template("TPL_due", "car_number2")
    wechat.template("TPL_sub", "car_number2")
    with Office(telegram, wechat, sms, POLICY=str(policy)) as office:
        office.store()
        yield office


def rules(office: Office, **changed: Any) -> None:
    """The shop's gate has other numbers."""
    shop = office.house.database.shop
    gate = replace(shop.policy.gate, **changed)
    office.house.database.shop = replace(shop, policy=replace(shop.policy, gate=gate))


def li(office: Office, *, phone: str = "", consent: bool = True) -> int:
    def record(crm: Crm) -> int:
        owner = crm.owners.add("李明", store_id=1)
        if phone:
            crm.owners.set_phone(owner, phone, verified=True)
        if consent:
            crm.consents.write(owner.key, MARKETING, "*", True)
        return owner.key

    return office.crm(record)


def follows(office: Office, wechat: FakeWeChat, owner: int, openid: str = LI, *, left: int = 0) -> int:
    """A follower whose window has so many messages left."""
    wechat.owner(openid)
    identity = office.identity("wechat", openid, owner)
    if left:
        opens_window(wechat, openid)

    def set_window(crm: Crm) -> None:
        talk = crm.conversations.locked("wechat", openid)
        talk.window_left = left
        crm.conversations.save(talk)

    office.crm(set_window)
    return identity


def notice(office: Office, owner: int, bubble: Bubble, rank: Rank = Rank.SERVICE, **more: Any) -> TickItem:
    what = Happening(more.pop("journey", "maintenance_due"), "t7", f"{owner} {more.pop('number', 1)}", owner)
    item = office.crm(lambda crm: send(crm, what, bubble, rank, timedelta(days=1), **more))
    assert item is not None
    office.sends()
    return item


def step(office: Office, owner: int) -> Step:
    def newest(crm: Crm) -> Step:
        found = crm.steps.of_owner(owner)[0]
        crm.session.expunge(found)
        return found

    return office.house.database.read(newest)


def states(office: Office) -> list[tuple[str, str, str]]:
    """(destination's channel, way, state) of each row to an owner, in order."""
    rows = [row for row in office.rows() if row.kind in ("bubble", "mass", "hand")]
    return [(row.destination.partition(":")[0], row.way, row.state) for row in rows]


# --- service --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "way"), [(5, "api"), (1, "api"), (0, "template")])
def test_outside_the_window_a_notice_is_a_template(office: Office, wechat: FakeWeChat, left: int, way: str) -> None:
    owner = li(office)
    follows(office, wechat, owner, left=left)
    notice(office, owner, DUE)
    assert [said.route for said in wechat.sends] == [way]
    assert step(office, owner).route == ("wechat" if left else "template")


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


def test_accepted_notifications_are_counted_and_a_no_takes_them_back(office: Office, wechat: FakeWeChat) -> None:
    identity = follows(office, wechat, li(office))

    def says(number: int, answer: str) -> int:
        told = Inbound("wechat", f"e{number}", LI, Kind.RECEIPT, text=f"subscribe_msg_popup_event {answer}", raw=b"{}")
        office.crm(lambda crm: handlers.receive(crm, told))
        return office.crm(lambda crm: crm.subscribe_tokens.left(identity, "TPL_sub"))

    assert says(1, "TPL_sub=accept TPL_other=reject") == 1
    assert says(2, "TPL_sub=accept") == 2
    assert says(2, "TPL_sub=accept") == 2
    assert says(3, "TPL_sub=sent:0") == 2
    assert says(4, "TPL_sub=reject") == 0


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


# --- marketing ------------------------------------------------------------------------------------


def test_marketing_leaves_the_last_message_of_the_window_for_service(office: Office, wechat: FakeWeChat) -> None:
    owner = li(office)
    follows(office, wechat, owner, left=2)
    assert notice(office, owner, OFFER, Rank.MARKETING).decision == "send"
    assert notice(office, owner, OFFER, Rank.MARKETING, number=2).decision == "task"
    assert notice(office, owner, DUE, number=3).decision == "send"
    assert [said.text for said in wechat.sends] == ["保养八折", "您的车该保养了"]


def test_marketing_is_never_a_template(office: Office, wechat: FakeWeChat) -> None:
    owner = li(office)
    follows(office, wechat, owner)
    marketing = replace(DUE, text="保养八折")
    assert notice(office, owner, marketing, Rank.MARKETING).decision == "task"
    assert wechat.sends == []


def test_the_same_words_to_several_followers_are_one_mass_send(office: Office, wechat: FakeWeChat) -> None:
    owners = [li(office), li(office), li(office, consent=False)]
    for owner, openid in zip(owners, (LI, WANG, ZHAO), strict=True):
        follows(office, wechat, owner, openid)
    what = [Happening("festival", "day", f"{owner}", owner) for owner in owners]
    items = office.crm(lambda crm: [send(crm, one, SHARED, Rank.MARKETING, timedelta(days=1)) for one in what])
    office.sends()
    assert [item.reason for item in items if item] == ["", "", "no consent to marketing"]
    assert len(wechat.calls_of("message/mass/send")) == 1
    assert {(said.openid, said.text) for said in wechat.sends} == {(LI, "国庆照常营业"), (WANG, "国庆照常营业")}
    assert [step(office, owner).route for owner in owners[:2]] == ["mass", "mass"]


def test_who_opts_out_before_a_mass_send_is_left_out_and_one_alone_goes_to_an_advisor(
    office: Office, wechat: FakeWeChat
) -> None:
    owners = [li(office), li(office)]
    for owner, openid in zip(owners, (LI, WANG), strict=True):
        follows(office, wechat, owner, openid)
        what = Happening("festival", "day", f"{owner}", owner)
        office.crm(lambda crm, w=what: send(crm, w, SHARED, Rank.MARKETING, timedelta(days=1)))  # type: ignore[misc]
    office.crm(lambda crm: crm.consents.write(owners[1], MARKETING, "*", False))
    office.sends()
    assert wechat.sends == []
    assert states(office) == [("wechat", "", "failed"), ("staff", "", "handed")]
    assert (step(office, owners[1]).reason, step(office, owners[1]).left_at) == ("no consent to marketing", None)


def test_four_mass_sends_a_month_and_no_more(office: Office, wechat: FakeWeChat) -> None:
    rules(office, cap_per_30_days=9, routes=("mass",))
    owners = [li(office), li(office)]
    for owner, openid in zip(owners, (LI, WANG), strict=True):
        follows(office, wechat, owner, openid)
    for number in range(5):
        shared = Bubble(f"活动 {number}", shared=True)
        for owner in owners:
            what = Happening("festival", "day", f"{owner} {number}", owner)
            office.crm(lambda crm, w=what, b=shared: send(crm, w, b, Rank.MARKETING, timedelta(days=1)))  # type: ignore[misc]
        office.sends()
    assert [said.text for said in wechat.owner(LI).inbox] == [f"活动 {number}" for number in range(4)]
    assert step(office, owners[0]).reason == "mass sends used"


def test_a_text_is_sent_within_the_months_budget(office: Office, sms: FakeSms) -> None:
    rules(office, sms_budget_fen=5, cap_per_30_days=9, routes=("sms",))
    owner = li(office, phone="+8613800138000")
    assert notice(office, owner, OFFER, Rank.MARKETING).decision == "send"
    over = notice(office, owner, OFFER, Rank.MARKETING, number=2)
    assert (over.decision, over.reason) == ("skip", "budget")
    assert len(sms.sent) == 1
    assert notice(office, owner, DUE, number=3).decision == "send"  # service is not marketing


# --- by hand --------------------------------------------------------------------------------------


def wang_gets_the_card(office: Office, wechat: FakeWeChat) -> tuple[int, int]:
    """The owner, and the task that an advisor took."""
    owner = li(office)
    follows(office, wechat, owner)
    notice(office, owner, OFFER, Rank.MARKETING)
    advisor = office.crm(lambda crm: crm.staff.add("王工", "advisor", 1).key)
    office.crm(lambda crm: act(crm, crm.staff.get(advisor), 1, "take"))
    return owner, advisor


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
