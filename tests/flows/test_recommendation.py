"""Something is recommended: by an advisor's word in private, answered by the owner's tap or words."""

from __future__ import annotations

import pytest

from core.messages import Bubble, Kind
from journeys.notices import recall
from journeys.recommendation import recommend
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop
from tests.flows.test_my_data import says
from tests.storage.conftest import postgres_copy
from tests.storage.two import together

CHANNELS = ("web", "wechat", "telegram")


def li_ming(shop: Shop, channel: str = "web", *, consent: bool = True) -> Person:
    shop.owner("李明", plate="粤B12345", last_visit="2026-05-01")

    def bind(crm: Crm) -> None:
        crm.identities.give_to_owner(channel, "li-account", 1)
        if consent:
            crm.consents.write(1, MARKETING, "*", True)

    shop.do(bind)
    if channel == "wechat":
        shop.opens_window("li-account")
    return Person(shop, "li-account", channel)


def advisor_says(shop: Shop, text: str) -> str:
    """王工 writes to the bot in private."""
    if not shop.ask(lambda crm: crm.staff.all()):
        shop.advisor("王工")
        shop.do(lambda crm: crm.identities.give_to_staff("web", "wang-account", 1))
    return says(Person(shop, "wang-account", "web"), text)


def arrived(shop: Shop, li: Person) -> Bubble:
    """The newest message that came by itself."""

    def newest(crm: Crm) -> Bubble:
        identity = crm.identities.find(li.channel, li.account)
        talk = crm.conversations.of_identity(identity.key) if identity else None
        assert talk is not None
        return Bubble.unpacked(crm.outbox.payload(crm.outbox.latest_of_conversation(talk.key, 1)[0]))

    bubble = shop.ask(newest)
    li.bubbles.append(bubble)
    return bubble


def taps(shop: Shop, li: Person, label: str) -> str:
    """What is answered to that button, on any channel."""
    choice = next(one for one in arrived(shop, li).choices if one.label == label)
    li._sends(Kind.CHOICE, choice=choice.id)
    return arrived(shop, li).text


@pytest.mark.parametrize("channel", CHANNELS)
def test_interest_brings_an_advisor_who_knows_what_to_say(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    assert "已向车主推荐延保" in advisor_says(shop, "推荐 粤B12345 延保")
    assert "给您的粤B12345推荐延保" in arrived(shop, li).text
    assert "顾问会联系您" in taps(shop, li, "感兴趣")
    card = shop.cards("interest")[0]
    assert "延保" in card.text
    assert "可以这样说" in card.text
    begun = shop.ask(lambda crm: crm.opportunities.of_owner(1)[0])
    assert (begun.item, begun.stage, begun.remind_at) == ("warranty", "new", shop.moment("2026-11-30 10:00"))


@pytest.mark.parametrize("channel", CHANNELS)
def test_not_now_is_left_alone_for_ninety_days(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    advisor_says(shop, "推荐 粤B12345 镀膜")
    assert "先不打扰" in taps(shop, li, "暂时不要")
    assert "90 天" in advisor_says(shop, "推荐 粤B12345 镀膜")


@pytest.mark.parametrize("channel", CHANNELS)
def test_never_again_by_a_tap(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    advisor_says(shop, "推荐 粤B12345 延保")
    assert "不再给您推荐延保" in taps(shop, li, "不再推荐这类")
    shop.time_is("2028-01-03 10:00")
    assert "不要再推荐" in advisor_says(shop, "推荐 粤B12345 延保")


@pytest.mark.parametrize("words", ["别再给我推延保", "不要推荐延保了", "以后不用推荐延保"])
def test_never_again_by_words(shop: Shop, words: str) -> None:
    li = li_ming(shop)
    assert "不再给您推荐延保" in li.says(words)
    assert "不要再推荐" in advisor_says(shop, "推荐 粤B12345 延保")


def test_tapping_twice_makes_one_task(shop: Shop) -> None:
    li = li_ming(shop)
    advisor_says(shop, "推荐 粤B12345 延保")
    taps(shop, li, "感兴趣")
    assert "已经处理过" in li.starts("interested.1")
    assert len(shop.cards("interest")) == 1


def test_without_consent_or_account_nothing_is_sent(shop: Shop) -> None:
    li_ming(shop, consent=False)
    assert "没有同意" in advisor_says(shop, "推荐 粤B12345 延保")
    shop.owner("王芳", plate="粤B55555")
    assert "还没有可以发消息的账号" in advisor_says(shop, "推荐 粤B55555 延保")
    assert "没有找到" in advisor_says(shop, "推荐 粤B00001 延保")
    assert "可以推荐" in advisor_says(shop, "推荐 粤B12345 飞机")
    assert shop.ask(lambda crm: crm.recommendations.of_owner(1)) == []


def test_an_open_complaint_an_open_recall_and_the_cap_hold_for_an_advisor_too(shop: Shop) -> None:
    li_ming(shop)
    ticket = shop.do(lambda crm: crm.tickets.open(1, 1).key)
    assert "投诉" in advisor_says(shop, "推荐 粤B12345 延保")
    shop.do(lambda crm: crm.tickets.withdraw(crm.tickets.get(ticket)))
    for item in ("延保", "镀膜"):
        assert "已向车主推荐" in advisor_says(shop, f"推荐 粤B12345 {item}")
    assert "营销消息已够数" in advisor_says(shop, "推荐 粤B12345 轮胎")
    shop.do(lambda crm: recall(crm, "R1", "更换软管", crm.vehicles.get(1)) and None)
    assert "召回" in advisor_says(shop, "推荐 粤B12345 轮胎")
    assert [one.item for one in shop.ask(lambda crm: crm.recommendations.of_owner(1))] == ["coating", "warranty"]


def test_where_no_way_is_open_the_words_are_a_card_for_the_advisor(shop: Shop) -> None:
    shop.owner("李明", plate="粤B12345")
    shop.do(lambda crm: crm.identities.give_to_owner("wechat", "li-account", 1).key)
    shop.do(lambda crm: crm.consents.write(1, MARKETING, "*", True))
    assert "用企业微信发给车主" in advisor_says(shop, "推荐 粤B12345 延保")
    assert len(shop.cards("send_yourself")) == 1


def test_two_advisors_at_once_recommend_it_once() -> None:
    with Shop(postgres_copy(), stores=()) as shop:
        li_ming(shop)
        said = together(shop, [lambda crm: recommend(crm, 1, "warranty", 1)] * 4)
        assert sorted(map(str, said)) == ["", "open", "open", "open"]
        assert len(shop.ask(lambda crm: crm.recommendations.of_owner(1))) == 1


def test_somebody_elses_button_does_nothing(shop: Shop) -> None:
    li_ming(shop)
    advisor_says(shop, "推荐 粤B12345 延保")
    stranger = shop.stranger()
    stranger.says("你好")
    assert "已经处理过" in stranger.starts("interested.1")
    assert shop.cards("interest") == []
