"""What WeChat has approved before: templates, accepted notifications, the same words to many."""

from __future__ import annotations

import pytest

from bot.channels import Outgoing
from bot.channels.wechat import WeChatChannel
from bot.channels.wechat_notice import fitting, parts
from core.errors import DeliveryFailed
from core.messages import Bubble, Notice
from core.policy import Template
from storage.local import LocalTokens
from tests.bot.sending import settings_of, use, verdict
from tests.fakes.wechat import FakeWeChat

LI, WANG = "oLiMing_0000000000000000000A", "oWangFang_00000000000000000B"
FIELDS = (
    ("plate", "粤B12345"),
    ("service", "10000 公里\n保养，含机油机滤与全车检查，请提前预约"),
    ("when", "2026年11月25日 14:00"),
)
DUE = Bubble("您的车该保养了", notice=Notice("due", FIELDS))
SHAPE = Template("TPL_due", ("car_number2:plate", "thing4:service", "time3:when"))
TEMPLATES = {"due": {"wechat": SHAPE, "subscribe": SHAPE}}


@pytest.fixture
def channel(wechat: FakeWeChat) -> WeChatChannel:
    wechat.template("TPL_due", "car_number2", "thing4", "time3")
    wechat.owner(LI)
    wechat.owner(WANG)
    return WeChatChannel(settings_of(wechat), LocalTokens(), lambda: TEMPLATES)


def send(channel: WeChatChannel, way: str, content: Bubble = DUE, accounts: tuple[str, ...] = (LI,)) -> str:
    outgoing = Outgoing(7, LI, content, way=way, link="https://shop.example/h/x", accounts=accounts)
    number: str = use(channel, lambda: channel.send(outgoing))
    return number


def refused(channel: WeChatChannel, way: str, content: Bubble = DUE, accounts: tuple[str, ...] = (LI,)) -> str:
    with pytest.raises(DeliveryFailed) as caught:
        send(channel, way, content, accounts)
    return f"{verdict(caught.value)}: {caught.value.reason}"


def test_a_template_needs_no_window_and_leads_to_the_page(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    number = send(channel, "template")
    said = wechat.owner(LI).inbox.last
    assert (said.route, str(said.msgid)) == ("template", number)
    assert said.body["url"] == "https://shop.example/h/x"
    assert said.body["data"]["thing4"]["value"] == "10000 公里 保养，含机油机滤与全车"
    assert len(said.body["data"]["thing4"]["value"]) == 20


def test_the_same_row_again_is_delivered_once(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    assert send(channel, "template") == send(channel, "template")
    assert len(wechat.sends) == 1


def test_one_accepted_notification_is_one_message(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    wechat.state.accepts[LI, "TPL_due"] = 1
    assert send(channel, "subscribe") == ""
    assert wechat.owner(LI).inbox.last.body["page"] == "https://shop.example/h/x"
    assert refused(channel, "subscribe") == "reroute: 43101 no notification accepted"


@pytest.mark.parametrize("way", ["template", "subscribe"])
def test_words_without_an_approved_shape_go_another_way(channel: WeChatChannel, way: str) -> None:
    assert refused(channel, way, Bubble("您好")).startswith("reroute: no approved template")
    lacking = Bubble("您好", notice=Notice("due", FIELDS[:2]))
    assert refused(channel, way, lacking) == "reroute: template TPL_due wants when"


def test_a_template_that_the_account_does_not_have_goes_another_way(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    wechat.state.templates.clear()
    assert refused(channel, "template").startswith("reroute: 40037")


def test_the_same_words_reach_many_in_one_call(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    number = send(channel, "mass", Bubble("国庆正常营业"), (LI, WANG))
    assert {(said.openid, said.text, str(said.msgid)) for said in wechat.sends} == {
        (LI, "国庆正常营业", number),
        (WANG, "国庆正常营业", number),
    }


def test_a_mass_send_that_was_taken_before_is_not_repeated(channel: WeChatChannel, wechat: FakeWeChat) -> None:
    send(channel, "mass", Bubble("国庆正常营业"), (LI, WANG))
    assert send(channel, "mass", Bubble("国庆正常营业"), (LI, WANG)) == ""
    assert len(wechat.sends) == 2


def test_one_alone_is_no_mass(channel: WeChatChannel) -> None:
    assert refused(channel, "mass", Bubble("国庆"), (LI,)) == "reroute: too few for a mass send"


@pytest.mark.parametrize(("count", "sizes"), [(2, [2]), (10_000, [10_000]), (10_001, [5_001, 5_000])])
def test_no_part_is_too_large_or_one_alone(count: int, sizes: list[int]) -> None:
    assert [len(part) for part in parts([str(n) for n in range(count)])] == sizes


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("thing4", "一" * 25, "一" * 20),
        ("thing1", "换\n机油", "换 机油"),
        ("phrase2", "已经完成了哦", "已经完成了"),
        ("car_number2", "粤BD123456", "粤BD12345"),
        ("time3", "2026年11月25日 14:00", "2026年11月25日 14:00"),
    ],
)
def test_a_field_is_as_long_as_its_kind_allows(key: str, value: str, shown: str) -> None:
    assert fitting(key, value) == shown
