"""Whatever somebody types: never an error, never a slot in an illegal format."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from core.understanding import choice_index, plate_kind, understand

START = datetime(2025, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
INTENTS = set(
    "booking reschedule cancel_appointment my_appointments claim_coupon my_coupons rate_visit complaint refer "
    "ask_hours ask_price ask_car_status ask_address ask_other car_sold warning_light human my_data erase_me opt_out "
    "opt_in cancel back restart help yes no greeting thanks answer unknown".split()
)
SERVICES = {
    *("maintenance", "tyres", "alignment", "battery", "brakes", "air_conditioning", "wash", "inspection"),
    *("bodywork", "warranty", "other"),
}
PIECES = (
    "明天 后天 下周 周三 周五 12月 31号 2月 30号 到 前 后 上午 下午 晚上 三点 半 25点 差一刻 一刻 9:99 14:30 "
    "粤B 月B 12345 O1234 D 学 138 1234 5678 两万八 公里 千 万 5分 五星 ★ 不 没 别 改到 取消 预约 保养 "
    "洗车 不用了 多少钱 吗 ？ ， 。 店 南山店 我姓 我叫 李 明 LSVAU2A37N2183294 "
    "tomorrow at 3 pm next Friday the 31st 除夕 大年初十 "
    "十一 廿 卅 零 幺 / - . : 年 0 00 99"
)
texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES.split()), max_size=10).map("".join),
    st.lists(st.sampled_from(PIECES.split()), max_size=10).map(" ".join),
)
moments = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def legal(slot: str, value: str | int, today: date) -> bool:
    patterns = {
        "part_of_day": "morning|noon|afternoon|evening",
        "time": r"([01]\d|2[0-3]):[0-5]\d",
        "rating": "[1-5]",
        "phone": r"\+861[3-9]\d{9}",
        "vin": "[A-HJ-NPR-Z0-9]{17}",
        "service": "|".join(SERVICES),
        "store": r".*\S.*",
        "name": r".*\S.*",
    }
    if slot in {"date", "date_to"}:
        return date.fromisoformat(str(value)) >= today
    if slot == "plate":
        return plate_kind(str(value)) is not None
    if slot == "mileage_km":
        return isinstance(value, int) and 100 <= value <= 2_000_000
    return re.fullmatch(patterns[slot], str(value)) is not None


@settings(max_examples=1500, deadline=None)
@given(texts, moments)
def test_any_text_gives_a_legal_answer(text: str, now: datetime) -> None:
    answer = understand(text, now, stores=["南山店"])
    assert answer.intent in INTENTS
    assert answer.asks_back == bool(answer.doubts)
    assert all(legal(slot, value, now.date()) for slot, value in answer.slots.items()), answer.slots
    if "date" in answer.slots and "date_to" in answer.slots:
        assert str(answer.slots["date"]) <= str(answer.slots["date_to"])


@settings(max_examples=500, deadline=None)
@given(texts, st.lists(texts, max_size=6))
def test_any_reply_to_any_list_is_an_index_or_nothing(text: str, labels: list[str]) -> None:
    assert choice_index(text, labels) in {None, *range(len(labels))}
