"""What a text message adds to a talk: the phone says who it is, and YY answers what the phone was asked."""

from __future__ import annotations

from dataclasses import replace

from core.messages import Inbound, Kind
from core.sms import says_yes
from core.understanding import understand
from storage.conversation_rows import Talk
from storage.crm import Crm

_STOP = ("opt_out", "opt_in")


def meant(crm: Crm, talk: Talk, inbound: Inbound) -> Inbound:
    """The message as the dialogue takes it. The network vouches for the phone, so its owner is known by it."""
    if talk.owner_id is None:
        known = crm.owners.with_phone(inbound.account)
        if len(known) == 1:
            crm.identities.belongs(talk.identity_id, known[0].key)
            talk.owner_id = known[0].key
            known[0].phone_verified = True
            crm.record("owner.recognised", "owner", known[0].key, owner_id=known[0].key)
    if says_yes(inbound.text) and (choice := crm.sms_questions.answered(talk.identity_id)):
        return replace(inbound, kind=Kind.CHOICE, choice=choice)
    return inbound


def goes_to_staff(crm: Crm, inbound: Inbound) -> bool:
    """Where only approved texts can be sent, a talk cannot go on by text: everything but 退订 is an advisor's."""
    if crm.shop.sms_free or inbound.channel != "sms":
        return False
    return understand(inbound.text, crm.now.astimezone(crm.shop.zone)).intent not in _STOP


def to_staff(crm: Crm, talk: Talk, owner_id: int) -> None:
    """One card for all that the phone says until somebody has dealt with it."""
    if crm.tasks.unfinished_of_talk(talk.id, "sms_reply") is None:
        owner = crm.owners.get(owner_id)
        crm.tasks.open("sms_reply", store_id=owner.store_id, owner_id=owner.key, conversation_id=talk.id)
