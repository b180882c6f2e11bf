"""Reads the shop's own wording: [texts.zh] and [texts.en]."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.own_journeys import placeholders_in
from core.policy_kinds import Kind, Wrong, meant, words
from core.policy_named_tables import FIXED_SECTIONS
from core.policy_reading import Notes, filled, items, unknown
from core.policy_tables import Key, Keys
from core.say.own_words import CHANGEABLE, LANGUAGES, NEEDED, values_of
from core.say.owner import OwnerSay

Texts = Mapping[str, Mapping[str, str]]


def own_texts(told: Mapping[str, Any], notes: Notes) -> Texts:
    """Per language, per text."""
    texts: dict[str, Mapping[str, str]] = {}
    for language, table in items(told.get("texts", {}), ("texts",), notes):
        if language not in LANGUAGES:
            unknown(("texts", language), LANGUAGES, notes)
            continue
        blank: Mapping[str, str] = MappingProxyType({})
        texts[language] = filled(blank, TEXTS, table, ("texts", language), notes)
    return MappingProxyType({language: said for language, said in texts.items() if said})


def _text(name: str) -> Kind:
    """Its values stand between braces; a code must be there."""
    values = values_of(OwnerSay, name)
    plain = words(1_000, least=1)
    says = "a text" + (" with " + " ".join(f"{{{value}}}" for value in values) if values else "")

    def read(value: Any) -> str:
        text: str = plain.read(value)
        try:
            found = placeholders_in(text)
        except ValueError:
            raise Wrong("a brace is left open; {{ is a brace itself") from None
        for strange in (one for one in found if one not in values):
            raise Wrong(f"{{{strange}}} is not known: this is {says}{meant(strange, values)}")
        for missing in (one for one in values if one in NEEDED and one not in found):
            raise Wrong(f"{{{missing}}} is missing: without it they cannot use it")
        return text

    return replace(plain, says=says, read=read)


TEXTS: Keys = tuple(Key(name, _text(name)) for name in CHANGEABLE)
SECTIONS = FIXED_SECTIONS | {"texts.LANGUAGE": TEXTS}
