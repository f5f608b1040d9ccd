"""How fast submissions arrive: what is marked, what is forgotten, and that nobody is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import select

from portal.db import Database
from portal.models import Submission
from portal.security.arrivals import SPAN, Arrivals, Window
from portal.security.sources import Sources
from portal.vocabulary import Suspicion
from tests.clocks import START, StandingClock
from tests.portal.residents import Resident

GAPS = st.lists(st.integers(min_value=0, max_value=4_000), max_size=80)


@given(GAPS, st.integers(min_value=1, max_value=6))
def test_no_hour_lets_more_through_unmarked_than_the_limit(gaps: list[int], limit: int) -> None:
    window, at, passed = Window(limit=limit), START, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        if not window.over(b"one", at):
            passed.append(at)
        assert len([moment for moment in passed if at - moment < SPAN]) <= limit


@given(GAPS, st.integers(min_value=1, max_value=6))
def test_who_stays_below_the_limit_is_never_marked(gaps: list[int], limit: int) -> None:
    window, at = Window(limit=limit), START
    for gap in gaps:
        at += max(timedelta(seconds=gap), SPAN / limit)
        assert not window.over(b"one", at)


@given(st.lists(st.sampled_from([b"a", b"b", b"c"]), max_size=40))
def test_what_one_source_does_marks_no_other(names: list[bytes]) -> None:
    window, counted = Window(limit=3), dict.fromkeys((b"a", b"b", b"c"), 0)
    for name in names:
        counted[name] += 1
        assert window.over(name, START) is (counted[name] > 3)


def test_the_memory_of_sources_is_bounded() -> None:
    window = Window(limit=2, capacity=10)
    for number in range(1_000):
        window.over(str(number).encode(), START)
    assert len(window) <= 10


def test_another_day_knows_no_source_of_yesterday() -> None:
    sources, arrivals = Sources(), Arrivals(per_source=1, flood=99)
    night = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)
    morning = night + timedelta(minutes=2)
    first = sources.mark("203.0.113.7", night)
    assert [arrivals.judge(source=first, at=night) for _ in range(2)] == [None, Suspicion.SOURCE]
    assert arrivals.judge(source=sources.mark("203.0.113.7", morning), at=morning) is None


def test_a_limit_of_nothing_marks_everything() -> None:
    assert Arrivals(per_source=0, flood=0).judge(source=b"a", at=START) is Suspicion.SOURCE


def test_many_sources_together_are_a_flood() -> None:
    arrivals = Arrivals(per_source=9, flood=3)
    found = [arrivals.judge(source=bytes([number]), at=START) for number in range(5)]
    assert found == [None, None, None, Suspicion.FLOOD, Suspicion.FLOOD]


def test_being_fast_once_or_twice_is_no_reason() -> None:
    arrivals = Arrivals(per_source=10, flood=10)
    found = [arrivals.judge(source=b"a", at=START, hasty=True) for _ in range(3)]
    assert found == [None, None, Suspicion.HASTE]


def test_a_filled_trap_marks_the_submission_and_the_sender_reads_the_receipt(
    public_client: FlaskClient, database: Database
) -> None:
    resident = Resident(public_client)
    resident.write(website="https://spam.example")
    page = resident.press("send", consent="y")
    assert resident.answer.status_code == 200
    assert "Đã tiếp nhận" in page.text
    assert _suspicions(database) == [Suspicion.TRAP]


def test_over_the_limit_the_sender_still_reads_the_same_receipt(
    public_app: Flask, database: Database
) -> None:
    public_app.extensions["portal"].arrivals._sources._limit = 2
    titles = []
    for _ in range(4):
        resident = Resident(public_app.test_client())
        resident.send()
        titles.append(resident.page.title)
    assert len(set(titles)) == 1
    assert _suspicions(database)[2:] == [Suspicion.SOURCE] * 2


def test_haste_is_told_by_the_signed_time_of_the_form(
    public_app: Flask, database: Database, clock: StandingClock
) -> None:
    for _ in range(3):
        Resident(public_app.test_client()).send()
    assert _suspicions(database) == [None, None, Suspicion.HASTE]
    patient = Resident(public_app.test_client())
    fields = patient.open("/gui-y-kien").fields
    token = _older(public_app, fields["csrf_token"])
    patient.post("/gui-y-kien", **fields | {"csrf_token": token, "step": "preview"})
    patient.write(csrf_token=token)
    patient.press("send", consent="y")
    assert _suspicions(database)[3:] == [None]


def test_the_trap_is_neither_seen_nor_heard_nor_reached(public_client: FlaskClient) -> None:
    html = public_client.get("/gui-y-kien").text
    trap = html[html.index('<div class="vh" aria-hidden="true">') :].split("</div>")[0]
    for part in ('name="website"', 'tabindex="-1"', 'autocomplete="off"', "Xin để trống ô này"):
        assert part in trap
    assert "style=" not in trap


def _suspicions(database: Database) -> list[Suspicion | None]:
    with database.reading() as session:
        return list(session.scalars(select(Submission.suspicion).order_by(Submission.id)))


class _Earlier(TimestampSigner):
    """Signs with the time of a minute ago."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() - 60


def _older(app: Flask, token: str) -> str:
    """The same token, as if its page had been opened a minute earlier."""
    signer = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
    inner = signer.loads(token)
    signer.signer = _Earlier
    return str(signer.dumps(inner))
