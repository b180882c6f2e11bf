"""The policy file: whether it can be used, and whether what runs has taken it."""

from __future__ import annotations

from bot.policy import read_or_refuse, text_of
from bot.settings import Settings, SettingsProblem
from console.checkup.finding import Finding, fine, problem
from console.checkup.records import Seen
from core.policy import Policy
from storage.policies import fingerprint


def look(settings: Settings, seen: Seen) -> tuple[Policy | None, Finding]:
    """The policy with it, where it can be read."""
    newest = seen.policy
    try:
        text = text_of(settings.policy)
        policy = read_or_refuse(text, settings.policy)
    except SettingsProblem as wrong:
        runs = f"what runs keeps version {newest.number}, and " if newest else ""
        mend = f"huiche policy check {settings.policy}"
        return None, problem("policy", str(wrong), f"{runs}nothing starts with this file", mend)
    if newest and newest.sha256 == fingerprint(text):
        return policy, fine("policy", f"{policy.preset}, version {newest.number}")
    before = f"version {newest.number} was the last" if newest else "there was none before"
    return policy, fine("policy", f"{policy.preset}, not taken by a running process yet; {before}")
