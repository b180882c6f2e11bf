"""The booking page: one question per screen, a time that is held while they decide, one tap to confirm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from console.h5.call import Call, Done, Elsewhere, Shown
from console.h5.times import local, moment_of, times_page
from console.h5.wanted import NO_PLATE, Car, Wanted, cars, read_wanted, typed_car
from core.errors import Refused, SlotTaken
from core.masking import masked_plate
from flows.binding import settle_status
from flows.firm import booked_words, cancel_booking, make_booking, move_booking, moved_words
from storage.appointments import BOOKED, EXPIRED, HELD, Appointment

_STEPS = ("again", "car", "service", "store", "day", "change", "said")  # somebody who is under way, not coming back


def show(call: Call) -> Shown:
    """The receipt of what is booked, or the next question."""
    booked = booking_of(call)
    if booked and _stands(call, booked):
        if "cancel" in call.asked:
            return _screen(call, "h5_cancel.html", call.say.really_cancel_title(), one=_told(call, booked))
        if "move" not in call.asked:
            return _receipt(call, booked)
    elif booked and not any(call.asked.get(step) for step in _STEPS):
        return _over(call, booked)
    return _next(call, booked if booked and _stands(call, booked) and "move" in call.asked else None)


def act(call: Call) -> Done | Elsewhere:
    """One tap: where it leads, as what the next address asks for."""
    act_on: dict[str, Callable[[Call], Done | Elsewhere]] = {
        "car": _take_plate,
        "hold": _hold,
        "book": _book,
        "move": _move,
        "cancel": _cancel,
        "notices": Call.to_notices,
    }
    return act_on.get(call.asked.get("do", ""), _nothing)(call)


def booking_of(call: Call) -> Appointment | None:
    """What was booked by this link."""
    number = call.link.appointment_id
    return call.crm.appointments.find(number) if number else None


def _stands(call: Call, booked: Appointment) -> bool:
    return booked.status == BOOKED and booked.starts_at > call.crm.now


# — screens —


def _next(call: Call, moved: Appointment | None) -> Shown:
    """What is not known yet is asked, then the time, then the yes."""
    say = call.say
    if not call.crm.stores.all():
        return _screen(call, "h5_message.html", say.no_store_title(), hint=say.no_store_yet())
    wanted = read_wanted(call, moved)
    if wanted.store is None:
        return _screen(call, "h5_choose.html", say.which_store(), wanted, rows=_store_rows(call))
    if wanted.car is None:
        return _screen(call, "h5_choose.html", say.which_car(), wanted, rows=_car_rows(call), plate_field=True)
    if wanted.service is None:
        return _screen(call, "h5_choose.html", say.which_service(), wanted, rows=_service_rows(call))
    held = _live_hold(call, wanted)
    if held:
        return _summary(call, wanted, held, moved)
    notice = "ran_out" if call.asked.get("hold") and not held else ""
    page = times_page(call, wanted.store, wanted.service, moved)
    return _screen(call, "h5_times.html", say.which_day(), wanted, notice=notice, moved=moved, **page)


def _screen(
    call: Call, template: str, title: str, wanted: Wanted | None = None, *, notice: str = "", **values: Any
) -> Shown:
    near = moment_of(call, call.asked.get("near", ""))
    said = call.say.notice(notice or call.asked.get("said", ""), near)
    steps = _steps(call, wanted) if wanted and "move" not in call.asked else []
    common = {"heading": title, "name": call.owner_name(), "said": said, "steps": steps, "wanted": wanted}
    return Shown(template, title, common | values)


def _steps(call: Call, wanted: Wanted) -> list[dict[str, str]]:
    """What is chosen so far, each with the address that changes it."""
    steps = []
    if wanted.store and len(call.crm.stores.all()) > 1:
        steps.append(("store", wanted.store.name))
    if wanted.car:
        steps.append(("car", wanted.car.title))
    if wanted.service:
        price = call.say.short_price(wanted.service.price_fen)
        steps.append(("service", f"{wanted.service.named(call.language)} · {price}"))
    return [{"name": name, "value": value, "href": call.here(change=name)} for name, value in steps]


def _store_rows(call: Call) -> list[dict[str, str]]:
    return [
        {"title": one.name, "detail": one.address, "href": call.here(store=one.key)} for one in call.crm.stores.all()
    ]


def _car_rows(call: Call) -> list[dict[str, str]]:
    rows = [{"title": one.title, "detail": "", "href": call.here(car=one.code)} for one in cars(call)]
    return [*rows, {"title": call.say.no_plate_yet(), "detail": "", "href": call.here(car=NO_PLATE)}]


def _service_rows(call: Call) -> list[dict[str, str]]:
    say = call.say
    return [
        {
            "title": one.named(call.language),
            "detail": f"{say.short_price(one.price_fen)} · {say.about_minutes(one.minutes)}",
            "href": call.here(service=one.code),
        }
        for one in call.crm.services.all()
    ]


def _summary(call: Call, wanted: Wanted, held: Appointment, moved: Appointment | None) -> Shown:
    assert wanted.car is not None
    title = call.say.confirm_move_title() if moved else call.say.confirm_title()
    another = call.here(day=_day_of(call, held.starts_at))
    values: dict[str, Any] = {"one": _told(call, held, wanted.car), "held": held, "moved": moved, "another": another}
    return _screen(call, "h5_confirm.html", title, wanted, **values)


def _receipt(call: Call, booked: Appointment) -> Shown:
    title = call.say.moved_title() if call.asked.get("said") == "moved" else call.say.booked_title()
    owner_id = call.link.owner_id
    values: dict[str, Any] = {
        "one": _told(call, booked),
        "has_chat": call.crm.conversations.best_of_owner(owner_id) is not None,
        "may_allow": call.crm.subscribe_tokens.lacking_of(owner_id),
    }
    return _screen(call, "h5_booked.html", title, **values)


def _over(call: Call, booked: Appointment) -> Shown:
    return _screen(call, "h5_over.html", call.say.over_title(booked.status), one=_told(call, booked))


def _told(call: Call, one: Appointment, car: Car | None = None) -> dict[str, Any]:
    """An appointment in words for a page that may be forwarded."""
    service, store = call.crm.services.get(one.service_id), call.crm.stores.get(one.store_id)
    plate = masked_plate(one.plate) if one.plate else call.say.no_plate_yet()
    return {
        "moment": one.starts_at,
        "car": car.title if car else plate,
        "service": service.named(call.language),
        "minutes": call.say.about_minutes(service.minutes),
        "price": call.say.about_price(one.price_fen),
        "store": store,
        "status": one.status,
    }


# — taps —


def _take_plate(call: Call) -> Done:
    return {"car": typed_car(call, call.asked.get("plate", "")).code}


def _hold(call: Call) -> Done:
    """Keep the time for them; the one that this link held before is given back."""
    crm, link, booked = call.crm, call.link, booking_of(call)
    if booked and _stands(call, booked) and "move" not in call.asked:
        return {}  # booked meanwhile, by a second tap or by somebody else with the link
    moved = booked if booked and _stands(call, booked) else None
    wanted = read_wanted(call, moved)
    moment = moment_of(call, call.asked.get("at", ""))
    if not (wanted.store and wanted.car and wanted.service and moment):
        return call.going_on(said="refused")
    _give_back(call)
    try:
        held = crm.appointments.hold(
            link.owner_id,
            wanted.store,
            wanted.service,
            moment,
            channel="web",
            conversation_id=None,
            instead_of=moved.key if moved else 0,
        )
    except SlotTaken:
        return _taken(call, moment)
    except Refused:
        return call.going_on(said="refused")
    link.hold_id = held.key
    crm.session.flush()
    return call.going_on(hold=held.key, at=local(call, held.starts_at))


def _book(call: Call) -> Done:
    """Make the held time a booking, once: the rows, the card and the words of a booking in chat."""
    booked = booking_of(call)
    if booked and _stands(call, booked):
        return {}
    wanted = read_wanted(call, None)
    held = _named_hold(call, wanted)
    if held is None or wanted.car is None:
        return call.going_on(said="changed" if call.link.hold_id else "ran_out")
    owner = call.crm.owners.person(call.link.owner_id)
    car = {"id": wanted.car.vehicle_id, "plate": wanted.car.plate}
    try:
        firm = make_booking(call.crm, owner, call.crm.appointments.held(held.key), car)
    except SlotTaken:
        return _lost(call, held)
    settle_status(call.crm, owner)
    call.crm.owners.save(owner)
    return _kept(call, firm.key, "booked", booked_words(call.crm, call.say, firm))


def _move(call: Call) -> Done:
    booked = booking_of(call)
    stands = booked is not None and _stands(call, booked)
    held = _named_hold(call, read_wanted(call, booked)) if stands else None
    if booked is None or held is None:
        return {"said": "changed"}
    try:
        moved = move_booking(call.crm, booked, call.crm.appointments.held(held.key))
    except SlotTaken:
        return _lost(call, held)
    if not moved:
        return {"said": "changed"}
    return {"said": "moved"} | _kept(call, booked.key, "moved", moved_words(call.crm, call.say, booked))


def _cancel(call: Call) -> Done:
    booked = booking_of(call)
    if booked is None or not _stands(call, booked):
        return {}
    cancel_booking(call.crm, booked)
    service = call.crm.services.get(booked.service_id).named(call.language)
    store = call.crm.stores.get(booked.store_id).name
    line = call.say.appointment_line(moment=booked.starts_at, plate=booked.plate, service=service, store=store)
    return _kept(call, booked.key, "cancelled", call.say.appointment_cancelled(line))


def _nothing(call: Call) -> Done:
    return {}


def _kept(call: Call, appointment_id: int, what: str, words: str) -> Done:
    """The link remembers it, the chat says it."""
    call.link.appointment_id, call.link.hold_id = appointment_id, None
    call.crm.links.used(call.link, what)
    call.tell_in_chat(words)
    return {}


def _named_hold(call: Call, wanted: Wanted) -> Appointment | None:
    """The hold of this link, if it is for what the summary showed: numbers of holds given back come again."""
    number = call.link.hold_id
    named = number is not None and call.asked.get("hold") == str(number)
    held = call.crm.appointments.find(number) if number and named else None
    if held is None or held.status not in (HELD, EXPIRED) or not (wanted.store and wanted.service):
        return None
    shown = (wanted.store.key, wanted.service.key, call.asked.get("at"))
    return held if shown == (held.store_id, held.service_id, local(call, held.starts_at)) else None


def _live_hold(call: Call, wanted: Wanted) -> Appointment | None:
    held = _named_hold(call, wanted)
    alive = held and held.status == HELD and held.held_until and held.held_until > call.crm.now
    return held if alive else None


def _give_back(call: Call) -> None:
    if call.link.hold_id:
        call.crm.appointments.release(call.link.hold_id)
        call.link.hold_id = None
        call.crm.session.flush()


def _lost(call: Call, held: Appointment) -> Done:
    moment = held.starts_at
    _give_back(call)
    return _taken(call, moment)


def _taken(call: Call, moment: datetime) -> Done:
    return call.going_on(said="taken", near=local(call, moment), day=_day_of(call, moment))


def _day_of(call: Call, moment: datetime) -> str:
    return local(call, moment).partition("T")[0]
