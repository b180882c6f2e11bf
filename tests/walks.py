"""Owners who say and tap anything in any order, and what must hold whatever they do."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core.messages import Kind
from storage.crm import Crm
from tests.chat import Person, Shop

WORDS = [
    *"""
你好|我要保养|明天下午三点给粤B12345做保养|粤B54321|粤BD12345|粤B123O5|后天上午|周四|下午三点|过两天
今天早上八点|明天晚上十点|洗车|不对，是周五|多少钱|几点关门|我的预约|改到周六上午十点|取消预约|取消|返回|重新开始|帮助|人工|退订
是|不是|跳过|13812345678|1381234|1|2|３|最后一个|谢谢|啦啦啦|🚗|hello
有空位时告诉我|不等了|改到后天下午|车卖了|English please|说中文|继续|尾号345|我要预约|取消明天的预约
投诉|我要投诉，车门刮花了|投诉进度|解决了|还没有|上次服务打4分|太差|五星|太贵了|离得太远
车抛锚了|上门取车|科苑路1号|仪表盘亮灯了|红色|发动机冒烟了|能开发票吗|上次花了多少钱|下次保养什么时候|后备箱关不严|可以，换吧
book a wash tomorrow at 3pm|yes|no|cancel|]]>|南山店|福田店
""".strip()
    .replace("\n", "|")
    .split("|"),
    "",
    "好" * 3000,
]
KINDS = (Kind.PHOTO, Kind.VOICE, Kind.OTHER, Kind.LOCATION, Kind.FOLLOW, Kind.SCAN, Kind.UNFOLLOW)
SILENT = {Kind.UNFOLLOW}
PAUSES = tuple(timedelta(minutes=m) for m in (3, 11, 90, 24 * 60 + 5))
ACTIONS = (
    "take", "called", "booked", "snooze", "not_reachable", "done", "give_back", "link_yes", "link_no", "link_household",
    "arrived", "no_show", "ticket_called", "errand_yes", "errand_no",
)  # fmt: skip
STARTED = ("booking", "book_again.1", "take_time.1", "decline_time.1", "resume.1", "cancel.1", "new_car", "wait_list")


def walk(shop: Shop, seed: int, steps: int = 25) -> None:
    """Two owners and two advisors do as they please; time passes now and then."""
    chance = random.Random(seed)
    people = [shop.stranger(f"walker-{seed}-{n}") for n in range(2)]
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
    elif chance.random() < 0.08:
        answer = person.starts(chance.choice(STARTED))
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
    wrong = inconsistencies(lambda question: [tuple(row) for row in crm.connection.exec_driver_sql(question)])
    assert not wrong, wrong
    assert crm.connection.exec_driver_sql("SELECT count(*) FROM message_in WHERE state = 'failed'").scalar() == 0


def inconsistencies(ask: Callable[[str], list[tuple[Any, ...]]]) -> list[str]:
    """What is wrong with the rows: each question finds rows that may not be there."""
    return [f"{what}: {rows[:3]}" for what, question in _NEVER.items() if (rows := ask(question))]


_NEVER = {
    "a booking without its one card": """
        SELECT a.id FROM appointment a WHERE a.status = 'booked'
        AND (SELECT count(*) FROM task t WHERE t.kind = 'new_appointment' AND t.appointment_id = a.id) <> 1""",
    "a booking that keeps no time": """
        SELECT id FROM appointment WHERE status = 'booked' AND id NOT IN (SELECT appointment_id FROM bay_claim)""",
    "a kept time of no appointment": """
        SELECT appointment_id FROM bay_claim WHERE appointment_id NOT IN (SELECT id FROM appointment)""",
    "an offered time that is kept for nobody": """
        SELECT id FROM time_offer WHERE status = 'open' AND appointment_id IS NULL""",
    "a complaint without words": "SELECT id FROM ticket WHERE id NOT IN (SELECT ticket_id FROM ticket_note)",
    "two open complaints of one owner": """
        SELECT owner_id FROM ticket WHERE state IN ('open', 'solved') GROUP BY owner_id HAVING count(*) > 1""",
    "an account of a record that became part of another": """
        SELECT i.id FROM identity i JOIN owner o ON o.id = i.owner_id WHERE o.status = 'merged'""",
}
