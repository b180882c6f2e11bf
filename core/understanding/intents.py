"""What the sentence wants: scored rules over the concepts and slots that were found in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.understanding import phrases
from core.understanding.lexicon import BIT, mask, tag
from core.understanding.services import Mention

_SLOT_BITS = {
    name: 1 << (len(BIT) + place)
    for place, name in enumerate(
        (
            "DATE",
            "TIME",
            "PART",
            "SERVICE",
            "PLATE",
            "PHONE",
            "VIN",
            "KM",
            "NAME",
            "STORE",
            "RATING",
            "VAGUE",
            "WARRANTY",
        )
    )
}
_BITS = BIT | _SLOT_BITS | {"NOT_DROP": 1 << (len(BIT) + 20), "LATER": 1 << (len(BIT) + 21)} | {
    name: 1 << (len(BIT) + 22 + place) for place, name in enumerate(("SHIFT", "HARM", "ABILITIES", "FLAG"))
}

_EXACT = {
    **dict.fromkeys("确认预约 确定预约 确认取消 确定取消 确认改期 确认修改 确认提交".split(), "yes"),
    **dict.fromkeys("td t n r stop unsubscribe 退订 tdd 退 回t 回td unsub stopall".split(), "opt_out"),
    **dict.fromkeys("y yy yes ok".split(), "yes"),
    **dict.fromkeys("start subscribe".split(), "opt_in"),
    **dict.fromkeys("/help help 帮助 菜单 menu".split(), "help"),
    **dict.fromkeys("/cancel 取消 cancel q".split(), "cancel"),
    **dict.fromkeys("/start restart".split(), "restart"),
    **dict.fromkeys("/back back 返回".split(), "back"),
}
_REST = {"restart": 9, "back": 9, "help": 6, "cancel": 5}  # strange characters that may stand beside such a wish
_STRANGE = 3  # characters of no known word, after which 今天 alone is no answer
_CHOICE = re.compile(
    r"(?:第|选|我|就|要|那)*(?:\d{1,2}|[一二三四五六七八九十])(?:个|项)?[吧了]?|第(?:\d|[一二三四五六七八九十])(?:条|种|行)[吧了]?"
    r"|(?:我|选|要|就)*(?:最[后前]+一?个|[上下前后中][面间]那?一?个)[吧了]?"
)

# score, intent, all of, none of; the highest score wins, the earlier line on a tie
_RULES = """
97 complaint            COMPLAIN |
95 opt_out              STOP | START AGAIN
93 cancel_appointment   DELETE APPOINTMENT |
92 erase_me             ERASE |
92 erase_me             DELETE DATA |
91 erase_me             DELETE ME | SERVICE TIME DATE
90 rate_visit           RATING |
90 opt_out              STOPPING SEND | START OPENING
89 reschedule           CANT_COME MOVE |
89 reschedule           CANT_COME LATER |
89 reschedule           CANT_COME SHIFT |
89 ask_other            ADVANCE QUESTION | DATE
88 opt_in               START | NEG
88 opt_in               OPENING SEND | NEG STOPPING
88 reschedule           MOVE DATE |
88 reschedule           MOVE TIME |
88 reschedule           MOVE PART |
88 reschedule           MOVE VAGUE |
88 reschedule           MOVE SHIFT |
86 reschedule           BUSY MOVE |
87 reschedule           MOVE APPOINTMENT | HOW_TO
86 cancel_appointment   DROP APPOINTMENT |
91 car_sold             SOLD | WANT_SELL
84 warning_light        LIGHT | NOT_LIGHT
84 cancel_appointment   DROP DATE |
84 cancel_appointment   DROP TIME |
84 cancel_appointment   DROP PART |
84 cancel_appointment   DROP SERVICE |
84 cancel_appointment   DROP PLATE |
82 human                HUMAN |
81 complaint            UNHAPPY |
81 booking              REACH PERSON BOOK |
81 my_data              CHANGE PERSONAL | NAME PLATE
81 my_data              MOVE PERSONAL | NAME PLATE
80 human                REACH PERSON |
80 refer                REFER |
80 refer                RECOMMEND FRIEND |
80 my_data              MY_DATA |
80 my_data              HOLD DATA |
79 reschedule           CANT_COME VAGUE |
79 reschedule           NEW_TIME |
78 cancel_appointment   CANT_COME |
78 cancel_appointment   APPOINTMENT GIVE_UP |
79 my_coupons           CARD OWNED |
78 claim_coupon         CLAIM COUPON |
77 claim_coupon         BIRTHDAY COUPON | MY_COUPON
76 complaint            HARM |
76 complaint            AFTER_VISIT STILL SYMPTOM |
76 complaint            BEFORE STILL SYMPTOM |
76 complaint            AFTER_VISIT SYMPTOM | QUESTION BOOK
76 my_coupons           CARD MY_COUPON |
74 ask_other            DOORSTEP QUESTION |
74 my_appointments      ABOUT_APPT | MOVE DROP
74 my_appointments      HAD QUESTION | MOVE DROP PRICE STATUS
73 ask_car_status       STATUS QUESTION |
73 ask_car_status       MINE_CAR HOW_IS | SERVICE
73 claim_coupon         WISH CARD | MY_COUPON HOW_TO USE
73 claim_coupon         GET COUPON QUESTION | MY_COUPON
72 my_coupons           CARD QUESTION |
72 unknown              OFFTOPIC | SERVICE BOOK APPOINTMENT MY_CAR
72 my_coupons           CARD HOW_TO |
71 booking              BOOK WISH DATE PRICE |
71 booking              BOOK WISH TIME PRICE |
70 ask_price            PRICE |
68 ask_hours            HOURS |
67 ask_address          SHOP WHERE QUESTION |
66 ask_address          ADDRESS |
65 booking              BOOK |
64 ask_other            WARRANTY QUESTION | BOOK
64 ask_other            MUST SERVICE QUESTION | DATE TIME BOOK PART
63 ask_other            HOW_TO |
62 booking              ROOM |
61 answer               TO_NEW SERVICE |
61 answer               TO_NEW PLATE |
61 answer               TO_NEW STORE |
61 answer               TO_NEW PHONE |
61 answer               TO_NEW NAME |
60 booking              WISH SERVICE |
60 booking              DO SERVICE |
58 rate_visit           RATE |
57 ask_car_status       STATUS |
56 booking              SERVICE DATE |
56 booking              SERVICE TIME |
56 booking              SERVICE PART |
56 booking              SERVICE VAGUE |
55 booking              SYMPTOM SERVICE |
54 help                 ABILITIES |
52 claim_coupon         CLAIM |
50 my_coupons           CARD |
49 booking              WISH DATE |
49 booking              WISH TIME |
49 booking              WISH PART |
48 booking              DO DATE |
48 booking              DO TIME |
48 booking              DO PLATE |
47 booking              GO DATE |
47 booking              GO TIME |
46 booking              DO MY_CAR | QUESTION
45 booking              SYMPTOM |
36 ask_other            QUESTION SERVICE |
35 ask_other            QUESTION CAR_TALK |
30 ask_other            QUESTION MODAL |
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """`intent` when every bit of `need` and none of `ban` is there."""

    score: int
    intent: str
    need: int
    ban: int


def _bits(names: str) -> int:
    bits = 0
    for name in names.split():
        bits |= _BITS[name]
    return bits


def _rule(line: str) -> Rule:
    head, _, ban = line.partition("|")
    score, intent, needs = head.split(None, 2)
    return Rule(int(score), intent, _bits(needs), _bits(ban))


RULES = tuple(sorted((_rule(line) for line in _RULES.strip().splitlines()), key=lambda rule: -rule.score))

_STEERING = (("cancel", "QUIT"), ("restart", "RESTART"), ("back", "BACK"), ("help", "HELP"))
_YES_NO = mask(("YES", "NO"))
_CONTENT = mask(("NO", "QUIT", "YES", "RESTART", "BACK", "HELP"))
_TRIMMED = re.compile(r"[\s,，。.!！?？、;；:~…\x01-\x03·\-()（）\"'“”]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the rules look at: the masked text, its concepts and the slots found."""

    low: str
    words: tuple[tuple[int, int, int], ...]
    bits: int

    def has(self, concept: str) -> bool:
        return bool(self.bits & _BITS[concept])


def look(masked: str, slots: set[str], services: Sequence[Mention]) -> Sentence:
    """The concepts of a masked, lower-case sentence together with the slots found in it."""
    words = tuple(_own_verb(word, services) for word in tag(masked))
    bits = 0
    for _, _, found in words:
        bits |= found
    for signal in slots | phrases.signals(masked):
        bits |= _BITS[signal]
    return Sentence(masked, words, _negated(masked, words, bits))


def _own_verb(word: tuple[int, int, int], services: Sequence[Mention]) -> tuple[int, int, int]:
    """The 洗 of 洗车 is part of the service's name, not yet a wish."""
    start, end, bits = word
    if bits & _BITS["DO"] and any(mention.start <= start and end <= mention.end for mention in services):
        return start, end, bits & ~_BITS["DO"]
    return word


def also(sentence: Sentence, signal: str) -> Sentence:
    """The same sentence with one more signal."""
    return replace(sentence, bits=sentence.bits | _BITS[signal])


def _negated(masked: str, words: tuple[tuple[int, int, int], ...], bits: int) -> int:
    """不想取消, 别取消, 不是来投诉: the word after the refusal does not count."""
    for concept in ("DROP", "COMPLAIN", "SOLD", "ERASE", "MOVE", "HUMAN"):
        if not bits & _BITS[concept]:
            continue
        hits = [word for word in words if word[2] & _BITS[concept]]
        if hits and all(_refused(masked, word[0], words) for word in hits):
            bits &= ~_bits(f"{concept} QUIT NEW_TIME TO_NEW UNHAPPY REACH" if concept != "HUMAN" else concept)
            bits |= _BITS["NOT_DROP"]
    return bits


def _refused(masked: str, start: int, words: tuple[tuple[int, int, int], ...]) -> bool:
    return any(
        bits & _BITS["NEG"] and 0 <= start - end <= 3 and not _TRIMMED.search(masked[end:start])
        for _, end, bits in words
    )


def exact(low: str) -> str | None:
    """The intent of codes and single numbers, where the whole message is the word."""
    bare = _TRIMMED.sub("", low) if len(low) < 20 else low
    if bare in _EXACT:
        return _EXACT[bare]
    return "answer" if len(bare) < 8 and _CHOICE.fullmatch(bare) else None


def decide(sentence: Sentence, filled: bool, only_moments: bool = False) -> str:
    """The intent; `filled` says whether any slot or doubt was found, `only_moments` that it is but a day or an hour."""
    bits = sentence.bits
    best = next((rule for rule in RULES if bits & rule.need == rule.need and not bits & rule.ban), None)
    talk = _small_talk(sentence)
    if best and not (talk in {"help", "restart", "back", "cancel"} and best.score < 70 and not filled):
        return best.intent
    if filled and not (only_moments and _rest(sentence) >= _STRANGE + (not sentence.has("QUESTION"))):
        return "answer"
    return talk or _politeness(sentence) or "unknown"


def _small_talk(sentence: Sentence) -> str | None:
    """yes, no, cancel, back, restart or help, when the sentence is little more than that."""
    if not sentence.bits & _CONTENT:
        return None
    if sentence.bits & _BITS["NOT_DROP"]:
        return "no"
    if sentence.bits & _BITS["THANKS"] and not sentence.bits & _bits("NO YES QUIT"):
        return "thanks"
    rest = _rest(sentence)
    for intent, concept in _STEERING:
        if sentence.bits & _BITS[concept] and rest <= _REST[intent]:
            return intent
    return _yes_or_no(sentence, rest)


def _yes_or_no(sentence: Sentence, rest: int) -> str | None:
    """The first of the two, when nothing else is said or it stands before a pause."""
    for start, end, bits in sentence.words:
        if bits & _YES_NO:
            pause = end >= len(sentence.low) or _TRIMMED.match(sentence.low, end)
            return ("no" if bits & _BITS["NO"] else "yes") if rest <= 1 or (pause and start <= 1) else None
    return None


def _rest(sentence: Sentence) -> int:
    """How many characters belong to no known word."""
    covered = sum(end - start for start, end, _ in sentence.words)
    return len(sentence.low) - covered - sum(len(gap) for gap in _TRIMMED.findall(sentence.low))


def _politeness(sentence: Sentence) -> str | None:
    if sentence.has("THANKS"):
        return "thanks"
    if sentence.has("GREETING") and (_rest(sentence) <= 4 or sentence.words[0][2] & _BITS["GREETING"]):
        return "greeting"
    return None
