"""The examples in the docs work as they stand there."""

from __future__ import annotations

import json
import re
import shlex
import shutil

from console.api_documents import AppointmentItem
from tests import web
from tests.conftest import MakeProduct
from tests.product import ROOT

OWNERS = "姓名,手机,车牌\n李明,13800138000,粤B12345\n"


def lines(page: str, language: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text("utf-8")
    return [line for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def test_the_commands_of_the_page_work_one_after_the_other(product: MakeProduct) -> None:
    shop = product(start=False)
    (shop.directory / "owners.csv").write_text(OWNERS, "utf-8")
    (shop.directory / "cars.csv").write_text("粤B12345\n", "utf-8")
    shutil.copytree(ROOT / "docs" / "knowledge", shop.directory / "docs" / "knowledge")
    shutil.copy(ROOT / "docs" / "policy.example.toml", shop.directory / "policy.toml")
    commands = lines("commands.md", "sh")
    assert len(commands) > 15
    for line in commands:
        done = shop.cli(*shlex.split(line)[1:])
        assert done.code == 0, f"{line}\n{done.err}"


def test_the_questions_of_the_page_are_answered(product: MakeProduct) -> None:
    shop = product(API_TOKENS="dms:a-token-of-the-test")
    shop.cli("store", "add", "NS", "深圳南山店")
    for line in lines("api.md", "sh"):
        url = shlex.split(line)[-1].replace("http://127.0.0.1:8000", shop.url)
        answer = web.request("GET", url, headers={"Authorization": "Bearer a-token-of-the-test"})
        assert answer.status == 200, f"{line}\n{answer.text}"
        assert answer.json().keys() == {"items", "next"}


def test_the_appointment_of_the_page_is_one() -> None:
    assert AppointmentItem.model_validate(json.loads("\n".join(lines("api.md", "json")))).plate == "粤B12345"
