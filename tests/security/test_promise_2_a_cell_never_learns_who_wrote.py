"""Promise 2: a cell never learns who wrote, because the portal itself does not know.

What a committee reads is tried in ``tests/moderation/test_reading.py``. Here nothing is found of
who sat at the browser, in any store, and two letters of one person have nothing in common.
"""

from __future__ import annotations

import hashlib
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, inspect, select

from portal.db import Database
from portal.forms import SendForm
from portal.models import Base, Event, ResidentAct, Seal, Submission
from portal.vault import KeyFault, Ring, mark
from tests.portal.residents import FORM, Resident
from tests.security.dumps import readable

ADDRESS, BROWSER = "203.0.113.77", "Cau-Tre/7.0 (quay xay lua)"
#: What a form asks that could tell who somebody is, in the names that forms use.
IDENTITY = ("name", "email", "mail", "phone", "telephone", "address", "birth", "contact", "account")


@pytest.fixture
def known(public_app: Flask) -> Resident:
    """A resident whose browser gives away all that browsers give away."""
    browser = public_app.test_client()
    browser.environ_base |= {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_X_FORWARDED_FOR": ADDRESS,
        "HTTP_REFERER": f"https://{ADDRESS}/",
    }
    browser.set_cookie("visitor", BROWSER)
    return Resident(browser)


def test_nothing_of_who_sat_at_the_browser_is_kept(
    known: Resident, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = known.send()
    known.track(code, "supply", text="Việc này từ đầu tháng 9.")
    known.track("AAAA-AAAA-AAAA-AAAA-AAAA")
    known.open("/khong-co")
    (tmp_path / "log").write_text(caplog.text)
    packed = socket.inet_aton(ADDRESS)
    with database.reading() as session:
        session.scalars(select(ResidentAct)).one()
    pile = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for plain in (ADDRESS.encode(), packed, BROWSER.encode()):
        for kind in ("md5", "sha1", "sha256", "blake2b"):
            assert hashlib.new(kind, plain, usedforsecurity=False).digest() not in pile
    assert readable(tmp_path, [ADDRESS, BROWSER]) == []


def test_the_form_asks_nobody_who_they_are(public_app: Flask) -> None:
    with public_app.test_request_context(FORM):
        asked = {field.name for field in SendForm()}
    assert {"about", "what"} <= asked
    assert [name for name in asked if any(word in name for word in IDENTITY)] == []


def test_two_letters_of_one_browser_share_nothing_that_is_stored(
    known: Resident, database: Database
) -> None:
    codes = {known.send(), known.send()}
    assert len(codes) == 2
    with database.reading() as session:
        first, second = session.scalars(select(Submission).order_by(Submission.id))
        for model, column in (
            *((Submission, Submission.id), (Seal, Seal.target_id)),
            (Event, Event.submission_id),
        ):
            rows = [
                session.scalars(select(model).where(column == each.id)) for each in (first, second)
            ]
            ours, theirs = ({value for row in each for value in _random(row)} for each in rows)
            assert ours
            assert not ours & theirs, model


def _random(row: Base) -> Iterator[bytes]:
    """The beginning of all that is stored of a row as bytes: keys, marks, names, what is sealed.

    What is sealed begins with what makes it another one each time.
    """
    for column in inspect(type(row)).columns:
        if isinstance(column.type, LargeBinary) and (value := getattr(row, column.key)):
            yield value[:12]


def test_the_keys_of_the_public_site_make_no_mark_of_a_person(ring_public: Ring) -> None:
    with pytest.raises(KeyFault):
        mark(ring_public.search, "member")
