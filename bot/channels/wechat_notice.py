"""An approved shape, filled → WeChat's template message, subscribe notification, and the same words to many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.channels import Outgoing
from core.errors import DeliveryFailed
from core.messages import Bubble
from core.policy import Template

LONGEST = 20  # characters of a field; the platform cuts a template's silently and refuses a notification's
LONGEST_OF = {"car_number": 8, "phrase": 5, "name": 10, "phone_number": 17, "letter": 32, "number": 32,
              "character_string": 32, "symbol": 5}  # fmt: skip
FEWEST, MOST = 2, 10_000  # openids of one mass send


def template_message(outgoing: Outgoing, template: Template) -> dict[str, Any]:
    """The body of message/template/send; the same row again within ten minutes is delivered once."""
    body = {"touser": outgoing.address, "template_id": template.id, "data": _data(outgoing, template)}
    return body | ({"url": outgoing.link} if outgoing.link else {}) | {"client_msg_id": f"o{outgoing.row_id}"}


def subscribe_message(outgoing: Outgoing, template: Template) -> dict[str, Any]:
    """The body of message/subscribe/bizsend."""
    body = {"touser": outgoing.address, "template_id": template.id, "data": _data(outgoing, template)}
    return body | ({"page": outgoing.link} if outgoing.link else {})


def mass_messages(outgoing: Outgoing) -> list[dict[str, Any]]:
    """The bodies of message/mass/send, no more openids in each than the platform takes and never one alone."""
    assert isinstance(outgoing.content, Bubble)
    text = {"content": outgoing.content.text}
    return [
        {"touser": list(part), "msgtype": "text", "text": text, "clientmsgid": f"o{outgoing.row_id}-{number}"}
        for number, part in enumerate(parts(outgoing.accounts))
    ]


def parts(accounts: Sequence[str]) -> list[Sequence[str]]:
    """Raises DeliveryFailed for fewer than the platform takes."""
    if len(accounts) < FEWEST:
        raise DeliveryFailed("too few for a mass send", permanent=True, reroute=True)
    count = -(-len(accounts) // MOST)
    return [accounts[n::count] for n in range(count)]


def template_of(outgoing: Outgoing, templates: Mapping[str, Mapping[str, Template]], channel: str) -> Template:
    """Raises DeliveryFailed when the platform has approved none for these words."""
    notice = outgoing.content.notice if isinstance(outgoing.content, Bubble) else None
    found = templates.get(notice.name, {}).get(channel) if notice else None
    if found is None:
        raise DeliveryFailed("no approved template for these words", permanent=True, reroute=True)
    return found


def _data(outgoing: Outgoing, template: Template) -> dict[str, dict[str, str]]:
    """`fields` of the policy: "thing4:service" is the platform's name and the notice's; one name stands for both."""
    assert isinstance(outgoing.content, Bubble)
    given = dict(outgoing.content.notice.fields) if outgoing.content.notice else {}
    names = [(key, name or key) for key, _, name in (field.partition(":") for field in template.fields)]
    missing = [name for _, name in names if not given.get(name)]
    if missing:
        raise DeliveryFailed(f"template {template.id} wants {', '.join(missing)}", permanent=True, reroute=True)
    return {key: {"value": fitting(key, given[name])} for key, name in names}


def fitting(key: str, value: str) -> str:
    """In one line, as long as the platform shows it: its kind is the key without its number."""
    return " ".join(value.split())[: LONGEST_OF.get(key.rstrip("0123456789"), LONGEST)]
