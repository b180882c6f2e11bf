"""An owner's own record: what is on it, who looked, a copy of it, and what we may write."""

from __future__ import annotations

from core import particulars
from core.masking import masked_name, masked_phone
from core.messages import Kind
from flows.consent import WORDING
from flows.flow import Flow
from flows.state import Slots
from flows.turn import Turn
from storage.consents import MARKETING

LOOKS_SHOWN = 10


def begin(turn: Turn, slots: Slots) -> str | None:
    """What of their data they mean: the whole, a correction, or one of the questions about it."""
    meant = particulars.wish(turn.inbound.text) if turn.inbound.kind is Kind.TEXT else "my_data"
    if meant == "correct_data":
        return "correct_data"
    {"who_looked": who_looked, "export_data": export_data, "my_consents": my_consents}.get(meant, show)(turn)
    return None


def show(turn: Turn) -> None:
    """Everything in one message, the identifying parts masked: somebody may look over the shoulder."""
    if turn.talk.owner_id is None:
        turn.tell(turn.say.nothing_on_record())
        return
    crm, say = turn.crm, turn.say
    owner = crm.owners.get(turn.owner.key)
    phone = crm.owners.phone(owner)
    lines = [
        say.data_line("name", masked_name(owner.name)),
        say.data_line("phone", masked_phone(phone) if phone else ""),
        say.data_line("birthday", say.birthday(owner.birthday) if owner.birthday else ""),
        say.data_line("address", say.on_record() if owner.address_sealed else ""),
        *(say.car_line(car.plate or "", car.model, car.mileage_km) for car in crm.vehicles.of_owner(owner.key)),
        say.counts_line(len(crm.visits.of_owner(owner.key)), len(crm.appointments.coming(owner.key))),
        say.data_line(
            "channels", say.listed(sorted({say.channel(i.channel) for i in crm.identities.of_owner(owner.key)}))
        ),
        say.data_line("offers", say.offers_allowed(crm.consents.stands(owner.key, MARKETING, turn.talk.channel))),
    ]
    turn.ask("go", say.my_data([line for line in lines if line]), _buttons(turn))


def _buttons(turn: Turn) -> list[tuple[str, str]]:
    names = ("correct_data", "who_looked", "export_data", "my_consents", "erase_me")
    return [(name, turn.say.data_button(name)) for name in names]


def who_looked(turn: Turn) -> None:
    """Each time one of the staff was shown the full record: who, when, and why."""
    crm, say = turn.crm, turn.say
    events = crm.events.of_owner(turn.owner.key) if turn.talk.owner_id else []
    looks = []
    for event in events:
        kind, _, number = event.actor.partition(":")
        if event.verb == "owner.revealed" and kind == "staff" and number.isdecimal():
            staff = crm.staff.get(int(number))
            task = crm.tasks.find(event.noun_id) if event.noun == "task" else None
            looks.append(say.look_line(event.at, staff.name, staff.role, task.kind if task else ""))
    turn.tell(say.who_looked(looks[:LOOKS_SHOWN]))


def export_data(turn: Turn) -> None:
    """A copy of everything: by a link that works once, or by an advisor where the shop has no public address."""
    crm, owner = turn.crm, turn.owner
    if crm.shop.public_url:
        token = crm.links.make("my_data", owner.key, crm.shop.policy.my_data_link)
        turn.tell(turn.say.export_link(crm.links.address(token)))
        return
    if crm.tasks.unfinished_of_talk(turn.talk.id, "export_wanted") is None:
        crm.tasks.open("export_wanted", store_id=owner.store_id, owner_id=owner.key, conversation_id=turn.talk.id)
    turn.tell(turn.say.export_by_advisor())


# — what we may write —


def my_consents(turn: Turn) -> None:
    """Each purpose and channel as it stands, and buttons to change it."""
    crm, say = turn.crm, turn.say
    said = crm.consents.of_owner(turn.owner.key) if turn.talk.owner_id else []
    newest = {(one.purpose, one.channel): one for one in said}
    lines = [say.consent_line(o.purpose, o.channel, o.given, o.at) for o in newest.values()]
    stands = [
        (p, c) for (p, c), one in newest.items() if c != "*" and one.given and crm.consents.stands(one.owner_id, p, c)
    ]
    choices = [(f"withdraw_consent.{p}-{c}", say.withdraw_button(p, c)) for p, c in stands]
    here = bool(turn.talk.owner_id) and crm.consents.stands(turn.owner.key, MARKETING, turn.talk.channel)
    if crm.subscribe_tokens.allowable(turn.talk.identity_id):
        choices.append(("allow_notices", say.allow_notices_button()))
    choices.append(("opt_out", say.opt_out_button()) if here else ("opt_in", say.opt_in_button()))
    turn.ask("go", say.my_consents(lines), choices)


def withdraw_consent(turn: Turn) -> None:
    """One purpose on one channel, as its button says."""
    purpose, _, channel = turn.argument.partition("-")
    if not turn.talk.owner_id or (purpose, channel) not in {
        (one.purpose, one.channel) for one in turn.crm.consents.of_owner(turn.owner.key)
    }:
        my_consents(turn)
        return
    evidence = f"message:{turn.crm.message_id}"
    turn.crm.consents.write(turn.owner.key, purpose, channel, False, wording=WORDING, evidence=evidence)
    turn.tell(turn.say.consent_withdrawn(purpose, channel))


MY_DATA = Flow(name="my_data", intents=frozenset({"my_data"}), slots=(), finish=begin)

ANSWERS = {
    "who_looked": who_looked,
    "export_data": export_data,
    "my_consents": my_consents,
    "withdraw_consent": withdraw_consent,
}
