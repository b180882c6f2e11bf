"""Surveys: an owner who stayed away is asked why, once per last visit, and what they answered."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.crm import Crm

INVITED, ANSWERED = "invited", "answered"


class Survey(SQLModel, table=True):
    """One invitation and its answer. `state`: invited, answered. `occurrence` is unique: an owner and a last visit.

    `reasons`: JSON of core.reasons, the leading one first. `corrections` counts the answers after the first.
    """

    id: int | None = Field(default=None, primary_key=True)
    owner_id: int = Field(foreign_key="owner.id", index=True)
    vehicle_id: int | None = Field(default=None, foreign_key="vehicle.id")
    occurrence: str = Field(unique=True, max_length=96)
    last_visit: date | None = None
    state: str = Field(default=INVITED, max_length=12)
    reasons: str = "[]"
    words_sealed: bytes | None = None
    corrections: int = 0
    coupon_id: int | None = Field(default=None, foreign_key="coupon.id")
    task_id: int | None = Field(default=None, foreign_key="task.id")
    answered_at: datetime | None = Field(default=None, sa_type=Moment)
    created_at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id

    def named(self) -> list[str]:
        """The reasons, the leading one first."""
        reasons: list[str] = json.loads(self.reasons)
        return reasons


SURVEYS = table_of(Survey)


class Surveys:
    """Verbs on surveys."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def find(self, survey_id: int) -> Survey | None:
        return self.crm.session.get(Survey, survey_id)

    def latest(self, owner_id: int) -> Survey | None:
        """The newest invitation of an owner."""
        query = select(Survey).where(Survey.owner_id == owner_id).order_by(col(Survey.id).desc())
        return self.crm.session.exec(query).first()

    def of_owner(self, owner_id: int) -> list[Survey]:
        """Newest first."""
        query = select(Survey).where(Survey.owner_id == owner_id).order_by(col(Survey.id).desc())
        return list(self.crm.session.exec(query))

    def invite(
        self, owner_id: int, occurrence: str, *, vehicle_id: int | None = None, last_visit: date | None = None
    ) -> Survey:
        """The invitation of that occurrence, new if there was none."""
        values = {"owner_id": owner_id, "vehicle_id": vehicle_id, "last_visit": last_visit}
        number = self.crm.insert_once(Survey, occurrence=occurrence, created_at=self.crm.now, **values)
        if number is not None:
            self.crm.record("survey.invited", "survey", number, owner_id=owner_id)
        return self.crm.session.exec(select(Survey).where(Survey.occurrence == occurrence)).one()

    def answer(self, survey: Survey, reasons: Sequence[str], words: str) -> bool:
        """The first answer. False: there is one already."""
        return self._write(
            survey, SURVEYS.c.state == INVITED, reasons, words, "answered", {"answered_at": self.crm.now}
        )

    def correct(self, survey: Survey, reasons: Sequence[str], words: str, within: timedelta) -> bool:
        """Another answer in place of one that is not older than that. False: it is too late."""
        young = (SURVEYS.c.state == ANSWERED) & (SURVEYS.c.answered_at > self.crm.now - within)
        counted = {"corrections": SURVEYS.c.corrections + 1}
        return self._write(survey, young, reasons, words, "corrected", counted)

    def led_to(self, survey: Survey, *, coupon_id: int | None, task_id: int | None) -> None:
        survey.coupon_id, survey.task_id = coupon_id, task_id
        self.crm.session.flush()

    def words(self, survey: Survey) -> str:
        return self.crm.keys.unseal(survey.words_sealed, "survey.words") if survey.words_sealed else ""

    def _write(
        self,
        survey: Survey,
        allowed: ColumnElement[bool],
        reasons: Sequence[str],
        words: str,
        verb: str,
        more: dict[str, Any],
    ) -> bool:
        """One conditional UPDATE: of two answers at once one is the first and the other its correction."""
        self.crm.session.flush()
        values: dict[str, Any] = {"state": ANSWERED, "reasons": json.dumps(list(reasons)), **more}
        values["words_sealed"] = self.crm.keys.seal(words, "survey.words") if words else None
        statement = update(SURVEYS).where(SURVEYS.c.id == survey.key, allowed).values(values)
        written = self.crm.connection.execute(statement).rowcount == 1
        self.crm.session.refresh(survey)
        if written:
            detail = ",".join(reasons)
            self.crm.record(f"survey.{verb}", "survey", survey.key, owner_id=survey.owner_id, detail=detail)
        return written
