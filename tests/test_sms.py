"""Talks by text message, over real sockets: a code proves a phone, YY answers, R refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.fakes.sms import FakeSms
from tests.product import Product

PHONE = "13800138000"
CLOCK = "2026-11-23T10:00:00+08:00"
MakeProduct = Callable[..., Product]
ROWS = "姓名,手机,车牌,营销同意\n李明,13800138000,粤B12345,2026-01-05\n"


@pytest.fixture
def sms() -> Iterator[FakeSms]:
    with FakeSms() as fake:
        yield fake


def opened(product: MakeProduct, sms: FakeSms, **settings: str) -> Product:
    """A store, and Li Ming on record."""
    shop = product(sms, CLOCK=CLOCK, start=False, **settings)
    assert shop.cli("store", "add", "ns", "深圳南山店").code == 0
    (shop.directory / "owners.csv").write_text(ROWS, "utf-8")
    assert shop.cli("import", "owners.csv").code == 0
    return shop.start()


class Chat:
    """A web chat."""

    def __init__(self, shop: Product, account: str = "web-account-of-li") -> None:
        self.shop, self.account, self.number = shop, account, 0

    def says(self, text: str) -> str:
        self.number += 1
        path = f"/api/v1/chat/{self.account}/messages"
        answer = self.shop.post(path, {"id": f"m{self.number}", "text": text})
        assert answer.status == 200, answer.text
        return "\n".join(message["text"] for message in answer.json()["messages"])


def code_in(text: str) -> str:
    return next(word for word in text.replace("，", " ").split() if word.isdecimal() and len(word) == 6)


def test_a_code_by_text_opens_the_record_of_that_phone(product: MakeProduct, sms: FakeSms) -> None:
    shop = opened(product, sms)
    li = Chat(shop)
    li.says("明天下午三点给粤B12345做保养")
    assert "138****8000" in li.says(PHONE)
    assert "不对" in li.says("000000")
    code = code_in(sms.waits_for(PHONE, "验证码").text)
    assert "李明" in li.says(code)
    assert "已为您预约" in li.says("确认")
    document = shop.cli("owner", PHONE, "--json").json
    assert [one["status"] for one in document["appointments"]] == ["booked"]
    assert document["phone"] == f"+86{PHONE}"


def test_a_code_is_guessed_three_times_at_most_and_not_sent_in_a_flood(product: MakeProduct, sms: FakeSms) -> None:
    shop = opened(product, sms)
    li = Chat(shop)
    li.says("明天下午三点给粤B54321做保养")
    li.says(PHONE)
    code = code_in(sms.waits_for(PHONE, "验证码").text)
    for wrong in ("111111", "222222", "333333"):
        li.says(wrong if wrong != code else "444444")
    assert "李明" not in li.says(code)
    other = Chat(shop, "web-account-of-another")
    other.says("明天下午三点给粤B54322做保养")
    assert "太频繁" in other.says(PHONE)
    assert len(sms.texts(PHONE)) == 1


def test_a_reply_is_known_by_its_phone_and_refuses_marketing(product: MakeProduct, sms: FakeSms) -> None:
    shop = opened(product, sms)
    assert sms.replies(PHONE, "TD", "r1").status == 200
    assert "已退订" in sms.waits_for(PHONE, "已退订").text
    assert sms.replies(PHONE, "TD", "r1").status == 200
    consents = shop.cli("owner", PHONE, "--json").json["consents"]
    assert next((one["given"], one["channel"]) for one in consents if one["channel"] == "*") == (False, "*")
    assert len(sms.texts(PHONE)) == 1


def test_a_talk_goes_on_by_text_with_numbered_choices(product: MakeProduct, sms: FakeSms) -> None:
    shop = opened(product, sms)
    sms.replies(PHONE, "明天下午三点做保养")
    assert "1. 确认预约" in sms.waits_for(PHONE, "请确认").text
    sms.replies(PHONE, "1")
    sms.waits_for(PHONE, "已为您预约")
    assert len(shop.cli("owner", PHONE, "--json").json["appointments"]) == 1


def test_a_recall_by_text_is_answered_by_yy_or_on_its_page(product: MakeProduct, sms: FakeSms) -> None:
    shop = opened(product, sms, PUBLIC_URL="https://shop.example.cn")
    (shop.directory / "cars.txt").write_text("粤B12345\n", "utf-8")
    assert shop.cli("recall", "cars.txt", "--campaign", "R1", "--text", "免费更换线束").code == 0
    text = sms.waits_for(PHONE, "免费更换线束").text
    assert "回复YY：现在预约" in text
    path = text.partition("https://shop.example.cn")[2].split("，")[0]
    assert "粤B" in shop.get(path).text
    assert sms.replies(PHONE, "ＹＹ").status == 200
    sms.waits_for(PHONE, "什么项目")


@pytest.mark.parametrize(("path", "status"), [("wrong-secret", 403), ("%E5%9B%9E", 403)])
def test_a_wrong_path_is_refused(product: MakeProduct, sms: FakeSms, path: str, status: int) -> None:
    opened(product, sms)
    assert sms.replies(PHONE, "YY", path=path).status == status
    assert sms.sent == []


def test_where_only_templates_can_be_sent_a_reply_is_an_advisors(product: MakeProduct) -> None:
    with FakeSms("aliyun") as sms:
        shop = opened(product, sms, API_TOKENS="reader:token-of-the-reader")
        assert sms.replies(PHONE, "我想约保养").json()["code"] == 0
        assert sms.replies(PHONE, "什么时候方便").status == 200
        tasks = shop.get("/api/v1/tasks", {"Authorization": "Bearer token-of-the-reader"}).json()["items"]
        assert [task["kind"] for task in tasks] == ["sms_reply"]
        assert sms.sent == []
