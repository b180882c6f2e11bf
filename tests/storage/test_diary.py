"""A day's diary under anything that owners do, held against plain counting."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import SlotTaken
from core.hours import GRID, cells
from storage.appointments import BOOKED, HELD, Held
from storage.crm import Crm
from storage.service_items import ServiceItem
from tests.chat import Shop

TUESDAY = date(2026, 11, 24)
WORK = ("maintenance", "battery", "bodywork", "alignment")
STARTS = st.sampled_from(["09:00", "09:30", "10:00", "10:30", "16:00"])
STEPS = st.one_of(
    st.tuples(st.just("hold"), st.sampled_from(WORK), STARTS),
    st.tuples(st.sampled_from(["confirm", "cancel", "release"]), st.integers(0, 9)),
    st.tuples(st.just("move"), st.integers(0, 9), STARTS),
    st.tuples(st.just("wait"), st.integers(1, 11)),
)


class Undo(Exception):
    pass


class Diary:
    """One transaction in which a day fills up."""

    def __init__(self, crm: Crm, shop: Shop) -> None:
        self.crm, self.shop, self.made = crm, shop, list[Held]()
        self.owner = crm.owners.add("李明").key

    def hold(self, code: str, clock: str) -> None:
        work, moment = self.work(code), self.shop.moment(f"{TUESDAY} {clock}")
        room = self.free(work, moment)
        try:
            held = self.crm.appointments.hold(
                self.owner, self.crm.stores.get(1), work, moment, channel="web", conversation_id=None
            )
        except SlotTaken:
            assert room == 0
        else:
            assert room > 0
            self.made.append(held)

    def confirm(self, number: int) -> None:
        if one := self.one(number):
            self.crm.appointments.confirm(one, vehicle_id=None, plate="", advisor_id=None)

    def cancel(self, number: int) -> None:
        if one := self.one(number):
            self.crm.appointments.cancel(one)

    def move(self, number: int, clock: str) -> None:
        """Its own time is free for it; what it leaves is free for others."""
        one, moment = self.one(number), self.shop.moment(f"{TUESDAY} {clock}")
        if one is None or one.status != BOOKED:
            return
        work = self.crm.services.get(one.service_id)
        room = self.free(work, moment, besides=one)
        try:
            held = self.crm.appointments.hold(
                self.owner,
                self.crm.stores.get(1),
                work,
                moment,
                channel="web",
                conversation_id=None,
                instead_of=one.key,
            )
        except SlotTaken:
            assert room == 0
            return
        assert room > 0
        assert self.crm.appointments.move(self.crm.appointments.get(one.key), held)
        self.made[number] = self.crm.appointments.held(one.key)

    def release(self, number: int) -> None:
        if (one := self.one(number)) and one.status != BOOKED:
            self.crm.appointments.release(one.key)
            self.made.remove(one)

    def wait(self, minutes: int) -> None:
        self.crm.now += timedelta(minutes=minutes)

    def one(self, number: int) -> Held | None:
        return self.made[number] if number < len(self.made) else None

    def work(self, code: str) -> ServiceItem:
        work = self.crm.services.by_code(code)
        assert work is not None
        return work

    def alive(self) -> list[Held]:
        def holds(one: Held) -> bool:
            return one.status == HELD and one.held_until is not None and one.held_until > self.crm.now

        return [one for one in self.made if one.status == BOOKED or holds(one)]

    def free(self, work: ServiceItem, moment: datetime, besides: Held | None = None) -> int:
        """Bays on which nothing alive overlaps, by counting."""
        ends = moment + GRID * len(cells(moment, work.duration))
        others = [one for one in self.alive() if one is not besides]
        busy = {one.bay_id for one in others if one.starts_at < ends and moment < one.ends_at}
        return sum(bay.id not in busy for bay in self.crm.stores.bays(1, work.bay_type))

    def check(self) -> None:
        alive = self.alive()
        taken = [(one.bay_id, cell) for one in alive for cell in cells(one.starts_at, one.ends_at - one.starts_at)]
        assert len(set(taken)) == len(taken), "two cars on one bay"
        for code in WORK:
            for slot in self.crm.appointments.slots(self.crm.stores.get(1), self.work(code), TUESDAY):
                assert slot.free == self.free(self.work(code), slot.starts_at), (code, slot)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_whatever_owners_do_the_diary_says_what_counting_says(shop: Shop, steps: list[tuple[str, object]]) -> None:
    def live(crm: Crm) -> None:
        diary = Diary(crm, shop)
        for verb, *values in steps:
            try:
                getattr(diary, verb)(*values)
            except SlotTaken:
                assert verb == "confirm"
            diary.check()
        raise Undo

    with pytest.raises(Undo):
        shop.do(live)
