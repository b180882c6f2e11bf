"""Every sealed column and every keyed hash, in one table, and how they are brought under the current key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, select, update

from storage.columns import METADATA
from storage.crypto import KeyProblem

if TYPE_CHECKING:
    from storage.crm import Crm

BATCH = 200


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed column, the name it is sealed under, and the keyed hash beside it, if it has one."""

    table: str
    column: str
    what: str
    hash_column: str = ""
    hash_what: str = ""  # may name columns of the row, as in "identity.{channel}"

    @property
    def rows(self) -> Table:
        return METADATA.tables[self.table]


SEALED = (
    Sealed("owner", "phone_sealed", "owner.phone", "phone_hash", "owner.phone"),
    Sealed("owner", "address_sealed", "owner.address"),
    Sealed("vehicle", "vin_sealed", "vehicle.vin", "vin_hash", "vehicle.vin"),
    Sealed("identity", "account_sealed", "identity.account", "account_hash", "identity.{channel}"),
    Sealed("conversation", "state_sealed", "conversation.state"),
    Sealed("conversation", "pushed_sealed", "conversation.pushed"),
    Sealed("message_in", "text_sealed", "message.text"),
    Sealed("message_in", "raw_sealed", "message.raw"),
    Sealed("outbox", "payload_sealed", "outbox.payload"),
    Sealed("store", "robot_sealed", "store.robot"),
    Sealed("medium", "handle_sealed", "medium.handle"),
    Sealed("medium", "body_sealed", "medium.body"),
    Sealed("survey", "words_sealed", "survey.words"),
    Sealed("rating", "words_sealed", "rating.words"),
    Sealed("ticket", "decision_sealed", "ticket.decision"),
    Sealed("ticket_note", "text_sealed", "ticket.note"),
    Sealed("dms_event", "body_sealed", "dms_event.body"),
    Sealed("forgotten", "secret_sealed", "forgotten.secret"),
    Sealed("question", "text_sealed", "question.text"),
    Sealed("errand", "where_sealed", "errand.where"),
    Sealed("draft", "replies_sealed", "draft.replies"),
)
# Hashes without one of these keys: of random tokens and of platform keys, which tell nothing about a person; and the
# marks of the erased, whose key is a sealed secret of their own.
UNKEYED = {
    ("message_in", "key_hash"),
    ("sign_in", "token_hash"),
    ("forgotten", "value_hash"),
    ("mass_member", "words_hash"),
}


def count(crm: Crm, one: Sealed) -> int:
    """How many rows have something sealed there."""
    query = select(func.count()).where(one.rows.c[one.column].is_not(None))
    return int(crm.connection.execute(query).scalar_one())


def reseal(crm: Crm, one: Sealed, after: int) -> tuple[int, int, int]:
    """Bring the next rows after that id under the current key → (last id, rows seen, rows changed)."""
    last, seen, changed = after, 0, 0
    for row in _next_rows(crm, one, after):
        last, seen = row.id, seen + 1
        if not crm.keys.is_current(row.sealed):
            changed += _renew(crm, one, row)
    return last, seen, changed


def _next_rows(crm: Crm, one: Sealed, after: int) -> Iterator[Any]:
    rows = one.rows
    named = [rows.c.channel] if "{channel}" in one.hash_what else []
    query = select(rows.c.id, rows.c[one.column].label("sealed"), *named)
    query = query.where(rows.c.id > after, rows.c[one.column].is_not(None)).order_by(rows.c.id).limit(BATCH)
    yield from crm.connection.execute(query).all()


def _renew(crm: Crm, one: Sealed, row: Any) -> int:
    """Only while the row is as it was read: a server may have written it in between, with the current key."""
    plain = crm.keys.unseal_bytes(row.sealed, one.what)
    values: dict[str, bytes] = {one.column: crm.keys.seal(plain, one.what)}
    if one.hash_column:
        values[one.hash_column] = crm.keys.index(plain.decode(), one.hash_what.format_map(row._mapping))
    column = one.rows.c[one.column]
    statement = update(one.rows).where(one.rows.c.id == row.id, column == row.sealed).values(values)
    return crm.connection.execute(statement).rowcount


def unreadable(crm: Crm) -> Iterator[str]:
    """What is wrong with the newest and the oldest value of each column that does not open."""
    for one in SEALED:
        for sealed in _samples(crm, one):
            try:
                crm.keys.unseal_bytes(sealed, one.what)
            except KeyProblem as error:
                yield str(error)


def older_than_current(crm: Crm) -> bool:
    """Whether a sample is still sealed with another key than the current one."""
    return any(not crm.keys.is_current(sealed) for one in SEALED for sealed in _samples(crm, one))


def _samples(crm: Crm, one: Sealed) -> list[bytes]:
    column, key = one.rows.c[one.column], one.rows.c.id
    query = select(column).where(column.is_not(None)).limit(1)
    rows = [crm.connection.execute(query.order_by(order)).scalar() for order in (key, key.desc())]
    return [row for row in rows if row is not None]
