"""Settings: the environment or `.env`, prefix HUICHE_. Secrets are never printed."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsProblem(Exception):
    """A setting is wrong or missing; one line says which and what it should be."""


class Settings(BaseSettings):
    """Every setting of the contract, with its default. docs/settings.md says what each is for."""

    model_config = SettingsConfigDict(env_prefix="HUICHE_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///huiche.db"
    redis_url: str = ""
    public_url: str = ""
    policy: str = ""
    timezone: str = "Asia/Shanghai"
    encryption_keys: SecretStr = SecretStr("")
    api_tokens: SecretStr = SecretStr("")
    clock: datetime | None = None

    telegram_token: SecretStr = SecretStr("")
    telegram_secret: SecretStr = SecretStr("")
    telegram_api_base: str = "https://api.telegram.org"
    telegram_staff_chat: str = ""
    telegram_proxy: str = ""
    telegram_bot: str = ""

    wechat_app_id: str = ""
    wechat_app_secret: SecretStr = SecretStr("")
    wechat_token: SecretStr = SecretStr("")
    wechat_aes_key: SecretStr = SecretStr("")
    wechat_api_base: str = "https://api.weixin.qq.com"

    wecom_robot_url: SecretStr = SecretStr("")
    wecom_bot_id: str = ""
    wecom_bot_secret: SecretStr = SecretStr("")
    wecom_api_base: str = "https://qyapi.weixin.qq.com"
    wecom_ws_base: str = "wss://openws.work.weixin.qq.com"

    sms_provider: str = Field(default="none", pattern="^(none|aliyun|tencent|http)$")
    sms_url: str = ""
    sms_secret: SecretStr = SecretStr("")
    sms_key_id: str = ""
    sms_key_secret: SecretStr = SecretStr("")
    sms_sign: str = ""
    sms_app_id: str = ""
    sms_region: str = "ap-guangzhou"
    sms_api_base: str = ""

    openai_base_url: str = ""
    openai_api_key: SecretStr = SecretStr("")
    openai_model: str = ""

    dms_secret: SecretStr = SecretStr("")
    dms_url: str = ""

    @field_validator(
        "public_url", "telegram_api_base", "wechat_api_base", "wecom_api_base", "wecom_ws_base", "sms_api_base"
    )
    @classmethod
    def _no_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"no such time zone: {value}") from error
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_url(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("looks like redis://127.0.0.1:6379/0")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _telegram_token(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()):
            raise ValueError("looks like 123456:ABC-DEF, as BotFather gave it")
        return value

    @field_validator("wechat_aes_key")
    @classmethod
    def _aes_key(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) != 43:
            raise ValueError("has 43 characters, as the account's page shows it")
        return value

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def has_telegram(self) -> bool:
        return bool(self.telegram_token.get_secret_value())

    @property
    def has_wechat(self) -> bool:
        return bool(self.wechat_app_id)

    @property
    def has_wecom_bot(self) -> bool:
        return bool(self.wecom_bot_id)

    @property
    def has_model(self) -> bool:
        """A local endpoint needs no key."""
        return bool(self.openai_base_url and self.openai_model)

    @property
    def has_sms(self) -> bool:
        return self.sms_provider != "none"


_NEEDED = {
    "http": ("sms_url",),
    "aliyun": ("sms_key_id", "sms_key_secret", "sms_sign"),
    "tencent": ("sms_key_id", "sms_key_secret", "sms_sign", "sms_app_id"),
}


def read_settings() -> Settings:
    """The settings as they are now. Raises SettingsProblem with one line."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "HUICHE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsProblem(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    if settings.clock is not None and settings.clock.tzinfo is None:
        settings.clock = settings.clock.replace(tzinfo=settings.zone)
    if settings.has_wechat:
        for name in ("wechat_app_secret", "wechat_token", "wechat_aes_key"):
            if not getattr(settings, name).get_secret_value():
                raise SettingsProblem(f"HUICHE_{name.upper()}: needed, since HUICHE_WECHAT_APP_ID is set")
    if settings.has_wecom_bot and not settings.wecom_bot_secret.get_secret_value():
        raise SettingsProblem("HUICHE_WECOM_BOT_SECRET: needed, since HUICHE_WECOM_BOT_ID is set")
    for name in _NEEDED.get(settings.sms_provider, ()):
        value = getattr(settings, name)
        if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
            raise SettingsProblem(f"HUICHE_{name.upper()}: needed by the SMS provider {settings.sms_provider}")
    return settings
