"""The facts about this installation that rules and flows need."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from core.policy import NEV, Policy


@dataclass(frozen=True, slots=True)
class Shop:
    """Where the shop is, how it works, and on which channels its staff can be reached."""

    zone: ZoneInfo = ZoneInfo("Asia/Shanghai")
    policy: Policy = NEV
    public_url: str = ""
    telegram_staff_chat: str = ""  # the group of stores that have none of their own
    robot_url: str = ""  # the WeCom group robot of stores that have none of their own
    staff_page: bool = field(default=False)  # the demo's staff group is a page
    telegram: bool = field(default=False)  # the Telegram bot is set up
    telegram_bot: str = ""  # its name, for links that open it
    wecom_bot: bool = field(default=False)  # the WeCom AI bot is set up
    sms: bool = field(default=False)  # text messages can be sent …
    sms_free: bool = field(default=False)  # … and may say anything, not only what the platform has approved
