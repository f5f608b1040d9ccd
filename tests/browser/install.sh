#!/bin/sh
# Sees to it that the browser tests find a Chromium: one already here, else the system's package,
# else Playwright's own download. It changes nothing when a working one is on the PATH.
set -eu
cd "$(dirname "$0")/../.."
python=.venv/bin/python

works() {
    for name in chromium chromium-browser google-chrome; do
        # Some systems ship a stand-in of that name that only asks to install something else.
        if command -v "$name" >/dev/null && "$name" --version </dev/null >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

from_packages() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || return 1
    echo "Installing Chromium from the system's packages."
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -qq &&
            apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core
    } </dev/null >/dev/null 2>&1 || return 1
    works
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

works || from_packages || from_playwright || {
    echo "No Chromium could be found or installed: install one, or leave its tests out with NO_BROWSER=1." >&2
    exit 1
}
