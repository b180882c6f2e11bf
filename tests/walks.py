"""Owners who say and tap anything in any order, and what must hold whatever they do."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from core.messages import Kind
from storage.crm import Crm
from tests.chat import Person, Shop

WORDS = [
    *"""
你好|我要保养|明天下午三点给粤B12345做保养|粤B54321|粤BD12345|粤B123O5|后天上午|周四|下午三点|过两天
今天早上八点|明天晚上十点|洗车|不对，是周五|多少钱|几点关门|我的预约|改到周六上午十点|取消预约|取消|返回|重新开始|帮助|人工|退订
是|不是|跳过|13812345678|1381234|1|2|３|最后一个|谢谢|啦啦啦|🚗|hello
book a wash tomorrow at 3pm|yes|no|cancel|]]>|南山店|福田店
""".strip()
    .replace("\n", "|")
    .split("|"),
    "",
    "好" * 3000,
]
KINDS = (Kind.PHOTO, Kind.VOICE, Kind.OTHER, Kind.FOLLOW, Kind.SCAN, Kind.UNFOLLOW)
SILENT = {Kind.UNFOLLOW}
PAUSES = tuple(timedelta(minutes=m) for m in (3, 11, 90, 24 * 60 + 5))
ACTIONS = ("take", "called", "booked", "snooze", "not_reachable", "done", "give_back", "link_yes", "link_no")


def walk(shop: Shop, seed: int, steps: int = 25) -> None:
    """Two owners and two advisors do as they please; time passes now and then."""
    chance = random.Random(seed)
    people = [shop.stranger(f"walker-{seed}-{n}", channel) for n, channel in enumerate(("web", "web"))]
    staff = [shop.advisor("王工"), shop.advisor("赵工")]
    for _ in range(steps):
        if chance.random() < 0.1:
            shop.clock.advance_to(shop.clock.now() + chance.choice(PAUSES))
            shop.tick()
        if chance.random() < 0.15 and (cards := shop.cards()):
            assert chance.choice(staff).taps(chance.choice(ACTIONS), on=chance.choice(cards))
        step(chance.choice(people), chance)
    shop.ask(consistent)


def step(person: Person, chance: random.Random) -> None:
    """One thing one owner does; it is answered, and the same thing again changes nothing."""
    choices = [choice for bubble in person.bubbles[-4:] for choice in bubble.choices]
    kind = chance.choice(KINDS) if chance.random() < 0.1 else Kind.TEXT
    if choices and chance.random() < 0.5:
        answer = person.taps(chance.choice(choices).label)
    elif kind is not Kind.TEXT:
        answer = person.does(kind)
    elif chance.random() < 0.05:
        answer = person.shares_phone(f"+86138{chance.randrange(10**8):08d}")
    else:
        answer = person.says(chance.choice(WORDS))
    assert answer or kind in SILENT or person.shop.do(lambda crm: with_a_person(crm, person))
    if chance.random() < 0.2:
        assert person.repeats() == answer


def with_a_person(crm: Crm, person: Person) -> bool:
    """Whether somebody of the staff has this talk now: the bot is silent then, and only then."""
    return crm.threads.holder(crm.conversations.locked(person.channel, person.account).id) is not None


def consistent(crm: Crm) -> None:
    """No time given twice, no claim without its appointment, no appointment without its owner, one card each."""
    run = crm.connection.exec_driver_sql
    booked = run("SELECT id, owner_id FROM appointment WHERE status = 'booked'").all()
    cards = Counter(run("SELECT appointment_id FROM task WHERE kind = 'new_appointment'").scalars())
    assert all(cards[number] == 1 for number, _ in booked)
    assert all(owner for _, owner in booked)
    stray = "SELECT count(*) FROM bay_claim WHERE appointment_id NOT IN (SELECT id FROM appointment)"
    assert run(stray).scalar() == 0
    idle = (
        "SELECT count(*) FROM appointment WHERE status = 'booked' AND id NOT IN (SELECT appointment_id FROM bay_claim)"
    )
    assert run(idle).scalar() == 0
    merged = "SELECT count(*) FROM identity JOIN owner ON owner.id = owner_id WHERE owner.status = 'merged'"
    assert run(merged).scalar() == 0
    assert run("SELECT count(*) FROM message_in WHERE state = 'failed'").scalar() == 0
