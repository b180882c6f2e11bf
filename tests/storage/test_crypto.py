"""Sealing and finding again."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.crypto import Key, KeyProblem, Keys

SECRET = base64.b64encode(bytes(32)).decode()
OTHER = base64.b64encode(bytes(range(32))).decode()
KEYS = Keys.new()
PHONE = "+8613812345678"


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    assert KEYS.unseal(KEYS.seal(text, "owner.phone"), "owner.phone") == text


def test_the_same_phone_never_looks_the_same_when_sealed() -> None:
    assert KEYS.seal(PHONE, "owner.phone") != KEYS.seal(PHONE, "owner.phone")
    assert PHONE.encode() not in KEYS.seal(PHONE, "owner.phone")


@pytest.mark.parametrize("place", [4, 15, 16, 25, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    sealed = bytearray(KEYS.seal(PHONE, "owner.phone"))
    sealed[place] ^= 1
    with pytest.raises(KeyProblem, match="does not open"):
        KEYS.unseal(bytes(sealed), "owner.phone")


def test_a_sealed_phone_does_not_open_as_an_address() -> None:
    with pytest.raises(KeyProblem, match=r"a sealed owner\.address does not open with key 1"):
        KEYS.unseal(KEYS.seal(PHONE, "owner.phone"), "owner.address")


def test_a_missing_key_is_named() -> None:
    sealed = Keys((Key(7, bytes(32)),)).seal(PHONE, "owner.phone")
    with pytest.raises(KeyProblem, match="key 7 is missing"):
        KEYS.unseal(sealed, "owner.phone")


@pytest.mark.parametrize("sealed", [b"", b"\0", KEYS.seal("x", "f")[:4], KEYS.seal("x", "f")[:20]], ids=len)
def test_what_is_cut_short_is_a_key_problem_too(sealed: bytes) -> None:
    with pytest.raises(KeyProblem):
        KEYS.unseal(sealed, "f")


def test_after_a_rotation_the_old_opens_and_the_new_seals() -> None:
    rotated = Keys.new(after=KEYS)
    old = KEYS.seal(PHONE, "owner.phone")
    assert rotated.unseal(old, "owner.phone") == PHONE
    assert not rotated.is_current(old)
    assert rotated.is_current(rotated.seal(PHONE, "owner.phone"))
    assert [key.number for key in rotated.all] == [2, 1]


def test_a_phone_is_found_under_either_key_and_never_under_another_name() -> None:
    rotated = Keys.new(after=KEYS)
    assert rotated.indexes(PHONE, "owner.phone") == [
        rotated.index(PHONE, "owner.phone"),
        KEYS.index(PHONE, "owner.phone"),
    ]
    assert KEYS.index(PHONE, "owner.phone") != KEYS.index(PHONE, "vehicle.vin")
    assert Keys.new().index(PHONE, "owner.phone") != KEYS.index(PHONE, "owner.phone")


def test_keys_are_read_as_they_were_written() -> None:
    rotated = Keys.new(after=Keys.new(after=KEYS))
    again = Keys.parse(f" {rotated} ,")
    assert str(again) == str(rotated)
    assert again.unseal(KEYS.seal(PHONE, "owner.phone"), "owner.phone") == PHONE


@pytest.mark.parametrize(
    "text",
    ["", " , ", "1", "1:", "x:" + SECRET, "0:" + SECRET, "-1:" + SECRET, f"{2**32}:{SECRET}", "1:abc",
     "1:" + SECRET[:-4], "1:" + SECRET + "AAAA", "1:" + SECRET.replace("A", "*"), f"1:{SECRET},1:{OTHER}"],
)  # fmt: skip
def test_keys_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(KeyProblem, match="encryption key"):
        Keys.parse(text)


def test_a_key_does_not_show_its_secret() -> None:
    assert SECRET not in repr(Key(1, bytes(32)))
    assert "x00" not in repr(Key(1, bytes(32)))
