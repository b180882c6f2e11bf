"""WeChat: one service account (服务号), its customer-service messages, menu and scene codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from bot.channels import Outgoing
from bot.channels.wechat_api import WeChatApi
from bot.channels.wechat_notice import mass_messages, subscribe_message, template_message, template_of
from bot.channels.wechat_write import service_messages
from bot.settings import Settings
from core.errors import DeliveryFailed
from core.messages import Bubble
from core.policy import Template
from core.ports import Tokens
from core.routes import MASS, SUBSCRIBE, TEMPLATE

MENU = {
    "button": [
        {"type": "click", "name": "预约到店", "key": "booking"},
        {
            "name": "我的",
            "sub_button": [
                {"type": "click", "name": "我的预约", "key": "my_appointments"},
                {"type": "click", "name": "我的礼券", "key": "my_coupons"},
                {"type": "click", "name": "我的资料", "key": "my_data"},
            ],
        },
        {
            "name": "服务",
            "sub_button": [
                {"type": "click", "name": "找顾问", "key": "human"},
                {"type": "click", "name": "营业时间和地址", "key": "ask_hours"},
                {"type": "click", "name": "道路救援", "key": "roadside"},
                {"type": "click", "name": "取送车", "key": "pick_up"},
                {"type": "click", "name": "投诉建议", "key": "complaint"},
            ],
        },
    ]
}
"""A tap arrives as `Inbound(kind=MENU, text=key)`; keys are intents. It opens the window for three messages."""
LONGEST_TEMPORARY = 30 * 24 * 3600
TAKEN_BEFORE = "45065"  # "clientmsgid exist"
Templates = Callable[[], Mapping[str, Mapping[str, Template]]]


class WeChatChannel:
    """Sends within the window that the owner's last action opened. Every call raises DeliveryFailed."""

    name = "wechat"
    edits_cards = False
    edits_on_tap = False
    away = False

    def __init__(self, settings: Settings, tokens: Tokens, templates: Templates = dict) -> None:
        self.api = WeChatApi(settings, tokens)
        self._templates = templates

    async def send(self, outgoing: Outgoing) -> str:
        """By the way that it goes. Customer-service messages and notifications have no id: ""."""
        if outgoing.way == TEMPLATE:
            template = template_of(outgoing, self._templates(), "wechat")
            answer = await self.api.call("message/template/send", template_message(outgoing, template))
            return str(answer.get("msgid", ""))
        if outgoing.way == SUBSCRIBE:
            template = template_of(outgoing, self._templates(), SUBSCRIBE)
            await self.api.call("message/subscribe/bizsend", subscribe_message(outgoing, template))
            return ""
        return await (self._send_mass(outgoing) if outgoing.way == MASS else self._send_words(outgoing))

    async def _send_mass(self, outgoing: Outgoing) -> str:
        """One call for each part; the id is that of the last. A part that was taken before is not repeated."""
        number = ""
        for body in mass_messages(outgoing):
            try:
                number = str((await self.api.call("message/mass/send", body)).get("msg_id", ""))
            except DeliveryFailed as problem:
                if not problem.reason.startswith(TAKEN_BEFORE):
                    raise
        return number

    async def _send_words(self, outgoing: Outgoing) -> str:
        content = outgoing.content
        bubble = content if isinstance(content, Bubble) else Bubble(content.text)
        for body in service_messages(outgoing.address, bubble):
            await self.api.call("message/custom/send", body)
        return ""

    async def fetch(self, handle: str, most: int) -> bytes:
        """The picture or sound behind a media id, which WeChat keeps for three days."""
        return await self.api.file(f"media/get?media_id={quote(handle)}", most)

    async def show_typing(self, openid: str) -> None:
        """“对方正在输入”; never a reason to fail."""
        try:
            await self.api.call("message/custom/typing", {"touser": openid, "command": "Typing"})
        except DeliveryFailed:
            return

    async def create_menu(self, menu: dict[str, Any] | None = None) -> None:
        await self.api.call("menu/create", menu or MENU)

    async def create_qrcode(self, scene: str, seconds: int = 0) -> str:
        """The address to print as a code. 0 seconds: for good (an account has 100,000 of these)."""
        wish: dict[str, Any] = {
            "action_name": "QR_STR_SCENE" if seconds else "QR_LIMIT_STR_SCENE",
            "action_info": {"scene": {"scene_str": scene}},
        }
        if seconds:
            wish["expire_seconds"] = min(seconds, LONGEST_TEMPORARY)
        return str((await self.api.call("qrcode/create", wish))["url"])

    async def check(self) -> None:
        """Credentials, allow-list and the right to send are in order, or DeliveryFailed says which is not."""
        await self.api.forget_token()
        try:
            await self.api.call("message/custom/typing", {"touser": "nobody", "command": "Typing"})
        except DeliveryFailed as problem:
            if not problem.reroute:  # that nobody follows the account is what we want to hear
                raise

    async def close(self) -> None:
        await self.api.close()
