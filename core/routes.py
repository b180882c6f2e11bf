"""Routes: by which ways a message may reach an owner now, in which order, at what cost, and why others are shut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.gate import BUDGET, NO_CONSENT, UNREACHABLE, WINDOW_CLOSED, window_is_open
from core.messages import Rank
from core.policy import GateRules

WEB, TELEGRAM, WECHAT, TEMPLATE, SUBSCRIBE = "web", "telegram", "wechat", "template", "subscribe"
SMS, MASS, TASK = "sms", "mass", "task"
CHATS = (WEB, TELEGRAM, WECHAT)  # ways on which the owner writes too
SERVICE_WAYS = (WECHAT, TEMPLATE, SUBSCRIBE, TELEGRAM, WEB, SMS)
WAYS_OF = {WECHAT: (WECHAT, TEMPLATE, SUBSCRIBE, MASS)}  # of one account; on other channels there is but one
NOT_IN_POLICY, NO_TEMPLATE, NO_ACCEPT = "not among the policy's routes", "no approved template", "no accept left"
RESERVED, NOT_SHARED, MASS_USED = "kept in reserve for service", "the words are not the same for all", "mass sends used"


@dataclass(frozen=True, slots=True)
class Account:
    """One of the owner's accounts, and what is known of it now."""

    identity: int
    channel: str
    last_used: datetime
    reachable: bool = True
    consent: bool = False  # to marketing on this channel
    window_left: int = 0
    window_until: datetime | None = None
    accepts: int = 0  # subscribe notifications of this shape that they have accepted
    mass_left: int = 0  # mass sends that this follower may still get this month


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be sent: `shapes` are the ways for which the platform has approved its shape."""

    rank: int
    shapes: frozenset[str] = frozenset()
    free_sms: bool = False  # the gateway takes any words
    sms_parts: int = 1  # text messages that the words fill
    shared: bool = False  # the words name nobody: several owners may get them at once
    by_hand: bool = False  # an advisor may send them
    first: tuple[str, ...] = ()  # ways to be tried before all others


@dataclass(frozen=True, slots=True)
class Route:
    """One way that is open; `identity` is None for a person's task."""

    way: str
    identity: int | None = None
    channel: str = ""
    cost_fen: int = 0


@dataclass(frozen=True, slots=True)
class Shut:
    """One way that is not, and why."""

    way: str
    identity: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Open ways, the best first."""

    routes: tuple[Route, ...]
    shut: tuple[Shut, ...]

    @property
    def why_none(self) -> str:
        """The reason to tell when no way is open: that of a way which the owner does allow, where there is one."""
        reasons = [one.why for one in self.shut if one.why != NOT_IN_POLICY]
        allowed = [why for why in reasons if why != NO_CONSENT]
        return next(iter(allowed or reasons), "no way is open")


def plan(wish: Wish, accounts: Sequence[Account], rules: GateRules, now: datetime, spent_fen: int = 0) -> Plan:
    """`spent_fen`: what marketing by text has cost this month."""
    routes, shut = list[Route](), list[Shut]()
    for account in accounts:
        for way in WAYS_OF.get(account.channel, (account.channel,)):
            if why := _why_shut(way, wish, account, rules, now, spent_fen):
                shut.append(Shut(way, account.identity, why))
            else:
                routes.append(Route(way, account.identity, account.channel, cost(way, wish, rules)))
    if wish.rank >= Rank.MARKETING and wish.by_hand and any(one.consent for one in accounts):
        routes += [Route(TASK)] if TASK in rules.routes else []
    return Plan(tuple(_in_order(routes, wish, accounts, rules)), tuple(shut))


def cost(way: str, wish: Wish, rules: GateRules) -> int:
    """Fen."""
    return rules.sms_fen * wish.sms_parts if way == SMS else 0


def _why_shut(way: str, wish: Wish, account: Account, rules: GateRules, now: datetime, spent_fen: int) -> str:
    """ "" for a way that is open."""
    marketing = wish.rank >= Rank.MARKETING
    if not account.reachable:
        return UNREACHABLE
    if marketing and way != WEB and (way in (TEMPLATE, SUBSCRIBE) or way not in rules.routes):
        return NOT_IN_POLICY  # a template is for service, whatever the policy says
    if marketing and not account.consent:
        return NO_CONSENT
    if way == WECHAT:
        return _why_no_window(account, rules.reserve if marketing else 0, now)
    if way == MASS:
        return _why_no_mass(marketing, wish, account)
    if way == SMS:
        return _why_no_text(marketing, wish, rules, spent_fen)
    if way in (TEMPLATE, SUBSCRIBE) and way not in wish.shapes:
        return NO_TEMPLATE
    return NO_ACCEPT if way == SUBSCRIBE and account.accepts <= 0 else ""


def _why_no_window(account: Account, reserve: int, now: datetime) -> str:
    if window_is_open(account.window_left, account.window_until, now, reserve):
        return ""
    return RESERVED if window_is_open(account.window_left, account.window_until, now) else WINDOW_CLOSED


def _why_no_mass(marketing: bool, wish: Wish, account: Account) -> str:
    if not marketing:
        return NOT_IN_POLICY
    if not wish.shared:
        return NOT_SHARED
    return "" if account.mass_left > 0 else MASS_USED


def _why_no_text(marketing: bool, wish: Wish, rules: GateRules, spent_fen: int) -> str:
    if not wish.free_sms and SMS not in wish.shapes:
        return NO_TEMPLATE
    if marketing and rules.sms_budget_fen is not None and spent_fen + cost(SMS, wish, rules) > rules.sms_budget_fen:
        return BUDGET
    return ""


def _in_order(routes: Iterable[Route], wish: Wish, accounts: Sequence[Account], rules: GateRules) -> list[Route]:
    """What was asked for first, then the account used last, then the policy's order."""
    marketing = wish.rank >= Rank.MARKETING
    ways = (WEB, *rules.routes) if marketing else SERVICE_WAYS
    chats = [one for one in accounts if one.channel in CHATS]
    last = max(chats, key=lambda one: one.last_used, default=None)

    def place(route: Route) -> tuple[int, bool, int]:
        asked = wish.first.index(route.way) if route.way in wish.first else len(wish.first)
        answers = route.way in CHATS or not marketing  # a template goes to the account that they use
        used_last = answers and last is not None and route.identity == last.identity
        return asked, not used_last, ways.index(route.way) if route.way in ways else len(ways)

    return sorted(routes, key=place)
