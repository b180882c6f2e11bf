"""The endpoints under /cgi-bin/ that need an access token; each takes the state, the query and the body.

Those that write to owners are in wechat_sends.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes.wechat_sends import custom_send, custom_typing, mass_send, subscribe_send, template_send
from tests.fakes.wechat_state import TOKEN_LIVES, Json, State, WeChatError

Endpoint = Callable[[State, dict[str, str], Any], Any]
DAY = 86400
MENU_TYPES = {
    "click": "key", "view": "url", "scancode_push": "key", "scancode_waitmsg": "key", "pic_sysphoto": "key",
    "pic_photo_or_album": "key", "pic_weixin": "key", "location_select": "key", "miniprogram": "pagepath",
    "media_id": "media_id", "view_limited": "media_id", "article_id": "article_id",
}  # fmt: skip


def ticket(state: State, query: dict[str, str], body: Any) -> Json:
    """A new one each time; those before are good until their end."""
    if query.get("type") != "jsapi":
        raise WeChatError(40035)
    return {"errcode": 0, "errmsg": "ok", "ticket": state.new_ticket(), "expires_in": int(TOKEN_LIVES)}


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
