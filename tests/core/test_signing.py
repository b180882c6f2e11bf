"""Signatures between us and a DMS."""

import pytest

from core.signing import is_signed, signature

BODY, NOW = b'{"id":"1"}', 1_795_000_000


def test_a_signature_vouches_for_its_body_for_five_minutes() -> None:
    header = signature("secret", BODY, NOW)
    assert header.startswith(f"t={NOW},v1=")
    assert [is_signed("secret", BODY, header, NOW + late) for late in (-301, -300, 0, 300, 301)] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert not is_signed("secret", BODY + b" ", header, NOW)
    assert not is_signed("other", BODY, header, NOW)


def test_one_of_several_signatures_is_enough_while_a_secret_changes() -> None:
    header = f"{signature('old', BODY, NOW)},{signature('new', BODY, NOW).partition(',')[2]}"
    assert is_signed("new", BODY, header, NOW)
    assert is_signed("old", BODY, header, NOW)


@pytest.mark.parametrize("header", ["", "t=", "v1=", "t=1,v1=", "t=x,v1=y", "t=²,v1=", f"t={NOW}", "=,=", "t=-1,v1=a"])
def test_anything_else_is_not_signed(header: str) -> None:
    assert not is_signed("secret", BODY, header, NOW)
    assert not is_signed("", BODY, signature("", BODY, NOW), NOW)
