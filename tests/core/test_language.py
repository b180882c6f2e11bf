"""Which language a message asks for or is written in."""

import pytest

from core.language import asked_for, written_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("English please", "en"), ("speak English", "en"), ("in English, please!", "en"), ("说英文", "en"),
        ("请用英语", "en"), ("说中文", "zh"), ("中文", "zh"), ("Chinese please", "zh"), ("请讲普通话", "zh"),
        ("我在学英文", ""), ("the manual is in English", ""), ("", ""), ("粤B12345", ""),
    ],
)  # fmt: skip
def test_a_language_is_asked_for_in_so_many_words(text: str, language: str) -> None:
    assert asked_for(text) == language


@pytest.mark.parametrize(
    ("text", "so_far", "language"),
    [
        ("我要保养", "", "zh"), ("I want to book", "", "en"), ("hello", "", "en"), ("粤B12345", "", ""), ("OK", "", ""),
        ("OK", "zh", "zh"), ("OK thanks", "zh", "zh"), ("yes", "zh", "zh"), ("BYD Han EV", "zh", "zh"),
        ("粤B12345", "en", "en"), ("粤B·D12345 tomorrow at three please", "zh", "en"),
        ("can you do it tomorrow", "zh", "en"), ("明天可以吗", "en", "zh"), ("好", "en", "en"), ("🚗", "en", "en"),
    ],
)  # fmt: skip
def test_the_words_tell_and_little_things_do_not(text: str, so_far: str, language: str) -> None:
    assert written_in(text, so_far) == language
