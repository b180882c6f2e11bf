"""WeCom's AI bot: whether somebody holds its line, and which stores have a group.

It is not connected to here: a second connection would take the place of the one that works.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bot.settings import Settings
from console.checkup.finding import Finding, fine, note, problem
from console.checkup.records import Seen
from core.limits import LINE
from storage.lines import CONNECTED, KICKED, REFUSED

PART = "wecom bot"
_FRESH = timedelta(seconds=3 * LINE.ping_every)
_NO_CARDS = "cards wait until it is connected"
_MENDS = {
    KICKED: "stop whatever else uses this bot; it connects again after a minute",
    REFUSED: "copy id and secret from 管理后台 → 智能机器人 → API 模式 → 长连接 into HUICHE_WECOM_BOT_ID and _SECRET",
}


def look(settings: Settings, seen: Seen) -> Iterator[Finding]:
    """What the process that holds the line has told last, and where cards go."""
    if not settings.has_wecom_bot:
        return
    yield _line(seen)
    for store in seen.unbound:
        mend = f"a manager writes in the store's WeCom group: @the bot 绑定 {store}"
        yield note(PART, f"no group is bound to {store}", "its cards do not stand there", mend)


def _line(seen: Seen) -> Finding:
    line = seen.line
    if line is None:
        return problem(PART, "it was never connected", _NO_CARDS, "huiche serve")
    if line.state != CONNECTED:
        mend = _MENDS.get(line.state, "look at the network: the machine must reach openws.work.weixin.qq.com")
        return problem(PART, f"the line is {line.state}: {line.words}", _NO_CARDS, mend)
    if datetime.now(UTC) - line.seen_at > _FRESH:
        what = f"nobody has held the line since {line.seen_at:%Y-%m-%d %H:%M} UTC"
        return problem(PART, what, _NO_CARDS, "huiche serve")
    return fine(PART, f"connected since {line.since:%Y-%m-%d %H:%M} UTC")
