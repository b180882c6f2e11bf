"""`huiche policy`: whether a policy file can be used, and the policy that is in force."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from console.terminal import screen

if TYPE_CHECKING:
    from bot.settings import Settings
    from core.policy import Policy
    from core.policy_reading import Problem
    from storage.policies import PolicyVersion


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="check|show")
    check = verbs.add_parser("check", help="every problem of a file with its line; nothing is changed")
    check.add_argument("file", metavar="FILE")
    show = verbs.add_parser("show", help="the policy in force, as a commented file that can be saved")
    for verb in (check, show):
        verb.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    return _check(args) if args.verb == "check" else _show(args)


def _check(args: argparse.Namespace) -> int:
    from bot.policy import text_of
    from bot.settings import SettingsProblem
    from core.policy_changes import changes
    from core.policy_file import PolicyProblems, read_policy

    try:
        text = text_of(args.file)
    except SettingsProblem as unreadable:
        return screen.wrong_use(str(unreadable).removeprefix("HUICHE_POLICY: "))
    try:
        policy = read_policy(text)
    except PolicyProblems as wrong:
        return _tell_problems(args, wrong.problems)
    if args.json:
        screen.document(
            {"ok": True, "file": args.file, "preset": policy.preset, "changes": changes(policy), "problems": []}
        )
    else:
        other = changes(policy)
        print(f"{args.file} is good: {policy.preset}" + (f" with {', '.join(other)}" if other else " as it is"))
    return 0


def _tell_problems(args: argparse.Namespace, problems: list[Problem]) -> int:
    if args.json:
        told = [{"line": one.line, "key": one.key, "words": one.words} for one in problems]
        screen.document({"ok": False, "file": args.file, "problems": told})
    else:
        for one in problems:
            print(f"{args.file}:{one}")
    return 1


def _show(args: argparse.Namespace) -> int:
    from bot.policy import read_or_refuse, text_of
    from bot.settings import SettingsProblem, read_settings

    settings = read_settings()
    newest = _newest(settings)
    try:
        text = text_of(settings.policy)
        read_or_refuse(text, settings.policy)
    except SettingsProblem as wrong:
        if newest is None:
            raise
        screen.hint(f"huiche: {wrong}: what runs keeps version {newest.number}, shown here")
        _tell(args, newest.text, newest, settings)
        return 1
    _tell(args, text, newest, settings)
    return 0


def _newest(settings: Settings) -> PolicyVersion | None:
    """As the store has it; nothing is made where there is no store yet."""
    from core.clock import Clock
    from core.shop import Shop
    from storage.db import Database
    from storage.keyfile import database_file, keys_for
    from storage.migrate import HEAD, current

    file = database_file(settings.database_url)
    if file and not file.exists():
        return None
    keys = keys_for(settings.database_url, settings.encryption_keys.get_secret_value())
    database = Database(settings.database_url, keys, Clock(), Shop())
    try:
        return database.read(lambda crm: crm.policies.newest()) if current(database) == HEAD else None
    finally:
        database.close()


def _tell(args: argparse.Namespace, text: str, newest: PolicyVersion | None, settings: Settings) -> None:
    from core.policy_file import read_policy
    from core.policy_show import toml_of
    from core.say import policy_words as say
    from storage.policies import fingerprint

    policy, mark = read_policy(text), fingerprint(text)
    version = newest if newest and newest.sha256 == mark else None
    taken_at = f"{version.taken_at.astimezone(settings.zone):%Y-%m-%d %H:%M}" if version else ""
    if args.json:
        screen.document(_document(policy, mark, version, settings))
        return
    if version:
        sys.stdout.write(toml_of(policy, f"{say.beside(say.VERSION)} {version.number}, {taken_at}"))
    else:
        sys.stdout.write(toml_of(policy))
        screen.hint("no process has taken it yet")


def _document(policy: Policy, mark: str, version: PolicyVersion | None, settings: Settings) -> dict[str, Any]:
    import tomllib

    from core.policy_show import toml_of

    shown = toml_of(policy)
    return {
        "version": version.number if version else None,
        "taken_at": version.taken_at.astimezone(settings.zone).isoformat(timespec="seconds") if version else None,
        "sha256": mark,
        "file": settings.policy or None,
        "preset": policy.preset,
        "toml": shown,
        "policy": _plain(tomllib.loads(shown)),
    }


def _plain(value: Any) -> Any:
    """Days become text; all else is JSON already."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
