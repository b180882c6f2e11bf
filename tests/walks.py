"""Owners who say and tap anything in any order, staff who work as they please, and what must hold whatever they do."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from core.messages import Bubble, Kind
from storage.crm import Crm
from tests.chat import Person, Shop
from tests.consistency import inconsistencies
from tests.drafting import SaysWhatWeWant, makes_drafts
from tests.walkers import Staff, Walker, deploys, dms_tells, forged, owners, says_at_once, tappable

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
GOALS = (
    """
明天下午三点给粤B12345做保养|后天上午十点给粤B54321洗车|明天下午三点给粤B54321做保养|今天下午三点洗车，粤B12345
明天下午三点的有空位时告诉我|改到后天下午三点|取消预约|投诉：车门刮花了没人管|上次服务打2分|上次服务打5分|人工
领券|我的优惠券|领取生日券|我为什么没去：太贵了|推荐朋友|我的数据|删除我的数据|我的手机号换成13912340000了|车卖了
上门取车，科苑路1号，明天下午三点|底盘有异响是怎么回事|同意|确认删除
""".strip()
    .replace("\n", "|")
    .split("|")
)
AGREES = ("确认", "继续删除", "删除", "跳过", "同意", "Confirm", "领取", "可以", "就要这个")
SILENT = {Kind.UNFOLLOW}
PAUSES = tuple(timedelta(minutes=m) for m in (3, 11, 32, 90, 24 * 60 + 5)) + tuple(
    timedelta(days=d) for d in (1, 3, 8, 40)
)
MODEL = SaysWhatWeWant("您好，请您放心，我们看一下。")
REPLIES = ("已为您预约", "Booked")


def walk(shop: Shop, seed: int, steps: int = 25) -> None:
    """Owners on record, a stranger and the staff do as they please; time passes now and then."""
    chance = random.Random(seed)
    shop.database.shop = replace(shop.database.shop, telegram=True, telegram_staff_chat="group")
    people = [*owners(shop), Walker([shop.stranger(f"walker-{seed}")])]
    staff = [Staff(shop, "王工", "advisor"), Staff(shop, "赵工", "advisor"), Staff(shop, "钱经理", "manager")]
    person = people[0].accounts[0]
    for _ in range(steps):
        happens(shop, staff, chance)
        if chance.random() < 0.3:
            person = chance.choice(chance.choice(people).accounts)
        step(person, chance)
    shop.ask(consistent)
    shop.ask(lambda crm: told_only_their_own(crm, people))
    for walker in people:
        for person in walker.accounts:
            finds_a_way_out(person)
    shop.ask(consistent)


def happens(shop: Shop, staff: list[Staff], chance: random.Random) -> None:
    """What the others do meanwhile: time, the drafter, the DMS, the staff."""
    if chance.random() < 0.1:
        shop.clock.advance_to(shop.clock.now() + chance.choice(PAUSES))
        shop.tick()
    if chance.random() < 0.05:
        makes_drafts(shop, MODEL)
    if chance.random() < 0.05:
        dms_tells(shop, chance)
    if chance.random() < 0.25:
        chance.choice(staff).works(chance)


def step(person: Person, chance: random.Random) -> None:
    """One thing one owner does; it is answered, and the same thing again changes nothing."""
    if chance.random() < 0.03:
        deploys(person)
    answer, kind = acts(person, chance)
    assert answer or kind in SILENT or person.shop.do(lambda crm: with_a_person(crm, person)), person.last_inbound
    if chance.random() < 0.2:
        assert person.repeats() == answer


def acts(person: Person, chance: random.Random) -> tuple[str, Kind]:
    dice, choices = chance.random(), tappable(person)
    if dice < 0.35:
        return goes_on(person, choices, chance), Kind.TEXT
    if choices and dice < 0.50:
        return taps(person, chance.choice(choices)), Kind.CHOICE
    if dice < 0.55:
        return person.sends_choice(forged(chance)), Kind.CHOICE
    if dice < 0.60:
        return says_at_once(person, chance.sample(WORDS, chance.randint(2, 4))), Kind.TEXT
    if dice < 0.62:
        return person.shares_phone(f"+86138{chance.randrange(10**8):08d}"), Kind.CONTACT
    if dice < 0.65:
        return person.sends_photo(f"photo-{chance.randrange(99)}", chance.choice(("", *WORDS))), Kind.PHOTO
    if dice < 0.67:
        return person.sends_location("科技园地铁站（22.54310, 113.95320）"), Kind.LOCATION
    if dice < 0.71:
        kind = chance.choice(KINDS)
        return person.does(kind), kind
    return person.says(chance.choice(WORDS)), Kind.TEXT


def goes_on(person: Person, choices: list[tuple[str, str]], chance: random.Random) -> str:
    """Somebody who knows what they want: the next thing asked is answered, or something whole is said."""
    if "“删除”" in "".join(bubble.text for bubble in person.bubbles[-1:]):
        return person.says("删除")
    agreed = next((one for one in choices if one[1].startswith(AGREES)), None)
    if agreed and chance.random() < 0.8:
        return taps(person, agreed)
    if choices and chance.random() < 0.5:
        return taps(person, choices[0])
    return person.says(chance.choice(GOALS))


def taps(person: Person, choice: tuple[str, str]) -> str:
    """A button; WeChat has none, there its label is said."""
    return person.says(choice[1]) if person.channel == "wechat" else person.sends_choice(choice[0])


def with_a_person(crm: Crm, person: Person) -> bool:
    """Whether somebody of the staff has this talk now: the bot is silent then, and only then."""
    return crm.threads.holder(crm.conversations.locked(person.channel, person.account).id) is not None


def consistent(crm: Crm) -> None:
    """No time given twice, no claim without its appointment, no appointment without its owner, one card each."""
    wrong = inconsistencies(lambda question: [tuple(row) for row in crm.connection.exec_driver_sql(question)])
    assert not wrong, wrong
    assert crm.connection.exec_driver_sql("SELECT count(*) FROM message_in WHERE state = 'failed'").scalar() == 0


def told_only_their_own(crm: Crm, people: list[Walker]) -> None:
    """What is somebody's own stands in no talk of anybody else whom the staff have not taken for the same person."""
    for walker in people:
        strangers = (one for one in people if one is not walker and not known_as(crm, one) & known_as(crm, walker))
        others = {secret for stranger in strangers for secret in stranger.secrets}
        for person in walker.accounts:
            talk = crm.conversations.locked(person.channel, person.account)
            for row in crm.outbox.of_conversation(talk.id):
                text = Bubble.unpacked(crm.outbox.payload(row)).text
                assert not [secret for secret in others if secret in text], (person.account, text)


def known_as(crm: Crm, walker: Walker) -> set[int | None]:
    """The owners to whom their accounts belong."""
    found = [crm.identities.find(person.channel, person.account) for person in walker.accounts]
    return {identity.owner_id for identity in found if identity and identity.owner_id}


def finds_a_way_out(person: Person) -> None:
    """No dead end: wherever somebody stands, they can begin anew, book, and reach a person."""
    if person.shop.do(lambda crm: with_a_person(crm, person)):
        assert person.says("机器人")
    assert person.says("重新开始")
    assert books(person), [bubble.text for bubble in person.bubbles[-4:]]
    assert "顾问" in person.says("人工") or person.shop.do(lambda crm: with_a_person(crm, person))


def books(person: Person) -> bool:
    """Says what they want, and agrees to all that is proposed."""
    person.shop.clock.advance_to(person.shop.clock.now() + timedelta(days=1))
    told = person.says("我要预约后天上午给粤B98765洗车")
    for _ in range(8):
        if any(reply in told for reply in REPLIES):
            return True
        labels = person.choices
        wanted = ("确认", "Confirm", "跳过", "Skip", "南山店", "10:00")
        label = next((label for word in wanted for label in labels if word in label), labels[0] if labels else "")
        if not label:
            return False
        told = person.says(label)
    return False
