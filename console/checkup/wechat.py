"""The WeChat account: its settings, the allow-list and its rights, as the platform's error codes tell."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from bot.settings import Settings
from console.checkup.finding import Finding, fine, note, problem
from core.errors import DeliveryFailed
from storage.local import LocalTokens

PART = "wechat"
_SETTINGS_PAGE = "mp.weixin.qq.com → 设置与开发 → 开发接口管理 → 基本配置"
_NO_MESSAGES = "nothing but the first answer reaches owners in WeChat"
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


async def look(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.has_wechat:
        mend = "set HUICHE_WECHAT_APP_ID, _APP_SECRET, _TOKEN and _AES_KEY from " + _SETTINGS_PAGE
        yield note(PART, "it is not set up", "owners cannot write there", mend)
        return
    from bot.channels.wechat import WeChatChannel

    channel = WeChatChannel(settings, LocalTokens())
    try:
        await channel.check()
        yield fine(PART, "the account answers: credentials, allow-list and rights are in order")
    except DeliveryFailed as error:
        yield _finding(error)
    finally:
        await channel.close()


def _finding(error: DeliveryFailed) -> Finding:
    code, _, words = error.reason.partition(" ")
    if code == "40164":
        address = _ADDRESS.search(words)
        mend = f"add {address[0] if address else 'this address'} at {_SETTINGS_PAGE} → IP白名单"
        return problem(PART, "40164: this machine's address is not on the account's allow-list", _NO_MESSAGES, mend)
    if code in _KNOWN:
        what, mend = _KNOWN[code]
        return problem(PART, f"{code}: {what}", _NO_MESSAGES, mend)
    if not code.lstrip("-").isdecimal():
        return problem(PART, f"WeChat cannot be asked: {error.reason}", _NO_MESSAGES, "look at the network")
    return problem(PART, f"WeChat says {error.reason}", _NO_MESSAGES, "look the code up at developers.weixin.qq.com")


_KNOWN = {
    "40013": ("the AppID is wrong", f"copy the AppID from {_SETTINGS_PAGE} into HUICHE_WECHAT_APP_ID"),
    "40125": ("the AppSecret is wrong", f"reset it at {_SETTINGS_PAGE} and set HUICHE_WECHAT_APP_SECRET"),
    "40001": ("the AppSecret or the token is not accepted", "set HUICHE_WECHAT_APP_SECRET, then look again"),
    "48001": (
        "the account lacks the right to customer-service messages (客服消息)",
        "verify the service account: mp.weixin.qq.com → 设置与开发 → 微信认证",
    ),
    "48004": ("the right was taken away", "read the notice at mp.weixin.qq.com → 通知中心"),
    "50002": ("the account is limited", "read the notice at mp.weixin.qq.com → 通知中心"),
}
