"""PostgreSQL's advisory locks: one number each, and nobody waits for the wrong one."""

from storage import locks
from storage.leader import Leader
from storage.migrate import HEAD, current
from tests.chat import Shop
from tests.storage.two import meanwhile, transaction


def test_every_lock_has_a_number_of_its_own() -> None:
    numbers = [value for name, value in vars(locks).items() if name.isupper()]
    assert len(set(numbers)) == len(numbers) > 0


def test_an_import_goes_on_while_a_worker_looks_after_the_ticks(postgres_shop: Shop) -> None:
    leader = Leader(postgres_shop.database)
    assert leader.leads()
    postgres_shop.do(lambda crm: crm.imports.alone())
    assert current(postgres_shop.database) == HEAD
    leader.leave()


def test_of_two_imports_one_waits(postgres_shop: Shop) -> None:
    with transaction(postgres_shop) as crm:
        crm.imports.alone()
        second = meanwhile(postgres_shop, lambda other: other.imports.alone())
    second.result(20)


def test_of_two_workers_one_leads_until_it_leaves(postgres_shop: Shop) -> None:
    first, second = Leader(postgres_shop.database), Leader(postgres_shop.database)
    assert [first.leads(), second.leads(), first.leads()] == [True, False, True]
    first.leave()
    assert [second.leads(), first.leads()] == [True, False]
    second.leave()
