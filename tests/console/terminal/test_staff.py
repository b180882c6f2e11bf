"""Who works here, from the command line."""

from __future__ import annotations

from tests.conftest import MakeProduct
from tests.console.terminal.conftest import Huiche


def test_staff_are_listed_with_store_role_and_channels(nanshan: Huiche) -> None:
    nanshan("staff", "add", "陈师傅", "--role", "technician", "--store", "NS", "--skills", "brakes, tyres")
    wang, chen = nanshan("staff", "list", "--json").json["items"]
    assert (wang["name"], wang["role"], wang["store"], wang["channels"]) == ("王工", "advisor", "NS", ["telegram"])
    assert (chen["skills"], chen["channels"]) == (["brakes", "tyres"], [])
    assert "陈师傅" in nanshan("staff", "list").out


def test_who_has_left_is_gone_and_their_account_is_free(nanshan: Huiche) -> None:
    nanshan("staff", "add", "李工", "--role", "advisor", "--store", "NS")
    assert "李工" in nanshan("staff", "remove", "1", "--to", "2").out
    assert [one["name"] for one in nanshan("staff", "list", "--json").json["items"]] == ["李工"]
    assert nanshan("staff", "link", "1").code == 2
    assert nanshan("staff", "add", "赵工", "--role", "advisor", "--store", "NS", "--telegram", "77001").code == 0


def test_a_link_starts_with_the_public_address_and_is_alone_on_stdout(nanshan: Huiche) -> None:
    link = nanshan("staff", "link", "1", PUBLIC_URL="https://crm.example.com/")
    assert link.out.startswith("https://crm.example.com/console/sign-in/")
    assert len(link.out.splitlines()) == 1
    assert link.out != nanshan("staff", "link", "1").out


def test_a_sign_in_link_works_once(product: MakeProduct) -> None:
    shop = product()
    shop.cli("store", "add", "NS", "深圳南山店")
    shop.cli("staff", "add", "王工", "--role", "advisor", "--store", "NS")
    path = shop.cli("staff", "link", "1").out.strip().partition(":8000")[2]
    first = shop.post(path, b"", {"Content-Type": "application/x-www-form-urlencoded"})
    again = shop.post(path, b"", {"Content-Type": "application/x-www-form-urlencoded"})
    assert (first.status, again.status >= 400) == (303, True)
