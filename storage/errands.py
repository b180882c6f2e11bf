"""Errands: somebody of the shop goes out to the owner, to fetch and bring back the car or to help at the roadside."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.task_rows import UNFINISHED

if TYPE_CHECKING:
    from storage.crm import Crm

PICK_UP, ROADSIDE = "pick_up", "roadside"
ASKED, ACCEPTED, REFUSED, DROPPED = "asked", "accepted", "refused", "dropped"
_LIVE = (ASKED, ACCEPTED, REFUSED)  # refused: another time may do


class Errand(SQLModel, table=True):
    """One request. `kind`: pick_up or roadside. `where_sealed`: the place, as they said it.

    `wanted_at`: when they would like it. `status`: asked → accepted or refused by a member of staff; dropped by the
    owner. `task_id`: the card that is about it now.
    """

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=16)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    conversation_id: int = Field(foreign_key="conversation.id")
    appointment_id: int | None = Field(default=None, foreign_key="appointment.id")
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    plate: str = Field(default="", max_length=16)
    where_sealed: bytes | None = None
    wanted_at: datetime | None = Field(default=None, sa_type=Moment)
    status: str = Field(default=ASKED, max_length=8)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id


ERRANDS = table_of(Errand)


class Errands:
    """Verbs on errands."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, errand_id: int) -> Errand:
        return self.crm.session.get_one(Errand, errand_id)

    def of_task(self, task_id: int) -> Errand | None:
        return self.crm.session.exec(select(Errand).where(Errand.task_id == task_id)).first()

    def ask(self, kind: str, owner_id: int, conversation_id: int, *, store_id: int | None, **known: Any) -> Errand:
        """A new request and its card. `known`: place, plate, wanted_at, appointment_id as far as they are."""
        row = Errand(kind=kind, owner_id=owner_id, conversation_id=conversation_id, created_at=self.crm.now)
        row.store_id = store_id
        errand = self.crm.add(row)
        self._write(errand, known)
        errand.task_id = self.crm.tasks.open(
            kind,
            store_id=store_id,
            owner_id=owner_id,
            conversation_id=conversation_id,
            occurrence=f"errand:{errand.key}",
        )
        self.crm.session.flush()
        self.crm.record("errand.asked", "errand", errand.key, owner_id=owner_id, detail=kind)
        return errand

    def calling(self, kind: str, owner_id: int, conversation_id: int, *, store_id: int | None) -> Errand:
        """The one of this talk that is still under way, else a new one: a second call makes no second card."""
        return self._unfinished(kind, conversation_id) or self.ask(kind, owner_id, conversation_id, store_id=store_id)

    def withdraw(self, kind: str, conversation_id: int) -> None:
        """The owner does not need it any more: whoever works on it sees so on the card."""
        errand = self._unfinished(kind, conversation_id)
        if errand is not None:
            self.drop(errand)

    def under_way(self, owner_id: int) -> list[Errand]:
        """What is still to come for the owner, newest first: a pick-up until its day ends, help until it is done."""
        query = select(Errand).where(Errand.owner_id == owner_id, col(Errand.status).in_(_LIVE))
        found = self.crm.session.exec(query.order_by(col(Errand.id).desc())).all()
        return [errand for errand in found if self._is_to_come(errand)]

    def drop(self, errand: Errand) -> bool:
        """The owner does not want it any more: the card ends, or a new one says so where it was settled. Once."""
        if not self._become(errand, DROPPED):
            return False
        task = self.crm.tasks.get(errand.task_id or 0)
        if self.crm.tasks.close(task, "cancelled"):
            self.crm.tasks.tell_taker(task)
        else:
            self._new_card(errand, f"{errand.kind}_off")
        return True

    def change(self, errand: Errand, *, place: str, wanted_at: datetime | None) -> bool:
        """Another place or time, to be answered anew: the card shows it, or a new one where it was settled.

        False when it is dropped already.
        """
        if not self._become(errand, ASKED, wanted_at=wanted_at, where_sealed=self.crm.keys.seal(place, "errand.where")):
            return False
        task = self.crm.tasks.get(errand.task_id or 0)
        changes = task.told().get("changed", 0) + 1
        if self.crm.tasks.tell(task, changed=changes):
            self.crm.tasks.tell_taker(task)
        else:
            self._new_card(errand, errand.kind, changed=changes)
        return True

    def learn(self, errand: Errand, **known: Any) -> None:
        """One answer more: the card shows it."""
        if self._write(errand, known) and errand.task_id:
            self.crm.tasks.touch(self.crm.tasks.get(errand.task_id))

    def place(self, errand: Errand) -> str:
        return self.crm.keys.unseal(errand.where_sealed, "errand.where") if errand.where_sealed else ""

    def decide(self, errand: Errand, status: str) -> bool:
        """Accepted or refused, once; a pick-up only as it was read, not as the owner has changed it since."""
        as_read = (ERRANDS.c.wanted_at == errand.wanted_at, ERRANDS.c.where_sealed == errand.where_sealed)
        return self._become(errand, status, ERRANDS.c.status == ASKED, *(as_read if errand.kind == PICK_UP else ()))

    def _become(self, errand: Errand, status: str, *only: Any, **values: Any) -> bool:
        """One conditional UPDATE: of a yes, a change and a withdrawal at once each finds what the one before made."""
        statement = ERRANDS.update().where(ERRANDS.c.id == errand.key, ERRANDS.c.status.in_(_LIVE), *only)
        changed = self.crm.connection.execute(statement.values(status=status, **values)).rowcount == 1
        self.crm.session.refresh(errand)
        if changed:
            verb = "changed" if values else status
            self.crm.record(f"errand.{verb}", "errand", errand.key, owner_id=errand.owner_id, detail=errand.kind)
        return changed

    def _new_card(self, errand: Errand, kind: str, **facts: Any) -> None:
        """One card follows another: each old one has one successor."""
        errand.task_id = self.crm.tasks.open(
            kind,
            store_id=errand.store_id,
            owner_id=errand.owner_id,
            conversation_id=errand.conversation_id,
            facts=facts,
            occurrence=f"errand:{errand.key}:{errand.task_id}",
        )
        self.crm.session.flush()

    def _is_to_come(self, errand: Errand) -> bool:
        if errand.wanted_at is None:
            return bool(errand.task_id) and self.crm.tasks.get(errand.task_id or 0).status in UNFINISHED
        zone = self.crm.shop.zone
        return errand.wanted_at.astimezone(zone).date() >= self.crm.now.astimezone(zone).date()

    def _unfinished(self, kind: str, conversation_id: int) -> Errand | None:
        task = self.crm.tasks.unfinished_of_talk(conversation_id, kind)
        return self.of_task(task.key) if task else None

    def _write(self, errand: Errand, known: dict[str, Any]) -> bool:
        """Put what is known into the row; whether anything is new."""
        new = {name: value for name, value in known.items() if value}
        place = new.pop("place", "")
        changed = bool(place) and place != self.place(errand)
        if changed:
            errand.where_sealed = self.crm.keys.seal(place, "errand.where")
        for name, value in new.items():
            changed = changed or getattr(errand, name) != value
            setattr(errand, name, value)
        self.crm.session.flush()
        return changed
