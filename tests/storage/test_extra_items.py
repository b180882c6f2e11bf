"""Extra work on the store: one answer, with its evidence; a changed price is a new question; closing time is a no."""

from __future__ import annotations

from core.messages import Inbound, Kind
from storage.crm import Crm
from storage.extra_items import ExtraItem
from tests.chat import Shop
from tests.storage.extra import an_extra_item
from tests.storage.two import together


def asked(shop: Shop, amount_fen: int = 68_000, name: str = "更换刹车片") -> int:
    """Li's brake pads, proposed by Wang."""

    def ask(crm: Crm) -> int:
        owner = next(iter(crm.owners.with_phone("+8613800138000")), None) or crm.owners.add("李明", store_id=1)
        crm.owners.set_phone(owner, "+8613800138000", verified=True)
        car = crm.vehicles.with_plate("粤B12345") or crm.vehicles.add("粤B12345")
        wang = next(iter(crm.staff.all()), None) or crm.staff.add("王海涛", "advisor", 1)
        return an_extra_item(crm, owner.key, car.key, wang.key, name, amount_fen).key

    return shop.do(ask)


def answered(shop: Shop, item: int, answer: str) -> bool:
    def say(crm: Crm) -> bool:
        talk = crm.conversations.locked("web", "account")
        crm.message_id = crm.messages.accept(Inbound("web", f"{item}{answer}", "account", Kind.TEXT), talk.id)
        return crm.extra_items.answer(crm.extra_items.get(item), answer)

    return shop.do(say)


def row(shop: Shop, item: int) -> ExtraItem:
    return shop.ask(lambda crm: crm.extra_items.get(item))


def test_a_yes_is_kept_with_its_evidence_and_stands(shop: Shop) -> None:
    pads = asked(shop)
    assert answered(shop, pads, "agreed")
    assert not answered(shop, pads, "declined")
    kept = row(shop, pads)
    assert (kept.status, kept.evidence, kept.wording, kept.answered_at) == (
        "agreed", "message:1", "extra-1", shop.clock.now(),
    )  # fmt: skip
    assert shop.cards("extra_item")[0].tone == "done"


def test_of_yes_and_no_at_once_one_counts(shop: Shop) -> None:
    pads = asked(shop)
    answers = ("agreed", "declined", "agreed", "declined")
    changes = [lambda crm, a=a: crm.extra_items.answer(crm.extra_items.get(pads), a) for a in answers]
    assert together(shop, changes).count(True) == 1


def test_who_wants_a_call_first_may_still_agree(shop: Shop) -> None:
    pads = asked(shop)
    assert answered(shop, pads, "call")
    assert not answered(shop, pads, "call")
    assert "请先打电话" in shop.cards("extra_item")[0].text
    assert answered(shop, pads, "agreed")


def test_another_price_is_another_question_and_the_old_one_cannot_be_agreed_to(shop: Shop) -> None:
    pads, dearer = asked(shop), asked(shop, 88_000)
    assert row(shop, pads).status == "replaced"
    assert not answered(shop, pads, "agreed")
    assert answered(shop, dearer, "agreed")


def test_no_answer_by_closing_time_is_a_no(shop: Shop) -> None:
    pads = asked(shop)
    shop.time_is("2026-11-23 18:00")
    assert not answered(shop, pads, "agreed")
    assert shop.do(lambda crm: [item.key for item in crm.extra_items.expire()]) == [pads]
    assert shop.do(lambda crm: crm.extra_items.expire()) == []
    assert row(shop, pads).status == "expired"
