"""What a shop words in its policy file is what owners read, in a talk and from a journey."""

from __future__ import annotations

from dataclasses import replace

from core.policy_file import read_policy
from storage.consents import MARKETING
from tests.chat import Shop

FILE = """
[texts.zh]
thanks = "不用谢，路上慢点开。"
long_not_seen = "{name}，{months} 个月没见了，车还好吗？"
"""


def test_an_owner_reads_the_shops_own_words(shop: Shop) -> None:
    shop.database.shop = replace(shop.database.shop, policy=read_policy(FILE))
    li = shop.owner("李明", plate="粤B12345", last_visit="2026-08-20", account="li")
    assert "不用谢，路上慢点开。" in li.says("谢谢")
    shop.do(lambda crm: crm.consents.write(1, MARKETING, "web", True))
    shop.tick()
    assert li.was_told() == "李明，3 个月没见了，车还好吗？"
