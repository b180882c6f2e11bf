"""Imports: one row per file that was read in, with what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.columns import Moment


class ImportBatch(SQLModel, table=True):
    """One run of `huiche import`. `figures` is the JSON that the command printed."""

    __tablename__ = "import_batch"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=16)
    file: str = Field(max_length=200)
    figures: str = "{}"
    at: datetime = Field(sa_type=Moment)

    @property
    def key(self) -> int:
        assert self.id is not None
        return self.id
