"""Messages, choices and cards, the same for every channel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.messages import CHOICE_ID_BYTES, Bubble, Card, Choice, Rank

TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
IDS = TEXT.filter(lambda text: 1 <= len(text.encode()) <= CHOICE_ID_BYTES)
BUBBLES = st.builds(Bubble, TEXT, st.lists(st.builds(Choice, IDS, TEXT), max_size=4).map(tuple), TEXT)


@given(BUBBLES)
def test_a_bubble_comes_out_of_the_store_as_it_went_in(bubble: Bubble) -> None:
    assert Bubble.unpacked(bubble.packed()) == bubble


@pytest.mark.parametrize("id_", ["x", "x" * CHOICE_ID_BYTES, "约" * (CHOICE_ID_BYTES // 3)])
def test_a_choice_fits_into_a_button(id_: str) -> None:
    assert Choice(id_, "好").id == id_


@pytest.mark.parametrize("id_", ["", "x" * (CHOICE_ID_BYTES + 1), "约" * 19])
def test_a_choice_that_no_button_carries_is_refused_where_it_is_made(id_: str) -> None:
    with pytest.raises(ValueError, match="shorten"):
        Choice(id_, "好")


def test_choices_are_numbered_from_one_where_there_are_no_buttons() -> None:
    bubble = Bubble("几点方便？", (Choice("a", "10:00"), Choice("b", "14:00")))
    assert bubble.numbered() == "几点方便？\n1. 10:00\n2. 14:00"
    assert Bubble("好的").numbered() == "好的"


def test_a_card_in_plain_text_has_no_empty_lines() -> None:
    assert Card(1, "新预约", ("时间：15:00", "", "车主：李*")).text == "新预约\n时间：15:00\n车主：李*"


def test_answers_leave_before_cards_and_cards_before_marketing() -> None:
    assert sorted(Rank) == [Rank.TAP, Rank.REPLY, Rank.STAFF, Rank.SERVICE, Rank.MARKETING]
