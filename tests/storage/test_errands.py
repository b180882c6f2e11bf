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


def fetched(shop: Shop) -> int:
    """A pick-up that is asked for."""

    def ask(crm: Crm) -> int:
        talk, owner = crm.conversations.locked("web", "account"), crm.owners.add("李明", store_id=1).key
        wanted = shop.moment("2026-11-24 10:00")
        return crm.errands.ask("pick_up", owner, talk.id, store_id=1, place="科苑路1号", wanted_at=wanted).key

    return shop.do(ask)


def test_a_yes_a_change_and_a_withdrawal_at_once_leave_one_truth_and_a_card_that_tells_it(shop: Shop) -> None:
    number, later = fetched(shop), shop.moment("2026-11-24 15:00")
    changes = [
        lambda crm: crm.errands.decide(crm.errands.get(number), "accepted"),
        lambda crm: crm.errands.change(crm.errands.get(number), place="科苑路2号", wanted_at=later),
        lambda crm: crm.errands.drop(crm.errands.get(number)),
    ]
    assert together(shop, changes)[2] is True
    assert shop.ask(lambda crm: crm.errands.get(number).status) == "dropped"
    assert shop.ask(lambda crm: crm.errands.under_way(1)) == []
    assert [card.tone for card in shop.cards("pick_up")] == ["done"]


def test_it_is_called_off_once(shop: Shop) -> None:
    number = fetched(shop)
    results = together(shop, [lambda crm: crm.errands.drop(crm.errands.get(number))] * 4)
    assert results.count(True) == 1
    assert shop.verbs().count("errand.dropped") == 1


def test_what_the_owner_changed_meanwhile_is_not_decided(shop: Shop) -> None:
    number, later = fetched(shop), shop.moment("2026-11-24 15:00")

    def decide_as_it_was(crm: Crm) -> bool:
        errand = crm.errands.get(number)
        crm.connection.exec_driver_sql("UPDATE errand SET wanted_at = NULL")  # by another, since it was read
        return crm.errands.decide(errand, "accepted")

    assert shop.do(decide_as_it_was) is False
    shop.do(lambda crm: crm.errands.change(crm.errands.get(number), place="科苑路2号", wanted_at=later))
    assert shop.do(lambda crm: crm.errands.decide(crm.errands.get(number), "accepted"))
