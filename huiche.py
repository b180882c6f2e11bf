"""The command line: `huiche COMMAND`. What a command needs is imported only once it has been chosen."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from typing import Any

from console.terminal import COMMANDS
from core.errors import BadInput, StoreUnavailable

VERSION = "0.1.0"


def main(arguments: list[str] | None = None) -> int:
    """Run one command. 0: done, 1: found problems, 2: wrong use."""
    given = sys.argv[1:] if arguments is None else arguments
    args = _parser(given).parse_args(given)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for chatty in ("uvicorn", "alembic", "httpx2"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    args.app = _app
    try:
        return _module(args.command).run(args) or 0
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if not _is_plain(error):
            raise
        print(f"huiche: {error}", file=sys.stderr)
        return 2


def _parser(given: list[str]) -> argparse.ArgumentParser:
    """All commands by name; only the chosen one tells its arguments."""
    parser = argparse.ArgumentParser(prog="huiche", description="Messaging-first CRM for car service shops.")
    parser.add_argument("--version", action="version", version=f"huiche {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((word for word in given if not word.startswith("-")), "")
    for name, (_, words) in COMMANDS.items():
        command = commands.add_parser(name, help=words, description=words)
        if name == chosen:
            _module(name).arguments(command)
    return parser


def _module(command: str) -> Any:
    return importlib.import_module(COMMANDS[command][0])


def _app(house: Any) -> Any:
    """The web application."""
    import webhook

    return webhook.create_app(house)


def _is_plain(error: Exception) -> bool:
    """Whether its text is all that the user needs."""
    if isinstance(error, (StoreUnavailable, BadInput)):
        return True
    settings, crypto = sys.modules.get("bot.settings"), sys.modules.get("storage.crypto")
    return bool(
        (settings and isinstance(error, settings.SettingsProblem)) or (crypto and isinstance(error, crypto.KeyProblem))
    )


if __name__ == "__main__":
    sys.exit(main())
