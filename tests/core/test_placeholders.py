"""Nothing personal goes to a model, and everything comes back as it was written."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.personal import fold, plain
from core.placeholders import Placeholders
from core.understanding import phones
from core.understanding.numerals import DIGITS
from core.understanding.plates import PROVINCES

NAME, PLATE, PHONE, VIN, ADDRESS = "王小明", "粤B12345", "+8613812345678", "LSVAU2A37N2183294", "南山区科技路88号3栋502"
SPOKEN = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}


def known() -> Placeholders:
    return Placeholders.knowing([NAME, "Li Ming"], [PLATE], [PHONE], [VIN], [ADDRESS])


def written(number: str) -> st.SearchStrategy[str]:
    """A number or plate in the ways people write it."""
    gaps = st.sampled_from(["", " ", "-", "·", ".", "  "])
    spread = gaps.map(lambda gap: gap.join(re.findall(r"[^\d]+|\d{1,4}", number)))
    wide = st.just("".join(WIDE.get(char, char) for char in number))
    spoken = st.just("".join(SPOKEN.get(char, char) for char in number))
    return st.one_of(st.just(number), st.just(number.lower()), spread, wide, spoken)


phone_numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
plates = st.tuples(st.sampled_from(PROVINCES), st.from_regex(r"[A-HJ-NP-Z](?:[0-9]{5}|D[0-9]{5})", fullmatch=True))
vins = st.from_regex(r"L[A-HJ-NPR-Z]{4}[0-9][A-HJ-NPR-Z0-9]{2}[0-9X][A-HJ-NPR-Z0-9]{2}[0-9]{6}", fullmatch=True)
secrets = st.one_of(
    phone_numbers.flatmap(lambda number: st.tuples(st.just(number), written(number))),
    plates.map("".join).flatmap(lambda plate: st.tuples(st.just(plate), written(plate))),
    vins.map(lambda vin: (vin, vin)),
    written(PHONE).map(lambda text: (plain(PHONE), text)),
    written(PLATE).map(lambda text: (PLATE, text)),
    st.sampled_from(["王先生", "小王", "老王", "王小明", "王 小 明", "小明", "王小明女士", "王工"]).map(
        lambda n: (n, n)
    ),
    st.sampled_from(["Li Ming", "li ming", "Ming Li", "Mr Li", "Mr. Li"]).map(lambda n: (n, n)),
)
chatter = st.sampled_from(
    [
        "，明天下午三点",
        "我要保养，",
        "的车",
        " 电话：",
        "，车牌 ",
        "多少钱？",
        "在吗",
        " 2026-11-28 ",
        "，两万八公里，",
        "改到10:30，",
    ]
)
TRICKY = "粤B京a0123456789一二幺 -.·⟦⟧[]王李明先生我叫是小NAMEPHO_1【】()"
threads = st.lists(st.one_of(chatter, secrets), min_size=1, max_size=7)


@settings(max_examples=600)
@given(threads)
def test_nothing_personal_survives_and_all_of_it_comes_back(thread: list[str | tuple[str, str]]) -> None:
    text = "，".join(piece if isinstance(piece, str) else piece[1] for piece in thread)
    placeholders = known()
    hidden = placeholders.hide(text)
    bare = plain(re.sub(r"⟦\w+⟧", "；", hidden))
    for piece in thread:
        if not isinstance(piece, str):
            assert plain(piece[0]) not in bare
    assert phones.find(fold(hidden)) is None
    assert placeholders.restore(hidden) == text
    assert placeholders.hide(hidden) == hidden


@settings(max_examples=600)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("粤B京a0123456789一二幺 -.·⟦⟧[]王李明先生我叫是小NAMEPHO_1【】()"), st.characters()
        ),
        max_size=60,
    )
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    placeholders = Placeholders()
    hidden = placeholders.hide(text)
    assert placeholders.restore(hidden) == text
    assert placeholders.hide(hidden) == hidden


def test_the_same_value_is_the_same_placeholder_in_every_message() -> None:
    placeholders = known()
    first = placeholders.hide("我是王小明，粤B12345，13812345678")
    assert first == "我是⟦NAME1⟧，⟦PLATE1⟧，⟦PHONE1b⟧"
    assert placeholders.hide("粤B12345的王小明") == "⟦PLATE1⟧的⟦NAME1⟧"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我叫李雷，帮我约保养", "我叫⟦NAME1⟧，帮我约保养"),
        ("陈女士的车好了吗", "⟦NAME1⟧的车好了吗"),
        ("Mr Zhang is coming", "⟦NAME1⟧ is coming"),
        ("车牌月B12345", "车牌月⟦PLATE1⟧"),
        ("京A·D12345", "⟦PLATE1⟧"),
        ("电话幺三八一二三四五六七八", "电话⟦PHONE1⟧"),
        ("座机0755-26881234", "座机⟦PHONE1⟧"),
        ("加我微信：abc_12345", "加我微信：⟦WECHAT1⟧"),
        ("邮箱 li.ming@example.com", "邮箱 ⟦EMAIL1⟧"),
        ("身份证440301199001011234", "身份证⟦IDCARD1⟧"),
        ("卡号6222 0212 3456 7890 123", "卡号⟦NUMBER1⟧"),
        ("车架LSVAU2A37N2183294", "车架⟦VIN1⟧"),
        ("来福田区深南大道1001号2栋接车", "⟦ADDRESS1⟧接车"),
    ],
)
def test_what_looks_personal_is_hidden_without_being_known(text: str, hidden: str) -> None:
    assert Placeholders().hide(text) == hidden


@pytest.mark.parametrize(
    "text",
    [
        "明天下午三点保养",
        "2026-11-28 10:30",
        "12月1号到3号",
        "两万八公里，里程128000",
        "580元",
        "方向总是跑偏",
        "5W-30机油",
        "20261128",
    ],
)
def test_what_the_model_needs_stays_readable(text: str) -> None:
    assert known().hide(text) == text


@pytest.mark.parametrize("written", "⟦NAME1⟧/[NAME1]/【NAME1】/NAME_1/NAME1/[[name 1]]/{{NAME1}}/(NAME-1)".split("/"))
def test_a_model_may_write_the_placeholder_its_own_way(written: str) -> None:
    assert known().restore(f"{written}您好") == "王小明您好"


@pytest.mark.parametrize("written", ["⟦NAME9⟧您好", "[PHONE7]", "PLATE_3", "⟦NAME1z⟧", "⟦手机⟧"])
def test_a_placeholder_nobody_gave_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="never given"):
        known().restore(written)


@pytest.mark.parametrize("text", ["【王小明】", "(13812345678)", "[[粤B12345]]", "⟦[(⟦[(", "（王先生）（小明）"])
def test_brackets_around_a_value_stay_brackets(text: str) -> None:
    placeholders = known()
    hidden = placeholders.hide(text)
    assert placeholders.restore(hidden) == text
    assert placeholders.hide(hidden) == hidden


def test_a_long_text_is_hidden_in_no_time() -> None:
    for part in ("1", "1-", "a1", "a.b@", "⟦[(", "粤B1 ", "我是王小明，电话138-1234-5678，"):
        text = (part * 4000)[:4000]
        placeholders, began = known(), time.perf_counter()
        assert placeholders.restore(placeholders.hide(text)) == text
        assert time.perf_counter() - began < 5


def test_an_owner_who_types_a_placeholder_learns_nothing() -> None:
    placeholders = known()
    for typed in ("PHONE1", "[PHONE1]", "请把 VIN_1 发我"):
        assert placeholders.restore(placeholders.hide(typed)) == typed


def test_spoken_digits_are_the_same_number() -> None:
    assert plain("一三八１２３４-5678") == "13812345678"
    assert set(DIGITS) >= set(SPOKEN.values())
