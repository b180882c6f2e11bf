"""What a platform reports on something that we sent, and what a follower answered when asked about notifications."""

from __future__ import annotations

import re

from core.messages import Inbound
from storage.conversation_rows import Talk
from storage.crm import Crm
from storage.identities import Identity
from storage.outbox_rows import SENT

_RECEIPT = re.compile(r"templatesendjobfinish failed\W*(?P<why>.*)", re.I)
_ANSWER = re.compile(r"(?P<template>[^\s=]+)=(?P<answer>\S+)")
BLOCKED = "user block"
NO_ERROR = "sent:0"
ASKED = "subscribe_msg_popup_event"


def note(crm: Crm, talk: Talk, inbound: Inbound) -> None:
    """Nobody waits for an answer, and the talk stays as it was."""
    if failed := _RECEIPT.match(inbound.text):
        _did_not_arrive(crm, talk, inbound.answers, failed["why"])
    elif inbound.text.startswith("subscribe_msg_"):
        for found in _ANSWER.finditer(inbound.text):
            _subscription(
                crm, talk.identity_id, found["template"], found["answer"], asked=inbound.text.startswith(ASKED)
            )


def _did_not_arrive(crm: Crm, talk: Talk, platform_id: str, why: str) -> None:
    """It had been taken, and was not delivered: the same words by the next way, once."""
    row = crm.outbox.receipted(platform_id) if platform_id else None
    if row is None or row.destination != f"wechat:identity:{talk.identity_id}" or row.state != SENT:
        return
    if not crm.outbox.bounced(row.id, f"not delivered: {why}"):
        return
    if BLOCKED in why:
        crm.session.get_one(Identity, talk.identity_id).reachable = False
        crm.session.flush()
    if talk.owner_id:
        steps = [step.id for step in crm.steps.of_row(row.id)]
        crm.steps.came_to_nothing(row.id, f"not delivered: {why}")
        crm.routes.go_on(row, talk.owner_id, crm.outbox.tried(row.id), steps)


def _subscription(crm: Crm, identity_id: int, template: str, answer: str, *, asked: bool) -> None:
    """A no when they are asked leaves what they allowed before; one in WeChat's settings takes it back."""
    if answer == "accept":
        crm.subscribe_tokens.accepted(identity_id, template)
    elif answer != NO_ERROR and not asked:
        crm.subscribe_tokens.refused(identity_id, template)
