"""Versions of the policy: each text that came into force once, in order, whoever else takes it at the same time."""

from __future__ import annotations

from storage.crm import Crm
from storage.policies import fingerprint
from tests.chat import Shop
from tests.storage.two import together

MORE, LESS = "[maintenance]\nkm = 12000\n", "[maintenance]\nkm = 8000\n"


def kept(shop: Shop) -> tuple[int, str]:
    def newest(crm: Crm) -> tuple[int, str]:
        found = crm.policies.newest()
        assert found is not None
        return found.number, found.text

    return shop.ask(newest)


def test_nothing_is_in_force_before_a_process_ran(shop: Shop) -> None:
    assert shop.ask(lambda crm: crm.policies.newest()) is None


def test_the_same_text_again_is_no_new_version(shop: Shop) -> None:
    assert [shop.do(lambda crm, t=text: crm.policies.take(t, "nev")) for text in ("", "", MORE, MORE)] == [1, 1, 2, 2]  # type: ignore[misc]
    assert kept(shop) == (2, MORE)


def test_going_back_to_an_older_text_is_a_version_of_its_own(shop: Shop) -> None:
    assert [shop.do(lambda crm, t=text: crm.policies.take(t, "nev")) for text in (MORE, LESS, MORE)] == [1, 2, 3]  # type: ignore[misc]
    row = shop.ask(lambda crm: crm.policies.newest())
    assert row is not None
    assert (row.sha256, row.preset, row.taken_at) == (fingerprint(MORE), "nev", shop.clock.now())


def test_processes_that_take_it_together_write_it_once(shop: Shop) -> None:
    shop.do(lambda crm: crm.policies.take("", "nev"))
    assert together(shop, [lambda crm: crm.policies.take(MORE, "nev")] * 12) == [2] * 12
    assert kept(shop) == (2, MORE)


def test_of_two_texts_at_once_none_is_lost(shop: Shop) -> None:
    texts = [f"[maintenance]\nkm = {km}\n" for km in range(8_000, 8_008)]
    numbers = together(shop, [lambda crm, t=text: crm.policies.take(t, "nev") for text in texts])  # type: ignore[misc]
    assert sorted(map(str, numbers)) == [str(number) for number in range(1, 9)]
