"""What a provisional owner did becomes the known owner's."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.churn import Alert, Level
from core.messages import Bubble, Inbound, Kind
from storage.approvals import Approval
from storage.columns import METADATA
from storage.consents import MARKETING
from storage.crm import Crm
from storage.erasures import Erasure
from storage.figures import OwnerFigures
from storage.grade_changes import GradeChange
from storage.wait_list import Waiting
from tests.chat import Shop
from tests.storage.extra import a_prediction, an_extra_item

NOTES = ("touched", "late_card")  # for the tick, which makes them anew
WITH_OWNER = [t for t in METADATA.sorted_tables if "owner_id" in t.c and t.name not in NOTES]


def live(crm: Crm, owner: int) -> Iterator[str]:
    """The tables in which something alive belongs to that owner."""
    for table in WITH_OWNER:
        mine = table.c.owner_id == owner
        if "until" in table.c:
            mine &= table.c.until.is_(None)
        if crm.connection.execute(table.select().where(mine)).first():
            yield table.name


def added(shop: Shop, status: str) -> int:
    return shop.do(lambda crm: crm.owners.add("李明", status=status).key)


def a_full_life(crm: Crm, owner: int) -> None:
    """One row in every table that knows owners."""
    vehicle = with_a_car(crm, owner)
    with_appointments(crm, owner)
    with_talks(crm, owner)
    with_offers(crm, owner)
    with_work_for_the_staff(crm, owner, vehicle)
    with_figures(crm, owner, vehicle)


def with_a_car(crm: Crm, owner: int) -> int:
    vehicle = crm.vehicles.add("粤B12345").key
    crm.vehicles.connect(owner, vehicle, role="provisional")
    crm.visits.add("W1", owner_id=owner, vehicle_id=vehicle, visited_on=crm.now.date())
    crm.ratings.give(crm.visits.of_owner(owner)[0], owner, 5)
    number = crm.dms_events.accept("e1", "owner.updated", crm.now, b"{}")
    crm.dms_events.told(number or 0, "written", owner_id=owner)
    return vehicle


def with_appointments(crm: Crm, owner: int) -> None:
    service = crm.services.by_code("maintenance")
    assert service is not None
    moment = crm.stores.open_spans(crm.stores.get(1), crm.now.date())[0][0].replace(hour=6)
    crm.appointments.hold(owner, crm.stores.get(1), service, moment, channel="web", conversation_id=None)
    day, now = moment.date(), crm.now
    wait = Waiting(
        owner_id=owner, store_id=1, service_id=service.key, first_on=day, last_on=day, created_at=now, changed_at=now
    )
    waiting = crm.wait_list.join(wait)
    held = crm.appointments.hold(owner, crm.stores.get(1), service, moment, channel="web", conversation_id=None)
    crm.wait_list.offer(waiting, held, crm.now)


def with_talks(crm: Crm, owner: int) -> None:
    crm.identities.give_to_owner("web", "account", owner)
    talk = crm.conversations.locked("web", "account")
    crm.drafts.want(talk, owner, 1)
    crm.message_id = crm.messages.accept(Inbound("web", "k", "account", Kind.PHOTO), None)
    crm.media.want("web", "photo", "handle", conversation_id=talk.id, owner_id=owner)
    crm.links.make("booking", owner, timedelta(days=7))
    row = crm.outbox.queue_note("staff_web:store:1", Bubble("词"))
    crm.mass_members.join(row, owner, crm.identities.number("web", "account"), "词")
    crm.questions.keep("能不能刷卡", owner, 1)
    crm.errands.ask("roadside", owner, talk.id, store_id=1)
    crm.profile_questions.asked(owner, "birthday")


def with_offers(crm: Crm, owner: int) -> None:
    crm.consents.write(owner, MARKETING, "web", True)
    crm.coupons.issue(owner, "birthday", "birthday:2026")
    crm.referrals.code_of(owner)
    crm.referrals.invite(owner, crm.owners.add("介绍人").key)
    crm.steps.claim("birthday", "greeting", "2026", owner)
    crm.recommendations.offer(owner, "warranty", occurrence="2026")
    crm.opportunities.begin(owner, "warranty", occurrence="recommendation:1")
    crm.surveys.invite(owner, "win_back:1")


def with_work_for_the_staff(crm: Crm, owner: int, vehicle: int) -> None:
    crm.tasks.open("hand_over", store_id=1, owner_id=owner)
    asked_by = crm.staff.add("李工", "advisor", 1).key
    wish = Approval(staff_id=asked_by, owner_id=owner, store_id=1, percent_off=20, why="老客户", created_at=crm.now)
    crm.approvals.ask(wish, to_boss=False)
    crm.insert(Erasure, owner_id=owner, asked_by="owner", at=crm.now)
    an_extra_item(crm, owner, vehicle, crm.staff.add("王海涛", "advisor", 1).key)
    crm.tickets.add(crm.tickets.open(owner, 1, vehicle_id=vehicle), "没修好")


def with_figures(crm: Crm, owner: int, vehicle: int) -> None:
    crm.tags.add(owner, "怕胎噪", "staff:1")
    crm.churn_alerts.raise_alert(owner, vehicle, Alert(Level.WATCH, ()), "o1")
    crm.session.add(OwnerFigures(owner_id=owner, as_of=crm.now.date()))
    change = {"on": crm.now.date(), "what": "grade", "before": "normal", "after": "gold"}
    crm.insert(GradeChange, owner_id=owner, **change)
    a_prediction(crm, owner)


def test_everything_follows_and_nothing_is_left_behind(shop: Shop) -> None:
    known, stranger = added(shop, "active"), added(shop, "provisional")
    shop.do(lambda crm: a_full_life(crm, stranger))
    names = {table.name for table in WITH_OWNER}
    assert set(shop.ask(lambda crm: list(live(crm, stranger)))) == names, "give the new table a row in a_full_life"
    shop.do(lambda crm: crm.owners.absorb(crm.owners.get(stranger), crm.owners.get(known)))
    assert shop.ask(lambda crm: list(live(crm, stranger))) == []
    assert set(shop.ask(lambda crm: list(live(crm, known)))) == names
    assert shop.ask(lambda crm: (crm.owners.get(stranger).status, crm.owners.get(stranger).merged_into)) == (
        "merged",
        known,
    )


def test_what_was_not_written_yet_is_not_lost(shop: Shop) -> None:
    known, stranger = added(shop, "active"), added(shop, "provisional")

    def absorb(crm: Crm) -> None:
        crm.owners.get(known).remarks = "怕胎噪"
        crm.owners.absorb(crm.owners.get(stranger), crm.owners.get(known))

    shop.do(absorb)
    assert shop.ask(lambda crm: crm.owners.get(known).remarks) == "怕胎噪"


def test_a_record_without_a_name_takes_it_from_the_one_it_absorbs(shop: Shop) -> None:
    li, nameless = added(shop, "active"), added(shop, "active")

    def absorb(crm: Crm) -> None:
        crm.owners.get(li).name, crm.owners.get(nameless).name = "李明", ""
        crm.owners.get(li).birthday = date(1986, 11, 24)
        crm.owners.set_phone(crm.owners.get(li), "+8613812345678", verified=True)
        crm.owners.absorb(crm.owners.get(li), crm.owners.get(nameless))

    shop.do(absorb)
    assert shop.ask(lambda crm: [one.key for one in crm.owners.with_phone("+8613812345678")]) == [nameless]
    assert shop.ask(lambda crm: crm.owners.get(nameless).name) == "李明"
    assert shop.ask(lambda crm: crm.owners.get(nameless).birthday) == date(1986, 11, 24)


def test_a_first_turn_that_ends_in_binding_leaves_nothing_on_the_provisional_record(shop: Shop) -> None:
    known = added(shop, "active")

    def first_turn(crm: Crm) -> int:
        stranger = crm.owners.add("", status="provisional")
        crm.record("scene.scanned", "identity", 1, owner_id=stranger.key)
        crm.owners.absorb(stranger, crm.owners.get(known))
        return stranger.key

    stranger = shop.do(first_turn)
    assert shop.ask(lambda crm: list(live(crm, stranger))) == []
    assert len(shop.ask(lambda crm: crm.events.of_owner(known))) == 4


def test_a_car_that_both_had_stays_once(shop: Shop) -> None:
    def both(crm: Crm) -> list[str | None]:
        known, stranger = crm.owners.add("李明"), crm.owners.add("", status="provisional")
        vehicle = crm.vehicles.add("粤B12345")
        crm.vehicles.connect(known.key, vehicle.key)
        crm.vehicles.connect(stranger.key, vehicle.key, role="provisional")
        crm.owners.absorb(stranger, known)
        return [car.plate for car in crm.vehicles.of_owner(known.key)]

    assert shop.do(both) == ["粤B12345"]


def test_a_phone_finds_its_owner_but_neither_the_merged_nor_the_provisional(shop: Shop) -> None:
    def three(crm: Crm) -> list[str]:
        for name, status in (("李明", "active"), ("影子", "merged"), ("过客", "provisional")):
            crm.owners.set_phone(crm.owners.add(name, status=status), "+8613800138000", verified=True)
        return [owner.name for owner in crm.owners.with_phone("+8613800138000")]

    assert shop.do(three) == ["李明"]


def test_a_message_keeps_no_owner_of_its_own(shop: Shop) -> None:
    hello = Inbound("web", "k1", "account", Kind.TEXT, text="你好", raw=b"{}")
    number = shop.do(lambda crm: crm.messages.accept(hello, crm.conversations.locked("web", "account").id))
    assert number == 1
