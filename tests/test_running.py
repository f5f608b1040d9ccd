"""The three real processes at work, on either kind of database, while their keys are changed.

Residents send and look, the worker prepares, somebody of the staff reads. Nothing that is asked
fails, and nothing that was sent is lost.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from bench.browser import Browser
from bench.conversation import FORM, TAG, TRACK, Words, accepted, send
from bench.servers import Server, running
from moderation import granting
from moderation.commands import app
from portal.clock import now
from portal.models import Case, Seal
from portal.models.submission import SealHolder
from portal.vault.source import HOLDERS
from tests import telephones
from tests.moderation import ward as wards
from tests.moderation.views.entering import PASSWORD, give_passwords
from tests.moderation.ward import Ward
from tests.postgres import PUBLIC

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120
#: A moderator of the province, to whom comes what names no ward.
MODERATOR = "thu"


@dataclass
class Site:
    """Both sites as they run, and the database below them."""

    ward: Ward
    folder: Path
    public: Server
    staff: Server
    sent: list[tuple[str, str]] = field(default_factory=list)

    def await_sent(self, more: int) -> None:
        """Wait until residents have sent so many more."""
        wanted = len(self.sent) + more
        wait_until(lambda: len(self.sent) >= wanted)

    def unprepared(self) -> int:
        """How many wait for the worker."""
        with self.ward.database.reading() as session:
            waiting = select(func.count()).select_from(Case).where(Case.prepared_at.is_(None))
            return session.scalar(waiting) or 0

    def keep_sending(self, stop: Event) -> None:
        """Be a resident who sends one comment after another, no two of them alike."""
        with Browser(self.public.port) as browser:
            while not stop.is_set():
                sign = "".join(random.choices("bcdghklmnprstvx", k=80))
                words = Words(about=f"Ông {sign[:9]}", what=f"Việc {sign} chưa thấy ai trả lời.")
                self.sent.append((sign, send(browser, words)))

    def keep_reading(self, stop: Event) -> None:
        """Be a moderator who reads the desk and every case on it, over and over."""
        with Browser(self.staff.port) as browser:
            sign_in(self.ward, browser)
            while not stop.is_set():
                accepted(browser.get("/desk/"))
                for number in self.prepared()[-2:]:
                    assert "Việc" in accepted(browser.get(f"/case/{number}")).text

    def prepared(self) -> list[int]:
        """The cases that are on the desk."""
        with self.ward.database.reading() as session:
            return list(session.scalars(select(Case.id).where(Case.prepared_at.is_not(None))))


@pytest.fixture(params=["sqlite", "postgresql"])
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    elsewhere = request.param == "postgresql"
    ward = wards.build(tmp_path, request.getfixturevalue("elsewhere") if elsewhere else "")
    give_passwords(ward)
    telephones.hand_out(ward.database, ward.ring.search, at=now())
    urls = dict.fromkeys(HOLDERS, ward.database.engine.url)
    if elsewhere:
        with ward.database.writer.begin() as connection:
            granting.apply(connection, role=PUBLIC)
        urls["public"] = urls["public"].set(username=PUBLIC)
    environments = {
        holder: {
            "PORTAL_DATABASE_URL": url.render_as_string(hide_password=False),
            "PORTAL_KEYS": str(tmp_path / "keys" / holder),
            "PORTAL_SOURCE_LIMIT": "100000",
        }
        for holder, url in urls.items()
    }
    with (
        at_work(tmp_path, environments["worker"]),
        running("wsgi:create_public_app()", FORM, environments["public"], tmp_path) as public,
        running(
            "wsgi:create_staff_app()", "/sign-in", environments["staff"], tmp_path, workers=1
        ) as staff,
    ):
        yield Site(ward, tmp_path, public, staff)
    ward.database.engine.dispose()


@contextmanager
def at_work(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """The worker, which must say nothing of a failure until it is stopped."""
    written = folder / "worker.log"
    with written.open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "moderation.commands", "worker"],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=log,
            stderr=log,
        )
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(PATIENCE)
    assert "ERROR" not in written.read_text(), written.read_text()


def wait_until(done: Callable[[], bool]) -> None:
    """Ask again and again until it is so."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


def sign_in(ward: Ward, browser: Browser) -> None:
    """Sign in by name, password and code."""
    fields = accepted(browser.get("/sign-in")).hidden()
    browser.post("/sign-in", {**fields, "login": MODERATOR, "password": PASSWORD})
    fields = accepted(browser.get("/sign-in/second")).hidden()
    code = telephones.shown(ward.database, ward.ring.search, MODERATOR, at=now())
    assert browser.post("/sign-in/second", {**fields, "code": code}).status == 302


def rotate(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the command, which must succeed."""
    url = site.ward.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    root = str(site.folder / "keys")
    said = app.test_cli_runner().invoke(args=["keys", "rotate", "--root", root])
    assert said.exit_code == 0, said.output
    return said.output


def test_the_staff_key_is_changed_while_everybody_works(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = Event()
    with ThreadPoolExecutor() as people:
        everybody: list[Future[None]] = [
            people.submit(work, stop)
            for work in (site.keep_sending, site.keep_sending, site.keep_reading)
        ]
        try:
            site.await_sent(3)
            rotate(site, monkeypatch)
            site.await_sent(3)
            assert "Nothing is sealed to version 1 any more" in rotate(site, monkeypatch)
            site.await_sent(3)
        finally:
            stop.set()
    for person in everybody:
        person.result()
    wait_until(lambda: site.unprepared() == 0)
    with site.ward.database.reading() as session:
        found = select(Seal.key_version).where(Seal.holder == SealHolder.STAFF).distinct()
        assert session.scalars(found).all() == [2]
    read_everything(site)


def read_everything(site: Site) -> None:
    """Every comment is on the desk in its own words, and every code opens its status."""
    with Browser(site.staff.port) as browser:
        sign_in(site.ward, browser)
        pages = [accepted(browser.get(f"/case/{number}")).text for number in site.prepared()]
    assert len(pages) == len(site.sent)
    for sign, code in site.sent:
        assert sum(sign in page for page in pages) == 1
        with Browser(site.public.port) as browser:
            fields = {**accepted(browser.get(TRACK)).hidden(), "code": code}
            shown = TAG.sub(" ", accepted(browser.post(TRACK, fields)).text)
            assert "Đã tiếp nhận" in shown
