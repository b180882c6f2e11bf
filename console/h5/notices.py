"""The page on which a WeChat follower allows one-time notices, by WeChat's own tag; elsewhere the way back.

What they allow is counted by what WeChat posts to us, never by what happens on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.h5.call import Call, Done, Elsewhere, Shown
from console.h5.inside import SCRIPT
from core.one_time_notices import Wanted, by_tap, wanted


def show(call: Call) -> Shown:
    """What the shop would like to write about; how to allow it, or where that works."""
    say, notices = call.say, wanted(call.crm.shop.policy)
    if not notices:
        return Shown(
            "h5_message.html",
            say.no_notices_title(),
            {"heading": say.no_notices_title(), "hint": say.no_notices_hint()},
        )
    left = call.crm.subscribe_tokens.left_of(call.link.owner_id)
    values: dict[str, Any] = {
        "name": call.owner_name(),
        "taps": [_tap(call, some, left) for some in by_tap(notices)],
        "inside": call.inside,
        "script": SCRIPT,
        "stores": call.crm.stores.all(),
    }
    return Shown("h5_notices.html", say.notices_title(), values)


def act(call: Call) -> Done | Elsewhere:
    return call.to_booking() if call.asked.get("do") == "book" else {}


def _tap(call: Call, some: Sequence[Wanted], left: dict[str, int]) -> dict[str, Any]:
    """The notices that one tap allows: what each is about, and how many of it may still come."""
    rows = [(call.say.notice_about(list(one.names)), call.say.notices_left(left.get(one.template, 0))) for one in some]
    return {"templates": ",".join(one.template for one in some), "rows": rows}
