"""What the sentence wants: scored rules over the concepts and slots that were found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.understanding import phrases
from core.understanding.lexicon import mask, tag
from core.understanding.rules import BITS, RULES, bits_of
from core.understanding.services import Mention

_EXACT = {
    **dict.fromkeys("确认预约 确定预约 确认取消 确定取消 确认改期 确认修改 确认提交".split(), "yes"),
    **dict.fromkeys("td t n r stop unsubscribe 退订 tdd 退 回t 回td unsub stopall".split(), "opt_out"),
    **dict.fromkeys("y yy yes ok".split(), "yes"),
    **dict.fromkeys("start subscribe".split(), "opt_in"),
    **dict.fromkeys(("没", "没有", "无"), "no"),
    **dict.fromkeys("/help help 帮助 菜单 menu".split(), "help"),
    **dict.fromkeys("/cancel 取消 cancel q".split(), "cancel"),
    **dict.fromkeys("/start restart".split(), "restart"),
    **dict.fromkeys("/back back 返回".split(), "back"),
}
_REST = {"restart": 9, "back": 9, "help": 6, "cancel": 5}  # strange characters that may stand beside such a wish
_STRANGE = 3  # characters of no known word, after which 今天 alone is no answer
_CHOICE = re.compile(
    r"(?:第|选|我|就|要|那|倒数第)*(?:\d{1,2}|[一二三四五六七八九十])(?:个(?:时间|时段|选项|方案)?|项)?[吧了]?|第(?:\d"
    r"|[一二三四五六七八九十])(?:条|种|行)[吧了]?"
    r"|(?:我|选|要|就)*(?:最[后前]+一?个|[上下前后中][面间]那?一?个)[吧了]?"
)

_STEERING = (("cancel", "QUIT"), ("restart", "RESTART"), ("back", "BACK"), ("help", "HELP"))
_YES_NO = mask(("YES", "NO"))
_CONTENT = mask(("NO", "QUIT", "YES", "RESTART", "BACK", "HELP"))
_WITH_IT = {"HUMAN": "HUMAN", "DROP": "DROP QUIT UNHAPPY REACH"}  # what a refusal takes with it
_TRIMMED = re.compile(r"[\s,，。.!！?？、;；:~…\x01-\x03·\-()（）\"'“”]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the rules look at: the masked text, its concepts and the slots found."""

    low: str
    words: tuple[tuple[int, int, int], ...]
    bits: int

    def has(self, concept: str) -> bool:
        return bool(self.bits & BITS[concept])


def look(masked: str, slots: set[str], services: Sequence[Mention]) -> Sentence:
    """The concepts of a masked, lower-case sentence together with the slots found in it."""
    words = tuple(_own_verb(word, services) for word in tag(masked))
    bits = 0
    for _, _, found in words:
        bits |= found
    for signal in slots | phrases.signals(masked):
        bits |= BITS[signal]
    return Sentence(masked, words, _negated(masked, words, bits))


def _own_verb(word: tuple[int, int, int], services: Sequence[Mention]) -> tuple[int, int, int]:
    """The 洗 of 洗车 is part of the service's name, not yet a wish."""
    start, end, bits = word
    if bits & BITS["DO"] and any(mention.start <= start and end <= mention.end for mention in services):
        return start, end, bits & ~BITS["DO"]
    return word


def also(sentence: Sentence, signal: str) -> Sentence:
    """The same sentence with one more signal."""
    return replace(sentence, bits=sentence.bits | BITS[signal])


def _negated(masked: str, words: tuple[tuple[int, int, int], ...], bits: int) -> int:
    """不想取消, 别取消, 不是来投诉: the word after the refusal does not count."""
    for concept in ("DROP", "COMPLAIN", "SOLD", "ERASE", "MOVE", "HUMAN"):
        if not bits & BITS[concept]:
            continue
        hits = [word for word in words if word[2] & BITS[concept]]
        if hits and all(_refused(masked, word[0], words) for word in hits):
            bits &= ~bits_of(_WITH_IT.get(concept, f"{concept} QUIT NEW_TIME TO_NEW UNHAPPY REACH"))
            bits |= BITS["NOT_DROP"]
    return bits


def _refused(masked: str, start: int, words: tuple[tuple[int, int, int], ...]) -> bool:
    return any(
        bits & BITS["NEG"] and 0 <= start - end <= 3 and not _TRIMMED.search(masked[end:start].strip(" "))
        for _, end, bits in words
    )


def exact(low: str) -> str | None:
    """The intent of codes and single numbers, where the whole message is the word."""
    bare = _TRIMMED.sub("", low) if len(low) < 20 else low
    if bare in _EXACT:
        return _EXACT[bare]
    return "answer" if len(bare) < 9 and _CHOICE.fullmatch(bare) else None


def decide(sentence: Sentence, filled: bool, only_moments: bool = False) -> str:
    """The intent; `filled` says whether any slot or doubt was found, `only_moments` that it is but a day or an hour."""
    bits = sentence.bits
    best = next((rule for rule in RULES if bits & rule.need == rule.need and not bits & rule.ban), None)
    talk = _small_talk(sentence)
    if best and not (talk in {"help", "restart", "back", "cancel"} and best.score < 70 and not filled):
        return best.intent
    if filled and not (only_moments and _rest(sentence) >= _strange(sentence)):
        return "booking" if sentence.has("SERVICE") and _describes(sentence) else "answer"
    return talk or _politeness(sentence) or "unknown"


def _describes(sentence: Sentence) -> bool:
    """右后轮老是没气: a service and a few words about the car are a wish, also where nobody knows the words."""
    bare = not sentence.bits & bits_of("WRONG NEG NO YES TO_NEW")
    return bare and _rest(sentence) >= _strange(sentence)


def _small_talk(sentence: Sentence) -> str | None:
    """yes, no, cancel, back, restart or help, when the sentence is little more than that."""
    if not sentence.bits & _CONTENT:
        return None
    if sentence.bits & BITS["NOT_DROP"]:
        return "no"
    if sentence.bits & BITS["THANKS"] and not sentence.bits & bits_of("NO YES QUIT"):
        return "thanks"
    rest = _rest(sentence)
    for intent, concept in _STEERING:
        if sentence.bits & BITS[concept] and rest <= _REST[intent]:
            return intent
    return _yes_or_no(sentence, rest)


def _yes_or_no(sentence: Sentence, rest: int) -> str | None:
    """The first of the two, when nothing else is said or it stands before a pause."""
    for start, end, bits in sentence.words:
        if bits & _YES_NO:
            pause = end >= len(sentence.low) or _TRIMMED.match(sentence.low, end)
            return ("no" if bits & BITS["NO"] else "yes") if rest <= 1 or (pause and start <= 1) else None
    return None


def _strange(sentence: Sentence) -> int:
    """English words are longer than Chinese ones."""
    return (_STRANGE + (not sentence.has("QUESTION"))) * (3 if sentence.low.isascii() else 1)


def _rest(sentence: Sentence) -> int:
    """How many characters belong to no known word."""
    covered = sum(end - start for start, end, _ in sentence.words)
    return len(sentence.low) - covered - sum(len(gap) for gap in _TRIMMED.findall(sentence.low))


def _politeness(sentence: Sentence) -> str | None:
    if sentence.has("THANKS"):
        return "thanks"
    if sentence.has("GREETING") and (_rest(sentence) <= 4 or sentence.words[0][2] & BITS["GREETING"]):
        return "greeting"
    return None
