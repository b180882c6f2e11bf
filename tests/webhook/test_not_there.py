"""What has no address is a problem document, also a channel that is not set up."""

from __future__ import annotations

from collections.abc import Callable

from tests import payloads
from tests.fakes.telegram import SECRET
from tests.serving import Serving
from tests.web import is_problem

HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
Serve = Callable[..., Serving]


def test_channels_that_are_not_set_up_have_no_route(serve: Serve) -> None:
    shop = serve()
    assert is_problem(shop.post("/telegram/webhook", payloads.telegram("text"), HEADER), 404)
    assert is_problem(shop.get("/wechat?signature=x&timestamp=1&nonce=1&echostr=1"), 404)
    assert is_problem(shop.post("/wechat", b"<xml/>"), 404)


def test_what_is_not_there_is_a_problem_document(serve: Serve) -> None:
    shop = serve()
    assert is_problem(shop.get("/nothing/here"), 404)
    assert is_problem(shop.post("/openapi.json", {}), 405)
