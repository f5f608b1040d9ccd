"""The routing slip (phiếu chuyển) that goes with a case to the organisation that has it.

Design rule: it is made of what that organisation reads on its own page, so it holds no day of the
letter, no unit, no place and no kind that only the desk knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from moderation.access import Person, Relation
from moderation.journal import write_at_desk
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.printing.letterhead import letterhead
from moderation.reading import HandlingPage, read_for_committee
from moderation.releases import is_hidden
from portal.bases import printed_for, read_bases
from portal.clock import local_date
from portal.i18n import DEFAULT, gettext, language, speaking
from portal.models import Case
from portal.printing.sheets import Part, PartKind, Sheet
from portal.printing.wording import day_line, foot_line, party, unprintable
from portal.text import vn_date
from portal.vocabulary import BasisUse, Deed, Status

#: While an organisation has a case, and once it has answered: offices file their slips.
_PASSED_ON = frozenset(
    {Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED, Status.ANSWERED}
)
#: The steps by which it came there.
_PASSING = ("route", "escalate", "reopen")


def has_slip(case: Case) -> bool:
    """Whether an organisation has the case with a text that it may read."""
    return case.status in _PASSED_ON and case.handler_id is not None and not is_hidden(case)


def routing_slip(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    relation: Relation,
) -> Sheet:
    """The slip of a case that ``has_slip``, written down as printed. It is in Vietnamese and of the
    day on which the case was passed on; the deadline on it is the one that runs when it is printed.
    """
    page = read_for_committee(session, office=office, keys=keys, case=case, relation=relation)
    with speaking(DEFAULT):
        sheet = _sheet(session, case, page)
    write_at_desk(
        session, office=office, case=case, account_id=by.account_id, deed=Deed.SLIP_PRINTED
    )
    return sheet


def _sheet(session: Session, case: Case, page: HandlingPage) -> Sheet:
    """The slip in words."""
    desk = letterhead(session, organisation_id=case.desk_id)
    handler = letterhead(session, organisation_id=case.handler_id or case.desk_id)
    steps = [step for step in page.course if step.action in _PASSING]
    passed_on = local_date(steps[-1].at)
    return Sheet(
        language=language(),
        title=gettext("Phiếu chuyển %(reference)s", reference=page.reference),
        left=desk.left,
        number=gettext("Số ……-PC/……"),
        right=party(),
        day=day_line(desk.place, passed_on),
        heading=gettext("Phiếu chuyển"),
        about=gettext("ý kiến của nhân dân gửi qua Cổng tiếp nhận"),
        addressed=gettext("Kính gửi: %(name)s", name=handler.name),
        parts=(*_facts(page), *_words(page), *_rests_on(session, passed_on), *_wanted(page)),
        copies_label=gettext("Nơi nhận:"),
        copies=(gettext("Như trên"), gettext("Lưu hồ sơ")),
        signed=(gettext("Người chuyển"), gettext("(ký, ghi rõ họ tên)")),
        foot=foot_line(page.reference),
        unprintable=unprintable(),
    )


def _facts(page: HandlingPage) -> Iterator[Part]:
    """Which case, of what kind, about whom, and by when."""
    kind = gettext("Góp ý, phản ánh")
    if page.praise or page.nomination:
        kind = gettext("Biểu dương") if page.praise else gettext("Giới thiệu quần chúng ưu tú")
    about = gettext("Đảng viên được khen") if page.praise else gettext("Đảng viên được góp ý")
    yield Part(PartKind.FACT, gettext("Hồ sơ"), page.reference)
    yield Part(PartKind.FACT, gettext("Loại ý kiến"), kind)
    if page.subject is not None:
        person = f"{page.subject.name}, {page.subject.birth_year}"
        yield Part(PartKind.FACT, about, person)
        if page.subject.cell:
            yield Part(PartKind.FACT, gettext("Sinh hoạt tại"), page.subject.cell)
    for clock in page.clocks:
        if clock.stage == "result" and clock.paused_at is None:
            yield Part(PartKind.FACT, gettext("Hạn kết quả"), vn_date(clock.due_at))


def _words(page: HandlingPage) -> Iterator[Part]:
    """What was released of the letter, and of what its writer added."""
    yield Part(PartKind.QUOTE, gettext("Nội dung chuyển"), page.shown)
    for added in page.added:
        label = gettext("Bổ sung ngày %(day)s", day=vn_date(added.on))
        yield Part(PartKind.QUOTE, label, added.text)


def _rests_on(session: Session, day: date) -> Iterator[Part]:
    """What it rests on, as far as somebody has compared it with its text."""
    bases = printed_for(read_bases(session, on=day), BasisUse.SLIP)
    if bases:
        lines = "; ".join(each.line for each in bases)
        yield Part(PartKind.TEXT, gettext("Căn cứ"), lines)


def _wanted(page: HandlingPage) -> Iterator[Part]:
    """What is asked of the organisation, and how its paper is to be kept."""
    if page.praise:
        wanted = gettext("Đề nghị xem xét, ghi nhận, biểu dương và báo kết quả trên Cổng.")
    elif page.nomination:
        wanted = gettext("Đề nghị xem xét lời giới thiệu và báo kết quả trên Cổng.")
    else:
        wanted = gettext(
            "Đề nghị xem xét, giải quyết và báo kết quả trên Cổng. "
            "Xin nghe đảng viên giải trình trước khi kết luận."
        )
    yield Part(PartKind.TEXT, gettext("Đề nghị"), wanted)
    yield Part(
        PartKind.NOTE,
        text=gettext(
            "Nội dung chưa được kiểm tra. Chỉ người giải quyết được đọc phiếu này. "
            "Xin không sao chụp, không tìm hiểu ai đã gửi."
        ),
    )
