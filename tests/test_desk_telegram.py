"""The desk on Telegram, over real sockets: orders in private and in the group, the lesson, a discount."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.telegram import FakeTelegram
from tests.killing import CLOCK, GROUP, LI, WANG, opened_before
from tests.product import Product

MANAGER = 3003
MakeProduct = Callable[..., Product]


def opens(product: MakeProduct, telegram: FakeTelegram) -> Product:
    """A running shop with a store, an advisor, a manager, and an owner who has booked."""
    shop = product(telegram, CLOCK=CLOCK, TELEGRAM_STAFF_CHAT=str(GROUP), start=False)
    shop.directory = opened_before()
    added = shop.cli("staff", "add", "钱店长", "--role", "manager", "--store", "ns", "--telegram", str(MANAGER))
    assert added.code == 0, added.err
    shop.start()
    li = telegram.user(LI, first_name="李明")
    li.says("明天下午三点给粤B12345做保养")
    li.says("跳过")
    li.says("确认")
    li.waits_for("已为您预约")
    return shop


def test_the_lesson_is_learned_by_doing(telegram: FakeTelegram, product: MakeProduct) -> None:
    telegram.group(GROUP)
    opens(product, telegram)
    wang = telegram.user(WANG)
    wang.starts()
    card = wang.waits_for("1/5")
    wang.taps("我来跟进", on=card)
    wang.waits_for_toast()
    wang.waits_for("2/5")
    wang.says("查 练习")
    wang.waits_for("3/5")
    wang.says("记 练习 怕胎噪，下周三给他回电话")
    wang.waits_for("4/5")
    wang.says("到店 练习")
    wang.waits_for("5/5")


def test_an_order_is_answered_in_full_in_private_and_masked_in_the_group(
    telegram: FakeTelegram, product: MakeProduct
) -> None:
    group = telegram.group(GROUP)
    opens(product, telegram)
    assert "建议跟进：@" in group.waits_for("新预约").text
    wang = telegram.user(WANG)
    wang.says("查 粤B12345")
    assert "粤B12345" in wang.waits_for("车主：").text
    wang.says("/find 粤B12345", to=group)
    told = group.waits_for("预约：")
    assert "粤B12345" not in told.text


def test_a_discount_goes_to_the_manager_and_the_answer_back(telegram: FakeTelegram, product: MakeProduct) -> None:
    telegram.group(GROUP)
    opens(product, telegram)
    wang, manager = telegram.user(WANG), telegram.user(MANAGER)
    manager.starts()
    manager.waits_for("1/5")
    wang.says("申请 8折 粤B12345 老客户")
    wang.waits_for("已发给店长审批")
    card = manager.waits_for("优惠申请")
    assert "粤B12345" not in card.text
    manager.taps("同意", on=card)
    assert wang.waits_for("同意了").text == "粤B12345、8折：钱店长同意了。"
