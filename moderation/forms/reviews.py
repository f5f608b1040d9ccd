"""What committees fill in about a screening review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import Field

from moderation.appraising import Recorded
from moderation.appraising.judging import column_of
from moderation.appraising.listing import Listed
from moderation.appraising.sealing import Body
from moderation.forms.fields import Day, WordOf
from portal.fields import Box, Line, OneOf, Paragraphs, PortalForm
from portal.models import LegalBasis, ReviewResult
from portal.text import vn_date
from portal.vocabulary import AnswerState, ReviewOutcome, ScreeningGroup

_LINE_MOST, _NOTE_MOST, _TEXT_MOST = 200, 2000, 5000
_YES, _NO = "yes", "no"


class PlanForm(PortalForm):
    """A review that is to be."""

    title = Line(
        _("Tên đợt rà soát"),
        most=_LINE_MOST,
        missing=_("Xin ghi tên đợt rà soát."),
        description=_("Ví dụ: Rà soát, sàng lọc đảng viên năm 2026."),
    )
    basis = OneOf(_("Căn cứ"), answers={}, missing=_("Xin chọn căn cứ."))
    begins = Day(_("Từ ngày"), ahead=True, missing=_("Xin ghi ngày đầu kỳ."))
    ends = Day(_("Đến ngày"), ahead=True, missing=_("Xin ghi ngày cuối kỳ."))
    holder = OneOf(_("Cấp ủy mở đợt"), answers={}, missing=_("Xin chọn cấp ủy mở đợt."))

    def offer(self, bases: Iterable[LegalBasis], holders: dict[int, str]) -> None:
        """Offer these documents and these committees; a single one is chosen."""
        self.basis.answers = {"": _("Chưa chọn")} | {str(each.id): _named(each) for each in bases}
        self.holder.answers = {str(number): name for number, name in holders.items()}
        if len(holders) == 1 and not self.holder.data:
            self.holder.data = next(iter(self.holder.answers))

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day, after checking."""
        return self.begins.day or date.max, self.ends.day or date.min


class ResultForm(PortalForm):
    """What one member's result is so far."""

    reviewed = OneOf(
        _("Đồng chí này có được rà soát không"),
        answers={_YES: _("Đã rà soát"), _NO: _("Không rà soát trong đợt này")},
        description=_("Không rà soát thì ghi lý do ở phần ghi chú."),
    )
    group_duty_unfulfilled = Box(ScreeningGroup.DUTY_UNFULFILLED.label)
    group_transfer_unfiled = Box(ScreeningGroup.TRANSFER_UNFILED.label)
    group_violation = Box(ScreeningGroup.VIOLATION.label)
    group_not_exemplary = Box(ScreeningGroup.NOT_EXEMPLARY.label)
    outcome = WordOf(_("Kết quả rà soát"), words=ReviewOutcome, first=_("Chưa ghi"))
    reference = Line(
        _("Số, ký hiệu quyết định"),
        most=_LINE_MOST,
        description=_("Bắt buộc khi kỷ luật, xóa tên, cho ra khỏi Đảng, miễn sinh hoạt."),
    )
    decided_on = Day(_("Ngày quyết định"))
    mentor = OneOf(
        _("Người được phân công giúp đỡ"),
        answers={},
        description=_("Khi giúp đỡ có thời hạn. Một đồng chí cùng chi bộ."),
    )
    mentoring_until = Day(_("Giúp đỡ đến ngày"), ahead=True)
    answer_state = WordOf(_("Hỏi đảng viên"), words=AnswerState, first=_("Chưa hỏi"))
    asked_on = Day(_("Ngày hỏi, hoặc lần liên hệ thứ nhất"))
    asked_again_on = Day(_("Lần liên hệ thứ hai"))
    answered_on = Day(_("Ngày trả lời"))
    answer = Paragraphs(
        _("Lời đảng viên trả lời"),
        most=_TEXT_MOST,
        description=_("Ghi đúng lời, không thêm bớt."),
    )
    read_back = Box(_("Đồng chí đó đã đọc lại hoặc nghe đọc lại, và đồng ý"))
    note = Paragraphs(
        _("Ghi chú nội bộ"), most=_NOTE_MOST, description=_("Chỉ cấp ủy và cấp trên đọc.")
    )

    @classmethod
    def showing(cls, row: ReviewResult | None, texts: Body) -> ResultForm:
        """What was recorded so far."""
        data = {"outcome": "", "answer_state": ""}
        if row is not None:
            data |= {name: _shown(getattr(row, name)) for name in _COLUMNS}
            data["reviewed"] = {None: "", True: _YES, False: _NO}[row.reviewed]
            data["mentor"] = str(row.mentor_id or "")
            data |= {column_of(each): getattr(row, column_of(each)) for each in ScreeningGroup}
        return cls(formdata=None, data=data | texts)

    def offer_mentors(self, members: Iterable[Listed], but: UUID) -> None:
        """Offer the other members of the cell."""
        self.mentor.answers = {"": _("Chưa phân công")} | {
            str(each.member_id): f"{each.name}, {each.birth_year}"
            for each in members
            if each.member_id != but
        }

    @property
    def groups(self) -> list[Field]:
        """The boxes of the four groups."""
        return [self[column_of(group)] for group in ScreeningGroup]

    def recorded(self) -> Recorded:
        """What was written down."""
        ticked = {group for group in ScreeningGroup if self[column_of(group)].data}
        return Recorded(
            reviewed={_YES: True, _NO: False}.get(self.reviewed.data),
            groups=frozenset(ticked),
            outcome=self.outcome.word if self.outcome.data else None,
            reference=self.reference.data,
            decided_on=self.decided_on.day,
            mentor_id=UUID(self.mentor.data) if self.mentor.data else None,
            mentoring_until=self.mentoring_until.day,
            answer_state=self.answer_state.word if self.answer_state.data else None,
            asked_on=self.asked_on.day,
            asked_again_on=self.asked_again_on.day,
            answered_on=self.answered_on.day,
            answer=self.answer.data,
            read_back=self.read_back.data,
            note=self.note.data,
        )


class CorrectionForm(ResultForm):
    """A confirmed result that is set right."""

    reason = Paragraphs(
        _("Lý do đính chính"), most=_NOTE_MOST, missing=_("Xin nêu lý do đính chính.")
    )


class SendBackForm(PortalForm):
    """Why a cell is to record again."""

    reason = Paragraphs(
        _("Lý do trả lại"),
        most=_NOTE_MOST,
        missing=_("Xin nêu lý do trả lại."),
        description=_("Chi bộ đọc phần này. Ghi rõ cần xem lại điều gì."),
    )


_COLUMNS = (
    *("outcome", "reference", "decided_on", "mentoring_until", "answer_state"),
    *("asked_on", "asked_again_on", "answered_on"),
)


def _shown(value: object) -> str:
    """A value of a row as it stands in a field."""
    return vn_date(value) if isinstance(value, date) else str(value or "")


def _named(basis: LegalBasis) -> str:
    """A document in a list, marked where nobody has compared it."""
    name = f"{basis.code}, {basis.title}"
    return name if basis.verified_on else f"{name} ({_('chưa kiểm tra')})"
