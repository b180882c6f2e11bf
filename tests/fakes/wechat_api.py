"""The endpoints under /cgi-bin/ that need an access token; each takes the state, the query and the body."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.fakes.wechat_state import TOKEN_LIVES, Json, Said, State, WeChatError, numbered

Endpoint = Callable[[State, dict[str, str], Any], Any]
LONGEST_TEXT = 2048
LONGEST_FIELD = 20
DAY = 86400
MENU_TYPES = {
    "click": "key", "view": "url", "scancode_push": "key", "scancode_waitmsg": "key", "pic_sysphoto": "key",
    "pic_photo_or_album": "key", "pic_weixin": "key", "location_select": "key", "miniprogram": "pagepath",
    "media_id": "media_id", "view_limited": "media_id", "article_id": "article_id",
}  # fmt: skip


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


def ticket(state: State, query: dict[str, str], body: Any) -> Json:
    """A new one each time; those before are good until their end."""
    if query.get("type") != "jsapi":
        raise WeChatError(40035)
    return {"errcode": 0, "errmsg": "ok", "ticket": state.new_ticket(), "expires_in": int(TOKEN_LIVES)}


def _values(data: Json) -> list[str]:
    return [str(one.get("value", "")) for one in data.values()]


def menu_create(state: State, query: dict[str, str], body: Any) -> Json:
    buttons = body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 3:
        raise WeChatError(40016)
    for button in buttons:
        children = button.get("sub_button")
        _check_name(button, 16, 40018)
        if children:
            if not 1 <= len(children) <= 5:
                raise WeChatError(40023)
            for child in children:
                _check_name(child, 60, 40025)
                _check_action(child)
        else:
            _check_action(button)
    state.menu = body
    return {}


def menu_get(state: State, query: dict[str, str], body: Any) -> Json:
    if state.menu is None:
        raise WeChatError(46003)
    return {"menu": state.menu}


def menu_delete(state: State, query: dict[str, str], body: Any) -> Json:
    state.menu = None
    return {}


def qrcode_create(state: State, query: dict[str, str], body: Any) -> Json:
    name, scene = body.get("action_name"), (body.get("action_info") or {}).get("scene") or {}
    if name in {"QR_STR_SCENE", "QR_LIMIT_STR_SCENE"}:
        fits = isinstance(scene.get("scene_str"), str) and 1 <= len(scene["scene_str"]) <= 64
    elif name in {"QR_SCENE", "QR_LIMIT_SCENE"}:
        most = 100_000 if "LIMIT" in name else 2**32 - 1
        fits = isinstance(scene.get("scene_id"), int) and 1 <= scene["scene_id"] <= most
    else:
        fits = False
    seconds = int(body.get("expire_seconds", 60))
    if not fits or not 1 <= seconds <= 30 * DAY:
        raise WeChatError(40053)
    state.qrcodes.append(body)
    answer: Json = {
        "ticket": f"gQH{len(state.qrcodes):04d}8DwAAAAAAAAAAS5odHRwOi8vd2VpeGluLnFxLmNvbS9x",
        "url": f"http://weixin.qq.com/q/02invented{len(state.qrcodes):04d}",
    }
    return answer | ({} if "LIMIT" in name else {"expire_seconds": seconds})


def callback_addresses(state: State, query: dict[str, str], body: Any) -> Json:
    return {"ip_list": ["198.51.100.10", "198.51.100.11"]}


def clear_quota(state: State, query: dict[str, str], body: Any) -> Json:
    if state.quota_cleared >= 10:
        raise WeChatError(48006)
    state.quota_cleared += 1
    return {}


def user_info(state: State, query: dict[str, str], body: Any) -> Json:
    openid = query.get("openid", "")
    if openid not in state.known:
        raise WeChatError(40003)
    if openid not in state.followers:
        return {"subscribe": 0, "openid": openid}
    return {
        "subscribe": 1,
        "openid": openid,
        "language": "zh_CN",
        "subscribe_time": int(state.now()) - DAY,
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE",
        "qr_scene": 0,
        "qr_scene_str": "",
    }


def media_get(state: State, query: dict[str, str], body: Any) -> bytes:
    content = state.media.get(query.get("media_id", ""))
    if content is None:
        raise WeChatError(40007)
    return content


def media_upload(state: State, query: dict[str, str], body: Any) -> Json:
    if query.get("type") not in {"image", "voice", "video", "thumb"}:
        raise WeChatError(40035)
    if not isinstance(body, bytes) or not body:
        raise WeChatError(41005)
    media_id = f"MEDIA_{len(state.media):04d}_uploaded"
    state.media[media_id] = body
    return {"type": query["type"], "media_id": media_id, "created_at": int(state.now())}


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


def _check_name(button: Json, most_bytes: int, code: int) -> None:
    if not 1 <= len(str(button.get("name", "")).encode()) <= most_bytes:
        raise WeChatError(code)


def _check_action(button: Json) -> None:
    needs = MENU_TYPES.get(str(button.get("type")))
    if needs is None:
        raise WeChatError(40017)
    value = str(button.get(needs, ""))
    most = 1024 if needs == "url" else 128
    if not 1 <= len(value.encode()) <= most:
        raise WeChatError(40020 if needs == "url" else 40019)


READERS = {
    "text": _text,
    "msgmenu": _msgmenu,
    "image": _media,
    "voice": _media,
    "news": _news,
}
ENDPOINTS: dict[str, tuple[str, Endpoint]] = {
    "message/custom/send": ("POST", custom_send),
    "message/custom/typing": ("POST", custom_typing),
    "message/template/send": ("POST", template_send),
    "message/subscribe/bizsend": ("POST", subscribe_send),
    "message/mass/send": ("POST", mass_send),
    "menu/create": ("POST", menu_create),
    "menu/get": ("GET", menu_get),
    "menu/delete": ("GET", menu_delete),
    "qrcode/create": ("POST", qrcode_create),
    "get_api_domain_ip": ("GET", callback_addresses),
    "getcallbackip": ("GET", callback_addresses),
    "clear_quota": ("POST", clear_quota),
    "user/info": ("GET", user_info),
    "media/get": ("GET", media_get),
    "ticket/getticket": ("GET", ticket),
    "media/upload": ("POST", media_upload),
}
