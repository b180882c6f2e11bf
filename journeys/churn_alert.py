"""Owners about to leave: who stayed away, did not answer a due maintenance, or was unhappy.

`high` is a card to the store's manager, `risk` a card in the advisors' group, `watch` only a level on the owner. Looked
at are those about whom something was written, and those whose day has come; the cards of a day have room per store.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time
from typing import Any

from core.churn import CARDS, Alert, ChurnFacts, Level, alert_day, churn_alert, occurrence
from journeys.items import TickItem
from storage.crm import Crm

JOURNEY = "churn_alert"
Found = tuple[Any, ChurnFacts, Alert]  # a row of the audience


def run(crm: Crm) -> list[TickItem]:
    """Raise what is new on the shop's day, and let the level of those who came back fall. Switched off, the levels are
    kept all the same; when it is on again everybody is looked at (`follow_policy`)."""
    today = alert_day(crm.now, crm.shop.zone, crm.shop.policy.churn)
    most, items, raises = crm.shop.policy.churn.cards_per_day, [], crm.shop.policy.journey(JOURNEY).on
    had = _had(crm)
    chosen: dict[int | None, list[Found]] = defaultdict(list)
    for owner_ids in crm.churn_alerts.looks.batches(today, most, had):
        found = _look(crm, owner_ids, today) if raises else _only_look(crm, owner_ids, today)
        items += [item for one in found if one[2].level not in CARDS and (item := _raise(crm, one))]
        crm.churn_alerts.looks.plan(owner_ids, today)
        crm.churn_alerts.looks.wait(_choose(chosen, _new_cards(crm, found), had, most))
    cards = sorted((one for ones in chosen.values() for one in ones), key=_rank)
    return [*items, *(item for one in cards if (item := _raise(crm, one)))]


def _had(crm: Crm) -> Counter[int | None]:
    """How many cards each store has had today."""
    midnight = datetime.combine(crm.now.astimezone(crm.shop.zone).date(), time(), crm.shop.zone)
    return Counter(crm.churn_alerts.cards_on(midnight))


def _only_look(crm: Crm, owner_ids: list[int], today: date) -> list[Found]:
    _look(crm, owner_ids, today)
    return []


def _look(crm: Crm, owner_ids: list[int], today: date) -> list[Found]:
    """Those of them for whom some rule holds; everybody's level is kept."""
    rules, levels = crm.shop.policy.churn, dict.fromkeys(owner_ids, Level.NONE)
    audience = crm.churn_alerts.audience(today, owner_ids=owner_ids)
    found = [(row, facts, churn_alert(facts, today, rules)) for row, facts in audience]
    levels.update({row.owner_id: alert.level for row, _, alert in found})
    crm.churn_alerts.levels_now(levels)
    return found


def _new_cards(crm: Crm, found: list[Found]) -> list[Found]:
    """Those that are worth a card and have had none."""
    cards = {occurrence(one[0].owner_id, one[1], one[2]): one for one in found if one[2].level in CARDS}
    raised = crm.churn_alerts.raised(list(cards))
    return [one for name, one in cards.items() if name not in raised]


def _choose(
    chosen: dict[int | None, list[Found]], cards: list[Found], had: Counter[int | None], most: int
) -> list[tuple[int, int | None, date | None]]:
    """Each store's first cards, as many as it has room for. Returns the rest for another day: owner, store, due day."""
    rest: list[Found] = []
    for one in cards:
        chosen[one[0].store_id].append(one)
    for store in {one[0].store_id for one in cards}:
        ranked, room = sorted(chosen[store], key=_rank), max(0, most - had[store])
        chosen[store] = ranked[:room]
        rest += ranked[room:]
    return [(row.owner_id, row.store_id, row.due_on) for row, _, _ in rest]


def _rank(one: Found) -> tuple[int, int]:
    """The car that became due last comes first, what is about no due car last."""
    row = one[0]
    return (-row.due_on.toordinal() if row.due_on else 0, row.owner_id)


def _raise(crm: Crm, one: Found) -> TickItem | None:
    row, facts, alert = one
    raised = crm.churn_alerts.raise_with_card(row, facts, alert)
    return _item(row, alert, occurrence(row.owner_id, facts, alert)) if raised else None


def _item(row: Any, alert: Alert, name: str) -> TickItem:
    reason = ", ".join(f"{key} {value}" for key, value in alert.reasons)
    decision = "task" if alert.level in CARDS else "skip"
    if alert.level is Level.WATCH:
        reason += ": a line in the digest, no card"
    return TickItem(JOURNEY, str(alert.level), name, row.owner_id, row.plate, "staff", decision, reason)
