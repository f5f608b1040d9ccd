"""Fills a database with many cases, sealed as the portal seals them, for the staff rows.

The register is the sample's; the cases are written in bulk past the verbs, in the shape in which
the verbs leave them, because ten thousand real letters would take the bench minutes.
"""

import random
import sys
from collections import Counter as Tally
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from moderation import sample
from moderation.register import line
from moderation.searching.indexing import entry_of
from moderation.searching.sheets import Passage, Sheet, seal_sheet
from moderation.searching.terms import Terms, place_term, written
from moderation.workflow.filing import QUEUES
from portal import schema
from portal.clock import local_date, now
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Case, CaseScope, Counter, Organisation, Seal, SearchEntry
from portal.models.case import Room
from portal.models.submission import SealHolder, SealTarget, identity_of
from portal.vault import Ring, encrypt, load_ring, new_key, seal_box
from portal.vault.minting import mint
from portal.vocabulary import Kind, OrganisationKind, Status, Topic

BLOCK = 1000
WARD = "Đảng bộ phường Đông Kinh"
#: Statuses a moderator's desk lists, as often as they are met.
STATUSES = (
    *(Status.RECEIVED,) * 3,
    *(Status.SCREENING,) * 2,
    *(Status.NEED_INFO, Status.ELIGIBLE, Status.DECLINED, Status.REFERRED),
)
TITLES = (
    "Vật liệu xây dựng lấn hết vỉa hè trước ngõ, bà con nhắc nhiều lần chưa dọn",
    "Cảm ơn cô giáo đã đến từng nhà vận động các cháu đi học lại sau lũ",
    "Họp khối ba buổi mà các hộ chưa thấy công khai tiền điện chiếu sáng",
    "Mong đồng chí báo lịch họp sớm hơn và bắt đầu đúng giờ",
)
#: What the letters tell beside their titles; each has some of it.
SENTENCES = (
    "Xe chở xi măng đỗ kín vỉa hè vào giờ cao điểm, người già và trẻ em phải xuống lòng đường.",
    "Bà con trong tổ đã góp ý hai lần ở cuộc họp mà chưa thấy trả lời bằng văn bản.",
    "Cán bộ tiếp dân niềm nở, giải thích rõ từng khoản thu và hẹn ngày trả kết quả.",
    "Đèn đường hỏng từ đầu tháng, buổi tối các cháu đi học thêm về rất nguy hiểm.",
    "Nước thải của xưởng chảy ra mương, mùi hôi kéo dài suốt cả tuần vừa qua.",
    "Quỹ khuyến học năm nay công khai muộn, nhiều hộ chưa biết đã chi vào việc gì.",
    "Mong chi bộ xem lại lịch trực, vì người làm ca đêm không đến được buổi sáng.",
    "Đề nghị niêm yết số điện thoại ở nhà văn hóa để mọi người tiện liên hệ.",
)
#: A page of the oldest cases tells of it, however many came later, which a search has to pass by.
RARE, _RARE = "cay gao co thu", "Cây gạo cổ thụ đầu đình bị chặt cành mà không ai được hỏi."

_OLDEST = 1_000


def installation(folder: Path) -> Database:
    """Make keys and a database with the sample's register and no case."""
    mint(folder / "keys")
    database = Database(f"sqlite:///{folder / 'portal.db'}")
    schema.upgrade(database)
    ring, files = load_ring(folder / "keys" / "worker"), FileStore(str(folder / "files"))
    sample.load(database, ring, files, today=_today(), only=())
    return database


def fill(database: Database, ring: Ring, *, start: int, stop: int) -> None:
    """Write the cases with these numbers."""
    with database.reading() as session:
        ward = session.scalars(
            select(Organisation).where(
                Organisation.name == WARD,
                Organisation.kind == OrganisationKind.WARD_COMMUNE,
                Organisation.valid_to.is_(None),
            )
        ).one()
    blocks = range(start, stop, BLOCK)
    with click.progressbar(blocks, label=f"{stop:,} cases", hidden=not _on_terminal()) as bar:
        for first in bar:
            with database.writing() as session:
                _write(session, ring, ward, range(first, min(first + BLOCK, stop)))


def _write(session: Session, ring: Ring, ward: Organisation, numbers: range) -> None:
    """Write one block of cases with their seals, their places and the counters."""
    cases: list[dict[str, Any]] = []
    seals: list[dict[str, Any]] = []
    scopes: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    terms = Terms(ring.search)
    tally: Tally[Status] = Tally()
    for number in numbers:
        case, boxes, internal = _case(ring, ward, number)
        cases.append(case)
        seals += boxes
        scopes += _scopes(ward, case)
        entries.append(_entry(ward, terms, internal, case["id"], number))
        tally[case["status"]] += 1
    tables = ((Case, cases), (Seal, seals), (CaseScope, scopes), (SearchEntry, entries))
    for model, rows in tables:
        session.execute(insert(model), rows)
    for organisation_id in line(ward.path):
        for status, amount in tally.items():
            key = (Room.DESK, organisation_id, status)
            counter = session.get(Counter, key) or Counter(
                room=Room.DESK, organisation_id=organisation_id, status=status, amount=0
            )
            counter.amount += amount
            session.add(counter)


def _case(ring: Ring, ward: Organisation, number: int) -> tuple[dict[str, Any], list[Any], bytes]:
    """One case, the seals of its two keys, and the internal one."""
    # Invented cases are to be the same in each run; nothing that guards is drawn here.
    chance = random.Random(number)  # nosec B311
    moment = now()
    case_id = identity_of(_today().year - 1, number + 1)
    public, internal = new_key(), new_key()
    status = chance.choice(STATUSES)
    title = f"{chance.choice(TITLES)} ({number})"
    case = {
        "id": case_id,
        "status": status,
        "version": 1,
        "arrived_at": moment - timedelta(days=30),
        "prepared_at": moment - timedelta(days=30),
        "desk_id": ward.id,
        "kind": chance.choice(list(Kind)),
        "topic": chance.choice(list(Topic)),
        "unit_id": ward.id,
        "headline": encrypt(internal, title.encode(), "feedback_case", case_id, "headline"),
        "due_at": _due(chance, moment),
    }
    return case, list(_seals(ring, case_id, public, internal)), internal


def _entry(
    ward: Organisation, terms: Terms, key: bytes, case_id: int, number: int
) -> dict[str, Any]:
    """How one case is found: a letter of some sentences about somebody, as the verbs index it."""
    chance = random.Random(number)  # nosec B311
    told = [chance.choice(TITLES), *chance.sample(SENTENCES, 4)]
    told += [_RARE] if number % 50 == 0 and number < _OLDEST else []
    sheet = Sheet(
        title=f"{told[0]} ({number})",
        passages=(
            Passage("about", f"Ông Lý Văn Mẫu {number % 97}, tổ {number % 31}"),
            Passage("what", " ".join(told)),
            Passage("unit", ward.name),
        ),
    )
    entry_id = entry_of(case_id, Room.DESK)
    texts = [passage.text for passage in sheet.passages]
    return {
        "id": entry_id,
        "case_id": case_id,
        "words": written(terms.of(texts, sheet.names)),
        "filing": written(place_term(Room.DESK, place) for place in line(ward.path)),
        "sheet": seal_sheet(key, entry_id, sheet),
    }


def _seals(ring: Ring, case_id: int, public: bytes, internal: bytes) -> Iterator[dict[str, Any]]:
    """The seals of both keys of a case to the staff key."""
    staff = ring.public[ring.version]
    for target, key in ((SealTarget.CASE_PUBLIC, public), (SealTarget.CASE_INTERNAL, internal)):
        yield {
            "target": target,
            "target_id": case_id,
            "holder": SealHolder.STAFF,
            "holder_id": 0,
            "key_version": ring.version,
            "box": seal_box(staff, key, target.value, case_id),
        }


def _scopes(ward: Organisation, case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """From where the case is seen."""
    for organisation_id in line(ward.path):
        yield {
            "room": Room.DESK,
            "organisation_id": organisation_id,
            "case_id": case["id"],
            "queue": QUEUES[Room.DESK][case["status"]],
            **{name: case[name] for name in ("status", "kind", "topic", "unit_id", "due_at")},
        }


def _due(chance: random.Random, moment: datetime) -> datetime:
    """A deadline within a fortnight, before or after."""
    return moment + timedelta(minutes=chance.randint(-10_000, 10_000))


def _today() -> date:
    """The day of the bench."""
    return local_date(now())


def _on_terminal() -> bool:
    """Whether somebody is watching."""
    return sys.stderr.isatty()
