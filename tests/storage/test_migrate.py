"""From nothing to this version."""

import multiprocessing
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from core.clock import Clock
from core.shop import Shop as ShopFacts
from storage.columns import METADATA
from storage.crypto import Keys
from storage.db import Database
from storage.migrate import HEAD, alembic_config, current, migrate
from storage.service_items import DEFAULT_ITEMS

KEYS = Keys.new()


def opened(url: str) -> Database:
    return Database(url, KEYS, Clock(), ShopFacts())


def migrate_and_count(url: str) -> tuple[bool, int]:
    database = opened(url)
    try:
        return migrate(database), database.read(lambda crm: len(crm.services.all()))
    finally:
        database.close()


def test_an_empty_database_gets_its_tables_and_service_items_once(empty_url: str) -> None:
    database = opened(empty_url)
    assert current(database) is None
    database.close()
    assert migrate_and_count(empty_url) == (True, len(DEFAULT_ITEMS))
    assert migrate_and_count(empty_url) == (False, len(DEFAULT_ITEMS))


def test_the_migrations_make_the_tables_that_the_code_has(empty_url: str) -> None:
    database = opened(empty_url)
    migrate(database)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences: list[Any] = compare_metadata(context, METADATA)
    database.close()
    assert not differences, f"write a migration: {differences}"


def test_the_newest_migration_is_the_one_that_the_code_wants(empty_url: str) -> None:
    database = opened(empty_url)
    with database.engine.connect() as connection:
        heads = ScriptDirectory.from_config(alembic_config(connection)).get_heads()
    assert heads == [HEAD]
    migrate(database)
    assert current(database) == HEAD
    database.close()


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        done = pool.map(migrate_and_count, [empty_url] * 3, chunksize=1)
    assert sorted(done) == [(False, len(DEFAULT_ITEMS))] * 2 + [(True, len(DEFAULT_ITEMS))]


def test_a_migration_that_breaks_leaves_nothing_behind(empty_url: str) -> None:
    database = opened(empty_url)
    with database.engine.connect() as connection:
        outer = connection.begin()
        METADATA.tables["task"].metadata.create_all(connection)
        outer.rollback()
    assert current(database) is None
    assert migrate(database)
    database.close()
