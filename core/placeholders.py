"""Words that stand for personal data while a text is with a language model: ⟦NAME1⟧, ⟦PLATE1⟧, ⟦PHONE1⟧."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from core import personal
from core.personal import Found, blanked, fold, plain

KINDS = ("NAME", "PLATE", "PHONE", "VIN", "ADDRESS", "EMAIL", "IDCARD", "WECHAT", "NUMBER", "WORD")
_KIND = "|".join(KINDS)
_EXACT = re.compile(rf"⟦(?P<kind>{_KIND})(?P<number>\d+)(?P<form>[b-z]?)⟧")
_OPEN, _CLOSE = r"[⟦〚\[【〔「『{<《(（]{1,2}", r"[⟧〛\]】〕」』}>》)）]{1,2}"
_LIKE = re.compile(
    rf"{_OPEN}\s*(?P<kind>{_KIND})[\s_\-#]*(?P<number>\d+)(?P<form>[b-z]?)\s*{_CLOSE}"
    rf"|(?<![a-z0-9])(?P<kind2>{_KIND})[_\-]?(?P<number2>\d+)(?P<form2>[b-z]?)(?![a-z0-9])"
    rf"|(?P<stray>[⟦⟧])",
    re.IGNORECASE,
)
_FORMS = "bcdefghijklmnopqrstuvwxyz"  # further spellings of one value: ⟦NAME1b⟧


class Placeholders:
    """One conversation's stand-ins. The same value keeps its number, each spelling of it comes back as written."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], int] = {}
        self._spellings: dict[tuple[str, int], list[str]] = {}
        self._names: list[tuple[re.Pattern[str], str]] = []
        self._known: list[tuple[re.Pattern[str], str, str]] = []

    @classmethod
    def knowing(
        cls,
        names: Iterable[str] = (),
        plates: Iterable[str] = (),
        phones: Iterable[str] = (),
        vins: Iterable[str] = (),
        addresses: Iterable[str] = (),
    ) -> Placeholders:
        """With the record's own values, which are hidden however they are written."""
        self = cls()
        for kind, values in (("PLATE", plates), ("PHONE", phones), ("VIN", vins)):
            self._learn_numbers(kind, values)
        for address in _filled(addresses):
            self._number("ADDRESS", fold(address), address)
            self._known.append((_spread(fold(address)), "ADDRESS", fold(address)))
        for name in _filled(names):
            self._number("NAME", fold(name), name)
            self._names += [(pattern, fold(name)) for pattern in _forms_of(fold(name))]
        return self

    def hide(self, text: str) -> str:
        """The text with a placeholder for everything personal. Hiding twice changes nothing more."""
        while True:
            hidden = self._hide_once(text)
            if hidden == text:
                return hidden
            text = hidden

    def restore(self, text: str) -> str:
        """The text with the values back, also where a model wrote [NAME1] or NAME_1.

        Raises ValueError for a placeholder that was never given.
        """
        pieces, done = [], 0
        for match in _EXACT.finditer(text):  # first, since 【⟦NAME1⟧】 is a placeholder between brackets
            pieces += [_LIKE.sub(self._value, text[done : match.start()]), self._value(match)]
            done = match.end()
        return "".join(pieces) + _LIKE.sub(self._value, text[done:])

    def _hide_once(self, text: str) -> str:
        folded, rest, found = fold(text), text, []
        for match in _EXACT.finditer(text):
            if self._find(match["kind"], match["number"], match["form"]) is not None:
                folded, rest = blanked(folded, *match.span()), blanked(rest, *match.span())
        for match in _LIKE.finditer(rest):  # an owner's own [NAME1] is a word like any other
            found.append(Found(*match.span(), "WORD", match[0]))
            folded = blanked(folded, *match.span())
        found += self._personal(folded)
        pieces, done = [], 0
        for one in sorted(found, key=lambda one: one.start):
            pieces += [text[done : one.start], self._placeholder(one, text[one.start : one.end])]
            done = one.end
        return "".join(pieces) + text[done:]

    def _personal(self, folded: str) -> Iterator[Found]:
        """What the record knows first, then what has the form of something personal; nothing twice."""
        for finder in (self._by_record, personal.find, self._by_name, personal.names):
            for one in list(finder(folded)):
                yield one
                folded = blanked(folded, one.start, one.end)

    def _by_record(self, folded: str) -> Iterator[Found]:
        for pattern, kind, value in self._known:
            for match in pattern.finditer(folded):
                yield Found(*match.span(), kind, value)
                folded = blanked(folded, *match.span())

    def _by_name(self, folded: str) -> Iterator[Found]:
        for pattern, name in self._names:
            for match in pattern.finditer(folded):
                yield Found(*match.span(), "NAME", name)
                folded = blanked(folded, *match.span())

    def _learn_numbers(self, kind: str, values: Iterable[str]) -> None:
        for value in _filled(values):
            bare = plain(value)
            self._number(kind, bare, value)
            self._known.append((_spread(fold(bare)), kind, bare))
            if kind == "PLATE" and len(bare) > 6:
                self._known.append((_spread(fold(bare[1:])), kind, bare))

    def _placeholder(self, one: Found, spelling: str) -> str:
        number = self._number(one.kind, one.value, spelling)
        spellings = self._spellings[one.kind, number]
        form = "" if spelling == spellings[0] else _FORMS[spellings.index(spelling) - 1]
        return f"⟦{one.kind}{number}{form}⟧"

    def _number(self, kind: str, value: str, spelling: str) -> int:
        """The value's number; a value with more spellings than letters goes on under a new one."""
        number = self._numbers.get((kind, value))
        full = number is not None and len(self._spellings[kind, number]) > len(_FORMS)
        if number is None or (full and spelling not in self._spellings[kind, number]):
            number = 1 + sum(known == kind for known, _ in self._spellings)
            self._numbers[kind, value] = number
        spellings = self._spellings.setdefault((kind, number), [])
        if spelling not in spellings:
            spellings.append(spelling)
        return number

    def _value(self, match: re.Match[str]) -> str:
        said = match.groupdict("")
        kind, number = said["kind"] or said.get("kind2", ""), said["number"] or said.get("number2", "")
        value = self._find(kind.upper(), number, (said["form"] or said.get("form2", "")).lower())
        if value is None:
            raise ValueError(f"a placeholder that was never given: {match[0]}")
        return value

    def _find(self, kind: str, number: str, form: str) -> str | None:
        spellings = self._spellings.get((kind, int(number[:6] or 0)), [])
        place = _FORMS.index(form) + 1 if form else 0
        return spellings[place] if place < len(spellings) else None


def _filled(values: Iterable[str]) -> list[str]:
    return [value.strip() for value in dict.fromkeys(values) if value and value.strip()]


def _spread(folded: str) -> re.Pattern[str]:
    """The characters with anything small between them."""
    gap = r"[\s\-._·•,，、()/:\u200b-\u200f\u2060\ufeff]{0,3}"
    return re.compile(gap.join(re.escape(char) for char in folded if not char.isspace()))


def _forms_of(name: str) -> list[re.Pattern[str]]:
    """A known name as people write it, the longest forms first: 王小明先生, 王小明, 小明, 王先生, 老王; Mr Li, Ming."""
    if not any("\u4e00" <= char <= "\u9fff" for char in name):
        return _english_forms(name)
    titled = rf"(?:{personal.TITLES})?"
    surname = re.escape(name[:1])
    forms = [rf"{surname}(?:{personal.TITLES})", rf"[小老阿]{surname}"]
    if len(name) >= 3:
        forms.insert(0, _spread(name[1:]).pattern + titled)
    if len(name) >= 2:
        forms.insert(0, _spread(name).pattern + titled)
    return [re.compile(form) for form in forms]


def _english_forms(name: str) -> list[re.Pattern[str]]:
    words = [re.escape(word) for word in re.split(r"[\s.\-·_]+", name) if word]
    if not words:
        return [re.compile(re.escape(name))]
    whole = r"[\s.\-·_]*".join(words)
    forms = [whole, r"[\s.\-·_]*".join(reversed(words)), *(word for word in words if len(word) >= 3)]
    titled = [rf"(?:mr|mrs|ms|miss|dr)\.?\s*{form}" for form in (*forms, *words)]
    return [re.compile(rf"(?<![a-z]){form}(?![a-z])") for form in (*titled, *forms)]
