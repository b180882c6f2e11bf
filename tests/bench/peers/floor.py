"""The floor: FastAPI over raw sqlite3, four statements a turn, fsynced before the reply, in groups.

It understands nothing and checks nothing but what it must to talk: less than any real product could do.
"""

import asyncio
import json
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from fastapi import FastAPI, Request, Response
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import to_text

SCHEMA = """
CREATE TABLE inbound (id TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE conversation (owner TEXT PRIMARY KEY, step INTEGER NOT NULL, slots TEXT NOT NULL);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, text TEXT NOT NULL);
"""
SAYS = (
    "好的，请问车牌号是多少？",
    "您想什么时候来？",
    "请留一个手机号。",
    "确认吗？",
    "已为您预约：明天 15:00。",
)
Job = tuple[str, str, str, bytes, asyncio.Future[str]]
jobs: list[Job] = []
work = asyncio.Event()


def open_store(file: str) -> sqlite3.Connection:
    store = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.executescript(SCHEMA)
    return store


def take_turn(store: sqlite3.Connection, key: str, owner: str, text: str, body: bytes) -> str:
    store.execute("INSERT OR IGNORE INTO inbound VALUES (?, ?)", (key, body))
    row = store.execute("SELECT step, slots FROM conversation WHERE owner = ?", (owner,)).fetchone()
    step, slots = (row[0], json.loads(row[1])) if row else (0, [])
    slots.append(text)
    store.execute("INSERT OR REPLACE INTO conversation VALUES (?, ?, ?)", (owner, step + 1, json.dumps(slots)))
    said = SAYS[step % len(SAYS)]
    store.execute("INSERT INTO outbox (owner, text) VALUES (?, ?)", (owner, said))
    return said


def take_group(store: sqlite3.Connection, group: list[Job]) -> list[str]:
    store.execute("BEGIN IMMEDIATE")
    said = [take_turn(store, key, owner, text, body) for key, owner, text, body, _ in group]
    store.execute("COMMIT")
    return said


async def write(store: sqlite3.Connection) -> None:
    while True:
        await work.wait()
        work.clear()
        group = jobs[:]
        jobs.clear()
        said = await asyncio.to_thread(take_group, store, group)
        for (*_, reply), text in zip(group, said, strict=True):
            reply.set_result(text)


async def say(key: str, owner: str, text: str, body: bytes) -> str:
    reply: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    jobs.append((key, owner, text, body, reply))
    work.set()
    return await reply


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    writer = asyncio.create_task(write(open_store(os.environ["BENCH_FILE"])))
    async with aiohttp.ClientSession() as app.state.session:
        yield
    writer.cancel()


app = FastAPI(lifespan=lifespan)
crypto = WeChatCrypto(os.environ["BENCH_TOKEN"], os.environ["BENCH_AES_KEY"], os.environ["BENCH_APP_ID"])
SEND = f"{os.environ['BENCH_SINK']}/bot{os.environ['BENCH_BOT']}/sendMessage"


@app.post("/telegram/webhook")
async def telegram(request: Request) -> Response:
    body = await request.body()
    update = json.loads(body)
    chat = update["message"]["chat"]["id"]
    text = await say(str(update["update_id"]), str(chat), update["message"]["text"], body)
    async with request.app.state.session.post(SEND, json={"chat_id": chat, "text": text}) as sent:
        await sent.read()
    return Response()


@app.post("/wechat")
async def wechat(request: Request) -> Response:
    body, query = await request.body(), request.query_params
    xml = to_text(crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"]))
    owner, message, text = (field(xml, name) for name in ("FromUserName", "MsgId", "Content"))
    said = await say(message, owner, text, body)
    now = str(int(time.time()))
    answer = f"<xml><ToUserName><![CDATA[{owner}]]></ToUserName><Content><![CDATA[{said}]]></Content></xml>"
    return Response(crypto.encrypt_message(answer, query["nonce"], now), media_type="application/xml")


def field(xml: str, name: str) -> str:
    value = xml.partition(f"<{name}>")[2].partition(f"</{name}>")[0]
    return value.removeprefix("<![CDATA[").removesuffix("]]>")


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), log_level="warning", access_log=False)
