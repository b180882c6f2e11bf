"""An office whose notices have templates, with a gateway for texts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import guardian
from tests.bot.office import Office
from tests.fakes.sms import FakeSms
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat

POLICY = """
[templates.due.wechat]
id = "TPL_due"
fields = ["car_number2:plate"]
[templates.due.subscribe]
id = "TPL_sub"
fields = ["car_number2:plate"]
[templates.maintenance_due.wechat]
id = "TPL_maintenance"
fields = ["car_number2:plate", "thing4:service", "time3:due_on", "amount5:price"]
"""


@pytest.fixture
def sms() -> Iterator[FakeSms]:
    with FakeSms("http") as fake:
        yield fake


@pytest.fixture
def office(telegram: FakeTelegram, wechat: FakeWeChat, sms: FakeSms) -> Iterator[Office]:
    policy = guardian.directory("policy") / "policy.toml"
    policy.write_text(POLICY, "utf-8")
    wechat.template("TPL_due", "car_number2")
    wechat.template("TPL_sub", "car_number2")
    wechat.template("TPL_maintenance", "car_number2", "thing4", "time3", "amount5")
    with Office(telegram, wechat, sms, POLICY=str(policy)) as office:
        office.store()
        yield office
