"""`huiche demo`: opens the shop, shows a short talk and what it wrote, then serves the page."""

from __future__ import annotations

import argparse
import asyncio
import locale
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.house import House
from console.demo.opening import FIRST_ACCOUNT, open_shop
from console.demo.script import play
from console.ledger import sentence
from console.shop import InventedShop
from console.shop.cast import FIRST_TALKER
from core.errors import BadInput
from core.messages import Bubble
from handlers.cards import card
from storage.crm import Crm
from storage.events import Event
from storage.messages import MessageIn

HOST = "127.0.0.1"
INDENT = "  "


def run(args: argparse.Namespace) -> int:
    """`--owners --seed --port --once`. 0, or 1 when the talk did not end in an appointment."""
    if not args.once:
        _check_port(args.port)
    with tempfile.TemporaryDirectory(prefix="huiche-demo-", ignore_cleanup_errors=True) as folder:
        began = time.monotonic()
        house, shop = open_shop(Path(folder), args.owners, args.seed, args.port)
        print(_opening(shop, time.monotonic() - began), end="\n\n")
        booked = play(house)
        for line in house.database.read(lambda crm: list(_told(crm))):
            print(line)
        if not booked:
            print("the talk did not end in an appointment", file=sys.stderr)
        if args.once or not booked:
            house.database.close()
            return 0 if booked else 1
        return _serve(house, args)


def _check_port(port: int) -> None:
    """Raises BadInput before anything is built."""
    try:
        socket.create_server((HOST, port)).close()
    except (OSError, OverflowError):
        raise BadInput(f"port {port} cannot be used: choose another, PORT=8001 make demo or --port 8001") from None


def _serve(house: House, args: argparse.Namespace) -> int:
    from console.server import loop_factory, serve

    url = f"http://{HOST}:{args.port}"
    advisor, token = house.database.transact(_sign_in_link)
    print(f"\nOpen {url}  (Ctrl+C ends the demo, and its store with it)")
    print(f"Staff page of {advisor}, works once: {url}/console/sign-in/{token}", flush=True)
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(serve(house, args.app(house), HOST, args.port))
    return 0


def _sign_in_link(crm: Crm) -> tuple[str, str]:
    advisor = next(member for member in crm.staff.all() if member.role == "advisor")
    return advisor.name, crm.signins.link(advisor.key)


def _opening(shop: InventedShop, seconds: float) -> str:
    stores = "、".join(store.name for store in shop.stores)
    visits = sum(len(owner.visits) for owner in shop.owners)
    figures = f"{len(shop.staff)} staff, {len(shop.owners):,} owners, {visits:,} visits"
    return f"An invented shop: {stores}; {figures} ({seconds:.1f} s)."


def _told(crm: Crm) -> Iterator[str]:
    """The talk as the store has it: who said what, and under each turn the rows that it left."""
    identity = crm.identities.find("web", FIRST_ACCOUNT)
    talk = crm.conversations.of_identity(identity.key) if identity else None
    events = crm.events.latest(200)
    for message in crm.messages.of_conversation(talk.key) if talk else []:
        yield from _turn(crm, message, [event for event in events if event.message_id == message.id])
    taps = [event for event in events if event.actor.startswith("staff:")]
    if taps:
        yield from _tap(crm, taps)


def _turn(crm: Crm, message: MessageIn, events: list[Event]) -> Iterator[str]:
    yield from _said(FIRST_TALKER, crm.messages.text(message))
    yield from (f"{INDENT * 6}+ {sentence(crm, event, language())}" for event in events)
    for row in crm.outbox.of_message(message.key):
        bubble = Bubble.unpacked(crm.outbox.payload(row))
        choices = f"  [{'] ['.join(choice.label for choice in bubble.choices)}]" if bubble.choices else ""
        yield from _said("回车", bubble.text + ("\n" + choices.strip() if choices else ""))


def _tap(crm: Crm, events: list[Event]) -> Iterator[str]:
    task = crm.tasks.find(next(event.noun_id for event in events if event.noun == "task"))
    if task is None or task.taken_by is None:
        return
    shown = card(crm, task, language=language())
    yield from _said("员工群", shown.text)
    yield from (f"{INDENT * 6}+ {sentence(crm, event, language())}" for event in events)


def _said(who: str, text: str) -> Iterator[str]:
    """Who in a column of its own; Chinese characters are two columns wide."""
    head = who + " " * (len(INDENT) * 6 - 2 * len(who))
    for number, line in enumerate(text.splitlines() or [""]):
        yield f"{head if number == 0 else INDENT * 6}{line}"


def language() -> str:
    """The rows are told in the reader's language."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if spoken.lower().startswith("zh") else "en"
