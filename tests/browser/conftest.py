"""Chromium, one installation per test process, and a fresh window for every look."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.installation import HOST, Installation, Served, install
from tests.browser.screens import HEIGHT, PHONE, Screen
from tests.sampled import sampled

#: Milliseconds until a test gives up waiting for its page.
PATIENCE = 20_000
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Look(Protocol):
    """Opens a window on a site."""

    def __call__(
        self,
        site: Served,
        *,
        width: int = ...,
        scripts: bool = ...,
        lang: str = ...,
        host: str = ...,
    ) -> Screen: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser: the system's own where there is one, else the library's."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with the sample loaded."""
    source = sampled(tmp_path_factory.getbasetemp())
    made = install(source, tmp_path_factory.mktemp("installation"))
    yield made
    made.close()


@pytest.fixture(scope="session")
def public(installation: Installation) -> Served:
    """The public site."""
    return installation.public()


@pytest.fixture(scope="session")
def staff(installation: Installation) -> Served:
    """The staff site."""
    return installation.staff()


@pytest.fixture
def look(chromium: Browser) -> Iterator[Look]:
    """Open windows. At the end nothing may have gone wrong in any of them."""
    screens: list[Screen] = []

    def open_window(
        site: Served,
        *,
        width: int = PHONE,
        scripts: bool = True,
        lang: str = "vi",
        host: str = HOST,
    ) -> Screen:
        address = site.address.replace(HOST, host)
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="vi-VN",
        )
        if lang != "vi":
            context.add_cookies([{"name": "lang", "value": lang, "url": address}])
        context.set_default_timeout(PATIENCE)
        screens.append(Screen(context, context.new_page(), address, site.app))
        return screens[-1]

    yield open_window
    for screen in screens:
        screen.context.close()
    assert [trouble for screen in screens for trouble in screen.troubles] == []
