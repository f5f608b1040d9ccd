"""Events commit to everything the resident may read, and keep inside what stays inside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from portal.ledger import Step, open_note, sealed_row, step_of
from portal.models.journal import Actor
from portal.vault import CannotOpen, commitment, event_key
from portal.vocabulary import Status

PUBLIC, INTERNAL = b"p" * 32, b"i" * 32
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
STEP = Step(
    case_id=1,
    action="ask",
    to_status=Status.NEED_INFO,
    from_status=Status.SCREENING,
    actor=Actor.MODERATOR,
    at=AT,
    shown=True,
    facts={"until": "2026-12-01", "due": "2026-11-30", "rule": "ordinary→home_cell"},
    public_note="Rác còn không?",
    internal_note="Chưa rõ nơi.",
)


def test_notes_open_with_their_own_key_alone() -> None:
    row = sealed_row(STEP, public=PUBLIC, internal=INTERNAL)
    assert open_note(PUBLIC, row["uid"], "public_note", row["public_note"]) == "Rác còn không?"
    assert open_note(INTERNAL, row["uid"], "internal_note", row["internal_note"]) == "Chưa rõ nơi."
    for key, column, box in (
        (PUBLIC, "internal_note", row["internal_note"]),
        (INTERNAL, "public_note", row["public_note"]),
        (PUBLIC, "public_note", row["internal_note"]),
    ):
        with pytest.raises(CannotOpen):
            open_note(key, row["uid"], column, box)


def test_no_note_is_nothing_at_all() -> None:
    row = sealed_row(replace(STEP, public_note="", internal_note=""), public=PUBLIC)
    assert row["public_note"] is None
    assert row["internal_note"] is None
    assert open_note(PUBLIC, row["uid"], "public_note", None) == ""


def test_an_internal_note_needs_the_internal_key() -> None:
    with pytest.raises(ValueError, match="internal key"):
        sealed_row(STEP, public=PUBLIC)


def test_the_commitment_covers_all_that_the_resident_may_read() -> None:
    row = sealed_row(STEP, public=PUBLIC, internal=INTERNAL)
    uid, inside = row["uid"], row["inside"]
    assert row["commitment"] == commitment(PUBLIC, uid, STEP.canonical(uid, inside))
    for changed in (
        replace(STEP, public_note="Rác đã hết."),
        replace(STEP, facts={**STEP.facts, "due": "2026-12-30"}),
        replace(STEP, to_status=Status.DECLINED),
        replace(STEP, action="decline"),
        replace(STEP, shown=False),
        replace(STEP, at=AT + timedelta(days=1)),
        replace(STEP, case_id=2),
        replace(STEP, submission_id=1),
    ):
        assert changed.canonical(uid, inside) != STEP.canonical(uid, inside)
    for same in (
        replace(STEP, at=AT.astimezone(timezone(timedelta(hours=7)))),
        replace(STEP, facts=dict(sorted(STEP.facts.items()))),
    ):
        assert same.canonical(uid, inside) == STEP.canonical(uid, inside)


def test_what_only_staff_read_is_bound_without_being_told() -> None:
    uid = b"u" * 16
    inside = STEP.inside(INTERNAL, uid)
    for hidden in (
        replace(STEP, internal_note="Khác."),
        replace(STEP, account_id=7),
        replace(STEP, organisation_id=7),
        replace(STEP, from_status=None),
        replace(STEP, actor=Actor.CLOCK),
        replace(STEP, at=AT + timedelta(microseconds=1)),
        replace(STEP, facts={**STEP.facts, "rule": "on_committee→level_above"}),
    ):
        assert hidden.canonical(uid, inside) == STEP.canonical(uid, inside)
        assert hidden.inside(INTERNAL, uid) != inside
        assert hidden.canonical(uid, hidden.inside(INTERNAL, uid)) != STEP.canonical(uid, inside)
    assert STEP.inside(PUBLIC, uid) != inside


def test_neither_the_hour_nor_the_rule_stands_in_what_is_told() -> None:
    told = STEP.canonical(b"u" * 16, None).decode()
    assert '"on":"2026-11-23"' in told
    for hidden in ("03:00", "rule", "home_cell", "moderator", "screening"):
        assert hidden not in told


def test_what_is_bound_inside_has_another_key_than_the_certificate_tells() -> None:
    first = replace(STEP, action="receive", internal_note="")
    row = sealed_row(first, public=PUBLIC)
    assert row["inside"] == first.inside(PUBLIC, row["uid"])
    assert row["inside"] != commitment(PUBLIC, row["uid"], first.canonical(row["uid"], None))
    assert event_key(PUBLIC, row["uid"]) != event_key(PUBLIC, b"inside" + row["uid"])


def test_a_row_tells_the_step_that_made_it() -> None:
    row = SimpleNamespace(**sealed_row(STEP, public=PUBLIC, internal=INTERNAL))
    assert step_of(row, public=PUBLIC, internal=INTERNAL) == STEP
    assert step_of(row, public=PUBLIC) == replace(STEP, internal_note="")


def test_two_events_never_share_a_name() -> None:
    assert (
        sealed_row(replace(STEP, internal_note=""), public=PUBLIC)["uid"]
        != (sealed_row(replace(STEP, internal_note=""), public=PUBLIC)["uid"])
    )
