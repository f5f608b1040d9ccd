"""The sample in a database: every letter stands where its story ends, and the rules hold."""

from __future__ import annotations

import re
import shutil
from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation import sample
from moderation.access import identify, visible_to
from moderation.accounts import prove
from moderation.anchoring import read_anchors
from moderation.attachments import files_for_committee, files_for_desk
from moderation.calendar.reading import read_calendar
from moderation.leaving.listing import Page, absences, transfers
from moderation.listing import places_of
from moderation.listing.counting import count_held
from moderation.office import Office
from moderation.own_words import open_words
from moderation.papers import open_keys
from moderation.sample.loading.flooding import COPIES, STORY
from moderation.sample.loading.joining import CASES
from moderation.sample.loading.planning import plan
from moderation.sample.records import read_members
from moderation.sample.stories import read_stories
from moderation.verifying import verify
from moderation.workflow.table import OPEN
from portal.clock import VIETNAM, local_date
from portal.db import Base, Database
from portal.files.sealing import opened_pieces
from portal.files.storing import CannotStore, FileStore
from portal.installation import load_installation
from portal.models import (
    Account,
    Attachment,
    CalendarDay,
    Case,
    CaseScope,
    CopyGroup,
    Counter,
    Event,
    Grant,
    Heartbeat,
    LookAlike,
    Member,
    Notice,
    Paper,
    Post,
    ResidentAct,
    Setting,
    StageClock,
    Submission,
    Tie,
)
from portal.models.case import Room
from portal.proving import heads_below
from portal.receiving import Entry, receive
from portal.text import one_line
from portal.tracking import find, may_act, own_words, timeline
from portal.vault import Code, KeyFault, Ring, new_token
from portal.vocabulary import ActKind, FileKind, Role, Sentiment, Status
from portal.words import Words
from tests.moderation.sample.test_stories import ENDINGS

TODAY = date(2026, 11, 23)
LOADED = datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM).astimezone(UTC)
HANDFUL = ("hoi-ai-la-dang-vien", "goi-kham-nghia-vu", "rut-ngay", "moi-gui-sang-nay")


@dataclass(frozen=True)
class Loaded:
    """The database with the whole sample, and which case each story became."""

    database: Database
    ring: Ring
    cases: dict[str, int]
    files: FileStore


@pytest.fixture(scope="module")
def loaded(
    migrated: Path, ring_worker: Ring, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    path = tmp_path_factory.mktemp("sample") / "portal.db"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    files = FileStore(str(path.parent / "files"))
    sample.load(database, ring_worker, files, today=TODAY, at=LOADED)
    with database.reading() as session:
        calendar = read_calendar(session)
        numbers = session.scalars(select(Case.id).order_by(Case.id)).all()
    plans = {s.key: plan(s, loaded=LOADED, calendar=calendar).arrives for s in read_stories()}
    keys = sorted(plans, key=lambda key: (plans[key], key))
    yield Loaded(database, ring_worker, dict(zip(keys, numbers[: len(keys)], strict=True)), files)
    database.engine.dispose()


@pytest.fixture
def session(loaded: Loaded) -> Iterator[Session]:
    with loaded.database.reading() as session:
        yield session


def seen_by(session: Session, ring: Ring, account: Account) -> set[int]:
    person = identify(session, search=ring.search, account=account, today=TODAY)
    return set(session.scalars(visible_to(person)))


def account_of(session: Session, login: str) -> Account:
    return session.scalars(select(Account).where(Account.login == login)).one()


def members_by_key(session: Session) -> dict[str, UUID]:
    rows = session.execute(select(Member.id, Member.name, Member.birth_year))
    found = {(row.name, row.birth_year): row.id for row in rows}
    return {one.key: found[one.name, one.birth_year] for one in read_members(TODAY)}


def test_every_letter_is_the_one_that_was_written(loaded: Loaded, session: Session) -> None:
    office = Office(ring=loaded.ring, calendar=read_calendar(session), at=LOADED)
    for story in read_stories():
        submission = session.get_one(Submission, loaded.cases[story.key])
        words = open_words(session, office=office, submission=submission)
        told = story.told_on(local_date(submission.received_at))
        assert words.about == one_line(told.about)
        assert submission.fears_retaliation is story.fears


def test_every_letter_stands_where_its_story_ends(loaded: Loaded, session: Session) -> None:
    stands = {case.id: case.status for case in session.scalars(select(Case))}
    assert {key: stands[number] for key, number in loaded.cases.items()} == ENDINGS
    assert set(stands.values()) == set(Status)


def test_every_letter_has_the_date_of_its_day(loaded: Loaded, session: Session) -> None:
    for submission in session.scalars(select(Submission)):
        assert submission.id // 10_000_000 == local_date(submission.received_at).year
        assert submission.received_at < LOADED


def test_everything_happened_in_order_and_before_the_loading(session: Session) -> None:
    moments: dict[int, list[datetime]] = {}
    steps_of_cases = select(Event.case_id, Event.at).where(Event.case_id.is_not(None))
    for case_id, at in session.execute(steps_of_cases.order_by(Event.id)):
        assert case_id
        moments.setdefault(case_id, []).append(at)
    assert len(moments) == 124 + CASES + COPIES
    for steps in moments.values():
        assert all(earlier <= later for earlier, later in pairwise(steps))
        assert steps[-1] <= LOADED
    for column in (Paper.at, Notice.at, StageClock.started_at, ResidentAct.at, ResidentAct.done_at):
        latest = session.scalars(select(func.max(column))).one()
        assert latest is not None
        assert latest <= LOADED


def test_nothing_is_left_for_the_worker_to_do(loaded: Loaded, session: Session) -> None:
    assert not session.scalars(select(Case).where(Case.prepared_at.is_(None))).all()
    assert not session.scalars(select(ResidentAct).where(ResidentAct.done_at.is_(None))).all()
    assert not session.scalars(select(Case).where(Case.lease_until < LOADED)).all()
    waits = (Status.NEED_INFO, Status.ANSWERED, Status.ON_HOLD)
    over = select(Case).where(Case.status.in_(waits), Case.due_at < LOADED)
    assert not session.scalars(over).all()


def test_nobody_tied_to_a_member_sees_what_was_written_about_them(
    loaded: Loaded, session: Session
) -> None:
    accounts = session.scalars(select(Account)).all()
    seen = {account.id: seen_by(session, loaded.ring, account) for account in accounts}
    members = members_by_key(session)
    tied = [(row.member_id, row.account_id) for row in session.scalars(select(Tie))]
    tied += [(one.member_id, one.id) for one in accounts if one.member_id]
    for story in read_stories():
        for member, account_id in tied:
            if story.subject and members[story.subject] == member:
                assert loaded.cases[story.key] not in seen[account_id], story.key


def test_no_committee_sees_criticism_of_its_own_members(loaded: Loaded, session: Session) -> None:
    accounts = session.scalars(select(Account)).all()
    seen = {account.id: seen_by(session, loaded.ring, account) for account in accounts}
    members = members_by_key(session)
    sits: dict[UUID, set[int]] = {}
    for post in session.scalars(select(Post)):
        if post.title.on_committee and (post.valid_to is None or post.valid_to >= TODAY):
            sits.setdefault(post.member_id, set()).add(post.organisation_id)
    grants = session.scalars(select(Grant).where(Grant.role == Role.COMMITTEE)).all()
    checked = 0
    for story in read_stories():
        if not story.subject or story.sentiment is Sentiment.PRAISE:
            continue
        for grant in grants:
            if grant.organisation_id in sits.get(members[story.subject], set()):
                assert loaded.cases[story.key] not in seen[grant.account_id], story.key
                checked += 1
    assert checked >= 20


def test_criticism_of_the_secretary_of_khoi_3_is_hidden_from_its_cell(
    loaded: Loaded, session: Session
) -> None:
    number = loaded.cases["quy-an-ninh-khoi-3"]
    for login in ("doan.ly", "lien.tran"):
        assert number not in seen_by(session, loaded.ring, account_of(session, login))
    for login in ("hoa.luong", "tam.chu"):
        assert number in seen_by(session, loaded.ring, account_of(session, login))


def test_every_open_case_has_a_desk_and_somebody_who_sees_it(
    loaded: Loaded, session: Session
) -> None:
    seen: set[int] = set()
    for account in session.scalars(select(Account)):
        seen |= seen_by(session, loaded.ring, account)
    for case in session.scalars(select(Case).where(Case.status.in_(OPEN), ~Case.held)):
        assert case.desk_id is not None
        assert case.id in seen


def test_a_letter_that_was_sent_again_waits_in_quarantine(loaded: Loaded, session: Session) -> None:
    held = session.scalars(select(Case).where(Case.held)).all()
    assert len(held) == COPIES
    group = session.scalars(select(CopyGroup)).one()
    assert group.first_id == loaded.cases[STORY]
    person = identify(
        session, search=loaded.ring.search, account=account_of(session, "hoa.luong"), today=TODAY
    )
    places = places_of(session, person=person, room=Room.DESK)
    assert count_held(session, person=person, places=places) == COPIES


def test_the_screens_are_alive_on_the_day_of_loading(session: Session) -> None:
    open_cases = session.scalars(select(Case).where(Case.finished_at.is_(None))).all()
    due = [case.due_at for case in open_cases if case.due_at]
    assert sum(moment < LOADED for moment in due) >= 5
    assert sum(local_date(moment) == TODAY and moment > LOADED for moment in due) >= 4
    assert {case.proposal for case in open_cases} == {None, "verify", "decline"}
    held = [case for case in open_cases if case.lease_until and case.lease_until > LOADED]
    assert len(held) >= 3
    fresh = select(func.count()).where(Event.at >= LOADED.replace(hour=0))
    assert session.scalars(fresh).one() >= 3


def test_three_files_are_there_released_waiting_and_inside(
    loaded: Loaded, session: Session
) -> None:
    office = Office(ring=loaded.ring, calendar=read_calendar(session), at=LOADED)
    shown, begins = {}, {}
    for key in ("xay-lan-ngo", "chuyen-sinh-hoat-chua-nop"):
        case = session.get_one(Case, loaded.cases[key])
        keys = open_keys(session, office=office, case_id=case.id)
        desk = files_for_desk(session, office=office, keys=keys, case=case)
        committee = files_for_committee(session, office=office, keys=keys, case=case)
        shown[key] = ([file.name for file in desk], [file.name for file in committee])
        for file in desk:
            assert file.key is not None
            stored = loaded.files.get(file.uid.hex())
            begins[file.kind] = b"".join(opened_pieces(file.key, file.uid, stored))[:4]
    photo, sketch = "ngo 12 hien nay.jpg", "so do do ngo 12.pdf"
    assert shown == {
        "xay-lan-ngo": ([photo, sketch], ["", sketch]),
        "chuyen-sinh-hoat-chua-nop": (["bien ban cua khoi.pdf"], []),
    }
    assert begins == {FileKind.JPEG: b"\xff\xd8\xff\xe0", FileKind.PDF: b"%PDF"}
    assert session.scalars(select(func.count()).select_from(Attachment)).one() == 3


def test_the_counters_agree_with_what_is_filed(session: Session) -> None:
    filed = Tally(
        session.execute(select(CaseScope.room, CaseScope.organisation_id, CaseScope.status)).all()
    )
    counted = {
        (row.room, row.organisation_id, row.status): row.amount
        for row in session.scalars(select(Counter))
        if row.amount
    }
    assert {tuple(key): amount for key, amount in filed.items()} == counted


def test_the_work_is_shared(session: Session) -> None:
    busy = session.scalars(select(Event.account_id).distinct()).all()
    assert len([number for number in busy if number]) >= 25


def test_the_printed_code_opens_a_letter_that_waits_for_a_judgement(
    loaded: Loaded, session: Session
) -> None:
    printed = re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}\b", sample.introduction(loaded.ring))
    tracked = find(session, ring=loaded.ring, code=Code.read(printed[0]))
    assert tracked is not None
    assert may_act(tracked, ActKind.RATE)
    course = timeline(session, tracked=tracked)
    assert course.answer is not None
    assert len(course.moments) >= 7
    assert "khám sơ tuyển" in own_words(session, tracked=tracked).what


def test_the_introduction_lists_every_role_with_the_password(loaded: Loaded) -> None:
    text = sample.introduction(loaded.ring)
    assert sample.PASSWORD in text
    for login in ("hoa.luong", "doan.ly", "tam.chu", "dung.ly", "yen.nong", "an.tran", "minh.do"):
        assert login in text
    assert max(map(len, text.splitlines())) <= 100


def test_every_sample_account_signs_in_with_the_printed_password(session: Session) -> None:
    proven = prove(session, login="hoa.luong", password=sample.PASSWORD)
    assert proven.account_id == account_of(session, "hoa.luong").id
    assert len(set(session.scalars(select(Account.password_hash)))) == 1


def test_the_form_offers_the_65_communes_by_their_links(session: Session) -> None:
    installation = load_installation(session, today=TODAY)
    assert installation.sample
    assert sum(len(units) for _letter, units in installation.groups) == 65
    unit = installation.unit_of_link("phuong-dong-kinh")
    assert unit is not None
    assert unit.name == "Phường Đông Kinh"


def test_the_sample_is_not_loaded_twice(loaded: Loaded) -> None:
    with pytest.raises(sample.NotEmpty, match="already"):
        sample.load(loaded.database, loaded.ring, loaded.files, today=TODAY, at=LOADED)


def test_the_public_log_has_grown_at_its_hours_and_is_whole(
    loaded: Loaded, session: Session
) -> None:
    heads = heads_below(session, size=None, limit=1000)
    assert len(heads) > 10
    assert {head.at.astimezone(VIETNAM).hour for head in heads} <= {12, 18}
    assert heads[0].at <= LOADED
    report = verify(session, ring=loaded.ring, moved=lambda _count: None)
    assert report.faults == []
    anchored = read_anchors(session, ring=loaded.ring, heads=heads[::-1])
    anchors = [one for one in anchored if one.number is not None]
    assert report.events + report.purged - report.waiting == report.leaves - len(anchors)
    assert report.purged > 0
    assert report.waiting < 80


def store_of(database: Database) -> FileStore:
    return FileStore(str(folder_of(database)))


def folder_of(database: Database) -> Path:
    return Path(database.engine.url.database or "").parent / "files"


def handful(database: Database, ring: Ring, only: Sequence[str] = HANDFUL) -> None:
    sample.load(database, ring, store_of(database), today=TODAY, at=LOADED, only=only)


def test_what_was_loaded_can_be_cleared_and_loaded_anew(
    database: Database, ring_worker: Ring
) -> None:
    handful(database, ring_worker)
    with database.writing() as session:
        session.add(Setting(name="telephone", value="0500 000 001"))
        session.add(Heartbeat(name="worker", at=LOADED))
    sample.clear(database, store_of(database))
    kept = {CalendarDay.__tablename__, Heartbeat.__tablename__, Setting.__tablename__}
    with database.reading() as session:
        assert not sample.is_loaded(session)
        assert session.scalars(select(Setting.name)).all() == ["telephone"]
        assert session.scalars(select(func.count()).select_from(CalendarDay)).one() > 40
        for table in Base.metadata.sorted_tables:
            if table.name not in kept:
                assert not session.execute(select(table)).first(), table.name
    handful(database, ring_worker)
    with database.reading() as session:
        assert session.scalars(select(func.count()).select_from(Submission)).one() == len(HANDFUL)


def test_the_files_of_the_sample_are_cleared_with_it(database: Database, ring_worker: Ring) -> None:
    handful(database, ring_worker, ["chuyen-sinh-hoat-chua-nop"])
    assert len(list(folder_of(database).iterdir())) == 1
    sample.clear(database, store_of(database))
    assert not list(folder_of(database).iterdir())


def test_files_that_cannot_be_deleted_are_told_when_the_rows_are_gone(
    database: Database, ring_worker: Ring, tmp_path: Path
) -> None:
    handful(database, ring_worker, ["chuyen-sinh-hoat-chua-nop"])
    (tmp_path / "blocked").touch()
    with pytest.raises(CannotStore):
        sample.clear(database, FileStore(str(tmp_path / "blocked" / "below")))
    with database.reading() as session:
        assert not sample.is_loaded(session)


def test_a_store_that_cannot_be_written_to_is_told_in_a_sentence(
    database: Database, ring_worker: Ring
) -> None:
    folder_of(database).touch()
    with pytest.raises(CannotStore, match="PORTAL_FILES"):
        handful(database, ring_worker, ["chuyen-sinh-hoat-chua-nop"])


def test_the_same_people_do_the_same_at_the_same_time_in_every_database(
    database: Database, ring_worker: Ring
) -> None:
    steps = []
    for _time in range(2):
        handful(database, ring_worker)
        with database.reading() as session:
            query = select(Event.case_id, Event.action, Event.at, Account.login).outerjoin(
                Account, Account.id == Event.account_id
            )
            steps.append(session.execute(query.order_by(Event.id)).all())
        sample.clear(database, store_of(database))
    assert steps[0] == steps[1]


def test_a_real_submission_beside_the_sample_is_never_cleared(
    database: Database, ring_worker: Ring
) -> None:
    handful(database, ring_worker)
    send(database, ring_worker)
    with pytest.raises(sample.NotEmpty, match="nothing was cleared"):
        sample.clear(database, store_of(database))
    with database.reading() as session:
        assert sample.is_loaded(session)


def test_the_sample_is_never_loaded_beside_real_submissions(
    database: Database, ring_worker: Ring
) -> None:
    send(database, ring_worker)
    with pytest.raises(sample.NotEmpty, match="real submissions"):
        handful(database, ring_worker)
    with pytest.raises(sample.NotEmpty, match="no sample data"):
        sample.clear(database, store_of(database))


def test_the_sample_is_never_loaded_into_a_real_register(
    database: Database, ring_worker: Ring
) -> None:
    with database.writing() as session:
        session.add(Member(name="Lê Văn Ất", folded="le van at", given="at", birth_year=1970))
    with pytest.raises(sample.NotEmpty, match="real register"):
        handful(database, ring_worker)


def test_keys_that_open_nothing_cannot_load_the_sample(
    database: Database, ring_public: Ring
) -> None:
    with pytest.raises(KeyFault, match="worker"):
        handful(database, ring_public)


def test_one_plain_line_says_what_is_loaded_where_nobody_watches(
    database: Database, ring_worker: Ring, capsys: pytest.CaptureFixture[str]
) -> None:
    handful(database, ring_worker)
    assert capsys.readouterr().err == f"Sample data: {len(HANDFUL)} letters.\n"


def send(database: Database, ring: Ring) -> None:
    """A resident sends a comment."""
    with database.writing() as session:
        words = Words(about="Ông Nông Văn Bách", what="Để vật liệu lấn vỉa hè.")
        receive(session, ring=ring, token=new_token(), entry=Entry(words=words), at=LOADED)


def test_some_letters_are_one_case_one_is_proposed_and_one_is_two(session: Session) -> None:
    together = session.scalars(select(Case).where(Case.letter_count > 1)).one()
    merged = session.scalars(select(Case.id).where(Case.merged_into_id == together.id)).all()
    assert (together.letter_count, len(merged)) == (3, 2)
    rows = session.execute(select(LookAlike.case_id, LookAlike.earlier_id))
    leads = {row.case_id: row.earlier_id for row in rows}
    # How alike two texts seem depends on the keys a little, and so does where the first may lead.
    there = {together.id, leads.get(together.id)}
    assert {case_id for case_id, lead in leads.items() if lead in there} > set(merged)
    part = session.scalars(select(Submission).where(Submission.part_of_id.is_not(None))).one()
    assert part.case_id != part.part_of_id


def test_some_are_away_and_the_ward_is_reminded_of_them(session: Session, loaded: Loaded) -> None:
    account = session.scalars(select(Account).where(Account.login == "binh.nguyen")).one()
    office = Office(ring=loaded.ring, calendar=read_calendar(session), at=LOADED)
    by = identify(session, search=loaded.ring.search, account=account, today=office.today)

    def names(turn: Callable[..., Page], name: str) -> list[str]:
        page = turn(session, office=office, by=by, name=name)
        return [row[1].name for row in page.rows]

    assert names(absences, "contact") == ["Nông Văn Dự", "Triệu Văn Khe"]
    assert names(absences, "proposed") == ["Hoàng Thị Hương"]
    assert names(transfers, "late") == ["Vi Thị Sao"]
    assert names(transfers, "moving") == ["Vi Thị Sao", "Nông Quốc Huân"]
    assert names(transfers, "moved") == ["Phạm Thị Nhung"]
