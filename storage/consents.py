"""The consent ledger: who allowed what, where, when, and how we know."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlalchemy import select as core_select
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of
from storage.statements import Prepared

if TYPE_CHECKING:
    from storage.crm import Crm

MARKETING = "marketing"


class Consent(SQLModel, table=True):
    """One answer about one purpose. Rows are only added; the newest per purpose and channel counts."""

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    purpose: str = Field(max_length=32)
    channel: str = Field(max_length=16)  # "*" for all of them
    given: bool
    wording: str = Field(default="", max_length=32)  # the version of the text that was shown
    evidence: str = Field(default="", max_length=64)  # "message:17", "batch:3", "staff:2"
    at: datetime = Field(sa_type=Moment)


CONSENTS = table_of(Consent)
_ANSWERED = Prepared(
    core_select(CONSENTS.c.id)
    .where(CONSENTS.c.owner_id == bindparam("owner"), CONSENTS.c.purpose == bindparam("purpose"))
    .limit(1)
)


class Consents:
    """Verbs on consents."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def write(
        self, owner_id: int, purpose: str, channel: str, given: bool, *, wording: str = "", evidence: str = ""
    ) -> None:
        """Keep the answer. A no to marketing also stops what waits to be sent."""
        number = self.crm.insert(
            Consent,
            owner_id=owner_id,
            purpose=purpose,
            channel=channel,
            given=given,
            wording=wording,
            evidence=evidence,
            at=self.crm.now,
        )
        if not given and purpose == MARKETING:
            self.crm.outbox.skip_marketing(owner_id, channel, "opted out")
        verb = "consent.given" if given else "consent.refused"
        self.crm.record(verb, "consent", number, owner_id=owner_id, detail=f"{purpose} · {channel}")

    def of_owner(self, owner_id: int) -> list[Consent]:
        query = select(Consent).where(Consent.owner_id == owner_id).order_by(col(Consent.id))
        return list(self.crm.session.exec(query))

    def answered(self, owner_id: int, purpose: str) -> bool:
        """Whether they ever said yes or no to it."""
        return _ANSWERED.first(self.crm.connection, owner=owner_id, purpose=purpose) is not None

    def stands(self, owner_id: int, purpose: str, channel: str) -> bool:
        """Whether the newest word on it is a yes."""
        said = [c for c in self.of_owner(owner_id) if c.purpose == purpose and c.channel in (channel, "*")]
        return bool(said) and said[-1].given

    def stands_anywhere(self, owner_id: int, purpose: str) -> bool:
        """Whether they allow it on some channel."""
        named = {consent.channel for consent in self.of_owner(owner_id) if consent.purpose == purpose}
        return any(self.stands(owner_id, purpose, channel) for channel in named)
