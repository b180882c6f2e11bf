"""Marketing: never a template, mass sends and texts within what the shop allows, over real sockets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.messages import Bubble, Rank
from journeys.step import Happening, send
from storage.consents import MARKETING
from tests.bot.office import Office
from tests.bot.routes.leaving import (
    DUE,
    LI,
    OFFER,
    SHARED,
    WANG,
    ZHAO,
    follows,
    li,
    notice,
    rules,
    states,
    step,
)
from tests.fakes.sms import FakeSms
from tests.fakes.wechat import FakeWeChat


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
