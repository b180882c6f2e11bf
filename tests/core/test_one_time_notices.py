"""Which one-time notices a shop would like to send, and how owners ask for them."""

import pytest

from core.one_time_notices import Wanted, asks, by_tap, wanted
from core.policy_file import read_policy

POLICY = """
[templates.maintenance_due.subscribe]
id = "TPL_due"
[templates.inspection_due.subscribe]
id = "TPL_due"
[templates.car_ready.subscribe]
id = "TPL_ready"
[templates.rate_visit.wechat]
id = "TPL_rate"
[templates.coating.subscribe]
id = "TPL_offer"
[templates.nobody_sends_this.subscribe]
id = "TPL_none"
[journeys.coating]
anchor = "last_visit"
steps = [{ name = "d30", days = 30, kind = "%s", text = "漆面该养护了" }]
"""


def test_a_template_is_asked_for_once_and_only_for_what_may_go_that_way() -> None:
    due, ready = Wanted("TPL_due", ("maintenance_due", "inspection_due")), Wanted("TPL_ready", ("car_ready",))
    assert wanted(read_policy(POLICY % "marketing")) == (due, ready)
    assert wanted(read_policy(POLICY % "service")) == (due, ready, Wanted("TPL_offer", ("coating",)))
    assert wanted(read_policy("")) == ()


@pytest.mark.parametrize(("count", "taps"), [(0, []), (1, [1]), (3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_one_tap_allows_three_at_the_most(count: int, taps: list[int]) -> None:
    notices = [Wanted(f"TPL_{number}", ()) for number in range(count)]
    assert [len(some) for some in by_tap(notices)] == taps


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("订阅通知", True), ("我要订阅服务通知。", True), ("开启提醒", True), ("请打开保养提醒吧", True),
        ("允许通知", True),
        ("Allow notices", True), ("please turn on notifications!", True), ("enable reminders", True),
        ("取消订阅通知", False), ("不要开启提醒", False), ("订阅", False), ("开启通知", False), ("重新订阅", False),
        ("刚才的提醒我没看到", False), ("don't allow notices", False), ("通知我一下", False), ("", False),
    ],
)  # fmt: skip
def test_who_asks_for_notices_says_so_in_the_whole_message(text: str, meant: bool) -> None:
    assert asks(text) is meant
