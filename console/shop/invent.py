"""Invents the owners: the same seed on the same day gives the same shop. No clock, no store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from console.shop.cars import Car, invent_car
from console.shop.cast import cast
from console.shop.history import YEARS, PastVisit, past_visits
from console.shop.names import address, person, phone
from console.shop.person import InventedOwner, OwnedCar
from console.shop.premises import STAFF, STORES, Member, Premises
from core.policy import NEV, Policy

_REMARKS = (
    "在意胎噪", "先报价再施工", "喜欢周末上午来", "常带孩子，等候时要安静的位子", "微信联系，白天不接电话",
    "下午四点前要取车去接孩子", "车内有香薰，别动后视镜挂件", "每次都要旧件", "长途多，轮胎看仔细", "家里还有一台车",
    "公司车，要开专票", "喜欢喝茶，不喝咖啡", "地下车库低，注意行李架", "不要洗车", "介绍过朋友来", "对喷漆色差敏感",
)  # fmt: skip
_SOURCES = ("到店", "到店", "到店", "朋友介绍", "朋友介绍", "高德地图", "抖音", "公众号", "新车交付")


@dataclass(frozen=True, slots=True)
class InventedShop:
    """Everything the shop has on record on `today`."""

    today: date
    stores: tuple[Premises, ...]
    staff: tuple[Member, ...]
    owners: tuple[InventedOwner, ...]


def invent(owners: int, seed: int, today: date, policy: Policy = NEV) -> InventedShop:
    """The shop with that many owners; the main characters come first."""
    random = Random(seed)
    known = cast(today)[:owners]
    taken = {tie.car.plate for owner in known for tie in owner.cars}
    rest = [_owner(random, number, today, taken, policy) for number in range(len(known), owners)]
    return InventedShop(today, STORES, STAFF, (*known, *rest))


def _owner(random: Random, number: int, today: date, taken: set[str], policy: Policy) -> InventedOwner:
    store = random.choices(STORES, [s.share for s in STORES])[0].code
    cars = [invent_car(random, today, taken) for _ in range(2 if random.random() < 0.06 else 1)]
    advisors = [m.name for m in STAFF if m.store == store and m.role == "advisor"]
    first = min(car.purchased_on for car in cars)
    owner = InventedOwner(
        name=person(random),
        phone=phone(random, number),
        store=store,
        advisor=random.choice(advisors),
        cars=tuple(_history(random, car, today, policy) for car in cars),
        joined=max(first, today - timedelta(days=365 * YEARS - random.randrange(60))),
        source=random.choice(_SOURCES),
    )
    return _details(random, owner, today)


def _history(random: Random, car: Car, today: date, policy: Policy) -> OwnedCar:
    """Most stay; some stopped coming one day, and nobody noticed."""
    since = max(car.purchased_on + timedelta(days=7), today - timedelta(days=365 * YEARS))
    until = today - timedelta(days=1)
    if random.random() < 0.16 and (until - since).days > 200:
        until -= timedelta(days=int((until - since).days * random.random() * 0.7))
    return OwnedCar(car, tuple(_calm_at_the_end(past_visits(random, car, since, until, policy.maintenance), today)))


def _calm_at_the_end(visits: list[PastVisit], today: date) -> list[PastVisit]:
    """Bad ratings of the last days belong to the main characters: each would be a card on the first day."""
    recent = today - timedelta(days=3)
    return [replace(v, rating=None) if v.day >= recent and (v.rating or 5) < 4 else v for v in visits]


def _details(random: Random, owner: InventedOwner, today: date) -> InventedOwner:
    consent = random.choices((True, None, False), (62, 31, 7))[0]
    return replace(
        owner,
        birthday=_birthday(random) if random.random() < 0.8 else None,
        address=address(random, owner.store) if random.random() < 0.45 else "",
        remarks=random.choice(_REMARKS) if random.random() < 0.34 else "",
        consent=consent,
        consent_on=owner.joined + timedelta(days=random.randrange(max(1, (today - owner.joined).days))),
    )


def _birthday(random: Random) -> date:
    return date(1960, 1, 1) + timedelta(days=int(random.triangular(0, 365 * 44, 365 * 27)))
