"""How the CRM comes to the verbs on one noun."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from storage.crm import Crm

Verbs = TypeVar("Verbs")


class Noun(Generic[Verbs]):
    """Made when somebody asks for them: a cached property that takes no lock, since one thread has the transaction."""

    def __init__(self, make: Callable[[Crm], Verbs]) -> None:
        self._make = make

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, crm: Crm, _: type) -> Verbs:
        made = crm.__dict__[self._name] = self._make(crm)
        return made
