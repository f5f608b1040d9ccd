#!/bin/sh
# Sees to it that the browser tests find a Chromium: best the one without a window, which takes half
# the time, from the system's packages; else one that is here; else Playwright's own download.
set -eu
cd "$(dirname "$0")/../.."
python=.venv/bin/python

works() {
    for name in "$@"; do
        # Some systems ship a stand-in of that name that only asks to install something else.
        if command -v "$name" >/dev/null && "$name" --version </dev/null >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

# Where there is no network it gives up at once, and does not ask again before make clean.
from_packages() {
    asked=.venv/asked-for-$1
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null && [ ! -e "$asked" ] || return 1
    echo "Installing Chromium from the system's packages."
    touch "$asked"
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=20 &&
            apt-get install -qq -y --no-install-recommends "$1" fonts-dejavu-core
    } </dev/null >/dev/null 2>&1 || return 1
    works "$1"
}

from_playwright() {
    echo "Downloading Chromium with Playwright."
    "$python" -m playwright install chromium </dev/null >/dev/null 2>&1 &&
        "$python" -W ignore - <<'END' 2>/dev/null
import os
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    playwright.chromium.launch(args=arguments).close()
END
}

works chromium-headless-shell || from_packages chromium-headless-shell ||
    works chromium chromium-browser google-chrome || from_packages chromium || from_playwright || {
    echo "No Chromium could be found or installed: install one, or leave its tests out with NO_BROWSER=1." >&2
    exit 1
}
