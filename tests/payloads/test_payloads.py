"""The platforms' own libraries take the payloads for real ones."""

from __future__ import annotations

import pytest
from aiogram.types import Update
from wechatpy import parse_message
from wechatpy.messages import UnknownMessage

from tests import payloads

NOT_YET_KNOWN = {"unknown_update_kind", "empty"}


@pytest.mark.parametrize("name", [name for name in payloads.every("telegram") if name != "no_update_id"])
def test_aiogram_reads_every_update(name: str) -> None:
    update = Update.model_validate(payloads.telegram(name))
    assert (set(update.model_fields_set) == {"update_id"}) == (name == "empty")
    if name not in NOT_YET_KNOWN:
        assert update.event_type


@pytest.mark.parametrize("name", [name for name in payloads.every("wechat") if name != "empty"])
def test_wechatpy_reads_every_message(name: str) -> None:
    message = parse_message(payloads.wechat(name))
    assert len(message.source) == 28
    later = name.startswith(("unknown", "subscribe_msg"))
    assert isinstance(message, UnknownMessage) == later
