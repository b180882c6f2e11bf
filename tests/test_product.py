"""A stand-in for the product shows how `Product` starts, kills, restarts and asks it."""

from __future__ import annotations

import textwrap
import threading
import time
from pathlib import Path

import pytest

from tests.commands import cold
from tests.fakes.telegram import FakeTelegram
from tests.product import Product

STAND_IN = """
    import http.server, json, os, sys, time

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if time.monotonic() > STARTED + 0.1 else 503)
            self.end_headers()
            self.wfile.write(json.dumps(sorted(k for k in os.environ if k.startswith("HUICHE_"))).encode())

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            print("heard", body.decode(), flush=True)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

    STARTED = time.monotonic()
    verb, *rest = sys.argv[1:]
    if verb == "serve":
        address = ("127.0.0.1", int(rest[rest.index("--port") + 1]))
        http.server.ThreadingHTTPServer(address, Handler).serve_forever()
    elif verb == "worker":
        time.sleep(60)
    elif verb == "owner":
        print(json.dumps({"plate": rest[0], "said": sys.stdin.read()}))
    else:
        sys.exit("no such command")
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "huiche.py").write_text(textwrap.dedent(STAND_IN), "utf-8")
    return tmp_path


def test_it_is_ready_when_it_says_so(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUICHE_FROM_OUTSIDE", "1")
    with Product(starts=cold, directory=checkout, CLOCK="2026-11-23T10:00:00+08:00") as product:
        assert product.get("/").json() == ["HUICHE_CLOCK"]
        assert product.post("/", {"text": "您好"}).json() == {"text": "您好"}
        assert "heard" in product.log
    assert not product.running


def test_it_comes_back_on_its_port_after_a_crash(checkout: Path) -> None:
    with Product(starts=cold, directory=checkout) as product:
        url = product.url
        product.kill9()
        assert product.get("/readyz").status == 0
        assert product.restart().url == url
        assert product.get("/readyz").status == 200


def test_companions_share_its_settings_and_leave_with_it(checkout: Path) -> None:
    with Product(starts=cold, directory=checkout, POLICY="p.toml") as product:
        worker = product.beside("worker").start()
        assert worker.settings == {"POLICY": "p.toml"}
        assert worker.running
    assert not worker.running


def test_its_command_line(checkout: Path) -> None:
    product = Product(starts=cold, directory=checkout)
    assert product.cli("owner", "粤B12345", stdin="x").json == {"plate": "粤B12345", "said": "x"}
    wrong = product.cli("dance")
    assert (wrong.code, wrong.err.strip()) == (1, "no such command")


def test_platforms_are_wired_in(checkout: Path) -> None:
    with FakeTelegram() as telegram, Product(starts=cold, directory=checkout, platforms=(telegram,)) as product:
        assert product.settings["TELEGRAM_API_BASE"] == telegram.base_url
        assert telegram.user(1001).starts() == 200
        assert '"/start"' in product.log


def test_a_product_that_ends_at_once_shows_its_log(checkout: Path) -> None:
    (checkout / "huiche.py").write_text("raise SystemExit('HUICHE_POLICY: no such file')", "utf-8")
    with pytest.raises(AssertionError, match="no such file"):
        Product(starts=cold, directory=checkout).start()


def test_it_outlives_the_thread_that_started_it(checkout: Path) -> None:
    product = Product(starts=cold, directory=checkout)
    starter = threading.Thread(target=product.start)
    starter.start()
    starter.join()
    time.sleep(0.1)
    assert product.running
    product.stop()
