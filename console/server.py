"""One process that serves, works, or both, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from bot.house import House
from bot.worker import at_work
from core.errors import BadInput, DeliveryFailed

if TYPE_CHECKING:
    from bot.channels.telegram import TelegramChannel

log = logging.getLogger(__name__)
BACKLOG = 2048
GOODBYE_SECONDS = 10  # for requests under way when we stop


class _Server(uvicorn.Server):
    """The signals are ours: after the last answer, what flies may still land."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


async def serve(house: House, app: Any, host: str, port: int, *, sends: bool = True, polls: bool = False) -> None:
    """Answer requests, and work beside it, until a signal. Raises BadInput when the port is taken."""
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GOODBYE_SECONDS,
    )
    server = _Server(config)

    def stop() -> None:
        house.ready = False
        server.should_exit = True

    try:
        with _signals(stop):
            async with at_work(house, sends=sends), _telegram(house, polls):
                _settle()
                house.ready = True
                log.info("Huiche answers on http://%s:%d", host, listener.getsockname()[1])
                await server.serve([listener])
    finally:
        await house.close()


async def work(house: House) -> None:
    """Send and tick until a signal."""
    stopped = asyncio.Event()
    try:
        with _signals(stopped.set):
            async with at_work(house):
                _settle()
                house.ready = True
                log.info("Huiche works")
                await stopped.wait()
    finally:
        await house.close()


@contextlib.asynccontextmanager
async def _telegram(house: House, polls: bool) -> Any:
    """How updates come: by polling, or by a webhook that is set where we have a public address."""
    channel = cast("TelegramChannel | None", house.channels.get("telegram"))
    settings = house.settings
    has_webhook = settings.public_url.startswith("https://") and settings.telegram_secret.get_secret_value()
    if channel is None or not (polls or has_webhook):
        yield
        return
    from bot.polling import poll

    task = asyncio.create_task(poll(house, channel) if polls else _set_webhook(house, channel))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _set_webhook(house: House, channel: TelegramChannel) -> None:
    """Tell Telegram where updates go; keep trying while it cannot be told."""
    settings, pause = house.settings, 3.0
    while True:
        try:
            await channel.set_webhook(settings.public_url, settings.telegram_secret.get_secret_value())
            log.info("Telegram posts its updates to %s/telegram/webhook", settings.public_url)
            return
        except DeliveryFailed as trouble:
            log.warning("the webhook could not be set: %s", trouble)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 300.0)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise BadInput(f"{host}:{port} cannot be used: {error.strerror or error}") from None


@contextlib.contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, stop)
    try:
        yield
    finally:
        for sign in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(sign)


def _settle() -> None:
    """What is loaded by now stays: the collector need not look at it again. A turn leaves no cycles worth a haste."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
