"""The sealed papers of a case: the newest of a kind, opened only with its own key."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from moderation.papers import (
    CaseKeys,
    file_paper,
    open_internal_keys,
    open_keys,
    open_submission_key,
    read_paper,
    read_papers,
    submissions_of,
)
from portal.models import Paper, Seal, Submission
from portal.models.case import PaperKind
from portal.models.submission import SealTarget
from portal.vault import CannotOpen
from portal.vocabulary import Status, SubmissionState
from tests.moderation.ward import Ward


def test_the_newest_paper_of_a_kind_counts_and_kinds_do_not_mix(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING)
        keys = ward.keys(session, case)
        for kind, text in (
            (PaperKind.SHOWN, "Bản đầu"),
            (PaperKind.SHOWN, "Bản sau"),
            (PaperKind.REPORT, "Báo cáo"),
        ):
            file_paper(
                session, office=ward.office, keys=keys, case=case, kind=kind, body={"text": text}
            )
        session.flush()
        found = read_papers(session, keys=keys, case_id=case.id, kinds=tuple(PaperKind))
        assert found == {
            PaperKind.SHOWN: {"text": "Bản sau"},
            PaperKind.REPORT: {"text": "Báo cáo"},
        }
        missing = PaperKind.STATEMENT
        assert read_paper(session, keys=keys, case_id=case.id, kind=missing) is None
        for body in session.scalars(select(Paper.body)):
            assert "Bản".encode() not in body


def test_a_paper_opens_with_the_key_of_its_own_case_only(ward: Ward) -> None:
    with ward.database.writing() as session:
        case, other = (ward.place(session, status=Status.SCREENING) for _number in range(2))
        keys, strange = ward.keys(session, case), ward.keys(session, other)
        kind = PaperKind.SHOWN
        file_paper(session, office=ward.office, keys=keys, case=case, kind=kind, body={"a": 1})
        session.flush()
        with pytest.raises(CannotOpen):
            read_paper(session, keys=strange, case_id=case.id, kind=kind)


def test_keys_never_show_themselves(ward: Ward) -> None:
    with ward.database.writing() as session:
        keys = ward.keys(session, ward.place(session, status=Status.SCREENING))
    assert keys != CaseKeys(public=keys.internal, internal=keys.public)
    assert repr(keys.internal) not in repr(keys)


def test_without_its_seal_a_key_is_gone(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING)
        for target in (SealTarget.CASE_INTERNAL, SealTarget.SUBMISSION):
            session.execute(delete(Seal).where(Seal.target == target))
        with pytest.raises(CannotOpen):
            open_keys(session, office=ward.office, case_id=case.id)
        with pytest.raises(CannotOpen):
            open_submission_key(session, office=ward.office, submission_id=case.id)
        assert open_internal_keys(session, office=ward.office, case_ids=[case.id]) == {}


def test_a_submission_that_was_withdrawn_has_left_its_case(ward: Ward) -> None:
    with ward.database.writing() as session:
        case = ward.place(session, status=Status.SCREENING)
        assert [found.id for found in submissions_of(session, case_id=case.id)] == [case.id]
        session.get_one(Submission, case.id).state = SubmissionState.WITHDRAWN
        assert submissions_of(session, case_id=case.id) == []
