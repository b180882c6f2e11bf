"""Two phones at once, on SQLite and on PostgreSQL: one booking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.h5 import booking, coupon
from console.h5.call import Call
from core.say.h5 import H5Say
from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together

MAINTENANCE = {"car": "none", "service": "maintenance"}
Tap = Callable[[Crm], object]


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    is_sqlite = request.param == "sqlite"
    with Shop(f"sqlite:///{tmp_path}/shop.db" if is_sqlite else request.getfixturevalue("postgres_url")) as shop:
        yield shop


def link(shop: Shop, name: str, purpose: str = "booking", subject: int | None = None) -> str:
    def make(crm: Crm) -> str:
        return crm.links.make(purpose, crm.owners.add(name, store_id=1).key, timedelta(days=7), subject=subject)

    return shop.do(make)


def tap(token: str, page: object = booking, **form: str) -> Tap:
    """One POST of the page, as a change to the store."""

    def act(crm: Crm) -> object:
        found = crm.links.find(token, lock=True)
        assert found is not None
        done: object = page.act(Call(crm, found, token, form, H5Say("zh", crm.shop.zone)))  # type: ignore[attr-defined]
        return done

    return act


def held(shop: Shop, token: str, at: str) -> dict[str, str]:
    """Hold a time; what the summary sends with the yes."""
    done = shop.do(tap(token, **MAINTENANCE, do="hold", at=at))
    assert isinstance(done, dict)
    return MAINTENANCE | {"do": "book", "hold": str(done["hold"]), "at": at}


def test_two_submits_of_one_link_book_once(shop: Shop) -> None:
    token = link(shop, "李明")
    yes = held(shop, token, "2026-11-24T15:00")
    assert together(shop, [tap(token, **yes)] * 6) == [{}] * 6
    assert shop.appointments == [("11-24 15:00", "", "booked")]
    assert len(shop.cards("new_appointment")) == 1


def test_the_last_free_hour_goes_to_one_of_two_links(shop: Shop) -> None:
    tokens = [link(shop, name) for name in ("李明", "王芳", "赵强")]  # the store has two general bays
    done = together(shop, [tap(token, **MAINTENANCE, do="hold", at="2026-11-24T15:00") for token in tokens])
    assert sorted(bool(isinstance(one, dict) and one.get("hold")) for one in done) == [False, True, True]
    lost = next(one for one in done if isinstance(one, dict) and not one.get("hold"))
    assert lost["said"] == "taken"


def test_two_taps_of_move_move_once(shop: Shop) -> None:
    token = link(shop, "李明")
    shop.do(tap(token, **held(shop, token, "2026-11-24T15:00")))
    done = shop.do(tap(token, do="hold", move="1", at="2026-11-25T10:00"))
    assert isinstance(done, dict)
    move = {"do": "move", "move": "1", "hold": str(done["hold"]), "at": "2026-11-25T10:00"}
    together(shop, [tap(token, **move)] * 4)
    assert shop.appointments == [("11-25 10:00", "", "booked")]


def test_two_taps_of_claim_claim_once(shop: Shop) -> None:
    token = link(shop, "李明", "coupon", subject=1)
    shop.do(lambda crm: crm.coupons.issue(1, "birthday", "birthday:1:2026"))
    done = together(shop, [tap(token, coupon, do="claim")] * 4)
    assert sorted(map(str, done)) == ["{'said': 'claimed'}", "{}", "{}", "{}"]
    assert shop.verbs().count("coupon.claimed") == 1
