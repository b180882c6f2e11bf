"""The endpoints that write to owners: within their window, by template, once subscribed, and to many at once."""

from __future__ import annotations

import time
from typing import Any

from tests.fakes.wechat_state import Json, Said, State, WeChatError, numbered

LONGEST_TEXT = 2048
LONGEST_FIELD = 20
DAY = 86400


def custom_send(state: State, query: dict[str, str], body: Any) -> Json:
    openid = _openid(body.get("touser"), state)
    msgtype = body.get("msgtype")
    content = body.get(msgtype)
    if msgtype not in READERS or not isinstance(content, dict):
        raise WeChatError(40008)
    text, choices = READERS[msgtype](state, content)
    window = state.window(openid)
    if refusal := window.refusal(state.now()):
        raise WeChatError(refusal)
    window.use(state.now())
    state.typing.discard(openid)
    state.show(Said(openid, text, "api", state.now(), choices, msgtype, body, state.new_msgid()))
    return {}


def custom_typing(state: State, query: dict[str, str], body: Any) -> Json:
    openid = _openid(body.get("touser"), state)
    if body.get("command") not in {"Typing", "CancelTyping"}:
        raise WeChatError(40035)
    if state.window(openid).refusal(state.now()):
        raise WeChatError(45081)
    if body["command"] == "Typing" and openid in state.typing:
        raise WeChatError(45080)
    (state.typing.add if body["command"] == "Typing" else state.typing.discard)(openid)
    return {}


def template_send(state: State, query: dict[str, str], body: Any) -> Json:
    openid = _openid(body.get("touser"), state)
    fields = state.templates.get(str(body.get("template_id")))
    if fields is None:
        raise WeChatError(40037)
    data = body.get("data")
    shown = {name: _template_value(data, name) for name in fields}
    client_id = (openid, str(body.get("client_msg_id") or ""))
    earlier, until = state.template_ids.get(client_id, (0, 0.0))
    if client_id[1] and until > state.now():
        return {"msgid": earlier}
    text = "\n".join(f"{name}：{value}" for name, value in shown.items())
    msgid = state.new_msgid()
    state.template_ids[client_id] = (msgid, state.now() + 600)
    state.show(Said(openid, text, "template", state.now(), [], "template", body, msgid))
    return {"msgid": msgid}


def subscribe_send(state: State, query: dict[str, str], body: Any) -> Json:
    """One accepted notification is one message; a field that is too long is refused, not cut."""
    openid, template = _openid(body.get("touser"), state), str(body.get("template_id"))
    fields = state.templates.get(template)
    if fields is None:
        raise WeChatError(40037)
    if state.accepts.get((openid, template), 0) <= 0:
        raise WeChatError(43101)
    shown = {name: _template_value(body.get("data"), name) for name in fields}
    if any("\n" in value or len(value) > LONGEST_FIELD for value in _values(body["data"])):
        raise WeChatError(47003)
    state.accepts[openid, template] -= 1
    text = "\n".join(f"{name}：{value}" for name, value in shown.items())
    state.show(Said(openid, text, "subscribe", state.now(), [], "subscribe", body))
    return {}


def mass_send(state: State, query: dict[str, str], body: Any) -> Json:
    """To a list of followers; each takes four in a calendar month of China, whatever the others do."""
    openids, text = body.get("touser"), (body.get("text") or {}).get("content")
    if not isinstance(openids, list) or len(set(openids)) < 2:
        raise WeChatError(40130)
    if len(openids) > 10_000:
        raise WeChatError(40130)
    if body.get("msgtype") != "text" or not text:
        raise WeChatError(40008)
    client_id = str(body.get("clientmsgid") or "")
    if client_id and state.mass_ids.get(client_id, 0.0) > state.now():
        raise WeChatError(45065)
    state.mass_ids[client_id] = state.now() + DAY
    msgid = state.new_msgid()
    for openid in dict.fromkeys(openids):
        month = (openid, time.strftime("%Y-%m", time.gmtime(state.now() + 8 * 3600)))
        if openid in state.followers and state.mass_used.get(month, 0) < 4:
            state.mass_used[month] = state.mass_used.get(month, 0) + 1
            state.show(Said(openid, text, "mass", state.now(), [], "text", body, msgid))
    return {"msg_id": msgid, "msg_data_id": msgid + 1}


def _openid(openid: Any, state: State) -> str:
    if not isinstance(openid, str) or openid not in state.known:
        raise WeChatError(40003)
    if openid not in state.followers:
        raise WeChatError(43004)
    return openid


def _text(state: State, content: Json) -> tuple[str, list[tuple[str, str]]]:
    text = _sized(content.get("content"))
    return text, numbered(text)


def _msgmenu(state: State, content: Json) -> tuple[str, list[tuple[str, str]]]:
    items = content.get("list")
    if not isinstance(items, list) or not items:
        raise WeChatError(40035, "invalid parameter: msgmenu.list")
    for item in items:
        if not isinstance(item, dict) or not item.get("content") or "id" not in item:
            raise WeChatError(40035, "invalid parameter: msgmenu.list needs id and content")
    choices = [(str(item["id"]), str(item["content"])) for item in items]
    if len({choice[0] for choice in choices}) < len(choices):
        raise WeChatError(40035, "invalid parameter: msgmenu.list repeats an id")
    lines = [content.get("head_content"), *(label for _, label in choices), content.get("tail_content")]
    return _sized("\n".join(str(line) for line in lines if line)), choices


def _media(state: State, content: Json) -> tuple[str, list[tuple[str, str]]]:
    if content.get("media_id") not in state.media:
        raise WeChatError(40007)
    return "", []


def _news(state: State, content: Json) -> tuple[str, list[tuple[str, str]]]:
    articles = content.get("articles")
    if not isinstance(articles, list) or len(articles) != 1:
        raise WeChatError(45008, "article size out of limit")
    return f"{articles[0].get('title', '')}\n{articles[0].get('url', '')}", []


def _sized(text: Any) -> str:
    if not isinstance(text, str) or not text.strip():
        raise WeChatError(44004)
    if len(text.encode()) > LONGEST_TEXT:
        raise WeChatError(45002)
    return text


def _template_value(data: Any, name: str) -> str:
    value = data.get(name, {}).get("value") if isinstance(data, dict) else None
    if value in (None, ""):
        raise WeChatError(47003, f"argument invalid! data.{name}.value invalid")
    return str(value).replace("\n", "")[:LONGEST_FIELD]


def _values(data: Json) -> list[str]:
    return [str(one.get("value", "")) for one in data.values()]


READERS = {
    "text": _text,
    "msgmenu": _msgmenu,
    "image": _media,
    "voice": _media,
    "news": _news,
}
