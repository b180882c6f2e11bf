"""Routes: the facts by which a message finds its way to an owner, what it takes, and the next way when one fails."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.messages import Bubble, Rank
from core.policy import Template
from core.routes import MASS, SUBSCRIBE, TASK, TEMPLATE, WECHAT, Account, Plan, Route, Wish
from core.routes import plan as planned
from core.sms import segments, sms_text
from storage.consents import MARKETING
from storage.identities import Identity

if TYPE_CHECKING:
    from storage.crm import Crm

SEND_YOURSELF = "send_yourself"  # the kind of the task by which an advisor sends it
Tried = set[tuple[int, str]]  # identity and way; the way "" when none was open there


class Routes:
    """Verbs on routes."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def wish(self, rank: int, bubble: Bubble | None, notice: str = "", first: tuple[str, ...] = ()) -> Wish:
        """What these words want; `notice` names their shape when they are not made yet."""
        approved = self.crm.shop.policy.templates.get(notice or _shape(bubble), {})
        shapes = {TEMPLATE if channel == WECHAT else channel for channel in approved}
        return Wish(
            rank,
            shapes=frozenset(shapes),
            free_sms=self.crm.shop.sms_free,
            sms_parts=segments(sms_text(bubble, rank, asks=bool(bubble.choices))) if bubble else 1,
            shared=bubble is not None and bubble.shared,
            by_hand=rank >= Rank.MARKETING,
            first=first,
        )

    def plan(self, owner_id: int, wish: Wish, notice: str = "", channels: Collection[str] | None = None) -> Plan:
        """Every way to that owner now; of `channels` only where those are given."""
        rules, known = self.crm.shop.policy.gate, self._accounts(owner_id, notice)
        accounts = [one for one in known if channels is None or one.channel in channels]
        counts = rules.sms_budget_fen is not None and wish.rank >= Rank.MARKETING
        return planned(wish, accounts, rules, self.crm.now, self.crm.steps.spent_fen() if counts else 0)

    def pay(self, route: Route, conversation_id: int | None, notice: str) -> bool:
        """Take what the way needs: a message of the window, an accepted notification. False: it was the last one."""
        if route.way == WECHAT:
            return conversation_id is not None and self.crm.conversations.use_window(conversation_id)
        if route.way == SUBSCRIBE and route.identity is not None:
            return self.crm.subscribe_tokens.use(route.identity, self.template(notice, SUBSCRIBE))
        return True

    def template(self, notice: str, channel: str) -> str:
        """The platform's id of that shape; "" where there is none."""
        found: Template | None = self.crm.shop.policy.templates.get(notice, {}).get(channel)
        return found.id if found else ""

    def go_on(
        self, row: Any, owner_id: int, tried: Tried, step_ids: Collection[int], channels: Collection[str] | None = None
    ) -> Route | None:
        """The same words by the next way that is open and was not tried; None when there is none."""
        life = row.expires_at - self.crm.now
        if life <= timedelta(0):
            return None
        bubble = Bubble.unpacked(self.crm.outbox.payload(row))
        plan = self.plan(owner_id, self.wish(row.rank, bubble), _shape(bubble), channels)
        for route in plan.routes:
            if route.identity is not None and tried & {(route.identity, route.way), (route.identity, "")}:
                continue
            self._go(row, owner_id, route, bubble, life, step_ids)
            return route
        return None

    def start(self, owner_id: int, route: Route, bubble: Bubble, rank: Rank, due_at: datetime, life: timedelta) -> int:
        """The words by that way: the number of the row of the outbox."""
        if route.way == TASK:
            return self._hand(owner_id, bubble, rank, due_at, life)
        assert route.identity is not None
        if route.way == MASS:
            return self._join(owner_id, route.identity, bubble, due_at, life)
        identity = self.crm.identities.get(route.identity)
        talk = self.crm.conversations.begun_with(identity)
        return self.crm.outbox.queue_bubble(identity.channel, identity.key, talk.key, bubble, rank, life, due_at)

    def _go(self, row: Any, owner: int, route: Route, bubble: Bubble, life: timedelta, steps: Collection[int]) -> None:
        if route.way in (TASK, MASS) or route.identity is None:
            number = self.start(owner, route, bubble, Rank(row.rank), self.crm.now, life)
            self.crm.outbox.stands_for(number, row.id)
        else:
            number = self.crm.outbox.queue_instead(row, self.crm.identities.get(route.identity), life)
        for step in steps:
            self.crm.steps.goes_on_by(step, number)

    def _accounts(self, owner_id: int, notice: str) -> list[Account]:
        accepted = self.template(notice, SUBSCRIBE)
        consents = self.crm.consents.of_owner(owner_id)
        reachable = self.crm.identities.to_write_to(owner_id)
        lost = [one for one in self.crm.identities.of_owner(owner_id) if not one.reachable]
        found = []
        for identity in (*reachable, *lost):
            said = [c for c in consents if c.purpose == MARKETING and c.channel in (identity.channel, "*")]
            found.append(self._account(identity, accepted, consent=bool(said) and said[-1].given))
        return found

    def _account(self, identity: Identity, accepted: str, *, consent: bool) -> Account:
        talk = self.crm.conversations.begun_with(identity)
        wechat = identity.channel == WECHAT
        return Account(
            identity.key,
            identity.channel,
            talk.last_in_at or identity.since,  # a talk that only we began was not used by them
            reachable=identity.reachable,
            consent=consent,
            window_left=talk.window_left,
            window_until=talk.window_until,
            accepts=self.crm.subscribe_tokens.left(identity.key, accepted) if wechat and accepted else 0,
            mass_left=self.crm.mass_members.left(identity.key) if wechat and consent else 0,
        )

    def _hand(self, owner_id: int, bubble: Bubble, rank: Rank, due_at: datetime, life: timedelta) -> int:
        """A card with the words for the advisor's own WeCom. They stay sealed in the outbox until it is sent."""
        best = self.crm.conversations.best_of_owner(owner_id)
        number = self.crm.outbox.keep_for_person(owner_id, bubble, rank, life, best[1].key if best else None, due_at)
        owner = self.crm.owners.get(owner_id)
        self.crm.tasks.open(
            SEND_YOURSELF,
            store_id=owner.store_id,
            owner_id=owner_id,
            facts={"advisor": owner.advisor_id, "row": number, "until": (due_at + life).isoformat()},
            occurrence=f"{SEND_YOURSELF}:{number}",
        )
        return number

    def _join(self, owner_id: int, identity_id: int, bubble: Bubble, due_at: datetime, life: timedelta) -> int:
        """One more of those who get these words today; the first begins the mass send."""
        number = self.crm.mass_members.gathering(bubble.text)
        if number is None or not self.crm.outbox.still_waits(number):
            number = self.crm.outbox.queue_mass(bubble, due_at, life)
        self.crm.mass_members.join(number, owner_id, identity_id, bubble.text)
        return number


def _shape(bubble: Bubble | None) -> str:
    return bubble.notice.name if bubble and bubble.notice else ""
