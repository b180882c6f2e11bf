"""Tickets: complaints, from the first words to the owner's yes; and whose marketing they freeze meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, update
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from core.deadlines import working_deadline
from storage import locks
from storage.columns import Moment, table_of
from storage.statements import Prepared
from storage.vehicles import OwnerVehicle

if TYPE_CHECKING:
    from storage.crm import Crm

OPEN, SOLVED, CLOSED, UNANSWERED, WITHDRAWN = "open", "solved", "closed", "unanswered", "withdrawn"
UNSETTLED = (OPEN, SOLVED)


class Ticket(SQLModel, table=True):
    """One complaint. `state`: open → solved (the staff say so) → closed (the owner says so); unanswered: the owner
    was asked twice and the manager decided, with `decision_sealed` as the reason; withdrawn by the owner.

    `reopened` counts the rounds after the first. `late_contact_at` …: when the clock did that step of this round.
    """

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    store_id: int | None = Field(default=None, foreign_key="store.id")
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    state: str = Field(default=OPEN, max_length=12, index=True)
    reopened: int = 0
    contact_by: datetime = Field(sa_type=Moment)
    solve_by: datetime = Field(sa_type=Moment)
    contacted_at: datetime | None = Field(default=None, sa_type=Moment)
    solved_at: datetime | None = Field(default=None, sa_type=Moment)
    solved_by: int | None = Field(default=None, foreign_key="staff.id")
    late_contact_at: datetime | None = Field(default=None, sa_type=Moment)
    late_solution_at: datetime | None = Field(default=None, sa_type=Moment)
    asked_again_at: datetime | None = Field(default=None, sa_type=Moment)
    undecided_at: datetime | None = Field(default=None, sa_type=Moment)
    decision_sealed: bytes | None = None
    created_at: datetime = Field(sa_type=Moment)
    changed_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    @property
    def number(self) -> str:
        """As people name it: T17."""
        return f"T{self.key}"


class TicketNote(SQLModel, table=True):
    """What was said about a ticket, in order. `by`: owner, or staff for what was done. `kind`: text or photo."""

    __tablename__ = "ticket_note"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    by: str = Field(max_length=16)
    kind: str = Field(default="text", max_length=8)
    text_sealed: bytes | None = None
    message_id: int | None = Field(default=None, foreign_key="message_in.id")
    at: datetime = Field(sa_type=Moment)


TICKETS = table_of(Ticket)
_MINE, _THEIRS = table_of(OwnerVehicle).alias("mine"), table_of(OwnerVehicle).alias("theirs")
_HOUSEHOLD = (
    core_select(_THEIRS.c.owner_id)
    .join(_MINE, _MINE.c.vehicle_id == _THEIRS.c.vehicle_id)
    .where(_MINE.c.owner_id == bindparam("owner"), _MINE.c.until.is_(None), _THEIRS.c.until.is_(None))
)
_OF_HOUSEHOLD = or_(TICKETS.c.owner_id == bindparam("owner"), TICKETS.c.owner_id.in_(_HOUSEHOLD))
_FREEZES = Prepared(
    core_select(TICKETS.c.id)
    .where(or_(*(TICKETS.c.state == state for state in UNSETTLED)), _OF_HOUSEHOLD)
    .order_by(TICKETS.c.id)
    .limit(1)
)


class Tickets:
    """Verbs on tickets. Each change is one conditional UPDATE: of two at once one finds the row as it must be."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def get(self, ticket_id: int) -> Ticket:
        return self.crm.session.get_one(Ticket, ticket_id)

    def find(self, ticket_id: int) -> Ticket | None:
        return self.crm.session.get(Ticket, ticket_id)

    def of_owner(self, owner_id: int) -> list[Ticket]:
        """Newest first."""
        query = select(Ticket).where(Ticket.owner_id == owner_id).order_by(col(Ticket.id).desc())
        return list(self.crm.session.exec(query))

    def unsettled(self, owner_id: int) -> Ticket | None:
        """The owner's newest complaint that is not over."""
        return next((ticket for ticket in self.of_owner(owner_id) if ticket.state in UNSETTLED), None)

    def of_household(self, owner_id: int) -> list[Ticket]:
        """Complaints of everybody who is tied to one of the owner's cars, newest first."""
        query = core_select(TICKETS.c.id).where(_OF_HOUSEHOLD).order_by(TICKETS.c.id.desc())
        return [self.get(number) for number in self.crm.connection.execute(query, {"owner": owner_id}).scalars()]

    def freezes(self, owner_id: int) -> bool:
        """Whether a complaint of the owner's household is open, so that nobody of them gets marketing."""
        return _FREEZES.value(self.crm.connection, owner=owner_id) is not None

    def reserve(self, owner_id: int) -> None:
        """Until this is committed nobody else opens a ticket of that owner: look first, then open."""
        if not self.crm.is_sqlite:
            lock = core_select(func.pg_advisory_xact_lock(locks.TICKETS, owner_id))
            self.crm.connection.execute(lock)

    def open(
        self, owner_id: int, store_id: int | None, *, vehicle_id: int | None = None, talk_id: int | None = None
    ) -> Ticket:
        now = self.crm.now
        ticket = Ticket(
            owner_id=owner_id,
            store_id=store_id,
            vehicle_id=vehicle_id,
            conversation_id=talk_id,
            contact_by=self._contact_by(store_id),
            solve_by=now + self.crm.shop.policy.care.solved_within,
            created_at=now,
            changed_at=now,
        )
        self.crm.add(ticket)
        self.crm.record("ticket.opened", "ticket", ticket.key, owner_id=owner_id)
        return ticket

    def add(
        self, ticket: Ticket, text: str, *, by: str = "owner", kind: str = "text", message_id: int | None = None
    ) -> None:
        """Keep what was said or sent about it."""
        sealed = self.crm.keys.seal(text, "ticket.note") if text else None
        values = {"ticket_id": ticket.key, "owner_id": ticket.owner_id, "by": by, "kind": kind, "text_sealed": sealed}
        self.crm.insert(TicketNote, **values, message_id=message_id or self.crm.message_id, at=self.crm.now)
        self.crm.record("ticket.added", "ticket", ticket.key, owner_id=ticket.owner_id, detail=by)

    def notes(self, ticket: Ticket) -> list[TicketNote]:
        query = select(TicketNote).where(TicketNote.ticket_id == ticket.key).order_by(col(TicketNote.id))
        return list(self.crm.session.exec(query))

    def text(self, note: TicketNote) -> str:
        return self.crm.keys.unseal(note.text_sealed, "ticket.note") if note.text_sealed else ""

    def decision(self, ticket: Ticket) -> str:
        return self.crm.keys.unseal(ticket.decision_sealed, "ticket.decision") if ticket.decision_sealed else ""

    def contacted(self, ticket: Ticket) -> bool:
        """Somebody has spoken with the owner."""
        return self._change(ticket, "contacted", TICKETS.c.contacted_at.is_(None), contacted_at=self.crm.now)

    def solved(self, ticket: Ticket, staff_id: int, what: str) -> bool:
        """The staff have done something about it. False: somebody has said so before, or it is over."""
        values = {"solved_at": self.crm.now, "solved_by": staff_id, "asked_again_at": None, "undecided_at": None}
        if not self._change(ticket, "solved", TICKETS.c.state == OPEN, state=SOLVED, **values):
            return False
        self.add(ticket, what, by="staff")
        return True

    def close(self, ticket: Ticket) -> bool:
        """The owner says that it is solved: nobody else may."""
        allowed = TICKETS.c.state.in_((SOLVED, UNANSWERED, OPEN))
        return self._change(ticket, "closed", allowed, state=CLOSED)

    def withdraw(self, ticket: Ticket) -> bool:
        """The owner says that it was no complaint."""
        return self._change(ticket, "withdrawn", TICKETS.c.state.in_(UNSETTLED), state=WITHDRAWN)

    def reopen(self, ticket: Ticket) -> bool:
        """It is not solved: another round with its own clock."""
        values = {
            "state": OPEN,
            "reopened": TICKETS.c.reopened + 1,
            "contact_by": self._contact_by(ticket.store_id),
            "solve_by": self.crm.now + self.crm.shop.policy.care.solved_within,
            "contacted_at": None,
            "late_contact_at": None,
            "late_solution_at": None,
        }
        return self._change(ticket, "reopened", TICKETS.c.state.in_((SOLVED, UNANSWERED)), **values)

    def leave_unanswered(self, ticket: Ticket, why: str) -> bool:
        """The owner never answered, and the manager has decided: that is no yes."""
        sealed = self.crm.keys.seal(why, "ticket.decision")
        allowed = and_(TICKETS.c.state == SOLVED, TICKETS.c.undecided_at.is_not(None))
        return self._change(ticket, "unanswered", allowed, state=UNANSWERED, decision_sealed=sealed)

    def clock(self, ticket: Ticket, mark: str) -> bool:
        """The clock's step (late_contact_at, late_solution_at, asked_again_at, undecided_at), once per round."""
        still = and_(TICKETS.c.state == ticket.state, TICKETS.c[mark].is_(None))
        return self._change(ticket, mark.removesuffix("_at"), still, **{mark: self.crm.now})

    def overdue(self) -> list[Ticket]:
        """Tickets for which some step of the clock is due now."""
        now, asked = self.crm.now, self.crm.now - self.crm.shop.policy.care.solved_asked_again
        t = TICKETS.c
        contact = and_(t.contacted_at.is_(None), t.contact_by <= now, t.late_contact_at.is_(None))
        solution = and_(t.solve_by <= now, t.late_solution_at.is_(None))
        again = and_(t.solved_at <= asked, t.asked_again_at.is_(None))
        undecided = and_(t.asked_again_at <= asked, t.undecided_at.is_(None))
        late, silent = and_(t.state == OPEN, or_(contact, solution)), and_(t.state == SOLVED, or_(again, undecided))
        query = core_select(t.id).where(t.state.in_(UNSETTLED), or_(late, silent)).order_by(t.id)
        return [self.get(number) for number in self.crm.connection.execute(query).scalars()]

    def _contact_by(self, store_id: int | None) -> datetime:
        crm, first_contact = self.crm, self.crm.shop.policy.care.first_contact
        if store_id is None:
            return crm.now + first_contact
        store = crm.stores.get(store_id)
        return working_deadline(crm.now, first_contact, lambda day: crm.stores.open_spans(store, day), crm.shop.zone)

    def _change(self, ticket: Ticket, verb: str, allowed: ColumnElement[bool], **values: Any) -> bool:
        self.crm.session.flush()
        statement = update(TICKETS).where(TICKETS.c.id == ticket.key, allowed)
        changed = self.crm.connection.execute(statement.values(changed_at=self.crm.now, **values)).rowcount == 1
        self.crm.session.refresh(ticket)
        if changed:
            self.crm.record(f"ticket.{verb}", "ticket", ticket.key, owner_id=ticket.owner_id)
        return changed
