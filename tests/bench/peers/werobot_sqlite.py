"""WeRoBot with its SQLite sessions and encrypted messages, as a WSGI application."""

import os
from typing import Any

from werobot import WeRoBot
from werobot.session.sqlitestorage import SQLiteStorage

NEXT = {"vehicle": "time", "time": "phone", "phone": "confirm"}

robot: Any = WeRoBot(
    token=os.environ["BENCH_TOKEN"],
    app_id=os.environ["BENCH_APP_ID"],
    encoding_aes_key=os.environ["BENCH_AES_KEY"],
    enable_session=True,
    session_storage=SQLiteStorage(os.environ["BENCH_FILE"]),
)
robot.config["HOST"] = "127.0.0.1"


def talk(message: Any, session: dict[str, str]) -> str:
    text, asked = message.content, session.get("asked")
    if asked is None:
        session["asked"] = "vehicle"
        return "好的，请问车牌号是多少？" if "保养" in text else "您好，要预约保养吗？"
    if asked == "confirm":
        said = f"已为您预约：{session['time']}，{session['vehicle']} 保养，深圳南山店。"
        session.clear()
        return said if text == "确认" else "好的，先不约。"
    session[asked] = text
    session["asked"] = NEXT[asked]
    return {
        "vehicle": "您想什么时候来？",
        "time": "请留一个手机号，不方便可以跳过。",
        "phone": f"{session.get('time')}，{session['vehicle']} 保养，深圳南山店，约 580 元。确认吗？",
    }[asked]


robot.add_handler(talk, type="text")
application = robot.wsgi
