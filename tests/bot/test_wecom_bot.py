"""The line to WeCom's AI bot and its cards, against a strict one on a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import handlers
from core.messages import Bubble, Button, Card, Inbound, Kind
from tests.bot.line import QUICK, Line
from tests.fakes.wecom_bot import FakeWeComBot
from tests.fakes.wecom_bot_people import Said

TAKE = "我来跟进"


@pytest.fixture
def shop(wecom_bot: FakeWeComBot) -> Iterator[Line]:
    with Line(wecom_bot) as shop:
        yield shop


def posted(shop: Line, chatid: str = "wrNS") -> Said:
    """A card in the bound group."""
    group = shop.bind(chatid)
    shop.task()
    return group.waits_for("车主找人工")


# --- the line -------------------------------------------------------------------------------------


def test_it_subscribes_and_pings(shop: Line, wecom_bot: FakeWeComBot) -> None:
    wecom_bot.wait_for(lambda: wecom_bot.commands.count("ping") > 2, what="pings")
    assert wecom_bot.commands[0] == "aibot_subscribe"
    shop.waits_for_state("connected")


def test_a_wrong_secret_is_told_and_nothing_is_claimed(wecom_bot: FakeWeComBot) -> None:
    wecom_bot.secret = "another one"
    with Line(wecom_bot) as shop:
        shop.waits_for_state("refused")
        assert shop.state()[1] == "40001 invalid credential"
        assert "s3cret" not in "".join(wecom_bot.refused)
        wecom_bot.secret = "s3cret-of-the-bot"
        wecom_bot.waits_for_line()


def test_what_waited_while_the_line_was_broken_arrives(shop: Line, wecom_bot: FakeWeComBot) -> None:
    group = shop.bind("wrNS")
    wecom_bot.goes_down()
    shop.waits_for_state("away")
    shop.task()
    wecom_bot.comes_back()
    group.waits_for("车主找人工")
    assert len(group.cards) == 1


def test_a_line_that_breaks_is_subscribed_again(shop: Line, wecom_bot: FakeWeComBot) -> None:
    wecom_bot.waits_for_line()
    wecom_bot.drops_the_line()
    wecom_bot.waits_for_line(2)
    assert wecom_bot.kicked == 0


def test_who_is_kicked_lets_go_says_so_and_comes_back_later(shop: Line, wecom_bot: FakeWeComBot) -> None:
    wecom_bot.waits_for_line()
    wecom_bot.kicks()
    shop.waits_for_state("kicked")
    wecom_bot.waits_for_line(2)
    shop.waits_for_state("connected")


def test_a_line_on_which_nothing_is_answered_is_given_up(wecom_bot: FakeWeComBot) -> None:
    with Line(wecom_bot, replace(QUICK, answers_within=0.5)) as shop:
        wecom_bot.waits_for_line()
        wecom_bot.silent = True
        shop.waits_for_state("away")
        wecom_bot.silent = False
        wecom_bot.waits_for_line(2)


def test_a_card_whose_fate_is_unknown_is_repeated_at_most_once(shop: Line, wecom_bot: FakeWeComBot) -> None:
    group = shop.bind("wrNS")
    wecom_bot.cuts_at("aibot_send_msg")
    shop.task()
    wecom_bot.wait_for(lambda: len(group.cards) == 2, what="the repetition")
    shop.task("bug")
    group.waits_for("系统出错")
    shop.settles()
    assert len(group.cards) == 3


def test_many_cards_leave_no_faster_than_the_platform_takes_them(shop: Line, wecom_bot: FakeWeComBot) -> None:
    group = shop.bind("wrNS")
    for _ in range(12):
        shop.task()
    wecom_bot.wait_for(lambda: len(group.cards) == 4, what="the first cards")
    shop.waits_until(lambda: "waits for its turn" in shop.reasons(), "the fifth to wait")
    assert wecom_bot.refused == []


def test_what_the_platform_has_no_room_for_is_kept(shop: Line, wecom_bot: FakeWeComBot) -> None:
    group = shop.bind("wrNS")
    wecom_bot.is_used_up()
    shop.task()
    shop.waits_until(lambda: "45009 api freq out of limit" in shop.reasons(), "the refusal")
    assert group.cards == []


# --- taps -----------------------------------------------------------------------------------------


def test_the_first_tapper_has_the_card_and_the_second_is_told(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card, wang, li = posted(shop), wecom_bot.colleague("wang"), wecom_bot.colleague("li")
    wang.taps(TAKE, on=card)
    wecom_bot.wait_for(lambda: "王工 已领取" in card.text, what="taken")
    li.sends("t:1:take", on=card)
    wecom_bot.wait_for(lambda: "王工已经领取了" in card.seen_by("li"), what="李 to be told")
    shop.settles()
    assert "王工已经领取了" not in card.text
    assert len(wecom_bot.group("wrNS").cards) == 1


def test_two_who_tap_at_once_leave_one_taker(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card, wang, li = posted(shop), wecom_bot.colleague("wang"), wecom_bot.colleague("li")
    wang.taps(TAKE, on=card)
    li.taps(TAKE, on=card)
    wecom_bot.wait_for(lambda: card.updates == 2, what="both answers")
    taker, other = ("王工", "li") if "王工 已领取" in card.text else ("小李", "wang")
    assert f"{taker} 已领取" in card.text
    assert f"{taker}已经领取了" in card.seen_by(other)


def test_a_tap_that_comes_twice_counts_once(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card, wang = posted(shop), wecom_bot.colleague("wang")
    number = wang.taps(TAKE, on=card, msgid="m-1")
    wang.sends("t:1:take", on=card, msgid="m-1", number=number)
    wang.sends("t:1:take", on=card, msgid="m-1")
    wecom_bot.wait_for(lambda: "王工 已领取" in card.text, what="taken")
    wang.taps("退回群里", on=card)
    wecom_bot.wait_for(lambda: TAKE in card.labels, what="given back")
    shop.settles()
    assert (card.updates, len(wecom_bot.group("wrNS").cards)) == (2, 1)
    assert card.copies == {}


def test_who_is_not_on_the_list_is_told_and_changes_nothing(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card = posted(shop)
    wecom_bot.colleague("mallory").taps(TAKE, on=card)
    wecom_bot.wait_for(lambda: "不在员工名单" in card.seen_by("mallory"), what="the stranger to be told")
    assert card.labels == [TAKE, "建议"]


@pytest.mark.parametrize("key", ["t:1:erase", "t:999:take", "t:x:take", "nonsense", "t:1:send.3"])
def test_a_tap_that_nobody_offered_is_refused(shop: Line, wecom_bot: FakeWeComBot, key: str) -> None:
    card = posted(shop)
    wecom_bot.colleague("wang").sends(key, on=card)
    wecom_bot.wait_for(lambda: "wang" in card.copies, what="an answer")
    assert "失效" in card.seen_by("wang")
    assert card.labels == [TAKE, "建议"]


def test_while_the_database_is_busy_the_tapper_is_reassured_and_the_change_is_posted(wecom_bot: FakeWeComBot) -> None:
    wang, group = wecom_bot.colleague("wang"), wecom_bot.group("wrNS")
    with Line(wecom_bot, replace(QUICK, reassures_after=0.5)) as shop:
        card = posted(shop)
        with shop.busy_database():
            wang.taps(TAKE, on=card)
            wecom_bot.wait_for(lambda: "处理中" in card.seen_by("wang"), what="reassurance")
        anew = group.waits_for("王工 已领取")
        assert anew is not card
        assert "退回群里" in anew.labels
        assert card.labels == [TAKE, "建议"]


def test_a_tap_that_the_platform_does_not_wait_for_any_more_is_shown_by_a_new_card(
    shop: Line, wecom_bot: FakeWeComBot
) -> None:
    card, wang, group = posted(shop), wecom_bot.colleague("wang"), wecom_bot.group("wrNS")
    with shop.busy_database():
        wang.taps(TAKE, on=card)
        wecom_bot.advance(6)
    group.waits_for("王工 已领取")
    shop.settles()
    assert len(group.cards) == 2
    assert card.labels == [TAKE, "建议"]


def test_a_change_that_no_tap_made_is_a_new_post(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card, group = posted(shop), wecom_bot.group("wrNS")
    shop.do(lambda crm: crm.tasks.close(crm.tasks.get(1), "came_back"))
    note = group.waits_for("车主已约")
    assert (note.kind, card.labels) == ("markdown", [TAKE, "建议"])


def test_a_finished_card_has_one_quiet_button(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card, wang = posted(shop), wecom_bot.colleague("wang")
    wang.taps(TAKE, on=card)
    wecom_bot.wait_for(lambda: "王工 已领取" in card.text, what="taken")
    wang.taps("处理完成", on=card)
    wecom_bot.wait_for(lambda: card.labels == ["已结束"], what="the end")
    wang.taps("已结束", on=card)
    wecom_bot.wait_for(lambda: "失效" in card.seen_by("wang"), what="an answer")
    shop.settles()
    assert [len(wecom_bot.group("wrNS").cards), *wecom_bot.refused] == [1, "aibot_send_msg: 93006 invalid chatid"]


def test_what_a_card_has_no_room_for_stands_above_it(shop: Line, wecom_bot: FakeWeComBot) -> None:
    group = shop.bind("wrNS")
    shop.sends("wrNS", Card(7, "草稿", ("您好，" + "很长的一句话。" * 30,), ((Button("take", "我来"),),)))
    above, card = group.said[-2:]
    assert (above.kind, card.kind) == ("markdown", "template_card")
    assert above.text.count("很长的一句话。") == 30
    shop.sends("wrNS", Bubble("长。" * 3000))
    assert "".join(said.text for said in group.said).count("长。") == 3000


def test_a_taker_who_never_said_hello_is_told_to(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card, wang, group = posted(shop), wecom_bot.colleague("wang"), wecom_bot.group("wrNS")
    wang.taps(TAKE, on=card)
    group.waits_for("王工，完整的客户信息发不到您的私聊")
    wang.says("你好")
    assert "退回群里" in wang.waits_for("王工 已领取").labels
    assert wecom_bot.refused == ["aibot_send_msg: 93006 invalid chatid"]


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "text", "answer"),
    [
        ("chen", "绑定 NS", "以后发到这个群"),
        ("chen", "绑定", "以后发到这个群"),
        ("chen", "bind 深圳南山店", "以后发到这个群"),
        ("chen", "解绑 NS", "不再发到这个群"),
        ("chen", "绑定 火星", "现有门店：NS 深圳南山店"),
        ("wang", "绑定 NS", "店长、运营或老板"),
        ("mallory", "绑定 NS", "企业微信账号：mallory"),
        ("wang", "登录", "其他的请私聊我"),
        ("wang", "我的任务", "现在没有待办"),
    ],
)
def test_words_in_a_group(shop: Line, wecom_bot: FakeWeComBot, who: str, text: str, answer: str) -> None:
    wecom_bot.waits_for_line()
    group = wecom_bot.group("wrNS")
    wecom_bot.colleague(who).says(text, in_group=group)
    assert group.waits_for(answer).kind == "stream"


def test_a_sign_in_link_goes_to_a_private_chat_only(wecom_bot: FakeWeComBot) -> None:
    wang, mallory = wecom_bot.colleague("wang"), wecom_bot.colleague("mallory")
    with Line(wecom_bot):
        wecom_bot.waits_for_line()
        wang.says("登录")
        wang.waits_for("HUICHE_PUBLIC_URL")
        wang.says("绑定 NS")
        wang.waits_for("请在员工群里")
        mallory.says("我的任务")
        mallory.waits_for("不在员工名单")


def test_a_store_without_a_group_has_no_card_there(shop: Line) -> None:
    assert shop.do(lambda crm: crm.places(1)) == []
    shop.bind("wrNS")
    assert shop.do(lambda crm: [crm.places(1), crm.places(None)]) == [["wecom_bot:store:1"], ["wecom_bot:store:0"]]


def test_a_bug_is_answered_and_kept(shop: Line, wecom_bot: FakeWeComBot) -> None:
    card = posted(shop)
    words = Inbound("wecom_bot", "m-1", "wang", Kind.TEXT, chat="wrNS", text="我的任务", tap_id="r-1", raw=b"{}")
    shop.do(lambda crm: handlers.apologise(crm, [words], "KeyError"))
    shop.do(lambda crm: handlers.apologise(crm, [words], "KeyError"))
    wecom_bot.group("wrNS").waits_for("系统出错")
    assert sum("系统出错了" in said.text for said in wecom_bot.said) == 1
    assert card.updates == 0
