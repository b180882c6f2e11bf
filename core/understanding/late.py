"""Regular expressions compiled on first use, so that starting the program costs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_VERBS = ("search", "match", "fullmatch", "finditer", "sub")


class Late:
    """Stands in for a compiled pattern of the same source; from its first use on, its verbs are the pattern's own."""

    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _VERBS:
            raise AttributeError(name)
        pattern = re.compile(self._source, self._flags)
        self.__dict__.update({verb: getattr(pattern, verb) for verb in _VERBS})
        return self.__dict__[name]
