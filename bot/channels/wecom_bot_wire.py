"""The frames of the AI bot's long connection: what is written, and what comes in as `Inbound`.

{"cmd", "headers": {"req_id"}, "body"}; an answer has no cmd, the same req_id, and errcode.
"""

from __future__ import annotations

import re
from typing import Any

from bot.channels.body import words
from bot.channels.wire import as_json
from core.errors import DeliveryFailed
from core.messages import Inbound, Kind

Frame = dict[str, Any]
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"
BUSY, TOO_OFTEN = -1, (45009, 846607)
_MENTION = re.compile(r"^(?:\s*@\S+)+\s*")


def subscribe(number: str, bot_id: str, secret: str) -> Frame:
    return _frame("aibot_subscribe", number, {"bot_id": bot_id, "secret": secret})


def ping(number: str) -> Frame:
    return {"cmd": "ping", "headers": {"req_id": number}}


def post(number: str, chat: str, kind: str, content: object) -> Frame:
    """A new message to a group or a person; `kind`: markdown, template_card."""
    return _frame("aibot_send_msg", number, {"chatid": chat, "msgtype": kind, kind: content})


def post_words(number: str, chat: str, text: str) -> Frame:
    return post(number, chat, "markdown", {"content": text})


def answer_words(req_id: str, text: str) -> Frame:
    """In place of what was said; the platform takes no plain text here, but a stream that ends at once."""
    stream = {"id": f"s-{req_id}"[:64], "finish": True, "content": text}
    return _frame("aibot_respond_msg", req_id, {"msgtype": "stream", "stream": stream})


def update_card(req_id: str, card: object, only_for: str = "") -> Frame:
    """The card under the tap; for everybody, or for one reader."""
    body: dict[str, Any] = {"response_type": "update_template_card", "template_card": card}
    return _frame("aibot_respond_update_msg", req_id, body | ({"userids": [only_for]} if only_for else {}))


def req_id_of(frame: Frame) -> str:
    headers = frame.get("headers")
    return words(headers.get("req_id")) if isinstance(headers, dict) else ""


def read(frame: Frame) -> Inbound | None:
    """Words or a tap of one person; None for what needs no answer."""
    body, req_id = _part(frame, "body"), req_id_of(frame)
    account, key = words(_part(body, "from").get("userid")), words(body.get("msgid"))
    if not (account and key and req_id):
        return None
    chat = words(body.get("chatid")) if body.get("chattype") == "group" else ""
    if frame.get("cmd") == MESSAGE:
        said = _part(body, "text") or _part(body, "voice")  # a voice message comes with its words
        text = _MENTION.sub("", words(said.get("content"))).strip()
        kind = Kind.TEXT if text else Kind.OTHER
        return Inbound("wecom_bot", key, account, kind, chat=chat, text=text, tap_id=req_id, raw=as_json(frame))
    if frame.get("cmd") == EVENT and event_of(frame) == "template_card_event":
        tap = _part(_part(body, "event"), "template_card_event") or _part(body, "event")
        choice, card = words(tap.get("event_key")), words(tap.get("task_id"))
        return Inbound(
            "wecom_bot",
            key,
            account,
            Kind.CHOICE,
            chat=chat,
            choice=choice,
            tap_id=req_id,
            card=card,
            raw=as_json(frame),
        )
    return None


def event_of(frame: Frame) -> str:
    """template_card_event, disconnected_event, enter_chat …; "" for anything but an event."""
    is_event = frame.get("cmd") == EVENT
    return words(_part(_part(frame, "body"), "event").get("eventtype")) if is_event else ""


def failure(answer: Frame) -> DeliveryFailed | None:
    """What the errcode of an answer means for the sender; None when it was taken."""
    code = answer.get("errcode", 0)
    if not code:
        return None
    reason = f"{code} {words(answer.get('errmsg'))}"
    if code in TOO_OFTEN:
        return DeliveryFailed(reason, retry_after=60.0)
    return DeliveryFailed(reason, permanent=code != BUSY)


def _frame(command: str, number: str, body: object) -> Frame:
    return {"cmd": command, "headers": {"req_id": number}, "body": body}


def _part(of: Frame, name: str) -> Frame:
    part = of.get(name)
    return part if isinstance(part, dict) else {}
