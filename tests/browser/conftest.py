"""Chromium, one installation per test process, and an empty window for every look."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.installation import HOST, Installation, Served, install
from tests.browser.screens import HEIGHT, PHONE, Screen
from tests.sampled import sampled

#: Milliseconds until a test gives up waiting for its page.
PATIENCE = 20_000
#: The one without a window takes half the work, which is most of what these tests take.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    # One program for all pages: to start one takes longer than most pages do.
    *("--renderer-process-limit=1", "--disable-site-isolation-trials", "--in-process-gpu"),
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
        once: bool = ...,
    ) -> Screen: ...


class Profiles:
    """The browser's profiles. What a test is done with is emptied for the next one.

    A new profile starts programs of its own, which takes longer than most tests need.
    """

    def __init__(self, browser: Browser) -> None:
        """Begin without any."""
        self._browser = browser
        self._free: dict[bool, list[BrowserContext]] = {True: [], False: []}

    @contextmanager
    def lent(self, address: str, *, scripts: bool, once: bool) -> Iterator[BrowserContext]:
        """A profile without a cookie or a history, in which scripts run or do not.

        One that is wanted ``once`` is thrown away: its clock was set, and cannot be set back.
        """
        free = self._free[scripts]
        context = free.pop() if free else self._make(address, scripts)
        yield context
        if once:
            context.close()
            return
        for page in context.pages[1:]:
            page.close()
        context.clear_cookies()
        free.append(context)

    def _make(self, address: str, scripts: bool) -> BrowserContext:
        """A profile with one page that stays open: with the last one, its program would end."""
        context = self._browser.new_context(
            java_script_enabled=scripts, reduced_motion="reduce", locale="vi-VN"
        )
        context.set_default_timeout(PATIENCE)
        context.new_page().goto(f"{address}/healthz")
        return context


@pytest.fixture(scope="session")
def profiles() -> Iterator[Profiles]:
    """Profiles of the browser: the system's own where there is one, else the library's."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield Profiles(browser)
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
def look(profiles: Profiles) -> Iterator[Look]:
    """Open windows. At the end nothing may have gone wrong in any of them."""
    screens: list[Screen] = []

    def open_window(
        site: Served,
        *,
        width: int = PHONE,
        scripts: bool = True,
        lang: str = "vi",
        host: str = HOST,
        once: bool = False,
    ) -> Screen:
        address = site.address.replace(HOST, host)
        context = lent.enter_context(profiles.lent(address, scripts=scripts, once=once))
        if lang != "vi":
            context.add_cookies([{"name": "lang", "value": lang, "url": address}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": HEIGHT})
        screens.append(Screen(context, page, address, site.app))
        return screens[-1]

    with ExitStack() as lent:
        yield open_window
    assert [trouble for screen in screens for trouble in screen.troubles] == []
