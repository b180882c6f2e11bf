"""Who leaves first, who waits for whom, and that nothing is claimed twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.messages import Bubble, Rank
from storage.crm import Crm
from storage.outbox_rows import FAILED, QUEUED, SENT, UNKNOWN
from tests.chat import Shop
from tests.storage.two import together, transaction

MINUTE = timedelta(minutes=1)


def put(shop: Shop, to: str, rank: Rank = Rank.REPLY, *, chain: str = "", later: timedelta = timedelta(0)) -> int:
    def change(crm: Crm) -> int:
        crm.chain = chain
        number = crm.outbox._insert(rank, "note", to, Bubble("好").packed(), life=timedelta(hours=6))
        if later:
            crm.outbox.get(number).due_at = crm.now + later
        return number

    return shop.do(change)


def claimed(crm: Crm, worker: str = "a", limit: int = 50, **wanted: Any) -> list[int]:
    return [row.id for row in crm.outbox.claim(worker, 0.0, limit, **wanted)]


def claim(shop: Shop, worker: str = "a", limit: int = 50, **wanted: Any) -> list[int]:
    return shop.do(lambda crm: claimed(crm, worker, limit, **wanted))


def state(shop: Shop, number: int) -> str:
    return shop.ask(lambda crm: crm.outbox.get(number).state)


def test_replies_leave_before_cards_and_cards_before_marketing(shop: Shop) -> None:
    marketing, card, reply, tap = (
        put(shop, f"telegram:identity:{n}", rank)
        for n, rank in enumerate((Rank.MARKETING, Rank.STAFF, Rank.REPLY, Rank.TAP))
    )
    assert claim(shop) == [tap, reply, card, marketing]


def test_one_at_a_time_goes_to_one_person_and_in_order(shop: Shop) -> None:
    first, second, other = (
        put(shop, "telegram:identity:1"),
        put(shop, "telegram:identity:1"),
        put(shop, "telegram:identity:2"),
    )
    assert claim(shop) == [first, other]
    assert claim(shop) == []
    shop.do(lambda crm: crm.outbox.left(first, "m1"))
    assert claim(shop) == [second]


def test_rows_of_one_chain_never_fly_at_the_same_time(shop: Shop) -> None:
    answer, card = put(shop, "telegram:identity:1", chain="c1"), put(shop, "telegram:store:1", Rank.STAFF, chain="c1")
    assert claim(shop) == [answer]
    assert claim(shop, "b") == []
    shop.do(lambda crm: crm.outbox.left(answer, "m1"))
    assert claim(shop, "b") == [card]


def test_what_could_not_leave_holds_back_what_comes_after_it(shop: Shop) -> None:
    first, second = put(shop, "telegram:identity:1"), put(shop, "telegram:identity:1")
    claim(shop)
    shop.do(lambda crm: crm.outbox.postpone(first, crm.now + MINUTE))
    assert claim(shop) == []
    shop.time_is("2026-11-23 10:01")
    assert claim(shop) == [first]
    shop.do(lambda crm: crm.outbox.try_again(first, crm.now + MINUTE, "503"))
    assert claim(shop) == []
    shop.time_is("2026-11-23 10:02")
    assert claim(shop) == [first]
    assert shop.ask(lambda crm: crm.outbox.get(first).attempts) == 2  # to be postponed is no try
    shop.do(lambda crm: crm.outbox.give_up(first, FAILED, "blocked"))
    assert claim(shop) == [second]


def test_what_is_meant_for_later_holds_nothing_back(shop: Shop) -> None:
    tomorrow = put(shop, "telegram:identity:1", Rank.MARKETING, later=timedelta(days=1))
    same_rank = put(shop, "telegram:identity:2", later=timedelta(days=1))
    reply, other = put(shop, "telegram:identity:1"), put(shop, "telegram:identity:2")
    assert claim(shop) == [reply, other]
    assert shop.ask(lambda crm: crm.outbox.next_due()) == shop.moment("2026-11-24 10:00")
    assert {state(shop, tomorrow), state(shop, same_rank)} == {QUEUED}


def test_full_channels_and_lower_ranks_wait(shop: Shop) -> None:
    wechat, card, reply = (
        put(shop, "wechat:identity:1"),
        put(shop, "telegram:store:9", Rank.STAFF),
        put(shop, "telegram:identity:2"),
    )
    assert claim(shop, full=("wechat",), below=Rank.STAFF) == [reply]
    assert claim(shop) == [wechat, card]


def test_two_senders_at_once_share_the_work_and_claim_nothing_twice(shop: Shop) -> None:
    numbers = {put(shop, f"telegram:identity:{n}") for n in range(30)}
    first, second, *_ = claims = together(shop, [lambda crm, w=w: claimed(crm, f"w{w}", 10) for w in range(6)])  # type: ignore[misc]
    assert not [answer for answer in claims if isinstance(answer, Exception)]
    taken = [number for answer in claims if isinstance(answer, list) for number in answer]
    assert len(taken) == len(set(taken))
    assert set(taken) <= numbers
    assert first != second or first == []


def test_a_sender_takes_nothing_of_a_chain_that_another_is_just_claiming(postgres_shop: Shop) -> None:
    answer = put(postgres_shop, "telegram:identity:1", chain="c1")
    put(postgres_shop, "telegram:store:1", Rank.STAFF, chain="c1")
    apart = put(postgres_shop, "telegram:identity:2", chain="c2")
    with transaction(postgres_shop) as first, transaction(postgres_shop) as second:
        assert claimed(first, "a", 1) == [answer]
        assert claimed(second, "b") == [apart]


def test_what_a_dead_sender_had_in_hand_leaves_again_but_marketing_does_not(shop: Shop) -> None:
    reply, offer = put(shop, "telegram:identity:1"), put(shop, "telegram:identity:2", Rank.MARKETING)
    claim(shop, "dead")
    kept = put(shop, "telegram:identity:3")
    claim(shop, "alive")
    assert shop.do(lambda crm: crm.outbox.recover(1.0, ["dead"])) == 1
    assert (state(shop, reply), state(shop, offer)) == (QUEUED, UNKNOWN)
    assert shop.ask(lambda crm: crm.outbox.claimers()) == ["alive"]
    assert shop.do(lambda crm: crm.outbox.recover(61.0)) == 1  # its lease ran out
    assert state(shop, kept) == QUEUED


def test_a_row_that_has_left_is_not_queued_by_a_late_word(shop: Shop) -> None:
    number = put(shop, "telegram:identity:1")
    claim(shop)
    shop.do(lambda crm: crm.outbox.all_left([(number, "m1")]))
    shop.do(lambda crm: crm.outbox.try_again(number, crm.now, "503"))
    shop.do(lambda crm: crm.outbox.give_up(number, FAILED, "late"))
    assert state(shop, number) == SENT
