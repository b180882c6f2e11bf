"""Text messages against strict platforms on real sockets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels import sms_aliyun, sms_tencent
from bot.channels.sms import SmsChannel
from bot.channels.sms_read import read
from core.errors import BadInput
from core.messages import Bubble, Notice
from core.policy import Template
from tests.bot.sending import refused, send, settings_of, verdict
from tests.fakes.sms import FakeSms

PHONE = "+8613800138000"
PAYLOADS = Path(__file__).parents[1] / "payloads" / "sms"
TEMPLATES = {"code": {"sms": Template("SMS_1", ("code",))}, "ready": {"sms": Template("SMS_2", ("plate", "time"))}}
CODE = Bubble("验证码 123456", notice=Notice("code", (("code", "123456"),)))
READY = Bubble("您的车好了", notice=Notice("ready", (("time", "15:00"), ("plate", "粤B12345"))))


def channel(sms: FakeSms) -> SmsChannel:
    return SmsChannel(settings_of(sms), lambda: TEMPLATES)


def recorded(name: str) -> dict[str, Any]:
    request: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text("utf-8"))
    return request


def test_a_plain_gateway_gets_any_words() -> None:
    with FakeSms() as sms:
        assert send(channel(sms), PHONE, Bubble("您的车好了，18:00 前可以来取。")) == "m1"
        assert sms.texts("13800138000") == ["您的车好了，18:00 前可以来取。"]


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
def test_approved_templates_get_their_values_in_order(provider: str) -> None:
    with FakeSms(provider) as sms:
        assert send(channel(sms), PHONE, CODE)
        assert send(channel(sms), PHONE, READY)
        assert [(one.template, one.text) for one in sms.sent] == [("SMS_1", "123456"), ("SMS_2", "粤B12345 15:00")]
        assert sms.refusals == []


@pytest.mark.parametrize("provider", ["aliyun", "tencent"])
def test_words_without_an_approved_template_go_another_way(provider: str) -> None:
    with FakeSms(provider) as sms:
        for bubble in (Bubble("您好"), Bubble("您好", notice=Notice("unknown")), Bubble("", notice=Notice("ready"))):
            assert verdict(refused(channel(sms), PHONE, bubble)) == "reroute"
        assert sms.sent == []


@pytest.mark.parametrize(
    ("provider", "answer", "what_follows"),
    [
        ("http", 500, "retry"),
        ("http", 429, "wait 30"),
        ("http", 400, "permanent"),
        ("http", 422, "reroute"),
        ("aliyun", "isv.BUSINESS_LIMIT_CONTROL", "wait 3600"),
        ("aliyun", "isv.MOBILE_NUMBER_ILLEGAL", "reroute"),
        ("aliyun", "isv.AMOUNT_NOT_ENOUGH", "wait 300"),
        ("aliyun", "isv.SMS_TEMPLATE_ILLEGAL", "permanent"),
        ("tencent", "LimitExceeded.PhoneNumberDailyLimit", "wait 3600"),
        ("tencent", "FailedOperation.PhoneNumberInBlacklist", "reroute"),
        ("tencent", "InternalError.OtherError", "retry"),
        ("tencent", "FailedOperation.InsufficientBalanceInSmsPackage", "wait 300"),
        ("tencent", "FailedOperation.TemplateIncorrectOrUnapproved", "permanent"),
    ],
)
def test_each_refusal_says_what_to_do(provider: str, answer: object, what_follows: str) -> None:
    with FakeSms(provider) as sms:
        sms.answers = [answer]
        assert verdict(refused(channel(sms), PHONE, CODE)) == what_follows


def test_we_sign_as_tencents_own_library_does() -> None:
    """Recorded from tencentcloud-sdk-python-sms 3.1.153."""
    request = recorded("tencent_sdk_request")
    head = request["headers"]
    now = datetime.fromtimestamp(int(head["x-tc-timestamp"]), UTC)
    ours = sms_tencent.authorization(request["body"].encode(), head["host"], "AKIDexample", "secret-example", now)
    assert ours == head["authorization"]


def test_we_sign_as_aliyuns_own_library_does() -> None:
    """Recorded from alibabacloud-dysmsapi20170525 4.6.0."""
    request = recorded("aliyun_sdk_request")
    head = {name: value for name, value in request["headers"].items() if name != "authorization"}
    ours = sms_aliyun.authorization(request["query"], head, "LTAIexample", "secret-example")
    assert ours == request["headers"]["authorization"]


@pytest.mark.parametrize(
    ("provider", "body"),
    [
        ("http", {"id": "7", "phone": "138 0013 8000", "text": "YY"}),
        ("http", {"id": 7, "phone": "+8613800138000", "text": "YY"}),
        ("aliyun", [{"phone_number": "13800138000", "content": "YY", "sequence_id": "7"}]),
        ("tencent", {"mobile": "13800138000", "nationcode": "86", "text": "YY", "time": "2026-11-23 10:00:00"}),
    ],
)
def test_replies_are_read_as_each_platform_posts_them(provider: str, body: object) -> None:
    (inbound,) = read(json.dumps(body).encode(), provider)
    assert (inbound.channel, inbound.account, inbound.text) == ("sms", PHONE, "YY")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]]",
        b"[]",
        b'"x"',
        b'{"id":"1","phone":"123","text":"YY"}',
        b'{"id":"1","phone":"13800138000"}',
        b'{"id":"","phone":"13800138000","text":"YY"}',
        b'{"id":true,"phone":"13800138000","text":"YY"}',
        b'{"phone":"13800138000","text":"YY"}',
        b'{"id":"1","phone":"13800138000","text":7}',
    ],
)
def test_odd_bodies_are_refused(body: bytes) -> None:
    with pytest.raises(BadInput):
        read(body, "http")
