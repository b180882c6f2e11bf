"""The web application: check the signature, hand over, answer fast; and every page and API beside it."""

from __future__ import annotations

import hmac
import logging
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from bot.gateway import hear
from bot.house import House
from console import api, pages, webchat
from console.problem import answer_to, answer_with_problems, body_of, problem
from core.errors import BadInput, StoreUnavailable

log = logging.getLogger(__name__)
Endpoint = Callable[[Request], Awaitable[Response]]
LARGEST_UPDATE = 1024 * 1024
TELEGRAM_SECONDS = 50.0  # Telegram waits 60
WECHAT_SECONDS = 4.3  # WeChat waits 5
VERIFY_FOLDER = "wechat-verify"  # in the working directory: the files that mp.weixin.qq.com asks a domain for
_VERIFY_FILE = re.compile(r"(?:MP|WW)_verify_[A-Za-z0-9]{1,64}\.txt")


class App(FastAPI):
    """FastAPI, with a short way for the platforms' posts: its layers would cost more than reading the update."""

    def __init__(self) -> None:
        super().__init__(title="Huiche 回车", docs_url=None, redoc_url=None)
        self.posts: dict[str, Endpoint] = {}

    def hook(self, path: str, endpoint: Endpoint, methods: list[str]) -> None:
        """A platform's address; what it posts there goes the short way."""
        self.add_route(path, endpoint, methods=methods)
        self.posts[path] = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = self.posts.get(scope["path"]) if scope.get("method") == "POST" else None
        if endpoint is None:
            await super().__call__(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = await endpoint(request)
        except (HTTPException, StoreUnavailable) as error:
            response = await answer_to(request, error)
        except Exception as bug:
            await (await answer_to(request, bug))(scope, receive, send)
            raise  # the server logs it
        await response(scope, receive, send)


def create_app(house: House) -> FastAPI:
    """The routes of the channels that are set up, the API and the pages."""
    app = App()
    answer_with_problems(app)
    if house.settings.has_telegram:
        app.hook("/telegram/webhook", telegram(house), ["POST"])
    if house.settings.has_wechat:
        app.hook("/wechat", wechat(house), ["GET", "POST"])
    if house.settings.has_sms and house.settings.sms_secret.get_secret_value():
        app.add_route("/sms/{secret}/inbound", texts(house), methods=["POST"])
    app.add_route(webchat.PATH, webchat.endpoint(house), methods=["GET", "POST"])
    app.include_router(api.router(house))
    app.include_router(pages.router(house))
    if house.demo:
        from console import demo

        app.include_router(demo.router(house))
    app.add_route("/{kind:str}_verify_{code:str}.txt", verification_file, methods=["GET"])
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    return app


def telegram(house: House) -> Endpoint:
    """Updates of the bot. A wrong or missing secret is 403, and so is everything while there is none."""
    from bot.channels.telegram_read import read

    bot_id = int(house.settings.telegram_token.get_secret_value().partition(":")[0])
    secret = house.settings.telegram_secret.get_secret_value().encode()

    async def updates(request: Request) -> Response:
        began = time.monotonic()
        given = request.headers.get("x-telegram-bot-api-secret-token", "").encode()
        if not secret or not hmac.compare_digest(given, secret):
            return problem(403, "the secret token is wrong or not set")
        body = await body_of(request, LARGEST_UPDATE)
        try:
            for inbound in read(body, bot_id):
                await hear(house, inbound, began + TELEGRAM_SECONDS)
        except BadInput as error:
            return problem(400, str(error))
        return Response()

    return updates


def wechat(house: House) -> Endpoint:
    """The account's handshake and its posts. Answers within five seconds, whatever happens inside."""
    from bot.channels import wechat_read, wechat_write
    from bot.channels.wechat_envelope import Envelope, Forged

    settings = house.settings
    token, aes_key = settings.wechat_token.get_secret_value(), settings.wechat_aes_key.get_secret_value()
    envelope = Envelope(token, aes_key, settings.wechat_app_id)

    async def account(request: Request) -> Response:
        began = time.monotonic()
        try:
            if request.method != "POST":
                return PlainTextResponse(envelope.greeting(request.query_params))
            body = await body_of(request, LARGEST_UPDATE)
            xml = envelope.opened(request.query_params, body)
        except Forged as error:
            return problem(403, str(error))
        except BadInput as error:
            return problem(400, str(error))
        return PlainTextResponse(await answer(xml, began + WECHAT_SECONDS))

    async def answer(xml: str, answer_by: float) -> str:
        try:
            fields = wechat_read.fields_of(xml)
        except BadInput as error:
            log.warning("a verified WeChat body is odd: %s", error)
            return "success"
        for inbound in wechat_read.read(fields, settings.wechat_app_id, xml.encode()):
            heard = await hear(house, inbound, answer_by)
            if heard.passive and heard.replies:
                text = wechat_write.passive_text(heard.replies)
                to, account = inbound.account, str(fields.get("ToUserName", ""))
                return envelope.sealed(wechat_write.passive_xml(to, account, text))
        return "success"

    return account


def texts(house: House) -> Endpoint:
    """Replies by text message. Nobody signs them: the secret in the path is all the right there is."""
    from bot.channels import sms_read

    secret = house.settings.sms_secret.get_secret_value().encode()
    provider = house.settings.sms_provider

    async def inbound(request: Request) -> Response:
        if not hmac.compare_digest(request.path_params["secret"].encode(), secret):
            return problem(403, "the secret in the path is wrong")
        body = await body_of(request, LARGEST_UPDATE)
        try:
            said = sms_read.read(body, provider)
        except BadInput as error:
            return problem(400, str(error))
        for one in said:
            await hear(house, one)
        return JSONResponse(sms_read.accepted(provider))

    return inbound


def verification_file(request: Request) -> Response:
    """`/MP_verify_….txt`, as WeChat wants to find it on the domain."""
    name = request.url.path.removeprefix("/")
    file = Path(VERIFY_FOLDER, name)
    if not _VERIFY_FILE.fullmatch(name) or not file.is_file():
        return problem(404)
    return PlainTextResponse(file.read_bytes().decode("utf-8", "replace"))


def _described(app: FastAPI) -> dict[str, Any]:
    """OpenAPI of every route, the web chat's own description included."""
    if app.openapi_schema is None:
        described = get_openapi(title=app.title, version=app.version, routes=app.routes)
        described["paths"][webchat.PATH] = webchat.OPENAPI
        app.openapi_schema = described
    return app.openapi_schema
