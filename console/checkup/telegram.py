"""The Telegram bot: its token, its webhook, and the groups of the staff."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Mapping
from typing import Any

from bot.settings import Settings
from console.checkup.finding import Finding, fine, note, problem
from core.errors import DeliveryFailed

PART = "telegram"
RECENT = 3600  # seconds; older errors of the webhook are history
_NO_MESSAGES = "owners in Telegram get no answer"


async def look(settings: Settings, groups: Mapping[str, str]) -> AsyncIterator[Finding]:
    """`groups`: staff groups of stores, with the store's name."""
    if not settings.has_telegram:
        mend = "make a bot with @BotFather and set HUICHE_TELEGRAM_TOKEN"
        yield note(PART, "it is not set up", "owners cannot write there, staff cannot take cards there", mend)
        return
    from bot.channels.telegram import TelegramChannel

    channel = TelegramChannel(settings)
    try:
        me = await channel.get_me()
        yield fine(PART, f"the bot is @{me.get('username')}")
        yield _webhook(settings, await channel.webhook_info())
        for finding in [await _group(channel, group, whose) for group, whose in _all(settings, groups).items()]:
            yield finding
    except DeliveryFailed as error:
        yield _refused(error)
    finally:
        await channel.close()


def _refused(error: DeliveryFailed) -> Finding:
    if error.permanent:
        mend = "copy the token from @BotFather (/mybots → API Token) into HUICHE_TELEGRAM_TOKEN"
        return problem(PART, "Telegram does not know this token", _NO_MESSAGES, mend)
    mend = "look at the network; behind a firewall set HUICHE_TELEGRAM_PROXY"
    return problem(PART, f"Telegram cannot be asked: {error.reason}", _NO_MESSAGES, mend)


def _webhook(settings: Settings, info: dict[str, Any]) -> Finding:
    wanted = f"{settings.public_url}/telegram/webhook"
    url, waiting = str(info.get("url", "")), int(info.get("pending_update_count", 0))
    if not settings.telegram_secret.get_secret_value():
        mend = "set HUICHE_TELEGRAM_SECRET to a long random text and restart `huiche serve`"
        return problem(PART, "there is no secret", "every webhook call is refused", mend)
    if not url:
        mend = (
            "huiche poll"
            if not settings.public_url.startswith("https")
            else "restart `huiche serve`: it sets the webhook"
        )
        return note(PART, f"no webhook is set; {waiting} updates wait", "updates come by long polling only", mend)
    if settings.public_url and url != wanted:
        why = "updates go somewhere else"
        return problem(PART, f"the webhook is {url}, not {wanted}", why, "restart `huiche serve`: it sets the webhook")
    last_error = str(info.get("last_error_message", ""))
    if last_error and time.time() - float(info.get("last_error_date", 0)) < RECENT:
        mend = f"open {wanted} from outside: it must answer with a valid certificate"
        return problem(PART, f"Telegram could not deliver: {last_error}; {waiting} updates wait", _NO_MESSAGES, mend)
    return fine(PART, f"the webhook is {url}; {waiting} updates wait")


def _all(settings: Settings, groups: Mapping[str, str]) -> dict[str, str]:
    own = {settings.telegram_staff_chat: "the staff"} if settings.telegram_staff_chat else {}
    return {**own, **groups}


async def _group(channel: Any, group: str, whose: str) -> Finding:
    try:
        chat = await channel.call("getChat", {"chat_id": group})
    except DeliveryFailed as error:
        if not error.permanent:
            raise
        mend = (
            "add the bot to the group; `huiche store edit CODE --staff-chat ID` or HUICHE_TELEGRAM_STAFF_CHAT names it"
        )
        return problem("staff group", f"the bot is not in the group {group} of {whose}", "its cards reach nobody", mend)
    return fine("staff group", f"{chat.get('title', group)} ({whose})")
