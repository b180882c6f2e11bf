"""Every text for people, rendered in both languages with sample values."""

import inspect
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core.offers import WIN_BACK
from core.say import OwnerSay, StaffSay
from core.say.demo import DemoSay
from core.say.h5 import H5Say
from core.say.ledger import _SENTENCES, LedgerSay
from core.say.page import PageSay
from core.say.staff import _BUTTONS, _LEVELS, _OUTCOMES, _REASONS, _TITLES
from core.say.words import Words
from core.scoreboard import Score

ZONE = ZoneInfo("Asia/Shanghai")
CATALOGUES: tuple[type[Words], ...] = (OwnerSay, StaffSay, PageSay, DemoSay, LedgerSay, H5Say)
SAMPLES: dict[str, Any] = {
    "datetime": datetime(2026, 11, 24, 7, 0, tzinfo=UTC), "datetime | None": datetime(2026, 11, 24, 7, 0, tzinfo=UTC),
    "date": date(2026, 11, 24), "int": 3, "int | None": 3, "float": 0.86, "Any": "2026-11-24", "bool": True,
    "bool | None": True, "str": "A1", "list[str]": ["A1"], "object": 7, "str | None": "A1", "Named": {},
    "date | None": date(2026, 11, 24),
    "Mapping[str, int]": {"send": 3, "cap": 1},
    "Iterable[str]": ["A1", "B2"], "dict[str, Any]": defaultdict(lambda: 2, plates=["A1"]),
    "tuple[str, ...]": ("A1",), "Offer": WIN_BACK,
    "Score": Score(1, "A1", 1, [12.5], done=3, lapsed=1, alerts=2, saved=1, filled=3, wanted=4),
    "Iterable[tuple[str, int | str]]": [("days_since", 3)], "int | str": 3,
    "list[datetime]": [datetime(2026, 11, 24, 7, 0, tzinfo=UTC)],
}  # fmt: skip
BY_NAME: dict[str, Any] = {
    "reason": "price",
    "reasons": ["price"],
    "state": "open",
    "stage_": "new",
    "festivals": ("mid_autumn", "national_day"),
}  # keys of a catalogue
NEEDS_A_KEY = {
    "button": "take", "reason": "away_days", "field": "owner", "sentence": "owner.added",
    "field_name": "car", "day_state": "free", "part": "morning", "notice": "taken", "coupon_state": "offered",
    "coupon_ended": "expired", "topic": "price", "about_topic": "price", "opportunity_stage": "new",
    "figure": "days_since", "came_to": "send",
}  # fmt: skip
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;!?]|[,;!?][\u4e00-\u9fff]")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
EXAMPLES = re.compile(r"粤B12345|中文|周五上午十点洗车")


def arguments(method: Any) -> dict[str, Any]:
    given = {}
    for number, (name, parameter) in enumerate(inspect.signature(method).parameters.items()):
        assert parameter.annotation in SAMPLES, f"{method.__name__}: add a sample of {parameter.annotation} above"
        given[name] = BY_NAME.get(name, SAMPLES[parameter.annotation])
        if number == 0 and method.__name__ in NEEDS_A_KEY:
            given[name] = NEEDS_A_KEY[method.__name__]
    if method.__name__ == "sentence":
        given["values"] = dict.fromkeys(re.findall(r"{(\w+)}", str(_SENTENCES)), "")
    return given


def texts(say: Words) -> Iterator[tuple[str, str]]:
    """(method, text) for everything the catalogue can say."""
    for name, method in inspect.getmembers(say, inspect.ismethod):
        if name.startswith("_") or name == "pick" or inspect.signature(method).return_annotation == "bool":
            continue
        said = method(**arguments(method))
        parts = said.values() if isinstance(said, dict) else said if isinstance(said, tuple) else [said]
        for part in parts:
            yield name, part


@pytest.mark.parametrize("catalogue", CATALOGUES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_can_be_said_and_nothing_is_left_to_fill_in(catalogue: type[Words], language: str) -> None:
    for name, text in texts(catalogue(language, ZONE)):
        assert isinstance(text, str), name
        assert text.strip(), name
        assert not re.search(r"[{}]|None", text), f"{name}: {text}"


@pytest.mark.parametrize("catalogue", CATALOGUES)
def test_chinese_sentences_have_full_width_punctuation(catalogue: type[Words]) -> None:
    wrong = [f"{name}: {text}" for name, text in texts(catalogue("zh", ZONE)) if HALF_WIDTH.search(text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("catalogue", [OwnerSay, StaffSay, PageSay])
def test_english_texts_are_english(catalogue: type[Words]) -> None:
    wrong = [f"{n}: {t}" for n, t in texts(catalogue("en", ZONE)) if CHINESE.search(EXAMPLES.sub("", t))]
    assert not wrong, "\n".join(wrong)


def test_only_the_end_of_a_booking_says_booked() -> None:
    said = [(name, text) for say in (OwnerSay("zh", ZONE), OwnerSay("en", ZONE)) for name, text in texts(say)]
    sayers = {name for name, text in said if "已为您预约" in text or re.search(r"(^|[.:!?\n] ?)Booked", text)}
    assert sayers == {"booked"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_title_button_outcome_and_reason_of_the_staff_has_words(language: str) -> None:
    say = StaffSay(language, ZONE)
    said = [say.title(kind, level) for kind in _TITLES for level in ("", *_LEVELS)]
    said += [say.button(action) for action in _BUTTONS] + [say.outcome(outcome) for outcome in _OUTCOMES]
    said += [say.reason(reason, "2026-11-01" if reason == "overdue_since" else 5) for reason in _REASONS]
    assert all(text and "_" not in text and "{" not in text for text in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_row_of_the_ledger_has_a_sentence(language: str) -> None:
    say = LedgerSay(language, ZONE)
    values = dict.fromkeys(re.findall(r"{(\w+)}", str(_SENTENCES)), "甲")
    for verb in _SENTENCES:
        assert re.search(r"甲|[a-z]|[\u4e00-\u9fff]", say.sentence(verb, values))
        assert "{" not in say.sentence(verb, values)


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [(68_000, "680 元", "¥680"), (68_050, "680.50 元", "¥680.50"), (123_456_700, "1,234,567 元", "¥1,234,567")],
)
def test_money_has_no_needless_decimals(fen: int, chinese: str, english: str) -> None:
    assert (Words("zh", ZONE).money(fen), Words("en", ZONE).money(fen)) == (chinese, english)


def test_days_and_hours_are_the_shops() -> None:
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    zh, en = Words("zh", ZONE), Words("en", ZONE)
    assert (zh.moment(late), en.moment(late)) == ("11 月 24 日（周二）00:30", "Tue 24 Nov 00:30")
    assert (zh.short_moment(late), en.short_moment(late)) == ("11/24 周二 00:30", "11/24 Tue 00:30")
    today = date(2026, 11, 23)
    days = [zh.near_day(date(2026, 11, n), today) for n in (22, 23, 24, 25, 26)]
    assert days == ["11 月 22 日（周日）", "今天", "明天", "后天", "11 月 26 日（周四）"]


@pytest.mark.parametrize("catalogue", [OwnerSay, StaffSay])
def test_no_two_topics_say_different_things_by_one_name(catalogue: type[Words]) -> None:
    topics = [base for base in catalogue.__mro__ if base not in Words.__mro__]
    names = Counter(name for topic in topics for name in vars(topic) if not name.startswith("_"))
    assert not [name for name, count in names.items() if count > 1], "give one of them another name"


@pytest.mark.parametrize("catalogue", [OwnerSay, StaffSay, PageSay, LedgerSay, DemoSay])
def test_no_text_hides_another_of_the_same_name(catalogue: type[Words]) -> None:
    names = Counter(name for part in catalogue.__mro__ if part is not object for name in vars(part))
    assert [name for name, times in names.items() if times > 1 and not name.startswith("__")] == []


def test_the_demo_tells_what_a_day_brought_with_every_reason() -> None:
    decided, skipped = {"send": 3, "task": 1, "skip": 2}, {"no consent to marketing": 1, "too late": 1}
    words = [DemoSay(language, ZONE).brought("win_back", decided, skipped) for language in ("zh", "en")]
    assert words == [
        "流失召回：已发 3，待办卡片 1，未发 1（没有同意接收营销消息），未发 1（已过时效）",
        "Win-back: sent 3, cards 1, left out 1 (no consent to marketing), left out 1 (too late to be of use)",
    ]
