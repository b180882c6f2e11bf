"""Brings a database to this version. Alembic is only imported when there is something to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from storage import locks
from storage.db import Database
from storage.service_items import DEFAULT_ITEMS, ServiceItem

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0013"  # the newest migration; a test holds it against the files


def current(database: Database) -> str | None:
    """The version the database is at; nothing for an empty one."""
    with database.engine.connect().execution_options(reads_only=True) as connection:
        return _version(connection)


def migrate(database: Database) -> bool:
    """Bring the database to this version, with the default service items in a new one. False: it was there already."""
    if current(database) == HEAD:
        return False
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({locks.MIGRATING})"))
        if _version(connection) == HEAD:
            return False
        _upgrade(connection)
        crm = database.crm(connection)
        if not crm.services.all():
            crm.session.add_all(_default_items())
        crm.finish()
    return True


def alembic_config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: Any = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(version) if version else None


def _default_items() -> list[ServiceItem]:
    return [
        ServiceItem(code=code, name=name, name_en=english, minutes=minutes, bay_type=bay, price_fen=yuan * 100)
        for code, name, english, minutes, bay, yuan in DEFAULT_ITEMS
    ]
