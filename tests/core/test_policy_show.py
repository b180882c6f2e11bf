"""A policy written as a file and read again is the same policy, and no number of it is left out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.policy import PRESETS, Policy
from core.policy_file import read_policy
from core.policy_lines import Path as Place
from core.policy_lines import lines_of
from core.policy_show import toml_of
from core.policy_tables import TABLES
from core.policy_texts import SECTIONS
from core.say import policy_words

RICH = """
preset = "general"
hold_out.share = 0.123456789
[roles.advisor]
discount_percent = 0
discount_yuan = 0
[journeys.win_back]
on = false
months = { m3 = 4 }
[journeys.own]
anchor = 2026-12-24
at = 07:30:00
steps = [{ name = "a", months = 1, text = "好\\n\\"{name}\\" 😀", offer = "friend" }, { name = "b", months = 2, kind = "task", text = "打" }]
audience = { tags = ["高价值"], min_spend = 0.01 }
[campaigns.winter]
on_day = 2026-12-24
text = "冬"
budget = 1
[tags."高价值"]
on = false
[tags."a b"]
min_referrals = 1
[templates.nothing]
[templates."a.b".sms]
id = "1"
[care.answer_offers]
price = ""
[texts.zh]
welcome = "您好 {{}} \\"回车\\"\\n请说"
[texts.en]
how_was_it = "{visit}?"
"""  # noqa: E501 - as a shop may write it


@pytest.mark.parametrize("text", ["", 'preset = "general"', RICH])
def test_what_is_shown_is_the_same_policy(text: str) -> None:
    policy = read_policy(text)
    shown = toml_of(policy)
    assert read_policy(shown) == policy
    assert toml_of(read_policy(shown)) == shown


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)


@given(title=words, label=words, share=st.floats(0, 1), fen=st.integers(0, 10**9), minutes=st.integers(1, 120))
@settings(max_examples=60, deadline=None)
def test_any_words_and_numbers_survive(title: str, label: str, share: float, fen: int, minutes: int) -> None:
    policy = read_policy(
        f"roll_out.share = {share!r}\nbooking.hold = '{minutes}m'\n"
        f"offers.new.amount = {fen // 100}.{fen % 100:02d}\noffers.new.gifts = 'x'\n"
        f"offers.new.title = {policy_text(title)}\ndrafts.label = {policy_text(label)}\n"
    )
    assert (policy.offers["new"].title[0], policy.ai_label[0]) == (title, label)
    assert (policy.offers["new"].amount_fen, policy.usual.roll_out) == (fen, share)
    assert read_policy(toml_of(policy)) == policy


def policy_text(text: str) -> str:
    """As TOML, every character by its number."""
    return '"' + "".join(f"\\U{ord(one):08x}" for one in text) + '"'


def numbers(value: object, place: tuple[str, ...] = ()) -> Iterator[str]:
    """Where each number of the policy stands: of its own fields and of the parts that are one of a kind."""
    for field in fields(value) if is_dataclass(value) else ():
        inner, here = getattr(value, field.name), (*place, field.name)
        yield from numbers(inner, here) if is_dataclass(inner) and field.name not in ONE_VALUE else [".".join(here)]


ONE_VALUE = {"quiet_marketing", "quiet_service", "usual"}
READ_BY_THEMSELVES = {"gate.calendar"} | set(
    "preset usual templates journeys offers roles own_journeys campaigns recommend_rules tag_rules texts".split()
)


def test_every_number_of_the_policy_has_a_key() -> None:
    places = {".".join(key.place) for keys in TABLES.values() for key in keys}
    homes = {place.rpartition(".")[0] for place in places} | places
    missing = set(numbers(PRESETS["nev"])) - homes - READ_BY_THEMSELVES
    assert not missing, f"give {sorted(missing)} a key in core/policy_tables.py and words in core/say/policy_words.py"


def test_every_key_is_explained() -> None:
    assert policy_words.SECTIONS.keys() == SECTIONS.keys() == policy_words.KEYS.keys()
    for section, keys in SECTIONS.items():
        assert set(policy_words.KEYS[section]) == {key.name for key in keys}, section


@pytest.mark.parametrize("policy", PRESETS.values(), ids=PRESETS)
def test_the_whole_file_says_every_key_of_its_tables(policy: Policy) -> None:
    said: set[Place] = set(lines_of(toml_of(policy)))
    assert tomllib.loads(toml_of(policy))["preset"] == policy.preset
    assert not [(*path, key.name) for path, keys in TABLES.items() for key in keys if (*path, key.name) not in said]
