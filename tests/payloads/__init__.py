"""One payload for every kind of update that a platform sends; names and ids are invented.

update = telegram("contact_own")
xml = wechat("subscribe_scene")
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def telegram(name: str) -> dict[str, Any]:
    update: dict[str, Any] = json.loads((HERE / "telegram" / f"{name}.json").read_text("utf-8"))
    return update


def wechat(name: str) -> str:
    """The XML as it is before the platform seals it."""
    return (HERE / "wechat" / f"{name}.xml").read_text("utf-8")


def every(platform: str) -> list[str]:
    """Names of all payloads of `telegram` or `wechat`."""
    return sorted(path.stem for path in (HERE / platform).iterdir() if path.suffix in {".json", ".xml"})
