"""Where a card changes as the answer to a tap, no other one is posted beside it meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.channels import Outgoing
from bot.deliveries import Claims, take
from core.messages import Card, TapAnswer
from storage.crm import Crm
from storage.stores import Store
from tests.chat import Shop


class Silent:
    """A channel that is there, and changes a card as the answer to a tap only."""

    name, edits_cards, edits_on_tap, away = "wecom_bot", False, True, False

    async def send(self, outgoing: Outgoing) -> str:
        return ""

    async def close(self) -> None:
        return


def leaving(crm: Crm) -> list[tuple[int, str]]:
    """What is in the air now: the row, and whether it is a card or an answer."""
    ready = take(crm, Claims("w", 0.0, 100, {"wecom_bot": Silent()}))
    return [(one.row_id, "card" if isinstance(one.outgoing.content, Card) else "answer") for one in ready]


def posted(crm: Crm) -> int:
    """A card that stands in the group of 南山."""
    store = crm.session.get_one(Store, 1)
    crm.stores.bind_wecom(store, "wrNS")
    task = crm.tasks.open("churn_alert", store_id=store.key, facts={})
    assert task is not None
    ((row, _),) = leaving(crm)
    crm.outbox.all_left([(row, "")])
    for post in crm.tasks.posts(task):
        crm.tasks.shown(post.key, "m1", crm.tasks.get(task).version)
    return task


def given_back_at_once(crm: Crm, task: int) -> None:
    """王工 takes it, and it is back before the change of the card has left."""
    wang = crm.staff.add("王工", "advisor", crm.stores.all()[0].key).key
    crm.chain = "m1"
    crm.tasks.take(crm.tasks.get(task), wang)
    crm.chain = "m2"
    crm.outbox.answer_tap("wecom_bot", TapAnswer("req-2", ""), task)


def test_a_card_waits_while_the_answer_to_a_tap_changes_the_one_that_stands(shop: Shop) -> None:
    shop.database.shop = replace(shop.database.shop, wecom_bot=True)
    task = shop.do(posted)
    shop.do(lambda crm: given_back_at_once(crm, task))
    ((answer, kind),) = shop.do(leaving)
    assert kind == "answer"
    shop.clock.advance_to(shop.clock.now() + timedelta(seconds=2))
    assert shop.do(leaving) == []  # it is still in the air
    shop.do(lambda crm: crm.outbox.all_left([(answer, "")]))
    shop.clock.advance_to(shop.clock.now() + timedelta(seconds=2))
    assert [kind for _, kind in shop.do(leaving)] == ["card"]  # nobody has said that the answer showed it
