"""Whatever happens in whatever order, nothing leaves that must not: without consent, in quiet hours, on a holiday that
waits, over the cap, to a household with an open complaint, or after its time.

A random shop lives through a random history over real sockets. What the platforms got is held against plain facts that
are written down here as they happen; none of it asks our own gate.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from core.errors import Refused
from core.holidays import Calendar
from core.messages import Bubble, Notice, Rank
from core.policy import GateRules
from core.quiet import Quiet
from handlers.staff import act
from journeys.step import Happening, send
from storage.consents import MARKETING
from storage.crm import Crm
from storage.outbox_rows import OUTBOX, WAITING
from storage.tasks import OPEN
from tests import guardian
from tests.bot.office import Office, opens_window
from tests.fakes.sms import FakeSms
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat

PEOPLE = range(3)
HOUSEHOLDS = {0: (0, 1), 1: (0, 1), 2: (2,)}  # the first two drive the same car
CHANNELS = ("telegram", "wechat", "sms")
JOURNEYS = ("birthday", "win_back", "nurture", "festival", "our_own", "campaign:spring")
TEMPLATE = 'templates.due.wechat = {id = "TPL_due", fields = ["thing1:words"]}\n'
NAMED = re.compile(r"[MS]\d+")
MONTH = timedelta(days=30)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Rules:
    """How one shop is set up."""

    cap: int
    marketing: Quiet | None
    service: Quiet | None
    waits: bool  # on holidays
    holidays: tuple[int, ...]  # days after the start
    routes: tuple[str, ...] = GateRules().routes


@dataclass
class Left:
    """One message that a platform got, or an advisor sent."""

    at: datetime
    person: int
    channel: str
    name: str


@dataclass
class Facts:
    """What happened, in plain words."""

    consents: list[tuple[datetime, int, str, bool]] = field(default_factory=list)
    complaints: list[tuple[datetime, int, bool]] = field(default_factory=list)  # opened or settled
    expiry: dict[tuple[str, int], datetime] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)


class Unlimited:
    """No platform is ever busy."""

    async def ask(self, bucket: str, per_second: float, burst: int) -> float:
        return 0.0

    async def pause(self, bucket: str, seconds: float) -> None:
        return


class Town:
    """One shop for all histories; each has people of its own, and begins at ten in the morning."""

    def __init__(self, telegram: FakeTelegram, wechat: FakeWeChat, sms: FakeSms) -> None:
        self.telegram, self.wechat, self.sms = telegram, wechat, sms
        policy = guardian.directory("policy") / "policy.toml"
        policy.write_text(TEMPLATE, "utf-8")
        wechat.template("TPL_due", "thing1")
        self.office = Office(telegram, wechat, sms, POLICY=str(policy))
        self.office.house.ports.limits = Unlimited()
        self.office.store()
        self.advisor = self.office.crm(lambda crm: crm.staff.add("王工", "advisor", 1).key)
        self.zone = self.office.house.shop.zone

    def begins(self, rules: Rules) -> None:
        self.rules, self.facts, self.series = rules, Facts(), next(_numbers)
        self.office.crm(_forget_what_waits)
        today = self.office.clock.now().astimezone(self.zone).date()
        self.moves(datetime.combine(today + timedelta(days=1), time(10), self.zone))
        self.holidays = {self.today + timedelta(days=n) for n in rules.holidays}
        self.set_rules()
        self.people = [self.makes(number) for number in PEOPLE]
        self.read: dict[str, int] = {}
        self.looks(count=False)

    @property
    def now(self) -> datetime:
        return self.office.clock.now()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def set_rules(self) -> None:
        rules, shop = self.rules, self.office.house.shop
        gate = replace(
            shop.policy.gate,
            cap_per_30_days=rules.cap,
            routes=rules.routes,
            holidays="wait" if rules.waits else "send",
            calendar=Calendar(frozenset(self.holidays)),
        )
        policy = replace(shop.policy, gate=gate, quiet_marketing=rules.marketing, quiet_service=rules.service)
        self.office.house.database.shop = replace(shop, policy=policy)

    def account(self, person: int, channel: str) -> str:
        number = self.series * 10 + person
        return {"telegram": f"{7_000_000 + number}", "wechat": f"oPerson{number:021d}", "sms": f"+86138{number:08d}"}[
            channel
        ]

    def makes(self, person: int) -> int:
        chat, openid = self.account(person, "telegram"), self.account(person, "wechat")
        self.telegram.user(int(chat)).person.started = True
        self.wechat.owner(openid)

        def record(crm: Crm) -> int:
            owner = crm.owners.add(f"车主{person}", store_id=1)
            crm.owners.set_phone(owner, self.account(person, "sms"), verified=True)
            plate = f"粤B{self.series * 10 + HOUSEHOLDS[person][0]:05d}"
            car = (crm.vehicles.with_plate(plate) if person == 1 else None) or crm.vehicles.add(plate)
            crm.vehicles.connect(owner.key, car.key)
            crm.identities.give_to_owner("telegram", chat, owner.key)
            crm.identities.give_to_owner("wechat", openid, owner.key)
            return owner.key

        return self.office.crm(record)

    # --- what happens -----------------------------------------------------------------------------

    def lives(self, history: list[tuple[Any, ...]]) -> None:
        for verb, *details in history:
            self.moves(self.now + timedelta(seconds=1))  # so that before and after can be told apart
            getattr(self, verb)(*details)
            self.office.sends()
            self.looks()

    def moves(self, to: datetime) -> None:
        self.wechat.advance((to - self.now).total_seconds())
        self.office.clock.advance_to(to)

    def waits(self, hours: int) -> None:
        self.moves(self.now + timedelta(hours=hours))

    def consents(self, person: int, channel: str, given: bool) -> None:
        self.facts.consents.append((self.now, person, channel, given))
        self.office.crm(lambda crm: crm.consents.write(self.people[person], MARKETING, channel, given))

    def complains(self, person: int) -> None:
        self.facts.complaints.append((self.now, person, True))
        self.office.crm(lambda crm: crm.tickets.open(self.people[person], 1).key)

    def settles(self, person: int) -> None:
        self.facts.complaints.append((self.now, person, False))

        def close(crm: Crm) -> None:
            for ticket in crm.tickets.of_owner(self.people[person]):
                crm.tickets.withdraw(ticket)

        self.office.crm(close)

    def writes(self, person: int) -> None:
        openid = self.account(person, "wechat")
        opens_window(self.wechat, openid)
        self.office.identity("wechat", openid, self.people[person])

    def stops_following(self, person: int) -> None:
        """They stop following the account."""
        with self.wechat.watch:
            self.wechat.state.followers.discard(self.account(person, "wechat"))

    def sends(self, person: int, journey: str, marketing: bool, hours: int, later: int) -> None:
        self._decides([person], journey, marketing, hours, later, shared=False)

    def compete(self, person: int, later: int) -> None:
        """What is less important is decided first."""
        for journey in ("campaign:spring", "festival", "birthday"):
            self.sends(person, journey, True, 30, later)

    def shares(self, journey: str, hours: int, later: int) -> None:
        """The same words to everybody."""
        self._decides(list(PEOPLE), journey, True, hours, later, shared=True)

    def by_hand(self) -> None:
        """The advisor takes every card and says that it is sent, whatever stands on it."""

        def tap(crm: Crm, task: int, action: str) -> bool:
            try:
                act(crm, crm.staff.get(self.advisor), task, action)
            except Refused:
                return False
            return True

        tasks = self.office.crm(lambda crm: [(t.key, t.told()["row"], t.owner_id) for t in _cards(crm)])
        for task, row, owner in tasks:
            self.office.crm(lambda crm, t=task: tap(crm, t, "take"))  # type: ignore[misc]
            if owner in self.people and self.office.crm(lambda crm, t=task: tap(crm, t, "sent_by_hand")):  # type: ignore[misc]
                words = self.office.crm(lambda crm, r=row: crm.outbox.payload(crm.outbox.row(r)))  # type: ignore[misc]
                self._notes(self.people.index(owner), "hand", Bubble.unpacked(words).text)

    def _decides(self, people: list[int], journey: str, marketing: bool, hours: int, later: int, shared: bool) -> None:
        name, due = f"{'M' if marketing else 'S'}{next(_numbers)}", self.now + timedelta(hours=later)
        bubble = Bubble(name, notice=Notice("due", (("words", name),)), shared=shared)
        for person in people:
            self.facts.expiry[name, person] = due + timedelta(hours=hours)
            what = Happening(journey, "s", name + f"-{person}", self.people[person])
            rank = Rank.MARKETING if marketing else Rank.SERVICE
            life = timedelta(hours=hours)
            self.office.crm(lambda crm, w=what, r=rank, f=life: send(crm, w, bubble, r, f, due_at=due))  # type: ignore[misc]

    # --- what the platforms got -------------------------------------------------------------------

    def looks(self, count: bool = True) -> None:
        for person in PEOPLE:
            chat, openid, phone = (self.account(person, channel) for channel in CHANNELS)
            self._reads(person, "telegram", self.telegram.user(int(chat)).inbox.texts, count)
            self._reads(person, "wechat", self.wechat.owner(openid).inbox.texts, count)
            self._reads(person, "sms", self.sms.texts(phone.removeprefix("+86")), count)

    def _reads(self, person: int, channel: str, texts: list[str], count: bool) -> None:
        account = self.account(person, channel)
        for text in texts[self.read.get(account, 0) :] if count else ():
            self._notes(person, channel, text)
        self.read[account] = len(texts)

    def _notes(self, person: int, channel: str, text: str) -> None:
        found = NAMED.search(text)
        assert found, text
        self.facts.left.append(Left(self.now, person, channel, found[0]))


def _forget_what_waits(crm: Crm) -> None:
    crm.connection.execute(update(OUTBOX).where(OUTBOX.c.state.in_(WAITING)).values(state="skipped"))
    for task in _cards(crm):
        crm.tasks.close(task, "done")


def _cards(crm: Crm) -> list[Any]:
    return [task for task in crm.tasks.unfinished(1) if task.kind == "send_yourself" and task.status == OPEN]


# --- the reading of the rules, by hand ------------------------------------------------------------


def broken(town: Town) -> list[str]:
    """Every rule that a message broke, in words."""
    return [f"{one.name} {one.channel} {one.at}: {why}" for one in town.facts.left for why in wrongs(town, one)]


def wrongs(town: Town, one: Left) -> Iterator[str]:
    facts, marketing = town.facts, one.name.startswith("M")
    if one.at >= facts.expiry[one.name, one.person]:
        yield "after its time"
    if one.channel != "hand" and is_quiet(one.at, town.rules.marketing if marketing else town.rules.service, town):
        yield "in quiet hours"
    if not marketing:
        return
    if one.channel != "hand" and town.rules.waits and one.at.astimezone(town.zone).date() in town.holidays:
        yield "on a holiday"
    if not allowed(facts, one):
        yield "without consent"
    if complaining(facts, one):
        yield "while a complaint is open"
    if town.rules.cap and (
        sum(o.person == one.person and o.name[0] == "M" and one.at - MONTH < o.at <= one.at for o in facts.left)
        > town.rules.cap
    ):
        yield "over the cap"


def is_quiet(at: datetime, hours: Quiet | None, town: Town) -> bool:
    clock = at.astimezone(town.zone).time()
    if hours is None:
        return False
    if hours.starts > hours.ends:
        return clock >= hours.starts or clock < hours.ends
    return hours.starts <= clock < hours.ends


def allowed(facts: Facts, one: Left) -> bool:
    """By hand it is enough that some channel is allowed."""
    for channel in CHANNELS if one.channel == "hand" else (one.channel,):
        said = [
            yes
            for at, who, where, yes in facts.consents
            if who == one.person and where in (channel, "*") and at <= one.at
        ]
        if said and said[-1]:
            return True
    return False


def complaining(facts: Facts, one: Left) -> bool:
    for person in HOUSEHOLDS[one.person]:
        said = [opened for at, who, opened in facts.complaints if who == person and at <= one.at]
        if said and said[-1]:
            return True
    return False


# --- the tests ------------------------------------------------------------------------------------

QUIET = st.sampled_from([None, Quiet(time(20), time(9)), Quiet(time(12), time(14)), Quiet(time(21), time(8))])
RULES = st.builds(
    Rules,
    st.integers(0, 3),
    QUIET,
    QUIET,
    st.booleans(),
    st.lists(st.integers(0, 6), max_size=3, unique=True).map(tuple),
    st.sampled_from([GateRules().routes, GateRules().routes, ("mass",), ("mass", "task"), ("task",)]),
)
PERSON = st.sampled_from([0, 1, 1, 2])
JOURNEY = st.sampled_from(JOURNEYS)
LIFE, LATER = st.sampled_from([1, 6, 30, 30, 200]), st.sampled_from([0, 2, 2, 9, 40])  # hours
SENDS = st.tuples(st.just("sends"), PERSON, JOURNEY, st.sampled_from([True, True, True, False]), LIFE, LATER)
SHARES = st.tuples(st.just("shares"), JOURNEY, LIFE, LATER)
COMPETE = st.tuples(st.just("compete"), PERSON, st.sampled_from([0, 2]))
SAYS = st.tuples(
    st.just("consents"), PERSON, st.sampled_from([*CHANNELS, "*", "*"]), st.sampled_from([False, False, True])
)
CHANGES = st.one_of(
    SAYS,
    SAYS,
    st.tuples(st.just("complains"), PERSON),
    st.tuples(st.just("settles"), PERSON),
    st.tuples(st.just("writes"), PERSON),
    st.tuples(st.just("stops_following"), PERSON),
    st.tuples(st.just("by_hand")),
    SENDS,
)
WAITS = st.tuples(st.just("waits"), st.sampled_from([1, 2, 2, 3, 5, 9, 12, 25, 49, 24 * 29]))
# Something is decided, things change before it leaves, time passes.
SCENE = st.tuples(
    WAITS, st.one_of(SENDS, SENDS, SHARES, SHARES, COMPETE), CHANGES, CHANGES, WAITS, st.just(("by_hand",)), WAITS
)
HISTORY = st.lists(SCENE, min_size=1, max_size=4).map(lambda scenes: [event for scene in scenes for event in scene])
ALLOWS = st.sampled_from(["*", "*", "*", "telegram", "sms", "wechat", "*", ""])  # "": nothing
AT_FIRST = st.tuples(ALLOWS, ALLOWS, ALLOWS).map(
    lambda channels: [("consents", person, channel, True) for person, channel in enumerate(channels) if channel]
)
WELCOME: list[tuple[Any, ...]] = [("consents", person, "*", True) for person in PEOPLE]


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with FakeTelegram() as telegram, FakeWeChat() as wechat, FakeSms("http") as sms:
        town = Town(telegram, wechat, sms)
        with town.office:
            yield town


# Not made smaller when one fails: over sockets that takes minutes.
@settings(max_examples=80, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(RULES, AT_FIRST, HISTORY)
def test_nothing_leaves_that_must_not(
    town: Town, rules: Rules, at_first: list[tuple[Any, ...]], history: list[tuple[Any, ...]]
) -> None:
    town.begins(rules)
    town.lives([*at_first, *history])
    assert broken(town) == []


def test_what_may_leave_does(town: Town) -> None:
    """Or the rule above would be kept by a shop that never says anything."""
    town.begins(Rules(2, Quiet(time(20), time(9)), None, False, ()))
    town.lives([*WELCOME, ("sends", 2, "birthday", True, 30, 0), ("sends", 2, "our_own", False, 30, 0), ("waits", 1)])
    town.lives([("writes", 1), ("sends", 1, "nurture", True, 30, 0), ("shares", "festival", 30, 0)])
    assert [(one.person, one.channel, one.name[0]) for one in town.facts.left] == [
        (2, "telegram", "M"),
        (2, "telegram", "S"),
        (1, "wechat", "M"),
        (0, "telegram", "M"),
        (1, "wechat", "M"),
        (2, "telegram", "M"),
    ]
