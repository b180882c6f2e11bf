"""What anybody may know about the shop: when it is open, where it is, what work costs."""

from __future__ import annotations

from datetime import date, datetime

from flows.knowledge import answered, from_articles
from flows.turn import Turn
from storage.stores import Store


def hours(turn: Turn) -> None:
    """Of a named day ("周日开门吗", "元旦营业吗"), else in general, with a word about today where it is another."""
    day = turn.heard("date")
    told = [_on_day(turn, store, date.fromisoformat(str(day))) for store in _asked(turn)] if day else []
    turn.tell("\n".join(told or [_in_general(turn, store) for store in _asked(turn)]) or turn.say.no_store_yet())


def address(turn: Turn) -> None:
    """Where nothing is on record an article may say it, else a person does."""
    if not any(store.address or store.phone for store in _asked(turn)):
        from_articles(turn)
        return
    turn.tell("\n".join(_in_general(turn, store) for store in _asked(turn)) or turn.say.no_store_yet())


def price(turn: Turn) -> None:
    items = turn.crm.services.all()
    meant = turn.heard("service") or (turn.state.top.slots.get("service") if turn.state.top else None)
    asked = [item for item in items if item.code == meant] or items
    lines = [turn.say.price(item.named(turn.talk.language), item.price_fen, item.minutes) for item in asked]
    turn.tell(lines[0] if len(lines) == 1 else turn.say.prices(lines))


def duration(turn: Turn) -> None:
    """How long a service takes: an article, else what the shop reckons for it."""
    if not turn.heard("service"):
        from_articles(turn)
    elif not answered(turn):
        price(turn)


def _asked(turn: Turn) -> list[Store]:
    """The store that was named, else all of them."""
    named = turn.crm.stores.named(str(turn.heard("store"))) if turn.heard("store") else None
    words = turn.inbound.text
    short = [store for store in turn.crm.stores.all() if store.name.removesuffix("店")[-2:] in words]
    return [named] if named else short if len(short) == 1 else turn.crm.stores.all()


def _on_day(turn: Turn, store: Store, day: date) -> str:
    spans = [f"{turn.say.clock(opens)}–{turn.say.clock(closes)}" for opens, closes in _spans(turn, store, day)]
    return turn.say.open_on(store.name, day, spans, _today(turn))


def _in_general(turn: Turn, store: Store) -> str:
    line = turn.say.hours_and_address(store.name, store.hours, store.address, store.phone)
    closed = [turn.say.weekday_name(int(number)) for number in store.closed_weekdays]
    notes = [turn.say.closed_on_weekdays(closed)] if closed else []
    if not _spans(turn, store, _today(turn)):
        notes.append(turn.say.closed_today())
    return line + "".join(turn.say.pick(f"（{note}）", f" ({note})") for note in notes)


def _spans(turn: Turn, store: Store, day: date) -> list[tuple[datetime, datetime]]:
    return turn.crm.stores.open_spans(store, day)


def _today(turn: Turn) -> date:
    return turn.now.astimezone(turn.crm.shop.zone).date()
