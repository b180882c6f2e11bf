"""How updates leave: to the webhook, or to whoever polls."""

from __future__ import annotations

import json
import re
import threading
from typing import Any
from urllib.parse import urlsplit

from tests import web
from tests.fakes.telegram_state import ApiError, Json, State

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PORTS = {443, 80, 88, 8443}
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
QUEUED = 202
UNSEEN = 204
PATIENCE = 60.0


class Status(int):
    """An HTTP status with the update it belongs to; 0 = not reached, 202 = waits for a poll,
    204 = Telegram does not show this kind of update to the bot."""

    update: Json
    body: str

    def __new__(cls, value: int, update: Json, body: str = "") -> Status:
        status = super().__new__(cls, value)
        status.update = update
        status.body = body
        return status


class Deliveries:
    """Counts the updates and hands them over."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.next_id = 648_120_001
        self.waiting: list[Json] = []
        self.undelivered: list[Json] = []
        self.target: str | None = None
        self.secret = ""
        self._lock = threading.Lock()

    def number(self, kind: str, content: Any) -> Json:
        with self._lock:
            update = {"update_id": self.next_id, kind: content}
            self.next_id += 1
        return update

    def deliver(self, update: Json) -> Status:
        """To the webhook if there is one, else into the queue of getUpdates."""
        if not self._wanted(update):
            return Status(UNSEEN, update)
        url = self.target or self.state.webhook.get("url")
        if not url:
            with self._lock:
                self.waiting.append(update)
            return Status(QUEUED, update)
        return self.post(update, url)

    def post(self, update: Json, url: str | None = None) -> Status:
        headers = {"Content-Type": "application/json", "User-Agent": "TelegramBot (like TwitterBot)"}
        if secret := self.state.webhook.get("secret_token") or self.secret:
            headers[SECRET_HEADER] = secret
        body = json.dumps(update).encode()
        destination = url or self.target or self.state.webhook.get("url") or ""
        answer = web.request("POST", destination, body, headers, PATIENCE)
        with self._lock:
            if 200 <= answer.status < 300:
                self.undelivered = [u for u in self.undelivered if u["update_id"] != update["update_id"]]
            elif update not in self.undelivered:
                self.undelivered.append(update)
        return Status(answer.status, update, answer.text or answer.error)

    def confirm_below(self, offset: int) -> None:
        with self._lock:
            if offset < 0:
                self.waiting = self.waiting[offset:]
            elif offset > 0:
                self.waiting = [update for update in self.waiting if update["update_id"] >= offset]

    def _wanted(self, update: Json) -> bool:
        (kind,) = update.keys() - {"update_id"}
        allowed = self.state.allowed_updates
        return kind in allowed if allowed else kind not in NOT_BY_DEFAULT


def set_webhook(state: State, fields: Json) -> tuple[bool, str]:
    """Result and description."""
    url = str(fields.get("url") or "")
    secret = str(fields.get("secret_token") or "")
    remember_allowed(state, fields)
    if not url:
        return delete_webhook(state, fields)
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    if len(secret) > 256:
        raise ApiError(400, "Bad Request: secret token is too long")
    _check_address(url)
    same = state.webhook.get("url") == url and state.webhook.get("secret_token") == secret
    state.webhook = {
        "url": url,
        "secret_token": secret,
        "max_connections": int(fields.get("max_connections") or 40),
    }
    return True, "Webhook is already set" if same else "Webhook was set"


def delete_webhook(state: State, fields: Json) -> tuple[bool, str]:
    was_set = bool(state.webhook)
    state.webhook = {}
    return True, "Webhook was deleted" if was_set else "Webhook is already deleted"


def webhook_info(state: State, deliveries: Deliveries) -> Json:
    waiting = len(deliveries.waiting) + len(deliveries.undelivered)
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
    info |= {k: v for k, v in state.webhook.items() if k != "secret_token"}
    return info | ({"allowed_updates": state.allowed_updates} if state.allowed_updates else {})


def remember_allowed(state: State, fields: Json) -> None:
    """Left out, the earlier choice stays; an empty list is the default choice."""
    if (allowed := fields.get("allowed_updates")) is not None:
        if not isinstance(allowed, list):
            raise ApiError(400, "Bad Request: can't parse allowed updates")
        state.allowed_updates = [str(kind) for kind in allowed]


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        raise ApiError(400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    host = parts.hostname or ""
    if host == "localhost" or "." not in host:
        raise ApiError(400, "Bad Request: bad webhook: Failed to resolve host: Name or service not known")
    if host.startswith(("127.", "10.", "192.168.")):
        raise ApiError(400, "Bad Request: bad webhook: IP address is reserved")
