"""What Telegram posts, and what we make of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram_read import read
from core.errors import BadInput
from core.messages import Inbound, Kind
from tests import payloads

BOT = 7042000001
LI, WANG, GROUP = "1001", "2001", "-1001234567890"


def heard(update: Any) -> Inbound:
    (inbound,) = read(json.dumps(update).encode(), BOT)
    return inbound


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text", Kind.TEXT),
        ("reply", Kind.TEXT),
        ("forwarded", Kind.TEXT),
        ("huge_text", Kind.TEXT),
        ("edited_message", Kind.TEXT),
        ("callback_query", Kind.CHOICE),
        ("callback_query_inaccessible_message", Kind.CHOICE),
        ("contact_own", Kind.CONTACT),
        ("contact_of_another_user", Kind.TEXT),
        ("contact_foreign", Kind.TEXT),
        ("start", Kind.FOLLOW),
        ("my_chat_member_unblocked", Kind.FOLLOW),
        ("my_chat_member_blocked", Kind.UNFOLLOW),
        ("photo", Kind.PHOTO),
        ("voice", Kind.VOICE),
        ("sticker", Kind.OTHER),
        ("location", Kind.LOCATION),
        ("document", Kind.OTHER),
        ("unknown_message_content", Kind.OTHER),
    ],
)
def test_what_li_does_in_private_has_a_kind_and_no_chat(name: str, kind: Kind) -> None:
    inbound = heard(payloads.telegram(name))
    assert (inbound.kind, inbound.account, inbound.chat, inbound.name) == (kind, LI, "", "李明")
    assert inbound.key == f"{BOT}:{payloads.telegram(name)['update_id']}"


def test_a_location_and_a_venue_become_words() -> None:
    update = payloads.telegram("location")
    update["message"]["location"] = {"latitude": 22.5431, "longitude": 113.9532}
    assert heard(update).text == "22.54310, 113.95320"
    place = {"location": update["message"]["location"], "title": "创业大厦", "address": "科苑路1号"}
    update["message"]["venue"] = place
    assert heard(update).text == "创业大厦 科苑路1号（22.54310, 113.95320）"


@pytest.mark.parametrize(
    "name",
    [
        "channel_post", "empty", "group_anonymous_admin", "inline_query", "left_chat_member", "message_reaction",
        "message_without_from", "migrate_from_chat_id", "my_chat_member_added_to_group", "new_chat_members",
        "my_chat_member_removed_from_group", "new_chat_title", "no_update_id", "pinned_message", "poll",
        "poll_answer", "unknown_update_kind", "callback_query_without_data",
    ],
)  # fmt: skip
def test_what_nobody_says_to_us_is_nothing(name: str) -> None:
    assert read(json.dumps(payloads.telegram(name)).encode(), BOT) == []


def test_every_payload_is_read_calmly() -> None:
    for name in payloads.every("telegram"):
        assert len(read(json.dumps(payloads.telegram(name)).encode(), BOT)) <= 1


def test_only_li_s_own_contact_is_vouched_for() -> None:
    assert heard(payloads.telegram("contact_own")).phone == "+8613800138000"
    other = heard(payloads.telegram("contact_of_another_user"))
    assert (other.phone, other.text) == ("", "8613900139000")


def test_a_contact_of_another_user_stays_foreign_when_li_s_name_is_on_it() -> None:
    update = payloads.telegram("contact_of_another_user")
    update["message"]["contact"] |= {"first_name": "李明", "phone_number": "8613800138000"}
    assert heard(update).kind is Kind.TEXT


def test_a_tap_in_the_staff_group_names_group_card_and_tap() -> None:
    tap = heard(payloads.telegram("callback_query_in_group"))
    assert (tap.account, tap.chat, tap.card) == (WANG, GROUP, "480")
    assert tap.choice
    assert tap.tap_id


def test_in_a_group_only_commands_and_replies_to_the_bot_are_for_us() -> None:
    update = payloads.telegram("group_command")
    assert (heard(update).text, heard(update).chat) == ("/tasks", GROUP)
    chatter = {**update["message"], "text": "中午吃什么", "entities": []}
    assert read(json.dumps({"update_id": 1, "message": chatter}).encode(), BOT) == []
    said_by_bot = {**chatter, "from": {"id": BOT, "is_bot": True, "first_name": "回车"}}
    assert heard({"update_id": 2, "message": chatter | {"reply_to_message": said_by_bot}}).text == "中午吃什么"


def test_a_group_that_moves_names_its_old_and_new_id() -> None:
    moved = heard(payloads.telegram("migrate_to_chat_id"))
    assert (moved.kind, moved.chat, moved.text) == (Kind.MIGRATED, "-400123456", GROUP)


def test_a_deep_link_gives_its_scene() -> None:
    assert heard(payloads.telegram("start")).scene == "bk_7Kq2"


def test_a_photo_comes_in_its_largest_size_with_its_caption() -> None:
    photo = heard(payloads.telegram("photo"))
    largest = payloads.telegram("photo")["message"]["photo"][-1]["file_id"]
    assert (photo.media, photo.text) == (largest, "这个灯亮了")


def test_a_huge_text_is_read_as_far_as_anybody_would_and_kept_whole() -> None:
    update = payloads.telegram("text")
    update["message"]["text"] = "车" * 9000
    inbound = heard(update)
    assert len(inbound.text) == 4096
    assert json.loads(inbound.raw)["message"]["text"] == "车" * 9000


def test_a_correction_has_a_key_of_its_own() -> None:
    update = payloads.telegram("edited_message")
    assert heard(update).text.startswith("粤B12345 后天")
    assert heard(update).key != heard(payloads.telegram("text")).key


def test_a_part_that_nobody_knows_yet_does_not_hide_the_words() -> None:
    update = payloads.telegram("text")
    update["message"]["entities"] = "a new shape of entities"
    assert heard(update).text == "粤B12345 明天下午能做保养吗"


def test_half_a_surrogate_pair_and_nul_are_read() -> None:
    body = b'{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1001,"type":"private"},'
    body += b'"from":{"id":1001,"is_bot":false,"first_name":"\\udc00"},"text":"a\\ud83d\\u0000b"}}'
    (inbound,) = read(body, BOT)
    assert (inbound.text, inbound.name) == ("a?b", "?")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"nan.", b"[" * 200_000])
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        read(body, BOT)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
PARTS = ["update_id", "message", "chat", "from", "text", "contact", "photo", "date", "migrate_to_chat_id"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(payloads.every("telegram")), min_size=1, max_size=1), st.sampled_from(PARTS), JSON)
def test_whatever_a_part_of_an_update_is_nothing_breaks(names: list[str], part: str, value: Any) -> None:
    update = payloads.telegram(names[0])
    (update.get("message") or update)[part] = value
    for inbound in read(json.dumps(update).encode(), BOT):
        assert inbound.key.startswith(f"{BOT}:")
        assert inbound.account or inbound.kind is Kind.MIGRATED
        inbound.text.encode()
