"""How long the first answer takes and what an idle server holds, beside importing aiogram alone."""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.bench.server import Server
from tests.bench.sides import HUICHE, prepare
from tests.servers import free_port

AIOGRAM = (
    "import aiogram, aiogram.fsm.storage.redis, aiogram.webhook.aiohttp_server, psutil;"
    "print(psutil.Process().memory_info().rss)"
)
SENTENCES = (
    "明天下午三点给粤B12345做保养",
    "下周三上午十点换轮胎",
    "不对，是周四",
    "多少钱",
    "周末洗车行不行",
)
MANY = 2000


@dataclass(frozen=True)
class Startup:
    """Seconds and megabytes."""

    help: float
    ready: float
    aiogram: float
    rss: float
    aiogram_rss: float
    understand: float


def startup(folder: Path, tries: int) -> Startup:
    imports = [timed([sys.executable, "-c", AIOGRAM], folder) for _ in range(tries)]
    servers = [serve(Path(tempfile.mkdtemp(dir=folder))) for _ in range(tries)]
    return Startup(
        help=typical(lambda: timed([HUICHE, "--help"], folder)[0], tries),
        ready=statistics.median(ready for ready, _ in servers),
        aiogram=statistics.median(seconds for seconds, _ in imports),
        rss=statistics.median(rss for _, rss in servers),
        aiogram_rss=statistics.median(int(out) / 1e6 for _, out in imports),
        understand=typical(lambda: understand(folder), tries),
    )


def typical(measure: Callable[[], float], tries: int) -> float:
    return statistics.median(measure() for _ in range(tries))


def timed(command: list[str], folder: Path, text: str = "") -> tuple[float, str]:
    started = perf_counter()
    done = subprocess.run(command, cwd=folder, input=text, check=True, capture_output=True, text=True)
    return perf_counter() - started, done.stdout


def serve(folder: Path) -> tuple[float, float]:
    """Seconds until ready and megabytes of a server without any channel, on a store that exists."""
    env = {"HUICHE_DATABASE_URL": "sqlite:///huiche.db", "PATH": os.environ["PATH"]}
    prepare(folder, env)
    port = free_port()
    with Server(port, [HUICHE, "serve", "--port", str(port)], env=env, folder=folder) as server:
        return asyncio.run(server.ready()), server.usage().rss


def understand(folder: Path) -> float:
    """Seconds a sentence: a long batch less a short one, so that the start does not count."""

    def batch(lines: int) -> float:
        texts = (SENTENCES[n % len(SENTENCES)] for n in range(lines))
        text = "".join(json.dumps({"text": one, "at": "2026-11-23T10:00:00+08:00"}) + "\n" for one in texts)
        return timed([HUICHE, "understand", "--batch"], folder, text)[0]

    return (batch(MANY + 1) - batch(1)) / MANY
