"""Who walks: owners on record with two accounts each, a stranger, and the staff at their cards and in private chats."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date, timedelta

import handlers
from core.errors import BadInput, Refused
from core.messages import Bubble, Inbound, Kind
from flows import ENGINE
from flows.state import State
from handlers import Arrived, dms
from handlers.cards import card
from handlers.desk import ACTIONS, NUMBERED, WORDED
from handlers.staff import act
from intake.dms_documents import read_event
from storage.consents import MARKETING
from storage.crm import Crm
from storage.tasks import UNFINISHED
from tests.chat import Advisor, Person, Shop
from tests.gifts import Desk

STARTED = sorted({*ENGINE.starters, *ENGINE.answers, *ENGINE.commands})
ARGUMENTS = ("", ".1", ".2", ".3", ".7", ".1.yes", ".1.no", ".2.no", ".1.5", ".2.1", ".1.price", ".2.sold", ".x", ".99")
SLOTS = [slot.name for flow in ENGINE.flows.values() for slot in flow.slots] + ["confirm"]
VALUES = ("yes", "no", "drop", "1", "2", "skip", "change.at", "2026-11-24T15:00", "other", "x")
CHANNELS = (("web", "wechat"), ("web", "telegram"))
PEOPLE = (("李明", "粤B7K3L9", "+8613712340001"), ("张伟", "粤B54321", "+8613712340002"))


class Walker:
    """Somebody with one or two accounts. `secrets`: what only they may be told of."""

    def __init__(self, accounts: Sequence[Person], secrets: tuple[str, ...] = ()) -> None:
        self.accounts, self.secrets = accounts, secrets


def owners(shop: Shop) -> list[Walker]:
    """On record with car, birthday, visits and consent, on the web and on one channel more."""
    found = []
    for number, ((name, plate, phone), channels) in enumerate(zip(PEOPLE, CHANNELS, strict=True), 1):
        shop.owner(name, plate=plate, phone=phone, last_visit=f"2026-0{7 + number}-2{number}", due="2026-12-01")
        shop.do(lambda crm, n=number, c=channels: _give(crm, n, c))  # type: ignore[misc]
        secrets = (phone.removeprefix("+86"), plate) if number == 1 else (phone.removeprefix("+86"),)
        found.append(Walker([Person(shop, f"owner-{number}-{channel}", channel) for channel in channels], secrets))
    return found


def _give(crm: Crm, number: int, channels: tuple[str, ...]) -> None:
    owner = crm.owners.get(number)
    owner.birthday = date(1986, 11, 22 + 2 * number)
    for channel in channels:
        crm.identities.give_to_owner(channel, f"owner-{number}-{channel}", number)
    crm.consents.write(number, MARKETING, "*", True)


# — what an owner can tap —


def tappable(person: Person) -> list[tuple[str, str]]:
    """(id, label) of what stands under the last messages of the talk, pushed ones and old ones too."""

    def find(crm: Crm) -> list[tuple[str, str]]:
        identity = crm.identities.find(person.channel, person.account)
        talk = crm.conversations.of_identity(identity.key) if identity else None
        rows = crm.outbox.latest_of_conversation(talk.key, 8) if talk else []
        bubbles = [Bubble.unpacked(crm.outbox.payload(row)) for row in rows if row.kind == "bubble"]
        return [(choice.id, choice.label) for bubble in bubbles for choice in bubble.choices]

    return person.shop.ask(find)


def forged(chance: random.Random) -> str:
    """A button that was never shown, maybe about somebody else's row."""
    if chance.random() < 0.7:
        return f"0:go={chance.choice(STARTED)}{chance.choice(ARGUMENTS)}"
    return f"{chance.randrange(6)}:{chance.choice(SLOTS)}={chance.choice(VALUES)}"


def says_at_once(person: Person, texts: Sequence[str]) -> str:
    """Several messages that wait together when they are read; what is answered to the last of them."""
    shop = person.shop
    burst = [
        Arrived(Inbound(person.channel, f"k{next(shop.keys)}", person.account, Kind.TEXT, text=text, raw=b"{}"))
        for text in texts
    ]
    person.last_inbound = burst[-1].inbound
    heard = shop.do(lambda crm: handlers.receive_all(crm, person.channel, person.account, lambda: burst, shop.engine))
    rows = shop.ask(lambda crm: [crm.outbox.payload(row) for row in crm.outbox.of_message(heard[-1].message_id)])
    return "\n".join(Bubble.unpacked(row).text for row in rows)


def deploys(person: Person) -> None:
    """The talk was begun by an older version of every flow that is under way in it."""

    def older(crm: Crm) -> None:
        talk = crm.conversations.locked(person.channel, person.account)
        state = State.unpacked(talk.state)
        for running in state.stack:
            running.version -= 1
        talk.state = state.packed()
        crm.conversations.save(talk)

    person.shop.do(older)


# — the staff —


class Staff:
    """An advisor or a manager, at the cards and in a private chat."""

    def __init__(self, shop: Shop, name: str, role: str) -> None:
        self.desk = Desk(shop, name, role)
        self.taps = Advisor(shop, self.desk.key, name).taps
        self.shop = shop

    def works(self, chance: random.Random) -> None:
        """A button of a card of theirs, one that is not there, or words to the bot."""
        if chance.random() < 0.35:
            self.desk.says(self._words(chance))
            return
        if (found := self.shop.ask(lambda crm: self._button(crm, chance))) is None:
            return
        number, action = found
        words = chance.choice(("换了密封条", "多次联系不上", ""))
        assert self._act(number, action, words)

    def _act(self, number: int, action: str, words: str) -> str:
        try:
            return self.shop.do(lambda crm: act(crm, crm.staff.get(self.desk.key), number, action, words=words))
        except Refused as refusal:
            return str(refusal)

    def _button(self, crm: Crm, chance: random.Random) -> tuple[int, str] | None:
        """Three times of four something that the card shows; the newer cards more often."""
        last = crm.connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM task").scalar_one()
        if not last:
            return None
        number = max(1, last - int(chance.expovariate(0.25)))
        task = crm.tasks.find(number)
        if task is None:
            return None
        shown = [b.action for row in card(crm, task, full_for=self.desk.key).buttons for b in row]
        if shown and task.status in UNFINISHED and chance.random() < 0.75:
            return number, chance.choice(shown)
        return number, chance.choice([*ACTIONS, *WORDED, *(f"{name}.{chance.randrange(4)}" for name in NUMBERED)])

    def _words(self, chance: random.Random) -> str:
        task = self.shop.ask(_newest_task)
        code = self.shop.ask(_a_coupon)
        return chance.choice(
            [
                f"核销 {code}", f"作废 {code} 发错了", f"查券 {code}", f"回复 #{task} 您好，我来看看", f"回复 #{task}",
                "增项 粤B54321 更换刹车片 680元 2小时", "增项 粤B7K3L9 雨刮 120元", "推荐 粤B54321 镀膜",
                "推荐 粤B7K3L9 延保",
                "解决 T1 换了密封条", "结案 T1 多次联系不上", "解决 T2 已道歉", "我的任务", "帮助",
                "查 粤B54321", "查 李先生", "记 粤B7K3L9 怕胎噪，后天给他回电话", "到店 粤B54321", "粤B7K3L9到店了",
                "商机 粤B54321 延保 3000元 后天", "申请 8折 粤B7K3L9 老客户", "申请 95折 粤B54321", "请假 明天",
                "销假", "排行", f"建议 #{task} 按钮太小", "这是什么呀呃", "记 练习 怕胎噪",
            ]
        )  # fmt: skip


def _newest_task(crm: Crm) -> int:
    return int(crm.connection.exec_driver_sql("SELECT coalesce(max(id), 1) FROM task").scalar_one())


def _a_coupon(crm: Crm) -> str:
    """One that somebody has claimed, if there is one."""
    claimed = "SELECT coalesce(max(code), 'ABCD2345') FROM coupon WHERE status = 'claimed'"
    return str(crm.connection.exec_driver_sql(claimed).scalar_one())


# — the DMS —


def dms_tells(shop: Shop, chance: random.Random) -> None:
    """A work order of one of the cars is opened, completed or cancelled."""
    name, plate, phone = chance.choice(PEOPLE)
    now = shop.clock.now()
    data = {
        "number": f"W{chance.randrange(90, 96)}", "store": "s1", "plate": plate, "amount": "580.00",
        "owner": {"name": name, "phone": phone.removeprefix("+86")}, "mileage_km": 20_000 + chance.randrange(5000),
        "items": [{"code": "M1", "name": "保养", "amount": "580.00"}], "completed_at": now.isoformat(),
    }  # fmt: skip
    kind = chance.choice(("work_order.completed", "work_order.completed", "work_order.opened", "work_order.cancelled"))
    at = (now - timedelta(minutes=chance.choice((0, 0, 30)))).isoformat()
    event = {"id": f"e{next(shop.keys)}", "type": kind, "occurred_at": at, "data": data}
    body = json.dumps(event, ensure_ascii=False).encode()
    envelope, document = read_event(body)
    try:
        shop.do(lambda crm: dms.receive(crm, envelope, document, body))
    except BadInput:
        return
