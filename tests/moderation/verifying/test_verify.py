"""``flask ledger verify`` names whatever somebody did to the rows behind the program's back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import delete, func, insert, select, text

from moderation import worker
from moderation.commands import app
from moderation.retention.purging import purge
from moderation.verifying.purges import LEAVES
from portal.ledger import PURGE, Step, sealed_row
from portal.models import Event
from portal.models.journal import Actor
from portal.vocabulary import Status
from tests.doors.course import Course
from tests.moderation import ward as wards
from tests.moderation.walking import STAGES, Walk, set_out
from tests.moderation.ward import Ward

Verify = Callable[[], Result]

#: One leaf of each batch is no event's, so a leaf is named by its event.
LEAF_OF_EVENT_3 = (
    "UPDATE log_node SET hash = zeroblob(32) WHERE position = "
    "(SELECT 2 * number + 1 FROM log_leaf JOIN event ON event_uid = uid WHERE event.id = 3)"
)


@pytest.fixture(scope="module")
def built(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """A case that went the whole way, in a log with two heads; a later letter waits."""
    ward = wards.copy(built_ward, tmp_path_factory.mktemp("logged") / "ward")
    for _letter in range(2):
        walk = set_out(ward)
        for stage in STAGES:
            stage(walk)
            ward.later(minutes=20)
        ward.later(days=4)
        worker.keep_log(ward.database, ward.worker_ring, at=ward.at)
    set_out(ward).until(Course.prepare)
    ward.database.engine.dispose()
    return walk


@pytest.fixture
def ward(built: Walk, tmp_path: Path) -> Ward:
    """A copy of the ward in which it went so."""
    source = Path(str(built.ward.database.engine.url.database)).parent
    return replace(wards.copy(source, tmp_path / "ward"), at=built.ward.at)


@pytest.fixture
def logged(built: Walk, ward: Ward) -> Walk:
    """The case in a ward of one's own."""
    return replace(built, ward=ward)


@pytest.fixture
def verify(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> Verify:
    """Run the command with the keys of the worker."""
    url = ward.database.engine.url
    monkeypatch.setenv("PORTAL_DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("PORTAL_KEYS", str(Path(url.database or "").parent / "keys" / "worker"))
    return lambda: app.test_cli_runner().invoke(args=["ledger", "verify"])


def tamper(walk: Walk, *statements: str) -> None:
    with walk.ward.database.writing() as session:
        for statement in statements:
            session.execute(text(statement))


def test_an_honest_log_has_no_fault(logged: Walk, verify: Verify) -> None:
    result = verify()
    assert result.exit_code == 0, result.output
    assert "0 faults, 0 purged, 2 not in the log yet" in result.output


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE event SET action = 'verify' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET at = '2026-01-01 00:00:00.000000' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET at = datetime(at, '+1 second') WHERE id = 1", "Event 1 of case"),
        ("UPDATE event SET actor = 'clock' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET shown = NOT shown WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET account_id = 1 + account_id WHERE id = 3", "Event 3 of case"),
        ('UPDATE event SET facts = \'{"masked": "7"}\' WHERE id = 2', "Event 2 of case"),
        ("UPDATE event SET public_note = NULL WHERE action = 'publish'", "was altered"),
        ("UPDATE event SET internal_note = x'00' WHERE id = 4", "Event 4 of case"),
        ("UPDATE event SET organisation_id = 2 WHERE action = 'receive'", "Event 1 of case"),
        ("UPDATE event SET commitment = zeroblob(32) WHERE id = 5", "what event 5 says"),
        ("DELETE FROM event WHERE id = 6", "was removed, and no purge tells of it"),
        (LEAF_OF_EVENT_3, "what event 3 says"),
        ("DELETE FROM log_node WHERE position = 7", "The hash of leaf 3 was removed"),
        ("UPDATE log_node SET hash = zeroblob(32) WHERE position = 4", "the leaves 0 to 3 was"),
        ("INSERT INTO log_node VALUES (1048576, zeroblob(32))", "has 1 hashes more"),
        ("DELETE FROM log_leaf WHERE number = 4", "Leaf 4 was removed"),
        (
            "DELETE FROM log_leaf WHERE number = (SELECT max(size) - 1 FROM log_head)",
            "a signed head has them",
        ),
        ("DELETE FROM log_head WHERE size = (SELECT max(size) FROM log_head)", "were added"),
        ("UPDATE log_head SET root = zeroblob(32)", "does not stand on the leaves below it"),
        ("UPDATE log_head SET at = '2026-01-01 00:00:00.000000'", "signature does not hold"),
        ("DELETE FROM seal WHERE target = 'case_public'", "a key of its case is gone"),
        ("UPDATE event SET to_status = 'nonsense' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET actor = 'nobody' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET at = 'never' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET facts = 'no facts' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET facts = '[1]' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET uid = 'a' WHERE id = 3", "Event 3 of case"),
        ("UPDATE event SET commitment = 'a' WHERE id = 3", "what event 3 says"),
        ("UPDATE event SET internal_note = 'a' WHERE id = 4", "Event 4 of case"),
        ("UPDATE event SET action = 'purge', facts = '[1]' WHERE id = 3", "Event 3 of case"),
        ("UPDATE log_node SET hash = 'a' WHERE position = 1", "The hash of leaf 0 was removed"),
        ("UPDATE log_head SET root = 'a'", "was altered: it cannot be read"),
        ("UPDATE log_head SET at = 'never'", "was altered: it cannot be read"),
        ("UPDATE feedback_case SET status = 'closed' WHERE id % 10 = 3", "is not where its events"),
        ("UPDATE feedback_case SET status = 'no' WHERE id % 10 = 3", "is not where its events"),
        ("DELETE FROM event WHERE id = (SELECT max(id) FROM event) - 1", "begins at another"),
    ],
)
def test_each_thing_done_to_a_row_is_named(
    logged: Walk, verify: Verify, statement: str, named: str
) -> None:
    tamper(logged, statement)
    result = verify()
    assert result.exit_code == 1
    assert named in result.output, result.output


def test_two_leaves_that_changed_places_are_named(logged: Walk, verify: Verify) -> None:
    with logged.ward.database.reading() as session:
        rows = session.execute(
            text("SELECT number, event_uid FROM log_leaf JOIN event ON uid = event_uid LIMIT 2")
        )
        names = {row.number: row.event_uid for row in rows}
        one, other = sorted(names)
    with logged.ward.database.writing() as session:
        session.execute(
            text("UPDATE log_leaf SET event_uid = zeroblob(16) WHERE number = :one"), {"one": one}
        )
        for number, name in ((other, names[one]), (one, names[other])):
            session.execute(
                text("UPDATE log_leaf SET event_uid = :name WHERE number = :number"),
                {"name": name, "number": number},
            )
    output = verify().output
    assert f"Leaf {one} was reordered" in output
    assert f"Leaf {other} was reordered" in output


def test_two_events_that_changed_places_are_named(logged: Walk, verify: Verify) -> None:
    tamper(
        logged,
        "UPDATE event SET id = 9999 WHERE id = 2",
        "UPDATE event SET id = 2 WHERE id = 8",
        "UPDATE event SET id = 8 WHERE id = 9999",
    )
    assert "was reordered: the event before it is younger" in verify().output


def test_two_steps_of_one_minute_that_changed_places_are_named(
    logged: Walk, verify: Verify
) -> None:
    tamper(
        logged,
        "UPDATE event SET id = 9999 WHERE id = 1",
        "UPDATE event SET id = 1 WHERE id = 2",
        "UPDATE event SET id = 2 WHERE id = 9999",
    )
    assert "it begins at another status" in verify().output


def test_an_event_added_to_the_past_is_named(logged: Walk, verify: Verify) -> None:
    tamper(logged, "DELETE FROM event WHERE id = 6")
    step = Step(
        case_id=logged.number,
        action="follow_up",
        to_status=Status.CLOSED,
        actor=Actor.COMMITTEE,
        at=logged.ward.at,
    )
    with logged.ward.database.writing() as session:
        session.execute(insert(Event).values(id=6, **sealed_row(step, public=b"x" * 32)))
    output = verify().output
    assert "Event 6 of case" in output
    assert "added afterwards" in output


def test_what_was_purged_is_told_apart_from_what_was_removed(logged: Walk, verify: Verify) -> None:
    ward, number = logged.ward, logged.number
    with ward.database.reading() as session:
        steps = session.scalar(select(func.count()).where(Event.case_id == number))
    with ward.database.writing() as session:
        purge(session, office=ward.office, case_ids=[number])
    result = verify()
    assert result.exit_code == 0, result.output
    assert f"0 faults, {steps} purged" in result.output
    tamper(logged, "UPDATE event SET facts = '{\"leaves\": \"1 2 3\"}' WHERE action = 'purge'")
    assert verify().exit_code == 1


def test_whoever_holds_the_database_alone_cannot_excuse_a_removal(
    logged: Walk, verify: Verify
) -> None:
    step = Step(
        case_id=None,
        action=PURGE,
        to_status=None,
        actor=Actor.WORKER,
        at=logged.ward.at,
        facts={LEAVES: " ".join(map(str, range(40)))},
    )
    with logged.ward.database.writing() as session:
        session.execute(delete(Event).where(Event.id == 6))
        session.execute(insert(Event).values(sealed_row(step, public=bytes(32))))
    assert "was removed, and no purge tells of it" in verify().output


def test_the_keys_of_the_public_site_cannot_verify(
    logged: Walk, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(logged.ward.database.engine.url.database or "").parent
    monkeypatch.setenv("PORTAL_KEYS", str(folder / "keys" / "public"))
    assert "PORTAL_KEYS=keys/worker" in verify().output
