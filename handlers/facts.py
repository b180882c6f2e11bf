"""What a reply to an owner may rest on: the shop's facts, the owner's own records, and what was said.

Read in one transaction. Every fact has a name ("price:maintenance"), so that a draft can say what it was made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from core.knowledge import NEAR
from core.masking import masked_name, masked_phone, masked_plate
from core.messages import Bubble
from core.offers import Offer
from core.placeholders import Placeholders
from core.promises import unsupported
from core.say import OwnerSay
from storage.crm import Crm
from storage.drafts import Draft

VISITS, COUPONS = 3, 5
LONGEST_MESSAGE = 500
_HIDDEN = re.compile(r"⟦(?P<kind>[A-Z]+)\d+[b-z]?⟧")
_MASKS: dict[str, Callable[[str], str]] = {"NAME": masked_name, "PLATE": masked_plate, "PHONE": masked_phone}

MOST_ARTICLES, LONGEST_ARTICLE = 3, 600  # characters


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is so, and its name."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that one draft is made from, personal data in clear: hide it before it leaves the house."""

    facts: tuple[Fact, ...]
    thread: tuple[tuple[str, str], ...]  # ("owner" or "shop", what they said), oldest first
    words: str  # what is to be answered
    known: Placeholders
    values: tuple[str, ...]  # the owner's own name, plates, numbers, also as they wrote them: no promises
    today: date
    language: str

    def flags(self, text: str) -> tuple[str, ...]:
        """What in a reply no fact supports."""
        for value in self.values:
            text = text.replace(value, " ")
        return unsupported(text, [fact.text for fact in self.facts], self.today)


def gather(crm: Crm, draft: Draft) -> Material:
    """All of it, as it stands now."""
    talk = crm.conversations.get(draft.conversation_id)
    say = OwnerSay(talk.language or "zh", crm.shop.zone)
    facts = [*_shop(crm, say), *_offers(crm, say), *_owner(crm, say, draft.owner_id)]
    thread = said(crm, draft.conversation_id, crm.shop.policy.draft_words)
    words = next((text for who, text in reversed(thread) if who == "owner"), "")
    values = personal(crm, draft.owner_id)
    known = _placeholders(values)
    told = [value for who, text in thread if who == "owner" for value in _named_in(known, text)]
    return Material(
        facts=(*facts, *_articles(crm, draft.owner_id, words)),
        thread=tuple(thread),
        words=words,
        known=known,
        values=tuple(sorted({*(value for kind in values.values() for value in kind), *told}, key=len, reverse=True)),
        today=crm.now.astimezone(crm.shop.zone).date(),
        language=talk.language or "zh",
    )


def _starred(value: str) -> str:
    return "***"


def _named_in(known: Placeholders, text: str) -> Iterator[str]:
    """The personal data that somebody wrote, as they wrote it."""
    for match in _HIDDEN.finditer(known.hide(text)):
        if match["kind"] not in ("NUMBER", "WORD"):
            yield known.restore(match[0])


def masked(crm: Crm, owner_id: int | None, text: str) -> str:
    """Words as a group may read them: sense, and nothing that tells who it is."""
    known = _placeholders(personal(crm, owner_id))

    def mask(match: re.Match[str]) -> str:
        return _MASKS.get(match["kind"], _starred)(known.restore(match[0]))

    return _HIDDEN.sub(mask, known.hide(text))


def said(crm: Crm, conversation_id: int, latest: int, until: datetime | None = None) -> list[tuple[str, str]]:
    """The last messages of both sides, oldest first; of the owner's only those up to a moment, where one is given."""
    ours = crm.outbox.latest_of_conversation(conversation_id, latest)
    lines: list[tuple[datetime, int, int, str, str]] = [
        (row.created_at, 1, row.id, "shop", Bubble.unpacked(crm.outbox.payload(row)).text) for row in ours
    ]
    for message in crm.messages.of_conversation(conversation_id, latest):
        words = crm.messages.text(message)
        if message.kind == "text" and words and (until is None or message.received_at <= until):
            lines.append((message.received_at, 0, message.key, "owner", words))
    return [(who, text[:LONGEST_MESSAGE]) for *_, who, text in sorted(lines)[-latest:]]


def personal(crm: Crm, owner_id: int | None) -> dict[str, list[str]]:
    """The owner's own values, by the names of `Placeholders.knowing`."""
    if owner_id is None:
        return {}
    owner, cars = crm.owners.get(owner_id), crm.vehicles.of_owner(owner_id)
    phone = crm.owners.phone(owner)
    plates = {car.plate for car in cars} | {one.plate for one in crm.appointments.of_owner(owner_id)}
    return {
        "names": [owner.name] if owner.name else [],
        "plates": sorted(plate for plate in plates if plate),
        "phones": [phone] if phone else [],
        "vins": [vin for car in cars if (vin := crm.vehicles.vin(car))],
        "addresses": [address] if (address := crm.owners.address(owner)) else [],
    }


def _placeholders(values: dict[str, list[str]]) -> Placeholders:
    return Placeholders.knowing(**values)


def _shop(crm: Crm, say: OwnerSay) -> Iterator[Fact]:
    for store in crm.stores.all():
        yield Fact(f"hours:{store.code}", say.hours_and_address(store.name, store.hours, store.address, store.phone))
    for item in crm.services.all():
        named = item.named("en" if say.english else "zh")
        yield Fact(f"price:{item.code}", say.price(named, item.price_fen, item.minutes))


def _offers(crm: Crm, say: OwnerSay) -> Iterator[Fact]:
    for offer in crm.shop.policy.offers.values():
        yield Fact(f"offer:{offer.name}", say.fact_offer(say.pick(*offer.title), worth(offer, say), offer.days))


def worth(offer: Offer, say: OwnerSay) -> str:
    return say.fact_worth(offer.percent, offer.amount_fen, say.pick(*offer.gifts))


def _owner(crm: Crm, say: OwnerSay, owner_id: int | None) -> Iterator[Fact]:
    if owner_id is None:
        return
    owner = crm.owners.get(owner_id)
    if owner.name:
        yield Fact("owner:name", say.fact_name(owner.name))
    for car in crm.vehicles.of_owner(owner_id):
        yield Fact(f"car:{car.key}", say.fact_car(car.plate or "", car.model, car.mileage_km, car.due_on))
    for one in crm.appointments.coming(owner_id):
        service = crm.services.get(one.service_id).named("en" if say.english else "zh")
        store = crm.stores.get(one.store_id).name
        yield Fact(f"appointment:{one.key}", say.fact_appointment(one.starts_at, one.plate, service, store))
    for visit in crm.visits.of_owner(owner_id)[:VISITS]:
        yield Fact(f"visit:{visit.key}", say.fact_visit(visit.visited_on, visit.items, visit.amount_fen))
    for coupon in crm.coupons.of_owner(owner_id)[:COUPONS]:
        offer = crm.shop.policy.offers.get(coupon.offer)
        value = say.fact_worth(coupon.percent, coupon.amount_fen, say.pick(*offer.gifts) if offer else "")
        title = say.pick(*offer.title) if offer else coupon.offer
        yield Fact(f"coupon:{coupon.key}", say.fact_coupon(title, value, coupon.status, coupon.valid_until))


def _articles(crm: Crm, owner_id: int | None, words: str) -> Iterator[Fact]:
    """What the shop's articles have about the words: not enough for an answer, but something to lean on."""
    owner = crm.owners.get(owner_id) if owner_id else None
    store = crm.stores.get(owner.store_id).code if owner and owner.store_id else ""
    for hit in crm.articles.search(words, store, limit=MOST_ARTICLES) if words else ():
        if hit.score >= NEAR:
            yield Fact(f"article:{hit.article.slug}", f"{hit.article.title}：{hit.article.text[:LONGEST_ARTICLE]}")
