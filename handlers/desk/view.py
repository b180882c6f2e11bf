"""What every kind of card is made of: a task, the rows it points to, and how much of them may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.masking import masked_name, masked_plate
from core.say import StaffSay
from storage.crm import Crm
from storage.media import Medium
from storage.owners import Owner
from storage.tasks import Task

WORDS_SHOWN = 3  # of the owner's last messages, on the full card
BEFORE = timedelta(minutes=30)  # a picture may come a little before the words that open a card
Rows = tuple[tuple[str, ...], ...]  # rows of buttons, each an action
WORK: Rows = (("called", "booked"), ("snooze", "not_reachable"), ("done", "give_back"))


class View:
    """A task as one reader may see it; `full` for the one who took it."""

    def __init__(self, crm: Crm, task: Task, say: StaffSay, *, full: bool) -> None:
        self.crm, self.task, self.say, self.full = crm, task, say, full
        self.owner: Owner | None = crm.owners.get(task.owner_id) if task.owner_id else None

    @property
    def is_forgotten(self) -> bool:
        """The owner asked to be erased: there is nothing to tell of them any more."""
        return self.owner is not None and self.owner.status == "erased"

    def name(self, owner: Owner | None) -> str:
        if owner is None or not owner.name:
            return self.say.new_owner()
        return owner.name if self.full else masked_name(owner.name)

    def plate(self, plate: str | None) -> str:
        return (plate if self.full else masked_plate(plate)) if plate else ""

    def phone(self) -> str:
        """Only the taker sees a number at all."""
        phone = self.crm.owners.phone(self.owner) if self.owner and self.full else None
        return self.say.field("phone", phone) if phone else ""

    def words(self) -> list[str]:
        """The owner's last words, for the taker only."""
        if not self.full or not self.task.conversation_id:
            return []
        messages = self.crm.messages.of_conversation(self.task.conversation_id)
        texts = [self.crm.messages.text(m) for m in messages if m.kind == "text"][-WORDS_SHOWN:]
        return [self.say.field("wrote", text[:200]) for text in texts if text]

    def media(self) -> list[Medium]:
        """The photos and voice messages that belong to it: since shortly before it was opened."""
        talk = self.task.conversation_id
        return self.crm.media.of_conversation(talk, self.task.created_at - BEFORE) if talk else []

    def worth(self) -> str:
        """Whom to look after first."""
        good = self.owner is not None and self.owner.grade in self.crm.shop.policy.stages.mature_grades
        return self.say.good_customer(self.owner.grade) if good and self.owner else ""

    def pictures(self) -> str:
        """How many there are; they are looked at on the staff page."""
        kinds = Counter(one.kind for one in self.media())
        return self.say.field("media", self.say.pictures(kinds["photo"], kinds["voice"])) if kinds else ""


def person_lines(view: View) -> list[str]:
    """Who it is about: name, cars, phone, last words."""
    cars = view.crm.vehicles.of_owner(view.owner.key) if view.owner else []
    plates = view.say.listed(view.plate(car.plate) for car in cars)
    return [
        view.say.field("owner", view.name(view.owner)),
        view.say.field("car", plates) if plates else "",
        view.phone(),
        *view.words(),
    ]


def _while_open(view: View) -> Rows:
    return (("take",),)


@dataclass(frozen=True, slots=True)
class CardKind:
    """How the card of one kind of task looks: its lines, its tone, and its buttons before and after it is taken."""

    lines: Callable[[View], Sequence[str]] = person_lines
    tone: str = "info"  # info, warn, alarm
    while_open: Callable[[View], Rows] = _while_open
    after_taking: Callable[[View], Rows] = lambda view: WORK
