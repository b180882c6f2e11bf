"""Owners, notices to them, and what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.messages import Bubble, Notice, Rank
from handlers.staff import act
from journeys.items import TickItem
from journeys.step import Happening, send
from storage.consents import MARKETING
from storage.crm import Crm
from storage.steps import Step
from tests.bot.office import Office, opens_window
from tests.fakes.wechat import FakeWeChat

LI, WANG, ZHAO = "oLiMing_0000000000000000000A", "oWangFang_00000000000000000B", "oZhaoLei_000000000000000000C"
DUE = Bubble("您的车该保养了", notice=Notice("due", (("plate", "粤B12345"),)))
OFFER = Bubble("保养八折")
SHARED = Bubble("国庆照常营业", shared=True)


def rules(office: Office, **changed: Any) -> None:
    """The shop's gate has other numbers."""
    shop = office.house.database.shop
    gate = replace(shop.policy.gate, **changed)
    office.house.database.shop = replace(shop, policy=replace(shop.policy, gate=gate))


def li(office: Office, *, phone: str = "", consent: bool = True) -> int:
    def record(crm: Crm) -> int:
        owner = crm.owners.add("李明", store_id=1)
        if phone:
            crm.owners.set_phone(owner, phone, verified=True)
        if consent:
            crm.consents.write(owner.key, MARKETING, "*", True)
        return owner.key

    return office.crm(record)


def follows(office: Office, wechat: FakeWeChat, owner: int, openid: str = LI, *, left: int = 0) -> int:
    """A follower whose window has so many messages left."""
    wechat.owner(openid)
    identity = office.identity("wechat", openid, owner)
    if left:
        opens_window(wechat, openid)

    def set_window(crm: Crm) -> None:
        talk = crm.conversations.locked("wechat", openid)
        talk.window_left = left
        crm.conversations.save(talk)

    office.crm(set_window)
    return identity


def notice(office: Office, owner: int, bubble: Bubble, rank: Rank = Rank.SERVICE, **more: Any) -> TickItem:
    what = Happening(more.pop("journey", "maintenance_due"), "t7", f"{owner} {more.pop('number', 1)}", owner)
    item = office.crm(lambda crm: send(crm, what, bubble, rank, timedelta(days=1), **more))
    assert item is not None
    office.sends()
    return item


def step(office: Office, owner: int) -> Step:
    def newest(crm: Crm) -> Step:
        found = crm.steps.of_owner(owner)[0]
        crm.session.expunge(found)
        return found

    return office.house.database.read(newest)


def states(office: Office) -> list[tuple[str, str, str]]:
    """(destination's channel, way, state) of each row to an owner, in order."""
    rows = [row for row in office.rows() if row.kind in ("bubble", "mass", "hand")]
    return [(row.destination.partition(":")[0], row.way, row.state) for row in rows]


def wang_gets_the_card(office: Office, wechat: FakeWeChat) -> tuple[int, int]:
    """The owner, and the task that an advisor took."""
    owner = li(office)
    follows(office, wechat, owner)
    notice(office, owner, OFFER, Rank.MARKETING)
    advisor = office.crm(lambda crm: crm.staff.add("王工", "advisor", 1).key)
    office.crm(lambda crm: act(crm, crm.staff.get(advisor), 1, "take"))
    return owner, advisor
