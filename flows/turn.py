"""One turn of a talk: who speaks, what they said, and what is said back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property

from core.messages import Bubble, Choice, Inbound
from core.say import OwnerSay
from core.understanding import Understood
from flows.state import State
from storage.conversation_rows import Talk
from storage.crm import Crm
from storage.owners import Person


class Turn:
    """Flows read facts through `crm`, write the store through it, and say what they have to say."""

    def __init__(self, crm: Crm, talk: Talk, state: State, inbound: Inbound, understood: Understood) -> None:
        self.crm = crm
        self.talk = talk
        self.state = state
        self.inbound = inbound
        self.understood = understood
        self.chosen: tuple[str, str] | None = None  # the slot and value of a tapped (or numbered) choice
        self.argument = ""  # what a button or a scanned code names beside its intent: "claim_coupon.17" → "17"
        self.offered = ""  # what the first button under our newest message starts, when no flow runs
        self.starts = False  # a button was tapped that starts something, whatever is under way
        self.answered = False  # a question of the owner's was answered
        self.moved_on = False  # something new is known: the next question is no repetition
        self.bubbles: list[Bubble] = []
        self.question: int | None = None  # which bubble asks
        self._owner: Person | None = None

    @property
    def now(self) -> datetime:
        return self.crm.now

    @property
    def intent(self) -> str:
        return "" if self.chosen else self.understood.intent

    @cached_property
    def say(self) -> OwnerSay:
        return OwnerSay(self.talk.language, self.crm.shop.zone, self.crm.shop.policy.texts)

    @property
    def owner(self) -> Person:
        """Who this is; a provisional owner is made for somebody we do not know yet."""
        if self._owner is None or self._owner.key != self.talk.owner_id:
            self.keep_owner()
            self._owner = self.crm.owners.person(self.talk.owner_id) if self.talk.owner_id else self._newcomer()
        return self._owner

    def keep_owner(self) -> None:
        """Write what the turn has learnt about them."""
        if self._owner is not None:
            self.crm.owners.save(self._owner)

    def forget_owner(self) -> None:
        """Their record is gone: whoever writes on is somebody new, and nothing of this turn is written back to it."""
        self.talk.owner_id, self._owner = None, None
        del self.state.stack[:-1]

    def _newcomer(self) -> Person:
        language = self.talk.language or "zh"
        owner = self.crm.owners.newcomer(self.inbound.name, source=self.talk.channel, language=language)
        self.crm.identities.belongs(self.talk.identity_id, owner.key)
        self.talk.owner_id = owner.key
        self.crm.actor = f"owner:{owner.key}"
        return owner

    def choice(self, slot: str) -> str | None:
        """The value chosen for that slot in this turn, if one was."""
        return self.chosen[1] if self.chosen and self.chosen[0] == slot else None

    def heard(self, slot: str) -> str | int | None:
        """What the words say about one of the understanding's slots."""
        return None if self.chosen else self.understood.slots.get(slot)

    @property
    def subject(self) -> int | None:
        """The row's number that the argument begins with: "booking.17.maintenance" → 17."""
        number = self.argument.partition(".")[0]
        return int(number) if number.isdecimal() and len(number) < 10 else None

    def tell(self, text: str) -> None:
        """Say something that needs no answer."""
        self.bubbles.append(Bubble(text))

    def tell_with_phone_button(self, text: str, label: str) -> None:
        """The same, with the platform's own "share my phone" button where it has one."""
        self.bubbles.append(Bubble(text, contact_label=label))

    def offer(self, text: str, choices: Iterable[Choice]) -> None:
        """Say something with buttons that start something at any time."""
        offered = tuple(choices)
        self.state.asked, self.state.options = "go", [[choice.id, choice.label] for choice in offered]
        self.bubbles.append(Bubble(text, offered))

    def ask(
        self,
        slot: str,
        text: str,
        choices: Iterable[tuple[str, str]] = (),
        contact_label: str = "",
        also: Iterable[Choice] = (),
    ) -> None:
        """Ask for a slot, offering (value, label) choices, and `also` buttons that start something else.

        The id of a choice names the run that it belongs to.
        """
        top = self.state.top
        named = f"confirm.{self.state.step}" if slot == "confirm" else slot
        prefix = f"{top.run if top else 0}:{named}="
        options = (*(Choice(prefix + value, label) for value, label in choices), *also)
        self.state.asked = slot
        self.state.options = [[option.id, option.label] for option in options]
        self.question = len(self.bubbles)
        self.bubbles.append(Bubble(text, options, contact_label))
