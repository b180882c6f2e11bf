"""Cards of the desk: opportunities by stages, discounts that the manager decides on."""

from __future__ import annotations

from collections.abc import Callable

from core.messages import Card
from handlers.staff import act
from storage.crm import Crm
from tests.chat import Shop
from tests.handlers.test_orders import li, notes, staff
from tests.storage.two import together


def buttons(card: Card) -> set[str]:
    return {button.action for row in card.buttons for button in row}


def test_an_interest_goes_through_its_stages(shop: Shop) -> None:
    owner = shop.owner("李明", plate="粤B12345", account="li-account-1")
    shop.do(lambda crm: crm.recommendations.offer(1, "warranty", occurrence="d1", vehicle_id=1) and None)
    owner.starts("interested.1")
    card, wang = shop.cards("interest")[0], shop.advisor("王工")
    assert "进展：新线索" in card.text
    wang.taps("take", on=card)
    wang.taps("opportunity_quoted", on=card)
    assert "进展：已报价" in shop.cards("interest")[0].text
    wang.taps("opportunity_contacted", on=card)
    assert "进展：已报价" in shop.cards("interest")[0].text
    assert wang.taps("opportunity_won", on=card) == "已记录"
    assert shop.cards("interest")[0].buttons == ()
    assert "opportunity.won" in shop.verbs()


def test_an_opportunity_that_is_not_over_comes_back_on_its_day(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    assert "请写上车牌和项目" in wang.says("商机")
    assert "12/2 周三 10:00 提醒您" in wang.says("商机 粤B12345 延保 3000元 下周三 先发报价")
    shop.time_is("2026-12-02 10:00")
    told = shop.tick()
    assert [(one.journey, one.step, one.decision) for one in told if one.journey == "desk"] == [
        ("desk", "opportunity", "task")
    ]
    card = shop.cards("opportunity")[0]
    assert "金额：3,000 元" in card.text
    assert shop.ask(lambda crm: crm.opportunities.get(1).remind_at) is None
    zhao = shop.advisor("赵工")
    zhao.taps("take", on=card)
    zhao.taps("opportunity_contacted", on=card)
    assert shop.ask(lambda crm: crm.opportunities.get(1).remind_at) == shop.moment("2026-12-09 10:00")


def test_the_same_item_again_is_the_same_opportunity(shop: Shop) -> None:
    li(shop)
    wang = staff(shop)
    wang.says("商机 粤B12345 延保")
    wang.says("商机 李明 延保 5000元")
    found = shop.ask(lambda crm: [(one.item, one.stage, one.amount_fen) for one in crm.opportunities.of_owner(1)])
    assert found == [("warranty", "contacted", 500_000)]


def test_within_ones_level_nobody_is_asked(shop: Shop) -> None:
    li(shop)
    assert "在您的权限内" in staff(shop).says("申请 95折 粤B12345 老客户")
    assert shop.cards() == []
    assert shop.ask(lambda crm: crm.approvals.of_owner(1)[0].status) == "approved"


def test_above_it_the_manager_decides_and_the_advisor_hears(shop: Shop) -> None:
    li(shop)
    assert "已发给店长审批：8折" in staff(shop).says("申请 8折 粤B12345 老客户")
    card = shop.cards("approval")[0]
    assert "申请：8折" in card.text
    assert "粤B12345" not in card.text
    assert "店长决定" in shop.advisor("赵工").taps("approval_yes", on=card)
    manager = shop.advisor("钱店长", "manager")
    assert manager.taps("approval_yes", on=card) == "已记录"
    assert "已经结束" in manager.taps("approval_no", on=card)
    assert notes(shop) == ["@王工、8折：钱店长同意了。"]
    assert "approval.approved" in shop.verbs()


def test_what_a_manager_may_not_give_is_the_boss_s(shop: Shop) -> None:
    li(shop)
    staff(shop).says("申请 6折 粤B12345 老客户")
    card = shop.cards("approval")[0]
    assert "老板" in shop.advisor("钱店长", "manager").taps("approval_yes", on=card)
    assert shop.advisor("孙总", "boss").taps("approval_no", on=card) == "已记录"
    assert shop.ask(lambda crm: crm.approvals.get(1).status) == "refused"


def test_two_managers_at_once_and_one_decides(shop: Shop) -> None:
    li(shop)
    staff(shop).says("申请 8折 粤B12345 老客户")
    card = shop.cards("approval")[0]
    heads = [shop.advisor(f"店长{n}", "manager").key for n in range(6)]

    def taps(me: int, action: str) -> Callable[[Crm], str]:
        return lambda crm: act(crm, crm.staff.get(me), card.task_id, action)

    told = together(shop, [taps(me, ("approval_yes", "approval_no")[n % 2]) for n, me in enumerate(heads)])
    assert [one for one in told if isinstance(one, str)] == ["已记录"]
    verbs = [verb for verb in shop.verbs() if verb in ("approval.approved", "approval.refused")]
    assert len(verbs) == 1


def test_every_open_card_takes_suggestions(shop: Shop) -> None:
    def opened(crm: Crm) -> None:
        for kind in ("churn_alert", "hand_over", "pick_up", "opportunity", "reminder"):
            crm.tasks.open(kind, store_id=1)

    shop.do(opened)
    assert all("feedback" in buttons(card) for card in shop.cards())
