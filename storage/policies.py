"""Policies: every text of the policy file that a running process has taken, numbered from 1."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Field, SQLModel, col, select

from storage.columns import Moment

if TYPE_CHECKING:
    from storage.crm import Crm


class PolicyVersion(SQLModel, table=True):
    """One text as it was taken; no text is the `nev` preset as it is. Two that follow each other differ."""

    __tablename__ = "policy_version"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    sha256: str = Field(max_length=64)
    text: str
    preset: str = Field(max_length=16)
    taken_at: datetime = Field(sa_type=Moment)


class Policies:
    """Verbs on versions of the policy."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def newest(self) -> PolicyVersion | None:
        """The one that is in force; None when no process ever ran."""
        return self.crm.session.exec(select(PolicyVersion).order_by(col(PolicyVersion.number).desc()).limit(1)).first()

    def take(self, text: str, preset: str) -> int:
        """Keep the text that is in force from now on, unless it is the newest one already. Returns its number."""
        mark = fingerprint(text)
        while True:
            newest = self.newest()
            if newest is not None and newest.sha256 == mark:
                return newest.number
            number = newest.number + 1 if newest else 1
            taken = {"number": number, "sha256": mark, "text": text, "preset": preset, "taken_at": self.crm.now}
            if self.crm.insert_once(PolicyVersion, **taken) is not None:
                return number


def fingerprint(text: str) -> str:
    """Tells this text from every other."""
    return hashlib.sha256(text.encode()).hexdigest()
