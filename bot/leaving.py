"""The moment of leaving: a claimed row passes the gate and finds its way, or the reason is written on it."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from bot.delivery import Delivery
from core import gate
from core.gate import Passage, Verdict
from core.messages import Bubble, Rank
from core.routes import MASS, Route
from handlers.desk import threads
from journeys.step import decent_moment
from storage.consents import MARKETING
from storage.crm import Crm
from storage.outbox_rows import EXPIRED, FAILED, SKIPPED
from storage.outbox_ways import PULLED
from storage.steps import SEND

log = logging.getLogger(__name__)
A_MOMENT = timedelta(seconds=1)  # until a row is looked at again whose owner another sender is busy with
MESSAGE = ("message", "outbox")  # journey and step of marketing that no journey decided: it counts all the same


def passes(crm: Crm, row: Any, delivery: Delivery, channels: Collection[str]) -> bool:
    """Whether it may fly now. What it needs of the platform's allowance is taken from it."""
    if delivery.rank >= Rank.MARKETING and delivery.owner_id and not crm.steps.reserve(delivery.owner_id):
        crm.outbox.wait_until(row.id, crm.now + A_MOMENT)
        return False
    delivery.steps = _steps(crm, row, delivery)
    passage = _passage(crm, delivery)
    verdict, reason = gate.decide(passage, crm.now)
    if verdict is Verdict.GO:
        verdict, reason = _finds_its_way(crm, row, delivery, channels)
    if verdict is Verdict.LATER:
        crm.outbox.wait_until(row.id, passage.not_before or crm.now)
    elif verdict is Verdict.ELSEWHERE:
        send_elsewhere(crm, delivery, reason, channels)
    elif verdict is not Verdict.GO:
        give_up(crm, row.id, EXPIRED if verdict is Verdict.EXPIRED else FAILED, reason)
        _tell_writer(crm, delivery, reason)
    return verdict is Verdict.GO and not _is_fetched(crm, row, delivery)


def send_elsewhere(crm: Crm, delivery: Delivery, reason: str, channels: Collection[str]) -> None:
    """It cannot go this way: a new row for another way to the same owner, if there is one that works."""
    give_up(crm, delivery.row_id, FAILED, reason)
    row, tried = crm.outbox.row(delivery.row_id), crm.outbox.tried(delivery.row_id)
    by = ""
    if delivery.owner_id and delivery.rank >= Rank.SERVICE:
        steps = [step.id for step in delivery.steps]
        by = _name(crm.routes.go_on(row, delivery.owner_id, tried, steps, {*channels, *PULLED}))
    elif delivery.owner_id:
        by = _to_another_account(crm, row, delivery.owner_id, {identity for identity, _ in tried}, channels)
    _tell_writer(crm, delivery, reason, by)


def give_up(crm: Crm, row_id: int, state: str, reason: str) -> None:
    crm.outbox.give_up(row_id, state, reason)
    log.log(logging.INFO if state == SKIPPED else logging.WARNING, "outbox %d %s: %s", row_id, state, reason)


def _steps(crm: Crm, row: Any, delivery: Delivery) -> list[Any]:
    """The decision behind it; marketing has one in any case, since it counts."""
    if delivery.rank < Rank.SERVICE or delivery.owner_id is None:
        return []
    found = crm.steps.of_row(row.id)
    if not found and delivery.rank >= Rank.MARKETING:
        journey, step = MESSAGE
        kind, occurrence = "marketing", f"outbox:{row.id}"
        number = crm.steps.claim(journey, step, occurrence, delivery.owner_id, kind=kind, decision=SEND)
        if number is not None:
            crm.steps.led_to(number, channel=delivery.channel, outbox_id=row.id)
        found = crm.steps.of_row(row.id)
    return found


def _passage(crm: Crm, delivery: Delivery) -> Passage:
    person, rank, owner = delivery.person, delivery.rank, delivery.owner_id
    if person is None:
        return Passage(rank, delivery.expires_at)
    markets = rank >= Rank.MARKETING and owner is not None
    step = delivery.steps[0] if delivery.steps else None
    return Passage(
        rank,
        delivery.expires_at,
        to_owner=True,
        reachable=person.reachable,
        allows_marketing=markets and crm.consents.stands(owner or 0, MARKETING, delivery.channel),
        frozen=crm.freezes.why(owner or 0) if markets else "",
        not_before=decent_moment(crm, Rank(rank), owner) if rank >= Rank.SERVICE else None,
        room=crm.steps.room(owner or 0, step.priority, step.id) if markets and step else None,
        needs_window=delivery.channel == "wechat" and not _is_planned(delivery) and _is_new(delivery),
        window_left=person.window_left,
        window_until=person.window_until,
    )


def _finds_its_way(crm: Crm, row: Any, delivery: Delivery, channels: Collection[str]) -> tuple[Verdict, str]:
    """Notices by the planner, one that is tried again as before; answers where they are."""
    if delivery.person is None:
        return Verdict.GO, ""
    if not _is_planned(delivery):
        paid = delivery.channel != "wechat" or not _is_new(delivery) or _pays(crm, delivery)
        return (Verdict.GO, "") if paid else (Verdict.ELSEWHERE, gate.WINDOW_CLOSED)
    delivery.way = row.way
    return (Verdict.GO, "") if row.way else _takes_a_way(crm, row, delivery, channels)


def _takes_a_way(crm: Crm, row: Any, delivery: Delivery, channels: Collection[str]) -> tuple[Verdict, str]:
    person, bubble = delivery.person, delivery.outgoing.content
    assert person is not None
    assert isinstance(bubble, Bubble)
    assert delivery.owner_id is not None
    notice = bubble.notice.name if bubble.notice else ""
    wish = crm.routes.wish(delivery.rank, bubble)
    plan = crm.routes.plan(delivery.owner_id, wish, notice, {*channels, *PULLED})
    tried = crm.outbox.tried(row.id) if row.instead_of else set()
    for route in plan.routes:
        new = route.identity == person.identity_id and route.way != MASS and (route.identity, route.way) not in tried
        if new and crm.routes.pay(route, person.conversation_id, notice):
            _goes(crm, delivery, route)
            return Verdict.GO, ""
    here = [one.why for one in plan.shut if one.identity == person.identity_id]
    return Verdict.ELSEWHERE, next(iter(here), gate.WINDOW_CLOSED)


def _goes(crm: Crm, delivery: Delivery, route: Route) -> None:
    delivery.way = route.way
    crm.outbox.goes(delivery.row_id, route.way)
    for step in delivery.steps:
        crm.steps.left(step.id, route.way, route.cost_fen)


def _is_planned(delivery: Delivery) -> bool:
    return delivery.rank >= Rank.SERVICE and delivery.owner_id is not None


def _is_new(delivery: Delivery) -> bool:
    """One that is tried again has paid."""
    return delivery.tries == 1 and not delivery.last_reason


def _pays(crm: Crm, delivery: Delivery) -> bool:
    """Take the message out of the window."""
    talk = delivery.person.conversation_id if delivery.person else None
    return talk is not None and crm.conversations.use_window(talk)


def _is_fetched(crm: Crm, row: Any, delivery: Delivery) -> bool:
    """On a channel whose page fetches what there is, it is there now: under a new number, since pages ask for what
    came after the last one that they have."""
    if delivery.channel not in PULLED or delivery.person is None:
        return False
    identity = crm.identities.get(delivery.person.identity_id)
    number = crm.outbox.queue_instead(row, identity, delivery.expires_at - crm.now)
    crm.outbox.is_there(row.id)
    for step in delivery.steps:
        crm.steps.goes_on_by(step.id, number)
    return True


def _to_another_account(crm: Crm, row: Any, owner_id: int, tried: set[int], channels: Collection[str]) -> str:
    """An answer, wherever else the owner can be reached."""
    for identity in crm.identities.to_write_to(owner_id):
        if identity.key not in tried and identity.channel in channels:
            crm.outbox.queue_instead(row, identity, row.expires_at - crm.now)
            return identity.channel
    return ""


def _name(route: Route | None) -> str:
    return route.channel or route.way if route else ""


def _tell_writer(crm: Crm, delivery: Delivery, reason: str, by: str = "") -> None:
    """The person who wrote these words hears that they did not arrive, or by what they went instead."""
    if delivery.answers_for:
        threads.undelivered(crm, delivery.answers_for, reason, by=by)
