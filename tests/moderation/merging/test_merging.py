"""Merging cases and taking them out again: codes, dates, exclusions, and what each writer reads."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from moderation import merging, screening
from moderation.access import NotVisible, find_case, relate, visible_to
from moderation.excluding import write_marks
from moderation.noting import note
from moderation.reading import read_for_desk
from moderation.retention.purging import purge
from moderation.verifying import verify
from moderation.workflow import NotAvailable
from portal.models import (
    Case,
    CaseScope,
    Event,
    JournalEntry,
    LookAlike,
    Seal,
    Sketch,
    Stay,
    Submission,
)
from portal.models.journal import Actor
from portal.models.submission import SealTarget
from portal.tracking import rate, supply, withdraw
from portal.vocabulary import Deed, Kind, Rating, Sentiment, Status, Topic
from portal.words import Words
from tests.moderation.merging.pair import ELSEWHERE, FIRST, SECOND, Pair
from tests.moderation.ward import CELL_7, Ward

SECRETARY = Words(about="Bí thư chi bộ khối 7", what="Vật liệu lấn vỉa hè mà bí thư không nhắc.")


@pytest.fixture
def pair(ward: Ward) -> Pair:
    return Pair(ward)


def test_a_nomination_goes_on_with_nominations_only(pair: Pair) -> None:
    named, reported = pair.send(FIRST, kind=Kind.NOMINATION), pair.send(SECOND, kind=Kind.REPORT)
    for into, other in ((named, reported), (reported, named)):
        pair.claim(into)
        with pytest.raises(merging.OtherKind):
            pair.merge(into, other)
    also = pair.send(SECOND, kind=Kind.NOMINATION)
    pair.merge(named, also)
    assert pair.case(named).sent_as is Kind.NOMINATION


def test_each_letter_keeps_its_code_and_reads_on_where_it_is(pair: Pair) -> None:
    one = pair.send(FIRST)
    pair.claim(one)
    pair.ward.later(hours=1)
    two = pair.send(SECOND)
    pair.merge(one, two)
    pair.do("hoa", one, screening.ask, question="Xin cho biết việc này từ khi nào?")
    first, second = pair.course(one), pair.course(two)
    assert (first[0].case_id, second[0].case_id) == (one, one)
    assert pair.case(two).status is Status.MERGED
    assert pair.steps(one) == ["receive", "claim", "ask"]
    # What happened before it came is not its own; that another one is there is told to nobody.
    assert pair.steps(two)[:2] == ["receive", "merge"]
    assert all(str(one) not in str(moment.facts) for moment in pair.moments(two))
    with pair.ward.database.reading() as session:
        hoa = pair.person(session, "hoa")
        assert session.scalars(visible_to(hoa)).all() == [one]
        with pytest.raises(NotVisible):
            find_case(session, person=hoa, case_id=two)
        assert session.scalar(select(CaseScope.case_id).where(CaseScope.case_id == two)) is None
        deeds = session.scalars(select(JournalEntry.deed)).all()
        assert Deed.MERGED in deeds


def test_taken_out_again_it_is_what_it_was(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    before = {stage: clock.due_at for stage, clock in pair.clocks(two).items()}
    own = pair.marks(one), pair.marks(two)
    pair.merge(one, two)
    pair.ward.later(days=1)
    pair.unmerge(one, two)
    case = pair.case(two)
    assert (case.status, case.merged_into_id, case.letter_count) == (Status.RECEIVED, None, 1)
    assert {stage: clock.due_at for stage, clock in pair.clocks(two).items()} == before
    assert (pair.marks(one), pair.marks(two)) == own
    assert pair.course(two)[0].case_id == two
    assert pair.steps(two) == ["receive", "merge", "unmerge"]
    with pair.ward.database.reading() as session:
        assert session.scalars(select(Stay.case_id)).all() == [two]
        sealed = select(func.count()).where(Seal.target == SealTarget.CASE_PUBLIC)
        assert session.scalar(sealed.where(Seal.target_id == one, Seal.holder_id == two)) == 0
        assert {one, two} <= set(session.scalars(visible_to(pair.person(session, "hoa"))))


def test_the_earliest_date_holds_and_goes_with_whoever_brought_it(pair: Pair) -> None:
    early = pair.send(FIRST)
    pair.ward.later(days=2)
    late = pair.send(SECOND)
    promised = pair.case(early).due_at
    own = pair.case(late).due_at
    assert promised is not None
    assert own is not None
    assert promised < own
    pair.merge(late, early)
    assert pair.case(late).due_at == promised
    assert pair.case(early).due_at is None
    pair.unmerge(late, early)
    assert (pair.case(late).due_at, pair.case(early).due_at) == (own, promised)


def test_who_is_excluded_from_one_is_excluded_from_both_until_they_part(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(ELSEWHERE)
    theirs = pair.marks(two)
    assert theirs
    assert not theirs <= pair.marks(one)
    own = pair.marks(one)
    pair.merge(one, two, login="lam")
    assert pair.marks(one) == own | theirs
    with pair.ward.database.reading() as session:
        tied = pair.person(session, "tied")
        assert not session.scalars(visible_to(tied)).all()
    pair.unmerge(one, two)
    assert pair.marks(one) == own
    with pair.ward.database.reading() as session:
        assert session.scalars(visible_to(pair.person(session, "tied"))).all() == [two]
        assert not verify(session, ring=pair.ward.worker_ring, moved=lambda _steps: None).faults


def test_a_question_goes_to_one_writer_and_only_their_answer_goes_on(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    pair.claim(one)
    pair.merge(one, two)
    pair.do("hoa", one, screening.ask, question="Xin cho biết từ khi nào?", letter_id=two)
    assert pair.course(one)[1].question is None
    assert pair.course(two)[1].question is not None
    pair.act(one, supply, text="Tôi gửi thêm.")
    assert pair.case(one).status is Status.NEED_INFO
    pair.act(two, supply, text="Từ tháng chín.")
    assert pair.case(one).status is Status.SCREENING


def test_when_one_writer_goes_the_words_of_the_other_are_shown(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    pair.claim(one)
    pair.merge(one, two)
    pair.act(one, withdraw)
    case = pair.case(one)
    assert (case.status, case.letter_count) == (Status.SCREENING, 1)
    with pair.ward.database.reading() as session:
        page = read_for_desk(
            session,
            office=pair.ward.office,
            keys=pair.ward.keys(session, case),
            case=case,
            by=pair.person(session, "hoa"),
            relation=relate(session, person=pair.person(session, "hoa"), case=case),
        )
    assert (page.words.what, page.gone) == (SECOND.what, False)
    assert page.title.startswith("Vật liệu xây dựng vẫn lấn")
    assert pair.steps(one)[-1] == "step_out"
    assert "step_out" not in pair.steps(two)
    with pytest.raises(NotAvailable):
        pair.unmerge(one, two)


def test_praise_that_a_report_is_merged_into_needs_two_people(pair: Pair) -> None:
    praise, report = pair.sent_praise(ELSEWHERE), pair.send(ELSEWHERE, kind=Kind.REPORT)
    pair.merge(praise, report)
    assert pair.case(praise).sent_as is Kind.REPORT
    pair.unmerge(praise, report)
    assert pair.case(praise).sent_as is Kind.PRAISE


def test_fear_goes_only_where_it_may(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND, fears_retaliation=True)
    with pair.ward.database.writing() as session:
        case = session.get_one(Case, one)
        case.handler_id, case.status = CELL_7, Status.ROUTED
    with pytest.raises(merging.GoesAnotherWay):
        pair.merge(one, two)
    plain = pair.send(SECOND)
    pair.merge(one, plain)
    assert pair.case(one).supplied_at == pair.ward.at


def test_a_merger_takes_no_case_from_whoever_has_it(pair: Pair) -> None:
    one, about_secretary = pair.send(FIRST), pair.send(SECRETARY)
    with pair.ward.database.writing() as session:
        case = session.get_one(Case, one)
        case.handler_id, case.status = CELL_7, Status.ROUTED
        write_marks(session, case=case, marks=set())
    with pytest.raises(merging.HidesFromHandler):
        pair.merge(one, about_secretary)


def test_what_was_merged_before_goes_along_and_parts_alone(pair: Pair) -> None:
    one, two, three = pair.send(FIRST), pair.send(SECOND), pair.send(SECOND)
    pair.merge(two, three)
    pair.merge(one, two)
    assert pair.case(one).letter_count == 3
    assert {pair.case(each).merged_into_id for each in (two, three)} == {one}
    assert pair.steps(three) == ["receive", "merge", "merge"]
    pair.unmerge(one, three)
    assert pair.case(one).letter_count == 2
    assert pair.steps(three) == ["receive", "merge", "unmerge"]


def test_all_must_have_judged_before_the_judgement_closes_a_case(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    pair.merge(one, two)
    with pair.ward.database.writing() as session:
        session.get_one(Case, one).status = Status.ANSWERED
        keys = pair.ward.keys(session, session.get_one(Case, one))
        note(
            session,
            keys=keys,
            case=session.get_one(Case, one),
            action="publish",
            actor=Actor.MODERATOR,
            at=pair.ward.at,
            shown=True,
        )
    pair.ward.later(hours=1)
    pair.act(one, rate, rating=Rating.SATISFIED)
    assert pair.case(one).status is Status.ANSWERED
    assert pair.course(one)[0].rating is Rating.SATISFIED
    pair.act(two, rate, rating=Rating.UNSATISFIED)
    assert pair.case(one).status is Status.CLOSED


def test_what_is_not_there_or_elsewhere_cannot_be_merged_or_taken_out(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    for other in (one, 77):
        with pytest.raises((NotVisible, NotAvailable)):
            pair.merge(one, other)
    with pytest.raises(NotVisible):
        pair.unmerge(one, two)
    with pytest.raises(NotVisible):
        pair.merge(one, two, login="thanh")


def test_a_merged_case_is_deleted_with_the_one_its_letters_are_in(pair: Pair) -> None:
    one, two = pair.send(FIRST), pair.send(SECOND)
    pair.merge(one, two)
    with pair.ward.database.writing() as session:
        purge(session, office=pair.ward.office, case_ids=[one])
    with pair.ward.database.reading() as session:
        for table in (Case, Stay, Submission, Event, Seal, LookAlike, Sketch):
            left = session.execute(select(table)).all()
            assert len(left) == (1 if table is Event else 0), table


def test_what_a_letter_brought_along_leaves_with_it_and_what_a_moderator_said_stays(
    pair: Pair,
) -> None:
    one, two, three = (pair.send(each) for each in (FIRST, SECOND, FIRST))
    pair.claim(one)
    with pair.ward.database.writing() as session:
        for number in (two, three):
            session.get_one(Case, number).possible_denunciation = True
    pair.merge(one, two)
    pair.merge(one, three)
    pair.unmerge(one, two)
    assert pair.case(one).possible_denunciation
    pair.unmerge(one, three)
    assert not pair.case(one).possible_denunciation
    assert pair.case(two).possible_denunciation
    pair.do("hoa", one, screening.classify, reading=reading(possible_denunciation=True))
    pair.merge(one, two)
    pair.unmerge(one, two)
    assert pair.case(one).possible_denunciation
    # Taken back by hand, it comes with the letters again and goes with them again.
    pair.do("hoa", one, screening.classify, reading=reading(possible_denunciation=False))
    pair.merge(one, two)
    # To save what another letter has ticked is to say nothing of it.
    pair.do("hoa", one, screening.classify, reading=reading(possible_denunciation=True))
    pair.unmerge(one, two)
    assert not pair.case(one).possible_denunciation


def reading(*, possible_denunciation: bool) -> screening.Classification:
    return screening.Classification(
        Kind.REPORT, Sentiment.CRITICISM, Topic.ATTITUDE_TO_PEOPLE, possible_denunciation
    )
