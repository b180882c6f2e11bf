"""Erasures: an owner's wish to be forgotten, carried out over every table that tells of them.

What becomes of each table's rows is in storage/erasure_rules.py.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, and_, or_, select, update
from sqlmodel import Field, SQLModel, col
from sqlmodel import select as model_select

from storage.appointments import BOOKED, HELD, Appointment
from storage.appointments import EXPIRED as RAN_OUT
from storage.columns import METADATA, Moment, table_of
from storage.conversation_rows import CONVERSATIONS
from storage.coupons import CLAIMED, OFFERED, REVOKED, Coupon
from storage.erasure_rules import ERASED, NOTHING_SEALED, RULES, Rule
from storage.identities import IDENTITIES
from storage.outbox_rows import OUTBOX, SKIPPED, WAITING
from storage.owners import OWNERS
from storage.tasks import TASKS, UNFINISHED, Task
from storage.vehicles import TIES

if TYPE_CHECKING:
    from storage.crm import Crm


class Erasure(SQLModel, table=True):
    """One erasure: whose record (a number that names nobody any more), who asked, and how many rows it changed.

    `identity_id`: the account that still has to be told that it is done; its address goes once that has left.
    """

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", unique=True)
    asked_by: str = Field(max_length=32)  # "owner", "staff:3", "command"
    channel: str = Field(default="", max_length=16)
    rows: str = "{}"  # JSON: table → rows
    identity_id: int | None = Field(default=None, foreign_key="identity.id", index=True)
    at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that is about one owner, by number."""

    owners: list[int]
    identities: list[int]
    talks: list[int]
    cars: list[int]  # which nobody else drives

    def of(self, table: Table) -> ColumnElement[bool]:
        """Which rows of a table are about them."""
        own = {"owner": self.owners, "identity": self.identities, "vehicle": self.cars, "conversation": self.talks}
        if table.name in own:
            return table.c.id.in_(own[table.name])
        by_column = {"owner_id": self.owners, "conversation_id": self.talks, "identity_id": self.identities}
        found: list[ColumnElement[bool]] = [
            table.c[name].in_(numbers) for name, numbers in by_column.items() if name in table.c
        ]
        if table.name == "event":
            found.append(and_(table.c.noun == "vehicle", table.c.noun_id.in_(self.cars)))
            found.append(and_(table.c.noun == "identity", table.c.noun_id.in_(self.identities)))
        elif table.name == "dms_event":
            found.append(table.c.vehicle_id.in_(self.cars))
        return or_(*found)


class Erasures:
    """Verbs on erasures."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def scope(self, owner_id: int) -> Scope:
        """What belongs to the owner, to records that were merged into theirs, and to their accounts."""
        run = self.crm.connection.execute
        owners = [owner_id]
        while (
            shadows := run(select(OWNERS.c.id).where(OWNERS.c.merged_into.in_(owners), OWNERS.c.id.not_in(owners)))
            .scalars()
            .all()
        ):
            owners += shadows
        accounts = select(IDENTITIES.c.id).where(IDENTITIES.c.owner_id.in_(owners)).order_by(IDENTITIES.c.id)
        identities = list(run(accounts.with_for_update()).scalars())
        talks = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.identity_id.in_(identities))
        mine = select(TIES.c.vehicle_id).where(TIES.c.owner_id.in_(owners))
        others = select(TIES.c.vehicle_id).where(TIES.c.owner_id.not_in(owners), TIES.c.until.is_(None))
        cars = run(mine.where(TIES.c.vehicle_id.not_in(others)).distinct()).scalars()
        return Scope(owners, identities, list(run(talks).scalars()), list(cars))

    def erase(self, owner_id: int, asked_by: str, *, goodbye_to: int | None = None) -> bool:
        """Forget them. False when that was done before; of two at once one does it.

        goodbye_to: the account that is told so; everything that was to be sent anywhere else is stopped.
        """
        self.crm.session.flush()
        self.crm.imports.alone()  # a row that is being matched would write the name back
        scope = self.scope(owner_id)
        if not self._claim(owner_id):
            return False
        self._mark(scope)
        counts = self._apply_all(scope, deletes=True)  # first, since some of it points to holds that are let go
        self._stop(scope)
        self.crm.write_events()
        counts |= self._apply_all(scope, deletes=False)
        for identity_id in scope.identities:
            if identity_id != goodbye_to:
                self._lose_account(identity_id)
        self.crm.session.expire_all()
        rows = json.dumps({name: count for name, count in counts.items() if count})
        facts = {"asked_by": asked_by, "channel": self.crm.channel, "rows": rows, "identity_id": goodbye_to}
        number = self.crm.insert(Erasure, owner_id=owner_id, at=self.crm.now, **facts)
        self.crm.record("owner.erased", "erasure", number, owner_id=owner_id, detail=asked_by)
        return True

    def of_owner(self, owner_id: int) -> Erasure | None:
        return self.crm.session.exec(model_select(Erasure).where(Erasure.owner_id == owner_id)).first()

    def finish(self) -> int:
        """Accounts that have been told so are forgotten too, unless they have written again since. Returns how many."""
        query = model_select(Erasure).where(col(Erasure.identity_id).is_not(None))
        done = 0
        for erasure in self.crm.session.exec(query).all():
            identity_id = erasure.identity_id or 0
            talks = list(
                self.crm.connection.execute(
                    select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.identity_id == identity_id)
                ).scalars()
            )
            waits = select(OUTBOX.c.id).where(OUTBOX.c.conversation_id.in_(talks), OUTBOX.c.state.in_(WAITING)).limit(1)
            if self.crm.connection.execute(waits).first():
                continue
            erasure.identity_id = None
            self.crm.session.flush()
            done += self._forget_account(identity_id, talks)
        return done

    # — the steps of an erasure —

    def _claim(self, owner_id: int) -> bool:
        mine = update(OWNERS).where(OWNERS.c.id == owner_id, OWNERS.c.status.not_in((ERASED, "merged")))
        return self.crm.connection.execute(mine.values(status=ERASED)).rowcount == 1

    def _mark(self, scope: Scope) -> None:
        """An old file does not bring them back."""
        phones = select(OWNERS.c.phone_sealed).where(OWNERS.c.id.in_(scope.owners), OWNERS.c.phone_sealed.is_not(None))
        for sealed in self.crm.connection.execute(phones).scalars():
            self.crm.forgotten.mark("phone", self.crm.keys.unseal(sealed, "owner.phone"))
        accounts = select(IDENTITIES.c.channel, IDENTITIES.c.account_sealed).where(
            IDENTITIES.c.id.in_(scope.identities)
        )
        for channel, sealed in self.crm.connection.execute(accounts).all():
            self.crm.forgotten.mark(channel, self.crm.keys.unseal(sealed, "identity.account"))

    def _stop(self, scope: Scope) -> None:
        """Nothing goes on: appointments, work of the staff, complaints, coupons, what waits to be sent."""
        session, run = self.crm.session, self.crm.connection.execute
        appointments = model_select(Appointment).where(col(Appointment.owner_id).in_(scope.owners))
        for one in session.exec(appointments.where(col(Appointment.status).in_((BOOKED, HELD, RAN_OUT)))).all():
            if self.crm.appointments.cancel(one):
                self.crm.tasks.appointment_cancelled(one)
            else:
                session.expunge(one)
                self.crm.appointments.release(one.key)
        for task in session.exec(model_select(Task).where(scope.of(TASKS), col(Task.status).in_(UNFINISHED))).all():
            self.crm.tasks.close(task, ERASED)
        for owner_id in scope.owners:
            for ticket in self.crm.tickets.of_owner(owner_id):
                self.crm.tickets.withdraw(ticket)
        self._stop_proposals(scope)
        coupons = table_of(Coupon)
        open_ = and_(coupons.c.owner_id.in_(scope.owners), coupons.c.status.in_((OFFERED, CLAIMED)))
        run(update(coupons).where(open_).values(status=REVOKED, revoked_why=ERASED))
        waiting = and_(OUTBOX.c.conversation_id.in_(scope.talks), OUTBOX.c.state.in_(WAITING))
        run(update(OUTBOX).where(waiting).values(state=SKIPPED, reason="the owner's record was erased"))

    def _stop_proposals(self, scope: Scope) -> None:
        """Nobody can be taken for them any more."""
        query = model_select(Task).where(Task.kind == "link_proposal", col(Task.status).in_(UNFINISHED))
        for task in self.crm.session.exec(query).all():
            if task.told().get("known") in scope.owners:
                self.crm.tasks.close(task, ERASED)

    def _apply_all(self, scope: Scope, *, deletes: bool) -> dict[str, int]:
        return {name: self._apply(name, rule, scope) for name, rule in RULES.items() if rule.deletes == deletes}

    def _apply(self, name: str, rule: Rule, scope: Scope) -> int:
        """How many rows the rule has changed."""
        table = METADATA.tables.get(name)
        if table is None or not (rule.deletes or rule.sets):
            return 0
        if rule.deletes:
            return self.crm.connection.execute(table.delete().where(scope.of(table))).rowcount
        values = {column: self._value(name, column, value) for column, value in rule.sets.items()}
        return self.crm.connection.execute(table.update().where(scope.of(table)).values(values)).rowcount

    def _value(self, table: str, column: str, value: Any) -> Any:
        if value != NOTHING_SEALED:
            return value
        what = {"outbox": "outbox.payload", "message_in": "message.raw"}[table]
        return self.crm.keys.seal(b"", what)

    def _lose_account(self, identity_id: int) -> None:
        """The row stays, since rows point to it; the account in it does not."""
        nobody = {
            "account_hash": secrets.token_bytes(16),
            "account_sealed": self.crm.keys.seal("", "identity.account"),
            "owner_id": None,
            "reachable": False,
        }
        self.crm.connection.execute(update(IDENTITIES).where(IDENTITIES.c.id == identity_id).values(nobody))

    def _forget_account(self, identity_id: int, talks: list[int]) -> int:
        mine = select(IDENTITIES.c.id).where(IDENTITIES.c.id == identity_id, IDENTITIES.c.owner_id.is_(None))
        if self.crm.connection.execute(mine.with_for_update()).first() is None:
            return 0  # they have come back as somebody new
        scope = Scope([], [identity_id], talks, [])
        for name in ("outbox", "message_in", "conversation", "event"):
            self._apply(name, RULES[name], scope)
        self._lose_account(identity_id)
        self.crm.session.expire_all()
        return 1
