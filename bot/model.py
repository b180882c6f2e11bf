"""What the product asks of a language model, whichever endpoint serves it. Nothing here knows an SDK."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class ModelUnavailable(Exception):
    """No usable answer in time, in any of the ways we ask; the text says why and names nobody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model made of a question: the object it was asked for, by whom, and what it took."""

    value: Mapping[str, Any]
    model: str
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0


class Model(Protocol):
    """A language model behind an OpenAI-compatible endpoint."""

    async def ask(self, rules: str, question: str, schema: Mapping[str, Any], *, within: float) -> Answer:
        """An object that keeps to the JSON schema, within so many seconds. Raises ModelUnavailable.

        rules: the system's words. question: what it is about, placeholders instead of personal data.
        """

    async def close(self) -> None: ...
