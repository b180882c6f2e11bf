"""Builds the house of the settings: keys, clock, database, ports and channels."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels import Channel
from bot.house import House
from bot.model import Model
from bot.policy import read_or_refuse, text_of
from bot.settings import Settings
from core.clock import Clock
from core.errors import StoreUnavailable
from core.policy import Policy
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
    text = text_of(settings.policy)
    shop = _shop(settings, read_or_refuse(text, settings.policy), demo)
    keys = keys_for(settings.database_url, settings.encryption_keys.get_secret_value())
    database = Database(settings.database_url, keys, clock or Clock(), shop)
    _prepare(database, settings, keep_clock=clock is not None)
    shared = ports(settings.redis_url)
    database.on_outbox = shared.wakeups.ring
    channels, model = _channels(settings, shared, database), _model(settings)
    return House(settings, database.clock, database, shared, channels, demo, model=model, policy_text=text)


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


def _shop(settings: Settings, policy: Policy, demo: bool) -> Shop:
    return Shop(
        zone=settings.zone,
        policy=policy,
        public_url=settings.public_url,
        telegram_staff_chat=settings.telegram_staff_chat,
        robot_url=settings.wecom_robot_url.get_secret_value(),
        staff_page=demo,
        telegram=settings.has_telegram,
        telegram_bot=settings.telegram_bot.removeprefix("@") if settings.has_telegram else "",
        wecom_bot=settings.has_wecom_bot,
        sms=settings.has_sms,
        sms_free=settings.sms_provider == "http",
    )


def _channels(settings: Settings, shared: Ports, database: Database) -> dict[str, Channel]:
    """Those with settings; each is imported only then."""
    channels: dict[str, Channel] = {}
    if settings.has_telegram:
        from bot.channels.telegram import TelegramChannel

        channels["telegram"] = TelegramChannel(settings)
    if settings.has_wechat:
        from bot.channels.wechat import WeChatChannel

        channels["wechat"] = WeChatChannel(settings, shared.tokens, lambda: database.shop.policy.templates)
    if settings.has_wecom_bot:
        from bot.channels.wecom_bot import WeComBotChannel

        channels["wecom_bot"] = WeComBotChannel(settings)
    if settings.has_sms:
        from bot.channels.sms import SmsChannel

        channels["sms"] = SmsChannel(settings, lambda: database.shop.policy.templates)
    from bot.channels.wecom import WeComChannel  # a store may have a robot of its own at any time

    channels["wecom"] = WeComChannel(settings)
    return channels


def _model(settings: Settings) -> Model | None:
    """Only where an endpoint and a model are named; the key may be empty. Its SDK takes a second to import."""
    if not settings.has_model:
        return None
    from bot.endpoint import Endpoint

    return Endpoint(settings)
