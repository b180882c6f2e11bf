"""One-time notices (订阅通知): which ones the shop would like to send, and the words by which owners ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.journeys import Kind
from core.notices import GIVEN
from core.policy import Policy
from core.routes import SUBSCRIBE

MOST_AT_ONCE = 3  # templates that WeChat takes for one tap
_WORDS = re.compile(
    r"(?:我要|我想要?|想|怎么|如何|请|帮我)?(?:订阅(?:一次性|服务|保养)?(?:通知|提醒)|(?:开启|打开|允许)(?:服务|保养)?提醒|允许(?:服务|保养)?通知)(?:吗|吧|一下|谢谢)?"
    r"|(?:please )?(?:allow|turn on|enable) (?:the |service )?(?:notices|notifications|reminders)(?: please)?",
    re.IGNORECASE,
)
_MARKS = " \t\n,，.。!！?？~～"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One template of the platform, and the notices of the policy that it is for."""

    template: str
    names: tuple[str, ...]


def wanted(policy: Policy) -> tuple[Wanted, ...]:
    """Each template of a notice of service once, in the policy's order; marketing never goes that way."""
    served = {one.name for one in policy.own_journeys if any(step.kind is Kind.SERVICE for step in one.journey.steps)}
    found: dict[str, list[str]] = {}
    for name, approved in policy.templates.items():
        if SUBSCRIBE in approved and name in served | GIVEN.keys():
            found.setdefault(approved[SUBSCRIBE].id, []).append(name)
    return tuple(Wanted(template, tuple(names)) for template, names in found.items())


def by_tap(notices: Sequence[Wanted]) -> Iterator[Sequence[Wanted]]:
    """As many at once as one tap may allow."""
    for first in range(0, len(notices), MOST_AT_ONCE):
        yield notices[first : first + MOST_AT_ONCE]


def asks(text: str) -> bool:
    """Whether the whole message asks for them: 订阅通知, 开启提醒, allow notices."""
    return bool(_WORDS.fullmatch(text.strip(_MARKS)))
