"""Talks during which the product is killed at random moments, and what it wrote compared with an undisturbed one."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import guardian
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.fakes.wechat_owner import Status
from tests.product import Product
from tests.records import ask, settled

GROUP, LI, WANG = -1001234567890, 1001, 7001
OPENID = "oABCD1234567890abcdefghijklm"
CLOCK = "2026-11-23T10:00:00+08:00"
WISH = "明天下午三点给粤B12345做保养"
SOON = 0.04  # seconds within which a message is usually done with
PATIENCE = 30.0
Step = Callable[[], object]
_FIRST: list[Path] = []


@dataclass
class Killer:
    """Kills the shop at random moments around what people do."""

    shop: Product
    dice: random.Random
    kills: int = 0
    willing: float = 0.5

    def around(self, step: Callable[[], object]) -> bool:
        """Do the step; True when the shop died meanwhile and was started again."""
        if self.dice.random() >= self.willing:
            step()
            return False
        killing = threading.Timer(self.dice.uniform(0, SOON), self.shop.kill9)
        killing.start()
        step()
        killing.join()
        self.kills += 1
        self.shop.start()
        return True


def opened_before() -> Path:
    """The directory of such a shop that has not run yet; each a copy of the first."""
    if not _FIRST:
        first = Product(directory=guardian.directory("first"), CLOCK=CLOCK)
        open_shop(first)
        _FIRST.append(first.directory)
    copy = guardian.directory("copy")
    shutil.copytree(_FIRST[0], copy, dirs_exist_ok=True)
    return copy


def open_shop(shop: Product) -> None:
    """A store and one advisor."""
    bays = ("--bays", "general=2,quick=1")
    assert shop.cli("store", "add", "ns", "深圳南山店", *bays).code == 0
    staff = shop.cli("staff", "add", "王工", "--role", "advisor", "--store", "ns", "--telegram", str(WANG))
    assert staff.code == 0, staff.err


def telegram_talk(telegram: FakeTelegram, killer: Killer) -> None:
    """李明 books and 王工 takes the card; Telegram repeats what was not acknowledged."""
    li, wang, group = telegram.user(LI, "李明"), telegram.user(WANG, "王工"), telegram.group(GROUP)
    steps: list[tuple[Step, Step]] = [
        (li.starts, lambda: li.waits_for("我可以帮您", PATIENCE)),
        (lambda: li.says(WISH), lambda: li.waits_for("手机号", PATIENCE)),
        (lambda: li.says("跳过"), lambda: li.waits_for("请确认", PATIENCE)),
        (lambda: li.taps("确认预约"), lambda: group.waits_for("新预约", PATIENCE)),
        (wang.starts, lambda: wang.waits_for(None, PATIENCE)),
        (lambda: wang.taps("我来跟进", on=group.last), lambda: group.waits_for("王工 已领取", PATIENCE)),
    ]
    for does, sees in steps:
        if killer.around(does):
            telegram.redeliver()
        sees()
    assert any("已为您预约" in text for text in li.inbox.texts)


def wechat_talk(wechat: FakeWeChat, killer: Killer) -> None:
    """李明 books; WeChat repeats, sealed anew, what it got no answer to."""
    li = wechat.owner(OPENID)
    for text, answer in ((WISH, "手机号"), ("跳过", "请确认"), ("确认", "已为您预约")):
        said: list[Status] = []

        def says(text: str = text, said: list[Status] = said) -> None:
            said.append(li.says(text))

        if killer.around(says) and said[0] == 0:
            wechat.repeat_reencrypted(said[0])
        wechat.wait_for(lambda answer=answer: any(answer in t for t in li.inbox.texts), PATIENCE, answer)  # type: ignore[misc]


def written(shop: Product) -> dict[str, object]:
    """Everything that the talk left in the store, once nothing is on its way any more; numbers, not moments."""
    settled(shop)
    tables = ("owner", "vehicle", "identity", "conversation", "message_in", "appointment", "task", "post", "consent")
    counts: dict[str, object] = {table: ask(shop, f"SELECT count(*) FROM {table}") for table in tables}
    of_talks = "verb <> 'churn_model.fitted'"  # the month's model is learnt by a tick, whenever one comes
    counts["events"] = ask(shop, f"SELECT verb, count(*) FROM event WHERE {of_talks} GROUP BY verb ORDER BY verb")
    counts["outbox"] = ask(
        shop,
        "SELECT kind, destination, rank, count(*) FROM outbox WHERE kind <> 'tap' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    )
    counts["booked"] = ask(shop, "SELECT status, plate FROM appointment")
    counts["failed"] = ask(
        shop, "SELECT kind, state, reason FROM outbox WHERE state IN ('failed', 'unknown') AND kind <> 'tap'"
    )
    counts["bugs"] = ask(shop, "SELECT error FROM message_in WHERE state = 'failed'")
    return counts
