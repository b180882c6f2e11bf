"""`huiche doctor`: what is wrong, why it matters, and what mends it."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from console.terminal import screen

if TYPE_CHECKING:
    from console.checkup.finding import Finding

_SIGNS = {"fine": ("✓", "good"), "note": ("·", "dim"), "problem": ("✗", "bad")}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    findings = asyncio.run(_look())
    broken = sum(one.state == "problem" for one in findings)
    if args.json:
        screen.document({"ok": not broken, "findings": [one.document() for one in findings]})
    else:
        for one in findings:
            _show(one)
        print(f"{broken} to mend" if broken else "all is well")
    return 1 if broken else 0


async def _look() -> list[Finding]:
    from bot.settings import SettingsProblem, read_settings
    from console.checkup import outside, policy, records, surroundings, telegram, wechat, wecom
    from console.checkup.finding import problem

    try:
        settings = read_settings()
    except SettingsProblem as error:
        return [problem("settings", str(error), "nothing starts with it", "correct it in the environment or .env")]
    findings, seen = await asyncio.to_thread(records.look, settings)
    rules, told = policy.look(settings, seen)
    findings.append(told)
    findings += [one async for one in surroundings.redis(settings)]
    findings += [one async for one in telegram.look(settings, seen.groups)]
    findings += [one async for one in wechat.look(settings)]
    findings += wecom.look(settings, seen)
    findings += outside.texts(settings, rules)
    findings += [one async for one in outside.model(settings)]
    findings += surroundings.rest(settings, seen)
    return findings


def _show(one: Finding) -> None:
    sign, colour = _SIGNS[one.state]
    print(f"{screen.paint(sign, colour)} {one.part}: {one.what}")
    if one.why:
        print(f"    why it matters: {one.why}")
    if one.mend:
        print(f"    mend: {screen.paint(one.mend, 'bold')}")
