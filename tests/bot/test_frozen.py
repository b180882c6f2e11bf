"""While a household has a complaint open, nothing of marketing rank leaves for any of them; everything else does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels import Outgoing
from bot.deliveries import Claims, take
from core.messages import Bubble, Rank
from journeys.step import Happening, send
from storage.consents import MARKETING
from storage.crm import Crm
from storage.tickets import UNSETTLED
from tests.chat import Shop

OWNERS, CARS = range(4), range(3)
STATES = ("open", "solved", "closed", "unanswered", "withdrawn")


@dataclass(frozen=True)
class Neighbourhood:
    """Who drives which car, and still does; whose complaints stand where."""

    ties: list[tuple[int, int, bool]]
    tickets: list[tuple[int, str]]


NEIGHBOURHOODS = st.builds(
    Neighbourhood,
    st.lists(st.tuples(st.sampled_from(OWNERS), st.sampled_from(CARS), st.booleans()), max_size=6),
    st.lists(st.tuples(st.sampled_from(OWNERS), st.sampled_from(STATES)), max_size=2),
)


class Silent:
    """A channel that is there."""

    name, edits_cards, edits_on_tap, away = "telegram", True, False, False

    async def send(self, outgoing: Outgoing) -> str:
        return ""

    async def close(self) -> None:
        return


def frozen(hood: Neighbourhood) -> set[int]:
    """Worked out by hand: who complains, and everybody who shares a car with them."""
    complaining = {owner for owner, state in hood.tickets if state in UNSETTLED}
    drives = {owner: {car for o, car, still in hood.ties if o == owner and still} for owner in OWNERS}
    return complaining | {o for o in OWNERS if any(drives[o] & drives[other] for other in complaining)}


def leaves(crm: Crm, hood: Neighbourhood) -> tuple[set[int], set[int], set[int]]:
    """Who may get marketing by the gate, who a service notice, and whom a journey wrote to."""
    owners = [crm.owners.add(f"车主{number}", store_id=1).key for number in OWNERS]
    cars = [crm.vehicles.add(f"粤B1000{number}").key for number in CARS]
    for owner, car, still in hood.ties:
        crm.vehicles.connect(owners[owner], cars[car])
        if not still:
            crm.vehicles.part(owners[owner], cars[car])
    for owner, state in hood.tickets:
        crm.tickets.open(owners[owner], 1).state = state
    crm.session.flush()
    journey = set()
    for number, owner in enumerate(owners):
        crm.identities.give_to_owner("telegram", f"{owner}", owner)
        crm.consents.write(owner, MARKETING, "*", True)
        what = Happening("win_back", "m3", f"{owner}", owner)
        item = send(crm, what, Bubble("回来看看"), Rank.MARKETING, timedelta(days=1))
        journey |= {number} if item and item.decision == "send" else set()
    return _passing(crm, owners, Rank.MARKETING), _passing(crm, owners, Rank.SERVICE), journey


def _passing(crm: Crm, owners: list[int], rank: Rank) -> set[int]:
    crm.connection.exec_driver_sql("DELETE FROM outbox_attempt")
    crm.connection.exec_driver_sql("UPDATE step SET outbox_id = NULL")
    crm.connection.exec_driver_sql("DELETE FROM outbox")
    for owner in owners:
        crm.outbox.tell_owner(owner, Bubble("您好"), rank, timedelta(days=1))
    ready = take(crm, Claims("w", 0.0, 100, {"telegram": Silent()}))
    return {owners.index(one.person.owner_id) for one in ready if one.person and one.person.owner_id}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(NEIGHBOURHOODS)
def test_marketing_waits_for_the_whole_household(shop: Shop, hood: Neighbourhood) -> None:
    last = {(o, car): still for o, car, still in hood.ties}  # a car that came back counts again
    hood = Neighbourhood([(o, car, still) for (o, car), still in last.items()], hood.tickets)
    marketing, service, journey = shop.database.rehearse(lambda crm: leaves(crm, hood))
    free = set(OWNERS) - frozen(hood)
    assert marketing == free
    assert journey == free
    assert service == set(OWNERS)
