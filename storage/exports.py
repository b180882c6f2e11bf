"""Everything there is, table by table, in clear: for people, for another system, for the authorities."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Table, select, text

from core.money import yuan
from storage.columns import METADATA
from storage.sealed import SEALED

if TYPE_CHECKING:
    from storage.crm import Crm

LEFT_OUT = {
    "sign_in",  # hashes of links and sessions
    "phone_code",  # marks of codes that are over in minutes
    "bay_claim",  # follow from the appointments
    "technician_claim",
    "premises_mark",  # tells processes to read again
    "figures_mark",  # tells by which rules figures were reckoned
    "touched",  # tells the next tick whom to look at
}
_SECRETS = {("store", "robot_sealed"), ("forgotten", "secret_sealed")}
_IRREGULAR = {name: name for name in ("staff", "outbox", "shop_clock", "usual_driving")} | {
    "identity": "identities",
    "import_batch": "import_batches",
    "medium": "media",
    "message_in": "messages_in",
}
_FIRST = {
    "owner": ("id", "name", "phone_sealed", "birthday"),
    "vehicle": ("id", "plate", "vin_sealed", "purchased_on", "last_service_on", "mileage_km"),
    "owner_vehicle": ("owner_id", "vehicle_id"),
}
_WHAT = {(one.table, one.column): one.what for one in SEALED}


def tables() -> list[Table]:
    """Those that are exported, in an order in which what is pointed to comes first."""
    return [table for table in METADATA.sorted_tables if table.name not in LEFT_OUT]


def file_name(table: Table) -> str:
    """owner_vehicle → owner_vehicles.csv."""
    return _IRREGULAR.get(table.name, table.name + "s") + ".csv"


def columns(table: Table) -> list[Column[Any]]:
    """Without keyed hashes and secrets; the ones that people look for first."""
    wanted = [c for c in table.c if not c.name.endswith("_hash") and (table.name, c.name) not in _SECRETS]
    first = _FIRST.get(table.name, ())
    return sorted(wanted, key=lambda c: first.index(c.name) if c.name in first else len(first))


def column_name(column: Column[Any]) -> str:
    """phone_sealed → phone; price_fen, an amount in fen → price, in yuan."""
    return column.name.removesuffix("_sealed").removesuffix("_fen")


def freeze(crm: Crm) -> None:
    """All tables are read as they are at one moment, also while the shop goes on."""
    if not crm.is_sqlite:
        crm.connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def rows(crm: Crm, table: Table) -> Iterator[list[Any]]:
    """Every row, in the order of its key, as written to the file."""
    shown = columns(table)
    query = select(*shown).order_by(*table.primary_key.columns).execution_options(yield_per=500)
    for row in crm.connection.execute(query):
        yield [cell(crm, table, column, value) for column, value in zip(shown, row, strict=True)]


def cell(crm: Crm, table: Table, column: Column[Any], value: Any) -> Any:
    """Moments with the shop's offset, amounts in yuan, sealed fields opened."""
    if value is None:
        return ""
    if column.name.endswith("_sealed"):
        return _readable(crm.keys.unseal_bytes(value, _WHAT[table.name, column.name]))
    if column.name.endswith("_fen"):
        return yuan(value)
    if isinstance(value, datetime):
        return value.astimezone(crm.shop.zone).isoformat(timespec="seconds")
    if isinstance(value, bool):
        return int(value)
    return _readable(value) if isinstance(value, bytes) else value


def _readable(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(value).decode()
