"""A product in a few lines that answers every WeChat message, its crypto by wechatpy."""

from __future__ import annotations

from aiohttp import web as aio
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidSignatureException

from tests.fakes.server import FakeServer, hang
from tests.fakes.wechat import AES_KEY, APP_ID, TOKEN

OPENID = "oABCD1234567890abcdefghijklm"


class Shop(FakeServer):
    """Hears every message and answers with `content`; with none, `success`."""

    def __init__(self) -> None:
        super().__init__()
        self.crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
        self.heard: list[str] = []
        self.content = "您好"
        self.app_id = APP_ID
        self.slow = 0.0

    async def handle(self, request: aio.Request) -> aio.StreamResponse:
        query = request.query
        if request.method == "GET":
            return aio.Response(text=query["echostr"])
        body = (await request.read()).decode()
        try:
            xml = self.crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        except InvalidSignatureException:
            return aio.Response(status=403)
        self.heard.append(xml.decode() if isinstance(xml, bytes) else xml)
        if self.slow:
            await hang(request, self.slow)
        if not self.content:
            return aio.Response(text="success")
        reply = (
            f"<xml><ToUserName>{OPENID}</ToUserName><FromUserName>gh_0a1b2c3d4e5f</FromUserName>"
            f"<CreateTime>1</CreateTime><MsgType>text</MsgType>"
            f"<Content><![CDATA[{self.content}]]></Content></xml>"
        )
        return aio.Response(text=WeChatCrypto(TOKEN, AES_KEY, self.app_id).encrypt_message(reply, "n1", "1795449600"))
