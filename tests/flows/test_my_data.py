"""An owner's own record: seeing it, putting it right, a copy, who looked, and consents."""

from __future__ import annotations

import pytest

from core.messages import Bubble, Rank
from storage.consents import MARKETING
from storage.crm import Crm
from tests.chat import Person, Shop

CHANNELS = ("web", "wechat", "telegram")


def li_ming(shop: Shop, channel: str = "web", *, visited: bool = True) -> Person:
    """On record with a car, a phone and an address, and bound to that channel."""
    shop.owner(
        "李明", plate="粤B12345", phone="+8613812345678", last_visit="2026-05-01" if visited else "", account="li-web"
    )

    def bind(crm: Crm) -> None:
        crm.owners.set_address(crm.owners.get(1), "南山区科技园1号")
        crm.identities.give_to_owner(channel, "li-account", 1)

    shop.do(bind)
    return Person(shop, "li-account", channel)


def heard(person: Person) -> str:
    """All that was said in that talk, however it left."""

    def said(crm: Crm) -> str:
        identity = crm.identities.find(person.channel, person.account)
        talk = crm.conversations.of_identity(identity.key) if identity else None
        rows = crm.outbox.of_conversation(talk.key) if talk else []
        return "\n".join(Bubble.unpacked(crm.outbox.payload(row)).text for row in rows)

    return shop_of(person).ask(said)


def shop_of(person: Person) -> Shop:
    return person.shop


def says(person: Person, text: str) -> str:
    """The answer on any channel: what was added to the talk."""
    before = len(heard(person))
    person.says(text)
    return heard(person)[before:]


@pytest.mark.parametrize("channel", CHANNELS)
def test_my_data_is_shown_masked_in_one_message(shop: Shop, channel: str) -> None:
    answer = says(li_ming(shop, channel), "我的资料")
    for shown in ("李*", "138****5678", "粤B12345", "比亚迪 汉 EV", "到店记录 1 次", "生日：未登记", "不接收"):
        assert shown in answer
    assert "李明" not in answer
    assert "13812345678" not in answer
    assert "科技园" not in answer


def test_somebody_unknown_has_nothing_on_record(shop: Shop) -> None:
    assert "还没有您的资料" in shop.stranger().says("我的资料")
    assert "还没有您的资料" in shop.stranger("two").says("删除我的资料")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_birthday_is_shown_back_before_it_is_written(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    assert "生日改为：5 月 3 日。对吗？" in says(li, "我的生日是5月3号")
    assert shop.ask(lambda crm: crm.owners.get(1).birthday) is None
    assert "已保存：生日 5 月 3 日" in says(li, "对")
    assert shop.ask(lambda crm: str(crm.owners.get(1).birthday)) == "1904-05-03"


def test_a_wrong_reading_is_put_right_before_it_is_written(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("生日是1990年5月3日")
    assert "1990 年 5 月 5 日" in li.says("不对，是1990年5月5日")
    li.says("对")
    assert shop.ask(lambda crm: str(crm.owners.get(1).birthday)) == "1990-05-05"


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_typed_phone_is_kept_unverified(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    assert "手机改为：13900001111" in says(li, "手机换成13900001111")
    says(li, "对")
    owner = shop.ask(lambda crm: (crm.owners.phone(crm.owners.get(1)), crm.owners.get(1).phone_verified))
    assert owner == ("+8613900001111", False)


def test_the_platforms_own_contact_is_verified(shop: Shop) -> None:
    li = li_ming(shop, "telegram")
    li.starts("correct_data")
    li.says("手机")
    li.shares_phone("+8613900001111")
    li.says("对")
    owner = shop.ask(lambda crm: (crm.owners.phone(crm.owners.get(1)), crm.owners.get(1).phone_verified))
    assert owner == ("+8613900001111", True)


def test_somebody_elses_phone_is_only_proposed(shop: Shop) -> None:
    li = li_ming(shop)
    shop.owner("王芳", phone="+8613900001111")
    li.says("手机换成13900001111")
    assert "顾问核对" in li.says("对")
    assert len(shop.cards("link_proposal")) == 1
    assert shop.ask(lambda crm: crm.owners.phone(crm.owners.get(1))) == "+8613812345678"


def test_mileage_and_address_are_written(shop: Shop) -> None:
    li = li_ming(shop)
    assert "粤B12345 里程改为：28,000 公里" in li.says("里程两万八")
    li.taps("对，保存")
    assert "地址改为：深圳市南山区科技园1号" in li.says("我的地址改成深圳市南山区科技园1号")
    li.taps("对，保存")
    assert shop.ask(lambda crm: crm.vehicles.get(1).mileage_km) == 28_000
    assert shop.ask(lambda crm: crm.owners.address(crm.owners.get(1))) == "深圳市南山区科技园1号"


def test_an_odometer_does_not_run_backwards(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("里程两万八")
    li.says("对")
    assert "里程不会变少" in li.says("里程两万")
    assert shop.ask(lambda crm: crm.vehicles.get(1).mileage_km) == 28_000


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_name_on_work_orders_is_an_advisors_to_change(shop: Shop, channel: str) -> None:
    li, wang = li_ming(shop, channel), shop.advisor("王工")
    assert "姓名改为：李鸣" in says(li, "名字写错了，我叫李鸣")
    assert "已请顾问核对" in says(li, "对")
    card = shop.cards("correction")[0]
    assert "姓名：李* → 李*" in card.text
    assert shop.ask(lambda crm: crm.owners.get(1).name) == "李明"
    wang.taps("correction_yes", on=card)
    assert shop.ask(lambda crm: crm.owners.get(1).name) == "李鸣"
    assert "已保存：姓名 李鸣" in heard(li) + heard(Person(shop, "li-web", "web"))


def test_without_work_orders_the_name_is_written_at_once(shop: Shop) -> None:
    li = li_ming(shop, visited=False)
    li.says("名字写错了，我叫李鸣")
    assert "已保存：姓名 李鸣" in li.says("对")
    assert shop.ask(lambda crm: crm.owners.get(1).name) == "李鸣"


def test_step_by_step_and_leaving_it_as_it_is(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("我的资料")
    assert "更正哪一项" in li.taps("更正资料")
    assert "生日" in li.taps("生日")
    assert "不能晚于今天" in li.says("2030年1月1日")
    li.taps("不改了")
    assert "没有改动" in li.says("好的")


def test_who_looked_is_told_with_role_time_and_reason(shop: Shop) -> None:
    li, wang = li_ming(shop), shop.advisor("王工")
    assert "还没有员工看过" in li.says("谁看过我的资料")
    li.says("人工")
    wang.taps("take", on=shop.cards("hand_over")[0])
    wang.taps("done", on=shop.cards("hand_over")[0])
    assert "11/23 周一 10:00 · 服务顾问 王工 · 您找人工" in li.says("谁看过我的资料")


def test_a_copy_comes_by_a_link_or_by_an_advisor(shop: Shop) -> None:
    li = li_ming(shop)
    assert "顾问" in li.says("导出我的资料")
    assert "huiche privacy export 1" in shop.cards("export_wanted")[0].text
    li.says("导出我的资料")
    assert len(shop.cards("export_wanted")) == 1


@pytest.mark.parametrize("channel", CHANNELS)
def test_consents_are_seen_given_and_withdrawn(shop: Shop, channel: str) -> None:
    li = li_ming(shop, channel)
    says(li, "以后有优惠告诉我")
    assert "优惠活动" in says(li, "撤回同意")
    before = heard(li)
    li.starts(f"withdraw_consent.marketing-{channel}")
    assert "已撤回" in heard(li)[len(before) :]
    assert not shop.ask(lambda crm: crm.consents.stands(1, MARKETING, channel))


@pytest.mark.parametrize("word", ["退订", "TD", "T", "N", "td", "别再给我发了", "stop"])
def test_an_opt_out_word_stops_everything_that_waits_at_once(shop: Shop, word: str) -> None:
    li = li_ming(shop, "telegram")

    def queue(crm: Crm) -> None:
        crm.consents.write(1, MARKETING, "*", True)
        for rank in (Rank.MARKETING, Rank.SERVICE):
            crm.outbox.tell_owner(1, Bubble("保养"), rank, crm.shop.policy.notice_life, channels=("telegram",))

    shop.do(queue)
    li.says("明天下午三点做保养")  # in the middle of a booking
    assert "已退订" in says(li, word)
    states = shop.ask(
        lambda crm: [(crm.outbox.get(n).rank, crm.outbox.get(n).state, crm.outbox.get(n).reason) for n in (1, 2)]
    )
    assert states == [(5, "skipped", "opted out"), (3, "queued", "")]
    assert not shop.ask(lambda crm: crm.consents.stands(1, MARKETING, "wechat"))


def test_it_is_all_there_in_english(shop: Shop) -> None:
    li = li_ming(shop)
    assert "partly hidden" in li.says("show me my data please")
    assert "This cannot be undone" in li.says("delete my data please")
    li.says("yes")
    assert "is erased" in li.says("delete")


def test_an_opt_out_counts_while_a_person_has_the_thread(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("以后有优惠告诉我")
    li.says("人工")
    shop.advisor("王工").taps("take", on=shop.cards("hand_over")[0])
    assert li.says("你们几点开门") == ""
    assert "已退订" in li.says("退订")
    assert not shop.ask(lambda crm: crm.consents.stands(1, MARKETING, "web"))


def test_a_look_at_ones_data_in_the_middle_of_a_booking_comes_back_to_it(shop: Shop) -> None:
    li = li_ming(shop)
    li.says("我要做保养")
    answer = li.says("我的资料")
    assert "李*" in answer
    assert "什么时候" in answer


def test_a_fact_and_its_value_in_one_sentence_are_enough(shop: Shop) -> None:
    li = shop.owner("李明", plate="粤B12345", phone="+8613800000001", account="li")
    assert "手机改为：13900001111" in li.says("改手机号 13900001111")
    li.says("取消")
    li.says("更正资料")
    assert "生日改为：5 月 3 日" in li.says("生日是5月3号")
