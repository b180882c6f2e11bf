"""Messages in: each one once."""

from core.messages import Inbound, Kind
from storage.crm import Crm
from storage.crypto import Keys
from tests.chat import Shop
from tests.storage.two import together

HELLO = Inbound("telegram", "update-17", "李明", Kind.TEXT, text="你好", raw=b"{}")


def accept(crm: Crm) -> int | None:
    return crm.messages.accept(HELLO, None)


def test_the_same_message_is_accepted_once(shop: Shop) -> None:
    number = shop.do(accept)
    assert number is not None
    assert shop.do(accept) is None
    assert shop.ask(lambda crm: crm.messages.find("telegram", "update-17")) == number


def test_a_message_is_known_again_after_the_keys_were_rotated(shop: Shop) -> None:
    number = shop.do(accept)
    shop.database.keys = Keys.new(after=shop.database.keys)
    assert shop.do(accept) is None
    text = shop.ask(lambda crm: crm.messages.find("telegram", "update-17"))
    assert text == number


def test_an_account_is_found_again_after_the_keys_were_rotated(shop: Shop) -> None:
    before = shop.do(lambda crm: crm.conversations.locked("telegram", "李明").id)
    shop.database.keys = Keys.new(after=shop.database.keys)
    assert shop.do(lambda crm: crm.conversations.locked("telegram", "李明").id) == before
    assert shop.do(lambda crm: crm.identities.ensure("telegram", "李明").key) == 1


def test_the_same_key_in_another_channel_is_another_message(shop: Shop) -> None:
    other = Inbound("web", HELLO.key, "李明", Kind.TEXT, text="你好", raw=b"{}")
    assert shop.do(accept) != shop.do(lambda crm: crm.messages.accept(other, None)) is not None


def test_a_message_that_arrives_ten_times_at_once_is_accepted_once(shop: Shop) -> None:
    accepted = together(shop, [accept] * 10)
    assert [number for number in accepted if number is not None] == [1]
