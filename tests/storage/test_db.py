"""How changes get committed: together, apart, later, or not at all."""

import asyncio
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest
from sqlmodel import select

from core.clock import Clock
from core.errors import Refused, StoreUnavailable
from core.shop import Shop as ShopFacts
from storage.crm import Crm
from storage.crypto import Keys
from storage.db import Change, Database
from storage.migrate import migrate
from storage.owners import Owner
from tests import servers
from tests.chat import Shop
from tests.storage.two import together, transaction


def names(shop: Shop) -> list[str]:
    return shop.ask(lambda crm: sorted(crm.session.exec(select(Owner.name))))


def add(name: str, *, fails: bool = False) -> Change[str]:
    def change(crm: Crm) -> str:
        crm.owners.add(name)
        if fails:
            raise Refused(name)
        return name

    return change


class Held:
    """Keeps the writer busy until it is let go, so that what is handed in meanwhile becomes one group."""

    def __init__(self, shop: Shop) -> None:
        self.inside, self.go = threading.Event(), threading.Event()
        self.future = shop.database.submit(self._change)
        assert self.inside.wait(10)

    def _change(self, crm: Crm) -> None:
        self.inside.set()
        assert self.go.wait(10)


def test_one_failing_change_of_a_group_is_undone_alone(sqlite_shop: Shop) -> None:
    held = Held(sqlite_shop)
    futures = [sqlite_shop.database.submit(add(f"车主{n}", fails=n == 3)) for n in range(6)]
    held.go.set()
    assert [f.exception(10) for f in futures if f is not futures[3]] == [None] * 5
    assert isinstance(futures[3].exception(), Refused)
    assert names(sqlite_shop) == ["车主0", "车主1", "车主2", "车主4", "车主5"]


def test_a_change_that_breaks_a_constraint_harms_no_other(shop: Shop) -> None:
    def twice(crm: Crm) -> str:
        return crm.stores.add("double", "一店").name + crm.stores.add("double", "二店").name

    answers = together(shop, [add("李明"), twice, add("王芳")])
    assert [type(answer).__name__ for answer in answers] == ["str", "IntegrityError", "str"]
    assert names(shop) == ["李明", "王芳"]


def test_nothing_can_be_seen_before_its_commit(shop: Shop) -> None:
    inside, go = threading.Event(), threading.Event()

    def slow(crm: Crm) -> None:
        crm.owners.add("李明")
        inside.set()
        assert go.wait(10)

    future = shop.database.submit(slow)
    assert inside.wait(10)
    assert names(shop) == []
    assert not future.done()
    go.set()
    future.result(10)
    assert names(shop) == ["李明"]


def test_a_reader_does_not_keep_the_writer_waiting(shop: Shop) -> None:
    def read_while_writing(crm: Crm) -> int:
        assert not crm.session.exec(select(Owner.id)).all()  # its snapshot begins with its first question
        shop.database.submit(add("李明")).result(10)
        return len(crm.session.exec(select(Owner.id)).all())

    assert shop.ask(read_while_writing) == (0 if shop.database.is_sqlite else 1)
    assert names(shop) == ["李明"]


def test_a_rehearsal_writes_nothing_and_no_writer_comes_between(shop: Shop) -> None:
    between: list[Future[str]] = []

    def try_it(crm: Crm) -> list[str]:
        assert not crm.session.exec(select(Owner.id)).all()
        between.append(shop.database.submit(add("王芳")))
        crm.owners.add("李明")
        return list(crm.session.exec(select(Owner.name)))

    assert "李明" in shop.database.rehearse(try_it)
    assert between[0].result(10) == "王芳"
    assert names(shop) == ["王芳"]


def test_everybody_is_answered_when_the_writer_cannot_write(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/gone/shop.db", Keys.new(), Clock(), ShopFacts())
    futures = [database.submit(add("李明")) for _ in range(3)]
    assert all(isinstance(future.exception(10), StoreUnavailable) for future in futures)
    (tmp_path / "gone").mkdir()
    migrate(database)
    assert database.submit(add("李明")).result(10) == "李明"
    database.close()


def test_who_goes_away_before_the_commit_harms_nobody_else(sqlite_shop: Shop) -> None:
    held = Held(sqlite_shop)
    first, lost, last = (sqlite_shop.database.submit(add(name)) for name in ("李明", "走了", "王芳"))
    assert lost.cancel()
    held.go.set()
    assert (first.result(10), last.result(10)) == ("李明", "王芳")
    assert names(sqlite_shop) == ["李明", "王芳"]


def test_who_goes_away_during_the_commit_harms_nobody_else(sqlite_shop: Shop) -> None:
    async def leave_early() -> object:
        inside, go = threading.Event(), threading.Event()

        def slow(crm: Crm) -> None:
            inside.set()
            assert go.wait(10)

        leaving = asyncio.create_task(sqlite_shop.database.run(slow))
        await asyncio.to_thread(inside.wait, 10)
        staying = asyncio.create_task(sqlite_shop.database.run(add("李明")))
        leaving.cancel()
        go.set()
        return await staying

    assert asyncio.run(leave_early()) == "李明"


def test_a_bell_that_does_not_ring_undoes_nothing(shop: Shop) -> None:
    def broken() -> None:
        raise OSError("no bell")

    def noisy(crm: Crm) -> str:
        crm.on_commit.append(broken)
        return "done"

    assert shop.database.submit(noisy).result(10) == "done"
    assert shop.do(noisy) == "done"


def test_closing_commits_what_was_handed_in_and_takes_no_more(shop: Shop) -> None:
    futures: list[Future[str]] = [shop.database.submit(add(f"车主{n}")) for n in range(20)]
    shop.database.close()
    assert [future.result(10) for future in futures] == [f"车主{n}" for n in range(20)]
    with pytest.raises(StoreUnavailable, match="closed"):
        shop.database.submit(add("李明"))


def test_a_deadlock_is_tried_again(postgres_shop: Shop) -> None:
    numbers = [postgres_shop.do(lambda crm: crm.owners.add("车主").key) for _ in range(2)]
    both_hold_one = threading.Barrier(2)
    tries: list[int] = []

    def crosswise(first: int, second: int) -> Change[None]:
        def change(crm: Crm) -> None:
            tries.append(first)
            crm.owners.get(first).remarks += "好"
            crm.session.flush()
            if len(tries) <= 2:
                both_hold_one.wait(10)
            crm.owners.get(second).remarks += "好"

        return change

    assert together(postgres_shop, [crosswise(*numbers), crosswise(*reversed(numbers))]) == [None, None]
    assert len(tries) == 3
    assert postgres_shop.ask(lambda crm: [crm.owners.get(n).remarks for n in numbers]) == ["好好"] * 2


def test_a_change_outlives_a_restart_of_the_server() -> None:
    server = servers.Postgres()
    server.start()
    with Shop(server.fresh_database()) as shop:
        assert shop.database.submit(add("李明")).result(10) == "李明"
        server.kill9()
        future = shop.database.submit(add("王芳"))
        server.start()
        assert future.result(30) == "王芳"
        assert names(shop) == ["李明", "王芳"]
        server.stop()
        with pytest.raises(StoreUnavailable):
            shop.database.submit(add("赵强"), patience=0.1).result(30)


def test_connections_that_were_cut_are_replaced(postgres_shop: Shop) -> None:
    assert postgres_shop.database.submit(add("李明")).result(10) == "李明"
    servers.postgres().disconnect_everybody()
    assert names(postgres_shop) == ["李明"]
    servers.postgres().disconnect_everybody()
    assert postgres_shop.database.submit(add("王芳")).result(10) == "王芳"


def test_a_second_writer_waits_its_turn_on_sqlite(sqlite_shop: Shop) -> None:
    with transaction(sqlite_shop) as crm:
        crm.owners.add("李明")
        future = sqlite_shop.database.submit(add("王芳"))
        assert names(sqlite_shop) == []
        assert not future.done()
    assert future.result(10) == "王芳"
    assert names(sqlite_shop) == ["李明", "王芳"]
