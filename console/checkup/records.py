"""Keys, database and what must be in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.settings import Settings
from console.checkup.finding import Finding, fine, note, problem
from core.clock import Clock
from core.errors import BadInput
from core.shop import Shop
from storage.crypto import KeyProblem, Keys
from storage.db import Database
from storage.keyfile import database_file, keys_for
from storage.migrate import HEAD, current
from storage.policies import PolicyVersion

if TYPE_CHECKING:
    from storage.crm import Crm
    from storage.lines import Line

_UNREADABLE = "phones, addresses and messages in the database cannot be read"


@dataclass(slots=True)
class Seen:
    """What later checks want to know of the store."""

    groups: dict[str, str] = field(default_factory=dict)  # Telegram group → whose
    robots: bool = False
    bound: bool = False  # some store has a WeCom group of the AI bot
    unbound: list[str] = field(default_factory=list)  # codes of the stores that have none
    line: Line | None = None  # how the long connection to WeCom stands
    policy: PolicyVersion | None = None  # which is in force


def look(settings: Settings) -> tuple[list[Finding], Seen]:
    """Nothing is made or changed: an installation that was never started stays so."""
    seen = Seen()
    return list(_look(settings, seen)), seen


def _look(settings: Settings, seen: Seen) -> Iterator[Finding]:
    try:
        file = database_file(settings.database_url)
        if file and not file.exists():
            mend = "huiche store add NS 深圳南山店"
            yield note("database", f"there is no database yet ({file.resolve()})", "it is made on first use", mend)
            return
        keys = keys_for(settings.database_url, settings.encryption_keys.get_secret_value())
    except BadInput as error:
        yield problem("database", str(error), "nothing works without it", "set HUICHE_DATABASE_URL")
        return
    except KeyProblem as error:
        yield problem("keys", str(error), _UNREADABLE, "set HUICHE_ENCRYPTION_KEYS to the keys of this installation")
        return
    database = Database(settings.database_url, keys, Clock(), Shop(zone=settings.zone))
    try:
        yield from _database(database, keys, seen)
    finally:
        database.close()


def _database(database: Database, keys: Keys, seen: Seen) -> Iterator[Finding]:
    try:
        version = current(database)
        if version != HEAD:
            why = "the product and its tables must be of one version; nothing is served until then"
            yield problem("database", f"it is at version {version or 'none'}, not {HEAD}", why, "huiche migrate")
            return
        yield fine("database", f"answers, at version {HEAD}")
        yield from database.read(lambda crm: [*_keys(crm, keys), *_shop(crm, seen)])
    except Exception as error:
        words = database.why_away(error)
        if not words:
            raise
        mend = "start the database server, or set HUICHE_DATABASE_URL"
        yield problem("database", f"it does not answer: {words}", "nothing works without it", mend)


def _keys(crm: Crm, keys: Keys) -> Iterator[Finding]:
    """One value of each sealed column is opened."""
    from storage.sealed import older_than_current, unreadable

    for one in unreadable(crm):
        yield problem("keys", one, _UNREADABLE, "put the key that is missing back into HUICHE_ENCRYPTION_KEYS")
        return
    numbers = ", ".join(str(key.number) for key in keys.all)
    yield fine("keys", f"everything opens; keys {numbers}, {keys.current.number} seals")
    if older_than_current(crm):
        why = "the older key cannot be taken away before that"
        yield note("keys", "some values are still sealed with an older key", why, "huiche keys rotate")


def _shop(crm: Crm, seen: Seen) -> Iterator[Finding]:
    seen.policy = crm.policies.newest()
    stores = crm.stores.all()
    if not stores:
        yield problem("stores", "there is none", "nobody can book", "huiche store add NS 深圳南山店")
        return
    yield fine("stores", ", ".join(f"{store.code} {store.name}" for store in stores))
    seen.groups |= {store.staff_chat: store.name for store in stores if store.staff_chat}
    seen.robots = any(store.robot_sealed for store in stores)
    seen.unbound = [store.code for store in stores if not store.wecom_chat]
    seen.bound = len(seen.unbound) < len(stores)
    seen.line = crm.lines.of("wecom_bot")
    if not crm.staff.all():
        mend = f"huiche staff add 王工 --role advisor --store {stores[0].code} --telegram 123456789"
        yield note("staff", "nobody is on the roster", "cards can only be taken by staff who are known", mend)
