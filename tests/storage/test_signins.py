"""Links that sign the staff in: once, for a while, and only while they work here."""

from datetime import timedelta

import pytest

from storage.crm import Crm
from tests.chat import Shop
from tests.storage.two import together


@pytest.fixture
def wang(shop: Shop) -> int:
    return shop.do(lambda crm: crm.staff.add("王工", "advisor", 1).key)


def link(shop: Shop, who: int) -> str:
    return shop.do(lambda crm: crm.signins.link(who))


def use(shop: Shop, token: str) -> str | None:
    return shop.do(lambda crm: crm.signins.use_link(token))


def signed_in(shop: Shop, session: str) -> str | None:
    def ask(crm: Crm) -> str | None:
        staff = crm.signins.staff(session)
        return staff.name if staff else None

    return shop.ask(ask)


def test_a_link_opens_one_session_once(shop: Shop, wang: int) -> None:
    token = link(shop, wang)
    session = use(shop, token)
    assert session
    assert signed_in(shop, session) == "王工"
    assert use(shop, token) is None


def test_ten_taps_on_a_link_at_once_open_one_session(shop: Shop, wang: int) -> None:
    token = link(shop, wang)
    sessions = together(shop, [lambda crm: crm.signins.use_link(token)] * 10)
    assert len([one for one in sessions if isinstance(one, str)]) == 1
    assert sessions.count(None) == 9


def test_links_and_sessions_run_out(shop: Shop, wang: int) -> None:
    first, late = link(shop, wang), link(shop, wang)
    session = use(shop, first)
    assert session
    shop.clock.advance_to(shop.clock.now() + timedelta(minutes=30))
    assert use(shop, late) is None
    assert signed_in(shop, session) == "王工"
    shop.clock.advance_to(shop.clock.now() + timedelta(days=14))
    assert signed_in(shop, session) is None


def test_who_leaves_is_signed_out_and_their_links_are_dead(shop: Shop, wang: int) -> None:
    heir = shop.do(lambda crm: crm.staff.add("陈工", "advisor", 1).key)
    unused, session = link(shop, wang), use(shop, link(shop, wang))
    assert session
    shop.do(lambda crm: crm.staff.remove(crm.staff.get(wang), crm.staff.get(heir)))
    assert signed_in(shop, session) is None
    assert use(shop, unused) is None


def test_neither_a_link_nor_nonsense_is_a_session(shop: Shop, wang: int) -> None:
    token = link(shop, wang)
    assert signed_in(shop, token) is None
    assert signed_in(shop, "") is None
    session = use(shop, token)
    assert session
    assert use(shop, session) is None
