"""What a reply promises, and which of it no fact supports: a table."""

from __future__ import annotations

from datetime import date

import pytest

from core.promises import unsupported

MONDAY = date(2026, 11, 23)
FACTS = [
    "保养：约 580 元，大约 60 分钟，以到店检查为准。",
    "四轮检测：检查免费，看过车再报价",
    "已约 11 月 26 日（周四）15:00、粤B12345、保养",
    "深圳南山店：每天 09:00-18:00，科技路 8 号，0755-12345678",
    "生日礼券、8折、有效至 11 月 30 日（周一）、券码 BD-8K2M",
    "回店礼券、减 200 元",
    "质保 2 年或 20,000 公里",
]
SUPPORTED = """
您好，保养 580 元左右，大概一小时|保养￥580|保养五百八|保养580块钱|保养 580.00 元|1小时
周四下午三点见|星期四15:00|礼拜四下午3点|11月26日|11/26|十一月二十六号|2026年11月26日|2026-11-26|26号
检查免费|四轮检测免费检查|9点到18点营业|早上九点开门|9:00-18:00|09：00
8折|八折|打 8 折|80%|20% off|券码 BD-8K2M|BD8K2M|减200元|两百块|二百|本店电话 0755-12345678|075512345678
质保两年|质保24个月|2万公里|Thursday 3 pm|26 Nov|November 26th|Nov 26 at 15:00
稍等一下，我去问问，马上回复您|便宜一点|一点小问题|我们一起看看|十分感谢|万一还有问题|千万别急|再确认一次|您好
"""
UNSUPPORTED = {
    "保养590元": "590元",
    "￥580.5": "¥580.5",
    "五百九": "五百九",
    "一千二百元": "一千二百元",
    "1.2万": "1.2万",
    "7折": "7折",
    "七折": "七折",
    "八八折": "八八折",
    "打八点五折": "八点五折",
    "100% off": "100% off",
    "给您 100％ 优惠": "100%",
    "百分之九十": "百分之九十",
    "半价": "半价",
    "打对折": "对折",
    "明天来": "明天",
    "后天": "后天",
    "今晚": "今晚",
    "11月24日": "11月24日",
    "24号": "24号",
    "11月26日（周五）": "11月26日(周五)",
    "周五": "周五",
    "下周四": "下周四",
    "周末": "周末",
    "月底前": "月底",
    "下个月": "下个月",
    "下午四点": "下午四点",
    "15:30": "15:30",
    "三点半": "三点半",
    "8点": "8点",
    "30分钟": "30分钟",
    "三天": "三天",
    "质保三年": "三年",
    "终身质保": "终身",
    "保养免费": "免费",
    "全部免费": "免费",
    "免单": "免单",
    "不收费": "不收费",
    "送您一次洗车": "送您",
    "赠送机油": "赠送",
    "保证修好": "保证",
    "全额退款": "全额",
    "refund": "refund",
    "we promise": "promise",
    "it is free": "free",
    "tomorrow at noon": "tomorrow",
    "next week": "next week",
    "券码 ABCD1234": "ABCD1234",
    "13912345678": "13912345678",
    "+86 139 1234 5678": "+86 139 1234 5678",
    "400-800-1234": "400-800-1234",
    "看 https://pay.example/x 付款": "https://pay.example/x",
    "五\u200b百九": "五百九",
    "５９０元": "590元",
    "３折": "3折",
    "3 次": "3",
}


@pytest.mark.parametrize("text", [text for line in SUPPORTED.split("\n") for text in line.split("|") if text])
def test_what_a_fact_says_in_other_words_is_no_new_promise(text: str) -> None:
    assert unsupported(text, FACTS, MONDAY) == ()


@pytest.mark.parametrize(("text", "flag"), UNSUPPORTED.items())
def test_what_no_fact_says_is_shown(text: str, flag: str) -> None:
    assert flag in unsupported(text, FACTS, MONDAY)


def test_nothing_is_supported_by_nothing() -> None:
    text = "明天下午3点，保养580元，8折，免费洗车"
    assert unsupported(text, [], MONDAY) == ("明天", "下午3点", "580元", "8折", "免费")
