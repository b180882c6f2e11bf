"""What is written down once a message has left, or has not."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot import masses
from bot.channels import Channel
from bot.channels.wechat_errors import ABOUT_THE_WORDS, NO_ACCEPT, WINDOW_CLOSED
from bot.deliveries import Claims
from bot.delivery import Delivery
from bot.leaving import send_elsewhere
from core.messages import Bubble
from core.retries import Next, Step
from core.routes import MASS, SUBSCRIBE
from handlers.desk import threads
from storage.conversation_rows import Addressee
from storage.crm import Crm
from storage.outbox_rows import FAILED, UNKNOWN
from storage.outbox_ways import PULLED

log = logging.getLogger(__name__)
UNAPPROVED = ("no approved template", "template ")  # begin the reason of words that the platform knows no shape of


@dataclass(frozen=True, slots=True)
class Sent:
    """It left; the platform's id of the message, "" when it has none."""

    delivery: Delivery
    platform_id: str


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not tried: its destination has had its share for these seconds."""

    delivery: Delivery
    seconds: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """The platform did not take it; what follows, and the new id of a group that has moved."""

    delivery: Delivery
    step: Step
    moved_to: str = ""


Outcome = Sent | Postponed | NotSent


def record_all(crm: Crm, outcomes: list[Outcome], claims: Claims) -> None:
    """Write down how these ended; writing the same twice changes nothing more."""
    sent = [outcome for outcome in outcomes if isinstance(outcome, Sent)]
    crm.outbox.all_left([(one.delivery.row_id, one.platform_id) for one in sent])
    for outcome in outcomes:
        claims.at = outcome.delivery.row_id
        if isinstance(outcome, Sent):
            _has_left(crm, outcome)
        elif isinstance(outcome, Postponed):
            due = crm.now + timedelta(seconds=outcome.seconds)
            crm.outbox.postpone(outcome.delivery.row_id, due)
        else:
            _has_not_left(crm, outcome, claims.channels)
    claims.at = None


def _has_left(crm: Crm, sent: Sent) -> None:
    delivery = sent.delivery
    if delivery.post_id is not None:
        message = delivery.outgoing.edits or sent.platform_id
        crm.tasks.shown(delivery.post_id, message, delivery.version)
    if delivery.shows_all and delivery.task_id:
        crm.tasks.shown_everywhere(delivery.task_id, delivery.channel, delivery.version)
    if delivery.staff_id is not None and delivery.channel == "telegram":
        crm.staff.started(delivery.staff_id, True)


def _has_not_left(crm: Crm, failed: NotSent, channels: Mapping[str, Channel]) -> None:
    delivery, step = failed.delivery, failed.step
    if delivery.way == MASS and step.next in (Next.ELSEWHERE, Next.FAILED):
        masses.go_on(crm, crm.outbox.row(delivery.row_id), step.reason, {*channels, *PULLED})
    elif step.next is Next.AGAIN:
        due = crm.now + timedelta(seconds=step.pause)
        crm.outbox.try_again(delivery.row_id, due, step.reason, counts=step.counts)
    elif step.next is Next.MOVED:
        crm.stores.group_moved(delivery.outgoing.address, failed.moved_to)
        crm.outbox.try_again(delivery.row_id, crm.now, step.reason)
    elif step.next is Next.ELSEWHERE:
        _cannot_be_reached(crm, delivery, step.reason, channels)
    elif step.next is Next.FAILED and delivery.outgoing.edits and delivery.post_id is not None:
        crm.tasks.post_again(delivery.post_id)
        crm.outbox.try_again(delivery.row_id, crm.now, step.reason)
    else:
        state = UNKNOWN if step.next is Next.UNKNOWN else FAILED
        crm.outbox.give_up(delivery.row_id, state, step.reason)
        if delivery.answers_for:
            threads.undelivered(crm, delivery.answers_for, step.reason)
        if delivery.staff_id is not None and delivery.task_id is not None:
            threads.unseen(crm, delivery.task_id, delivery.staff_id)
        log.warning("outbox %d %s: %s", delivery.row_id, state, step.reason)


def _cannot_be_reached(crm: Crm, delivery: Delivery, reason: str, channels: Mapping[str, Channel]) -> None:
    person = delivery.person
    if delivery.staff_id is not None:
        crm.staff.started(delivery.staff_id, False)
    if person is not None:
        _learn(crm, delivery, person, reason)
    send_elsewhere(crm, delivery, reason, channels)


def _learn(crm: Crm, delivery: Delivery, person: Addressee, reason: str) -> None:
    """What the refusal says of the person: the window is closed, no notification is wanted, or they are gone."""
    code = reason.partition(" ")[0]
    if code in WINDOW_CLOSED:
        crm.conversations.close_window(person.conversation_id or 0)
    elif code in NO_ACCEPT and isinstance(bubble := delivery.outgoing.content, Bubble) and bubble.notice:
        crm.subscribe_tokens.refused(person.identity_id, crm.routes.template(bubble.notice.name, SUBSCRIBE))
    elif code not in ABOUT_THE_WORDS and not reason.startswith(UNAPPROVED):
        crm.identities.lost(person.identity_id)
