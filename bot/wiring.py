"""Builds the house of the settings: keys, clock, database, ports and channels."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.channels import Channel
from bot.house import House
from bot.model import Model
from bot.settings import Settings, SettingsProblem
from core.clock import Clock
from core.errors import BadInput, StoreUnavailable
from core.holidays import Calendar, read_calendar
from core.policy import PRESETS, Policy, Template
from core.shop import Shop
from storage.db import Database
from storage.keyfile import keys_for
from storage.migrate import HEAD, current, migrate
from storage.ports import Ports, ports


def open_house(settings: Settings, *, demo: bool = False, clock: Clock | None = None) -> House:
    """Everything ready to work with; a SQLite file is brought to this version on the way.

    A `clock` that is given stays as it is; else it goes on from where the shop's clock was.
    Raises SettingsProblem, KeyProblem, BadInput, StoreUnavailable, each with one line.
    """
    shop = _shop(settings, demo)
    keys = keys_for(settings.database_url, settings.encryption_keys.get_secret_value())
    database = Database(settings.database_url, keys, clock or Clock(), shop)
    _prepare(database, settings, keep_clock=clock is not None)
    shared = ports(settings.redis_url)
    database.on_outbox = shared.wakeups.ring
    channels, model = _channels(settings, shared, shop), _model(settings)
    return House(settings, shop, database.clock, database, shared, channels, demo, model=model)


def at_this_version(house: House) -> None:
    """Raises StoreUnavailable when `migrate` has to be run first."""
    if current(house.database) != HEAD:
        raise StoreUnavailable("the database is not at this version: run `huiche migrate`")


def _prepare(database: Database, settings: Settings, keep_clock: bool) -> None:
    try:
        if database.is_sqlite:
            migrate(database)
        if not keep_clock and current(database) == HEAD:
            now = datetime.now(UTC)
            database.clock.offset = database.transact(lambda crm: crm.moments.start(settings.clock, now))
    except Exception as error:
        raise _in_one_line(error, database) from error


def _in_one_line(error: Exception, database: Database) -> Exception:
    """A database that cannot be reached, or that is none, in words; a bug stays what it is."""
    words = database.why_away(error)
    return StoreUnavailable(f"the database: {words}: look at HUICHE_DATABASE_URL") if words else error


def _shop(settings: Settings, demo: bool) -> Shop:
    return Shop(
        zone=settings.zone,
        policy=policy_of(settings.policy),
        public_url=settings.public_url,
        telegram_staff_chat=settings.telegram_staff_chat,
        robot_url=settings.wecom_robot_url.get_secret_value(),
        staff_page=demo,
        telegram=settings.has_telegram,
        telegram_bot=settings.telegram_bot.removeprefix("@") if settings.has_telegram else "",
        sms=settings.has_sms,
        sms_free=settings.sms_provider == "http",
    )


def policy_of(file: str) -> Policy:
    """The preset that the policy file names, with its templates."""
    if not file:
        return PRESETS["nev"]
    try:
        told = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsProblem(f"HUICHE_POLICY: {file} cannot be read: {error}") from None
    name = told.get("preset", "nev")
    if name not in PRESETS:
        raise SettingsProblem(f"HUICHE_POLICY: {file}: preset is nev or general, not {name!r}")
    try:
        templates = {key: _by_channel(value) for key, value in told.get("templates", {}).items()}
    except (AttributeError, KeyError, TypeError):
        raise SettingsProblem(
            f'HUICHE_POLICY: {file}: a template is [templates.NAME.sms] with id = "…" and fields = ["…"]'
        ) from None
    preset = PRESETS[name]
    calendar = _calendar(told.get("gate", {}), Path(file))
    return replace(preset, templates=templates, gate=replace(preset.gate, calendar=calendar))


def _calendar(gate: Any, policy: Path) -> Calendar | None:
    """The shop's own file of holidays, beside the policy; None: the shipped one."""
    name = gate.get("calendar") if isinstance(gate, dict) else None
    if not name:
        return None
    try:
        return read_calendar((policy.parent / str(name)).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadInput) as error:
        raise SettingsProblem(f"HUICHE_POLICY: {policy}: calendar {name}: {error}") from None


def _by_channel(told: dict[str, Any]) -> dict[str, Template]:
    return {
        channel: Template(str(one["id"]), tuple(map(str, one.get("fields", ()))), str(one.get("text", "")))
        for channel, one in told.items()
    }


def _channels(settings: Settings, shared: Ports, shop: Shop) -> dict[str, Channel]:
    """Those with settings; each is imported only then."""
    channels: dict[str, Channel] = {}
    if settings.has_telegram:
        from bot.channels.telegram import TelegramChannel

        channels["telegram"] = TelegramChannel(settings)
    if settings.has_wechat:
        from bot.channels.wechat import WeChatChannel

        channels["wechat"] = WeChatChannel(settings, shared.tokens, shop.policy.templates)
    if settings.has_sms:
        from bot.channels.sms import SmsChannel

        channels["sms"] = SmsChannel(settings, shop.policy.templates)
    from bot.channels.wecom import WeComChannel  # a store may have a robot of its own at any time

    channels["wecom"] = WeComChannel(settings)
    return channels


def _model(settings: Settings) -> Model | None:
    """Only where an endpoint and a model are named; the key may be empty. Its SDK takes a second to import."""
    if not settings.has_model:
        return None
    from bot.endpoint import Endpoint

    return Endpoint(settings)
