"""One request for an owner's page, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from console.h5.inside import Inside
from core.masking import masked_name
from core.messages import Bubble, Rank
from core.say.h5 import H5Say
from storage.crm import Crm
from storage.links import BOOKING, NOTICES, Link
from storage.outbox import REPLY_LIFE

Done = dict[str, object]  # what the next address asks for
KEPT = ("lang", "store", "car", "service", "day", "from", "move", "again")  # what one screen hands on to the next
LONGEST_VALUE = 2000


class Wrong(Exception):
    """A form cannot be taken as it is: what is wrong, by field. Nothing was written."""

    def __init__(self, **errors: str) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class NoLink(Exception):
    """There is no such page: the token is forged (404), or over, or what it was about is gone (410)."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to render. `title`: of the browser's window."""

    template: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep instead of a page."""

    body: bytes
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """On to another page of the same owner's."""

    token: str


@dataclass(frozen=True, slots=True)
class Call:
    """By which link, what is asked for (the address's query, or the form), in whose language."""

    crm: Crm
    link: Link
    token: str
    asked: Mapping[str, str]
    say: H5Say
    errors: Mapping[str, str] = field(default_factory=dict)
    inside: Inside | None = None  # WeChat, for the pages that use its tags

    @property
    def language(self) -> str:
        return "en" if self.say.english else "zh"

    def here(self, **changes: object) -> str:
        """The same page, with some things otherwise: "?service=wash"; "" takes a thing out."""
        return here(self.asked, **changes)

    @property
    def address(self) -> str:
        """This page as a link to it, from itself or another page: WeChat signs no address that ends in "?"."""
        return address(self.token, self.here())

    @property
    def kept(self) -> dict[str, str]:
        """What a form on this page hands on, as hidden fields."""
        return kept(self.asked)

    def below(self, name: str) -> str:
        """A file beside the page: "TOKEN/visit.ics"."""
        return f"{self.token}/{name}{self.here()}"

    def going_on(self, **changes: object) -> dict[str, object]:
        """The next screen of what is under way."""
        return {**self.kept, **changes}

    def brand(self) -> str:
        """Whose page it is: the only store, or the one that the owner comes to."""
        usual, stores = self.crm.owners.get(self.link.owner_id).store_id, self.crm.stores.all()
        return next((one.name for one in stores if len(stores) == 1 or one.key == usual), "")

    def owner_name(self) -> str:
        """As much of it as a forwarded link may show."""
        return masked_name(self.crm.owners.get(self.link.owner_id).name)

    def to_booking(self) -> Elsewhere:
        """On to a page on which they can book."""
        return Elsewhere(self.crm.links.ready(BOOKING, self.link.owner_id, self.crm.shop.policy.link_life))

    def to_notices(self) -> Elsewhere:
        """On to the page on which they allow notices in WeChat."""
        return Elsewhere(self.crm.links.ready(NOTICES, self.link.owner_id, self.crm.shop.policy.link_life))

    def tell_in_chat(self, text: str) -> None:
        """The owner's chat says so too, where they have one."""
        self.crm.outbox.tell_owner(self.link.owner_id, Bubble(text), Rank.REPLY, REPLY_LIFE)


def here(asked: Mapping[str, str], **changes: object) -> str:
    things = kept(asked) | {name: str(value) for name, value in changes.items()}
    return "?" + urlencode({name: value for name, value in things.items() if value})


def address(token: str, query: str) -> str:
    """A page as a relative link; a query that asks for nothing leaves no bare "?" behind."""
    return token + query.removesuffix("?")


def kept(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in KEPT if asked.get(name)}
