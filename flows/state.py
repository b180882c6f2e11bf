"""What a conversation remembers between two messages. Slots are kept by name, so a deploy never breaks a talk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.packing import pack, unpack

Slots = dict[str, Any]
DONE, DROPPED, TIMED_OUT, GONE = "done", "dropped", "timed_out", "gone"  # how something that was under way ended
REMEMBERED = 6  # of what ended: an older button is only told to be old


@dataclass(slots=True)
class Running:
    """One flow on the stack. `run` numbers it within the conversation: its buttons are told from older ones."""

    flow: str
    version: int
    run: int
    slots: Slots = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """The dialogue's stack and what was asked last."""

    stack: list[Running] = field(default_factory=list)
    runs: int = 0
    asked: str = ""  # the slot that was asked for, or "confirm"
    step: int = 0  # counts the summaries shown: a tap on an older one is not a yes to the newest
    options: list[list[str]] = field(default_factory=list)  # [id, label] of what can be chosen now
    strikes: int = 0
    touched: str = ""
    question: int = 0  # a mark of the question that was asked last, and how often …
    times: int = 0  # … in a row
    answer: int = 0  # the same of the answer that the owner got last
    answered: int = 0
    past: list[list[Any]] = field(default_factory=list)  # [run, flow, how it ended] of the last ones
    untold: str = ""  # the flow that time ended, until the owner is told
    reminded: int = 0  # the run that the owner was reminded of
    car: Slots = field(default_factory=dict)  # the car that was named last: {"id", "plate"}

    @property
    def top(self) -> Running | None:
        return self.stack[-1] if self.stack else None

    def running(self, flow: str) -> Running | None:
        return next((one for one in self.stack if one.flow == flow), None)

    def end(self, running: Running, how: str) -> None:
        """It is under way no more."""
        if running is self.top:
            self.strikes = 0
            if self.asked != "go":  # what a flow offers to start at its end stays on offer
                self.asked, self.options = "", []
        self.stack.remove(running)
        self.past = [*self.past, [running.run, running.flow, how]][-REMEMBERED:]

    def ended(self, run: str) -> tuple[str, str]:
        """The flow that had that number, and how it ended; nothing when that is long ago."""
        return next(((flow, how) for number, flow, how in reversed(self.past) if str(number) == run), ("", ""))

    def touched_at(self) -> datetime | None:
        return datetime.fromisoformat(self.touched) if self.touched else None

    def packed(self) -> bytes:
        data = {name: getattr(self, name) for name in self.__slots__}
        data["stack"] = [[r.flow, r.version, r.run, r.slots] for r in self.stack]
        return pack(data)

    @classmethod
    def unpacked(cls, body: bytes) -> State:
        if not body:
            return cls()
        data: dict[str, Any] = unpack(body)
        data["stack"] = [Running(*entry) for entry in data.get("stack", [])]
        known = {name: data[name] for name in cls.__slots__ if name in data}
        return cls(**known)
