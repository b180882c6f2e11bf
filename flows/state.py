"""What a conversation remembers between two messages. Slots are kept by name, so a deploy never breaks a talk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Slots = dict[str, Any]


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

    @property
    def top(self) -> Running | None:
        return self.stack[-1] if self.stack else None

    def touched_at(self) -> datetime | None:
        return datetime.fromisoformat(self.touched) if self.touched else None

    def packed(self) -> bytes:
        data = {
            "stack": [[r.flow, r.version, r.run, r.slots] for r in self.stack],
            "runs": self.runs,
            "asked": self.asked,
            "step": self.step,
            "options": self.options,
            "strikes": self.strikes,
            "touched": self.touched,
        }
        return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def unpacked(cls, body: bytes) -> State:
        if not body:
            return cls()
        data: dict[str, Any] = json.loads(body)
        data["stack"] = [Running(*entry) for entry in data.get("stack", [])]
        known = {name: data[name] for name in cls.__slots__ if name in data}
        return cls(**known)
