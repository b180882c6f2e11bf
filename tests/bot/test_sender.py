"""What leaves, when, in which order, and what becomes of what does not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.messages import Bubble, Rank, TapAnswer
from storage.consents import MARKETING
from tests.bot.office import Office, opens_window
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat

LI = "oLiMing_0000000000000000000A"
GROUP = -100_500


@pytest.fixture
def office(telegram: FakeTelegram, wechat: FakeWeChat) -> Iterator[Office]:
    with Office(telegram, wechat) as office:
        yield office


def li_in_telegram(office: Office, telegram: FakeTelegram, owner: int | None = None) -> int:
    telegram.user(1001).person.started = True
    return office.identity("telegram", "1001", owner)


def li_in_wechat(office: Office, wechat: FakeWeChat, owner: int | None = None) -> int:
    opens_window(wechat, LI)
    return office.identity("wechat", LI, owner)


# --- when a platform is busy or away --------------------------------------------------------------


def test_telegram_says_when_to_come_back_and_is_obeyed(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "您好")
    telegram.fail_next(1, 429, retry_after=7)
    office.sends()
    assert (office.state(row), office.row(row).attempts) == ("queued", 0)
    office.sends(after=6)
    assert len(telegram.calls_of("sendMessage")) == 1
    office.sends(after=2)
    assert telegram.user(1001).inbox.texts == ["您好"]
    assert office.state(row) == "sent"


def test_a_platform_in_trouble_is_tried_again_later_and_later(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "您好")
    telegram.fail_next(2, 502)
    office.sends()
    first = (office.row(row).due_at - office.clock.now()).total_seconds()
    office.sends(after=first)
    second = (office.row(row).due_at - office.clock.now()).total_seconds()
    assert 0 < first < second
    office.sends(after=second)
    assert (office.state(row), office.row(row).attempts) == ("sent", 3)


def test_after_eight_tries_it_has_failed(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "您好", life=timedelta(days=3))
    telegram.fail_next(99, 500)
    for _ in range(8):
        assert office.state(row) == "queued"
        office.sends(after=3600)
    assert (office.state(row), office.row(row).attempts) == ("failed", 8)


def test_during_an_outage_nothing_is_lost(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "您好")
    telegram.goes_down()
    office.sends()
    assert office.state(row) == "queued"
    telegram.comes_back()
    office.sends(after=60)
    assert telegram.user(1001).inbox.texts == ["您好"]


def test_an_answer_that_may_have_arrived_is_repeated_once(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "您好")
    telegram.answer_then_drop_next(9)
    for _ in range(4):
        office.sends(after=3600 / 4)
    assert telegram.user(1001).inbox.texts == ["您好", "您好"]
    assert office.state(row) == "unknown"


def test_marketing_that_may_have_arrived_is_not_repeated(office: Office, telegram: FakeTelegram) -> None:
    owner = office.owner("李明")
    office.crm(lambda crm: crm.consents.write(owner, MARKETING, "*", True))
    row = office.queue("telegram", li_in_telegram(office, telegram, owner), "生日快乐", Rank.MARKETING)
    telegram.answer_then_drop_next(1)
    office.sends()
    office.sends(after=3600)
    assert telegram.user(1001).inbox.texts == ["生日快乐"]
    assert office.state(row) == "unknown"


def test_a_wechat_token_that_went_bad_is_renewed_on_the_way(office: Office, wechat: FakeWeChat) -> None:
    li = li_in_wechat(office, wechat)
    office.queue("wechat", li, "您好")
    office.sends()
    wechat.invalidate_token()
    row = office.queue("wechat", li, "再见")
    office.sends()
    assert wechat.owner(LI).inbox.texts == ["您好", "再见"]
    assert office.state(row) == "sent"


def test_a_wrong_token_loses_nothing(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "您好")
    telegram.revoke_token()
    office.sends()
    assert (office.state(row), office.row(row).attempts) == ("queued", 0)
    telegram.restore_token()
    office.sends(after=600)
    assert telegram.user(1001).inbox.texts == ["您好"]


# --- when somebody cannot be reached --------------------------------------------------------------


def test_who_blocked_the_bot_is_written_to_in_wechat(
    office: Office, telegram: FakeTelegram, wechat: FakeWeChat
) -> None:
    owner = office.owner("李明")
    telegram_li, _ = li_in_telegram(office, telegram, owner), li_in_wechat(office, wechat, owner)
    row = office.queue("telegram", telegram_li, "车好了")
    telegram.block(1001)
    office.sends()
    assert office.state(row) == "failed"
    assert wechat.owner(LI).inbox.texts == ["车好了"]
    assert not office.house.database.read(lambda crm: crm.identities.get(telegram_li).reachable)


def test_to_who_blocked_the_bot_nothing_is_tried_again(office: Office, telegram: FakeTelegram) -> None:
    li = li_in_telegram(office, telegram)
    telegram.block(1001)
    office.queue("telegram", li, "您好")
    office.sends()
    second = office.queue("telegram", li, "还在吗")
    office.sends()
    assert office.state(second) == "failed"
    assert len(telegram.calls_of("sendMessage")) == 1


@pytest.mark.parametrize("code", [45015, 45047])
def test_a_closed_wechat_window_sends_it_by_telegram(
    office: Office, telegram: FakeTelegram, wechat: FakeWeChat, code: int
) -> None:
    owner = office.owner("李明")
    wechat_li, _ = li_in_wechat(office, wechat, owner), li_in_telegram(office, telegram, owner)
    row = office.queue("wechat", wechat_li, "车好了")
    wechat.fail_next(1, code, only="message/custom/send")
    office.sends()
    assert office.row(row).reason.startswith(str(code))
    assert telegram.user(1001).inbox.texts == ["车好了"]
    second = office.queue("wechat", wechat_li, "再提醒一下")
    office.sends()
    assert office.row(second).reason == "window closed"
    assert len(wechat.calls_of("message/custom/send")) == 1


def test_a_used_up_window_is_not_even_tried(office: Office, wechat: FakeWeChat) -> None:
    li = li_in_wechat(office, wechat)
    rows = [office.queue("wechat", li, f"第{number}条") for number in range(6)]
    office.sends()
    assert [office.state(row) for row in rows] == ["sent"] * 5 + ["failed"]
    assert len(wechat.owner(LI).inbox) == 5


def test_a_message_tried_again_uses_the_window_once(office: Office, wechat: FakeWeChat) -> None:
    li = li_in_wechat(office, wechat)
    row = office.queue("wechat", li, "您好")
    wechat.fail_next(2, -1, only="message/custom/send")
    for _ in range(3):
        office.sends(after=60)
    talk = office.house.database.read(lambda crm: crm.conversations.addressees([li])[li])
    assert (office.state(row), talk.window_left) == ("sent", 4)


def test_without_consent_no_marketing_leaves(office: Office, telegram: FakeTelegram) -> None:
    owner = office.owner("李明")
    row = office.queue("telegram", li_in_telegram(office, telegram, owner), "八折", Rank.MARKETING)
    office.sends()
    assert (office.state(row), office.row(row).reason) == ("failed", "no consent to marketing")
    assert not telegram.sends


def test_what_is_too_late_is_not_sent(office: Office, telegram: FakeTelegram) -> None:
    row = office.queue("telegram", li_in_telegram(office, telegram), "明天见", life=timedelta(hours=1))
    office.sends(after=3600)
    assert (office.state(row), telegram.sends) == ("expired", [])


# --- in which order -------------------------------------------------------------------------------


def test_what_follows_waits_for_what_could_not_leave_yet(office: Office, telegram: FakeTelegram) -> None:
    li = li_in_telegram(office, telegram)
    for text in ("一", "二", "三"):
        office.queue("telegram", li, text)
    telegram.fail_next(1, 500)
    office.sends()
    assert not telegram.sends
    office.sends(after=60)
    assert telegram.user(1001).inbox.texts == ["一", "二", "三"]


def test_answers_leave_before_everything_else(office: Office, telegram: FakeTelegram) -> None:
    numbers = range(2001, 2131)  # more than fly at the same time
    for number in numbers:
        telegram.user(number).person.started = True
        identity = office.identity("telegram", str(number))
        office.queue("telegram", identity, "提醒", Rank.SERVICE)
    reply = office.queue("telegram", li_in_telegram(office, telegram), "您好")
    office.sends()
    assert telegram.sends[0].text == "您好"
    assert office.state(reply) == "sent"


def test_a_full_group_gets_the_rest_of_its_cards_later_in_order(office: Office, telegram: FakeTelegram) -> None:
    telegram.group(GROUP)
    store = office.store(staff_chat=str(GROUP))
    places = [f"telegram:store:{store}"] * 7
    for number, place in enumerate(places):
        office.crm(lambda crm, n=number, p=place: crm.outbox.queue_note(p, Bubble(f"第{n}条")))  # type: ignore[misc]
    office.sends()
    assert [message.text for message in telegram.sends] == [f"第{n}条" for n in range(5)]
    waiting = [row for row in office.rows() if row.state == "queued"]
    assert [row.attempts for row in waiting] == [0, 0]


def test_one_message_that_cannot_be_made_holds_up_nobody(office: Office, telegram: FakeTelegram) -> None:
    li = li_in_telegram(office, telegram)
    office.crm(lambda crm: crm.outbox.queue_note("telegram:member:noone", Bubble("坏了")))
    row = office.queue("telegram", li, "您好")
    office.sends()
    office.sends()
    assert office.state(row) == "sent"
    assert [row.state for row in office.rows()] == ["failed", "sent"]


def test_the_answer_to_a_tap_leaves_without_a_chat(office: Office, telegram: FakeTelegram) -> None:
    row = office.crm(lambda crm: crm.outbox.answer_tap("telegram", TapAnswer("4000000000000000000", "已领取")))
    office.sends()
    assert office.state(row) == "sent"
    assert telegram.calls_of("answerCallbackQuery")[0].fields["text"] == "已领取"


def test_without_its_settings_a_channel_keeps_its_messages(telegram: FakeTelegram) -> None:
    with Office(telegram) as office:
        row = office.queue("wechat", office.identity("wechat", LI), "您好")
        office.sends()
        assert (office.state(row), office.row(row).attempts) == ("queued", 0)
