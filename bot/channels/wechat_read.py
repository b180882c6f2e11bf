"""What WeChat posts, opened → Inbound. Loads wechatpy."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from wechatpy import parse_message

from bot.channels.body import words
from core.errors import BadInput
from core.messages import Inbound, Kind, location_words

Fields = dict[str, Any]
_QR_PREFIX = "qrscene_"
_MENU_EVENTS = {"click", "scancode_push", "scancode_waitmsg"}  # those that open the window
_FOLLOW_EVENTS = {"subscribe", "subscribe_scan"}  # the second is wechatpy's name when a code was scanned
_SUBSCRIBE_EVENTS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
    "subscribe_msg_sent_event": "SubscribeMsgSentEvent",
}
_PLACE_EVENT = "location"  # where somebody is: not ours to keep


def fields_of(xml: str) -> Fields:
    """The elements of a message as the platform named them. Raises BadInput for anything else."""
    try:
        fields: Fields = parse_message(xml)._data
    except Exception as error:  # the library raises whatever the odd XML leads it to
        raise BadInput(f"not a message of WeChat ({type(error).__name__})") from error
    return fields


def read(fields: Fields, app_id: str, raw: bytes) -> list[Inbound]:
    """One message or event. Empty when it is about nobody, or about where somebody is."""
    account, kind = _word(fields, "FromUserName"), _word(fields, "MsgType").lower()
    if not account or (kind == "event" and _word(fields, "Event").lower() == _PLACE_EVENT):
        return []
    blank = Inbound("wechat", _key(fields, app_id, account, raw), account, Kind.OTHER, raw=raw)
    return [_event(blank, fields) if kind == "event" else _message(blank, kind, fields)]


def _message(blank: Inbound, kind: str, fields: Fields) -> Inbound:
    if kind == "text":
        return _text(blank, fields)
    if kind == "location":
        return _location(blank, fields)
    said = replace(blank, media=_word(fields, "MediaId"))
    if kind == "image":
        return replace(said, kind=Kind.PHOTO)
    if kind == "voice":
        heard = words(_word(fields, "Recognition"))
        return replace(said, kind=Kind.TEXT if heard else Kind.VOICE, text=heard)
    return said


def _text(blank: Inbound, fields: Fields) -> Inbound:
    """A tap in a menu message is a text that carries the id of the entry; our ids are never plain numbers."""
    text, entry = words(_word(fields, "Content")), words(_word(fields, "bizmsgmenuid"))
    if entry and not entry.isdecimal():
        return replace(blank, kind=Kind.CHOICE, choice=entry, text=text)
    return replace(blank, kind=Kind.TEXT, text=text)


def _location(blank: Inbound, fields: Fields) -> Inbound:
    """A place that they chose to send; the event of the same name, which tells where they are, is not read."""
    try:
        latitude, longitude = float(_word(fields, "Location_X")), float(_word(fields, "Location_Y"))
    except ValueError:
        return blank
    return replace(blank, kind=Kind.LOCATION, text=location_words(latitude, longitude, words(_word(fields, "Label"))))


def _event(blank: Inbound, fields: Fields) -> Inbound:
    event, key = _word(fields, "Event").lower(), words(_word(fields, "EventKey"))
    if event in _FOLLOW_EVENTS:
        return replace(blank, kind=Kind.FOLLOW, scene=key.removeprefix(_QR_PREFIX))
    if event == "unsubscribe":
        return replace(blank, kind=Kind.UNFOLLOW)
    if event == "scan":
        return replace(blank, kind=Kind.SCAN, scene=key)
    if event in _MENU_EVENTS:
        return replace(blank, kind=Kind.MENU, text=key)
    if event in _SUBSCRIBE_EVENTS:
        answers = " ".join(_subscriptions(fields.get(_SUBSCRIBE_EVENTS[event])))
        own_key = f"{blank.key}:{answers}"  # a page asks more than once in a second
        return replace(blank, key=own_key, kind=Kind.RECEIPT, text=words(f"{event} {answers}".strip()))
    text = f"{event} {_word(fields, 'Status')}".strip()
    return replace(blank, kind=Kind.RECEIPT, text=words(text), answers=words(_word(fields, "MsgID")))


def _subscriptions(told: Any) -> list[str]:
    """ "TEMPLATE=accept" of each; the list is one object where there is but one."""
    listed = told.get("List") if isinstance(told, dict) else None
    found = []
    for one in listed if isinstance(listed, list) else [listed]:
        if not isinstance(one, dict):
            continue
        template = _word(one, "TemplateId")
        status = _word(one, "SubscribeStatusString") or f"sent:{_word(one, 'ErrorCode')}"
        found += [f"{template}={status}"] if template and not set(template) & set("= ") else []
    return found


def _key(fields: Fields, app_id: str, account: str, raw: bytes) -> str:
    """Messages have a number; of events the platform says that sender and second tell them apart."""
    if number := _word(fields, "MsgId"):
        return f"{app_id}:{number}"
    if event := _word(fields, "Event"):
        parts = (_word(fields, "CreateTime"), event, _word(fields, "EventKey"), _word(fields, "MsgID"))
        return ":".join((app_id, account, *parts))
    return f"{app_id}:{account}:{hashlib.sha256(raw).hexdigest()}"


def _word(fields: Fields, name: str) -> str:
    """An element's text; "" when it is absent, empty or has children."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""
