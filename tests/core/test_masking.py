"""What a whole group may read of somebody."""

import pytest

from core.masking import masked_name, masked_phone, masked_plate


@pytest.mark.parametrize(
    ("plate", "shown"),
    [("粤B12345", "粤B·**45"), ("粤BD12345", "粤B·**45"), ("沪A1234", "沪A·**34"), ("12345", "***"), ("", "***")],
)
def test_a_plate_keeps_its_town_and_two_last_signs(plate: str, shown: str) -> None:
    assert masked_plate(plate) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("+8613812345678", "138****5678"), ("13812345678", "138****5678"), ("1234567", "***"), ("", "***")],
)
def test_a_phone_keeps_three_and_four_digits(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("李明", "李*"), ("欧阳娜娜", "欧***"), ("李", "李*"), ("John Smith", "J***"), ("", "")]
)
def test_a_name_keeps_its_first_letter(name: str, shown: str) -> None:
    assert masked_name(name) == shown
