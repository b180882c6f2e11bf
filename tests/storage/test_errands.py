"""Errands on the store: the place is sealed, one call makes one card, the answer is given once."""

from __future__ import annotations

from storage.crm import Crm
from storage.errands import Errand
from tests.chat import Shop
from tests.storage.two import together


def called(crm: Crm) -> Errand:
    talk = crm.conversations.locked("web", "account")
    owner = crm.owners.add("李明", store_id=1).key
    return crm.errands.calling("roadside", owner, talk.id, store_id=1)


def test_a_second_call_goes_on_with_the_first_card(shop: Shop) -> None:
    first, second = shop.do(lambda crm: called(crm).key), shop.do(lambda crm: called(crm).key)
    assert first == second
    assert len(shop.cards("roadside")) == 1


def test_the_place_is_sealed_and_the_group_sees_the_way_only(shop: Shop) -> None:
    def with_place(crm: Crm) -> bytes:
        errand = called(crm)
        crm.errands.learn(errand, place="深圳市南山区科苑路1号")
        return errand.where_sealed or b""

    assert "科苑路".encode() not in shop.do(with_place)
    assert "深圳市***" in shop.cards("roadside")[0].text
    assert "科苑路" not in shop.cards("roadside")[0].text


def test_learning_the_same_again_leaves_the_card_alone(shop: Shop) -> None:
    def twice(crm: Crm) -> list[int]:
        errand = called(crm)
        versions = []
        for _ in range(2):
            crm.errands.learn(errand, place="科苑路1号")
            versions.append(crm.tasks.get(errand.task_id or 0).version)
        return versions

    assert shop.do(twice) == [2, 2]


def test_it_is_decided_once(shop: Shop) -> None:
    number = shop.do(lambda crm: called(crm).key)
    answers = ("accepted", "refused", "accepted")
    changes = [lambda crm, a=a: crm.errands.decide(crm.errands.get(number), a) for a in answers]
    assert together(shop, changes).count(True) == 1
