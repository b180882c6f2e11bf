"""Redis, the public address, the clock and the tokens: what the settings themselves can tell."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

from bot.settings import Settings
from console.checkup.finding import Finding, fine, note, problem
from console.checkup.records import Seen

SHORTEST_TOKEN = 16


async def redis(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.redis_url:
        return
    from storage.ports import ports

    shared = ports(settings.redis_url)
    answered = await shared.answers()
    await shared.close()
    if answered:
        yield fine("redis", "answers")
        return
    why = "nothing is lost, but several processes wake each other late and share no rate limits"
    yield problem("redis", "it does not answer", why, "start Redis, or set HUICHE_REDIS_URL")


def rest(settings: Settings, seen: Seen) -> Iterator[Finding]:
    groups = settings.telegram_staff_chat or seen.groups or (settings.has_wecom_bot and seen.bound)
    if not (groups or seen.robots or settings.wecom_robot_url.get_secret_value()):
        mend = "huiche store edit CODE --staff-chat ID, or HUICHE_TELEGRAM_STAFF_CHAT, or HUICHE_WECOM_ROBOT_URL"
        yield note("staff group", "there is none", "cards about owners reach nobody", mend)
    now = datetime.now(UTC).astimezone(settings.zone)
    yield fine("time", f"{now:%Y-%m-%d %H:%M} in {settings.timezone}")
    if settings.clock:
        why = "the shop lives at another time"
        yield note(
            "time", f"HUICHE_CLOCK sets the clock to {settings.clock.isoformat()}", why, "take HUICHE_CLOCK away"
        )
    yield _public_url(settings)
    yield from _tokens(settings)


def _public_url(settings: Settings) -> Finding:
    url = settings.public_url
    if url.startswith("https://"):
        return fine("public address", url)
    why = "webhooks and the links in messages need it"
    mend = "set HUICHE_PUBLIC_URL to the https address of this server"
    if not url:
        return note("public address", "there is none", why, mend)
    return problem("public address", f"{url} is not https", "Telegram and WeChat take no other", mend)


def _tokens(settings: Settings) -> Iterator[Finding]:
    from console.api_tokens import parse

    for name, token in parse(settings.api_tokens.get_secret_value()).items():
        if len(token) < SHORTEST_TOKEN:
            mend = "openssl rand -hex 24 makes a new one for HUICHE_API_TOKENS"
            yield note("api", f"the token of {name} is short", "whoever guesses it reads every owner's record", mend)
