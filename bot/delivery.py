"""One row of the outbox on its way out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.channels import Outgoing
from storage.conversation_rows import Addressee


@dataclass(slots=True)
class Delivery:
    """One claimed row on its way. `tries` counts this one; `version` is the card's that is about to be shown.

    `steps`: the decisions whose message it is. `way`: how it leaves where its channel has several ways.
    """

    row_id: int
    rank: int
    destination: str
    tries: int
    last_reason: str
    expires_at: datetime
    outgoing: Outgoing
    person: Addressee | None = None
    staff_id: int | None = None
    post_id: int | None = None
    version: int = 0
    task_id: int | None = None
    shows_all: bool = False  # every card of the task in this channel's groups is up to date once it has left
    steps: list[Any] = field(default_factory=list)
    way: str = ""

    @property
    def owner_id(self) -> int | None:
        return self.person.owner_id if self.person else None

    @property
    def answers_for(self) -> int | None:
        """The task by which a person wrote these words to an owner: they are told when the words do not arrive."""
        return self.task_id if self.person is not None else None

    @property
    def channel(self) -> str:
        return self.destination.partition(":")[0]
