"""Who an unknown account is: a verified phone binds it, a typed phone or a plate only proposes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from core.errors import NotUnderstood, Refused
from core.messages import Kind
from flows.state import Slots
from flows.turn import Turn
from storage.crm import Crm
from storage.owners import Owner, Person

SKIP, AGAIN, PROVED = "skip", "again", "proved"
NARROW_DIGITS = {ord("０") + digit: ord("0") + digit for digit in range(10)}


def ask_phone(turn: Turn, slots: Slots) -> None:
    turn.owner.phone_asked_at = turn.now
    turn.ask("phone", turn.say.which_phone(), [(SKIP, turn.say.skip())], contact_label=turn.say.share_phone())


def phone_is_welcome(turn: Turn, slots: Slots) -> bool:
    """Only where there is none, and not asked again soon once it was asked."""
    if turn.talk.owner_id is None:
        return True
    owner = turn.owner
    if owner.phone_sealed:
        return False
    asked = owner.phone_asked_at
    return asked is None or turn.state.asked == "phone" or turn.now - asked > turn.crm.shop.policy.phone_asked_again


def read_phone(turn: Turn, slots: Slots) -> str | None:
    """A number, or the wish to skip."""
    if turn.choice("phone") == SKIP:
        return SKIP
    if turn.inbound.kind is Kind.CONTACT and turn.inbound.phone:
        return turn.inbound.phone
    if phone := turn.heard("phone"):
        return str(phone)
    if turn.state.asked != "phone" or turn.chosen:
        return None
    if turn.intent == "no":
        return SKIP
    if len(re.findall(r"\d", turn.inbound.text)) >= 7:
        raise NotUnderstood(turn.say.phone_wrong())
    return None


def read_optional_phone(turn: Turn, slots: Slots) -> str | None:
    """Where a summary follows a bare yes goes on to it: the number can still be sent there."""
    goes_on = turn.state.asked == "phone" and turn.intent == "yes"
    return SKIP if goes_on else read_phone(turn, slots)


def code_is_wanted(turn: Turn, slots: Slots) -> bool:
    """Where texts can be sent, a typed number is proved by a code; one shared by the platform is proved already."""
    typed = slots.get("phone") not in (None, SKIP)
    return turn.crm.shop.sms and typed and not (turn.talk.owner_id and turn.owner.phone_verified)


def ask_code(turn: Turn, slots: Slots) -> None:
    """Text the code once; asking again needs a tap."""
    if turn.state.asked != "code" or turn.choice("code") == AGAIN:
        try:
            turn.crm.phone_codes.send(turn.talk.id, slots["phone"], turn.say.your_code)
        except Refused:
            turn.tell(turn.say.too_many_codes())
    choices = [(AGAIN, turn.say.send_again()), (SKIP, turn.say.skip())]
    turn.ask("code", turn.say.which_code(slots["phone"]), choices)


def read_code(turn: Turn, slots: Slots) -> str | None:
    """The right code binds like the platform's own contact; a wrong one is asked again."""
    if turn.choice("code") == SKIP or (turn.state.asked == "code" and turn.intent == "no"):
        return SKIP
    if turn.state.asked != "code" or turn.chosen:
        return None
    digits = re.sub(r"\s", "", turn.inbound.text.translate(NARROW_DIGITS))
    if not re.fullmatch(r"\d{4,8}", digits):
        return None
    if not turn.crm.phone_codes.check(turn.talk.id, slots["phone"], digits):
        raise NotUnderstood(turn.say.code_wrong())
    bind_contact(turn, slots["phone"])
    return PROVED


def keep_phone(turn: Turn, phone: str | None) -> None:
    """A typed number is kept unverified; if somebody on record has it, an advisor is asked who this is."""
    if not phone or phone == SKIP or turn.owner.phone_sealed:
        settle_status(turn.crm, turn.owner)
        return
    known = [owner for owner in turn.crm.owners.with_phone(phone) if owner.key != turn.owner.key]
    if known:
        propose_link(turn, known, why="phone")
    else:
        turn.crm.owners.set_phone(turn.owner, phone, verified=False)
    settle_status(turn.crm, turn.owner)


def bind_contact(turn: Turn, phone: str) -> None:
    """The platform vouches that this is the sender's own number: link them to their record at once."""
    known = [owner for owner in turn.crm.owners.with_phone(phone) if owner.key != turn.talk.owner_id]
    me = turn.owner
    if me.status == "provisional" and len(known) == 1:
        turn.crm.owners.absorb(me, known[0])
        turn.talk.owner_id = known[0].key
        turn.crm.actor = f"owner:{known[0].key}"
        known[0].phone_verified = True
        turn.tell(turn.say.bound(known[0].name))
        return
    turn.crm.owners.set_phone(me, phone, verified=True)
    if known:
        propose_link(turn, known, why="phone")
    turn.tell(turn.say.phone_kept())


def vehicle_of(turn: Turn, said: dict[str, Any]) -> tuple[int | None, str]:
    """The car that was named in this talk."""
    return car_of(turn.crm, turn.owner, said, turn.talk.id)


def car_of(crm: Crm, me: Person, said: dict[str, Any], conversation_id: int | None = None) -> tuple[int | None, str]:
    """The car that was named, made if it is new; another owner's car is lent to them and an advisor is asked."""
    if said["id"]:
        return said["id"], said["plate"] or ""
    if not said["plate"]:
        return None, ""
    crm.vehicles.reserve(said["plate"])
    vehicle = crm.vehicles.with_plate(said["plate"])
    if vehicle is None:
        number = crm.vehicles.new(said["plate"])
        crm.vehicles.connect(me.key, number, fresh=True)
        return number, said["plate"]
    others = crm.owners.of_vehicle(vehicle.key)
    if any(owner.key == me.key for owner in others):
        return vehicle.key, said["plate"]
    if others:
        crm.vehicles.connect(me.key, vehicle.key, role="provisional")
        ask_who_it_is(crm, me, others, "plate", conversation_id)
    else:
        crm.vehicles.connect(me.key, vehicle.key)
    return vehicle.key, said["plate"]


def propose_link(turn: Turn, known: Sequence[Owner], *, why: str) -> None:
    """Ask an advisor whether this talk's account belongs to a record."""
    ask_who_it_is(turn.crm, turn.owner, known, why, turn.talk.id)


def ask_who_it_is(crm: Crm, me: Person, known: Sequence[Owner], why: str, conversation_id: int | None = None) -> None:
    """Ask an advisor whether they belong to a record; until then they see nothing of it."""
    for owner in known:
        crm.tasks.open(
            "link_proposal",
            store_id=owner.store_id or me.store_id,
            owner_id=me.key,
            conversation_id=conversation_id,
            facts={"known": owner.key, "why": why},
            occurrence=f"link:{me.key}:{owner.key}",
        )


def settle_status(crm: Crm, me: Person) -> None:
    """Somebody who books and is nobody we know is a new owner, not a provisional one."""
    if me.status == "provisional" and not crm.tasks.is_proposed(me.key):
        me.status = "active"
