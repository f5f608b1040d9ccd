"""What a verb refuses, as sentences beside the field that can mend it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.answering import FindingNotAllowed
from moderation.discretion import NamesSomebody, TellsMembership, TellsOutcome
from moderation.followups import BadDay
from moderation.forms.passing import PublishForm
from moderation.leaving.keeping_sealed import TellsReason
from moderation.screening import NoHandler, NotNomination, NotPraise, TiedToSubject
from moderation.versions import NothingChanged, ParaphraseNeeded, TellsDetail
from moderation.workflow import Incomplete, Need
from portal.fields import Label, PortalForm

#: The field of a form that can mend it, the first one that the form has; and what to do.
_Advice = tuple[tuple[str, ...], Label]

_NEEDS: dict[Need, _Advice] = {
    Need.REASON: (
        ("reference", "overriding", "reason"),
        _("Xin nêu lý do."),
    ),
    Need.PUBLIC_NOTE: (("note", "answer", "draft"), _("Xin ghi điều người gửi sẽ đọc.")),
    Need.CHECKLIST: (("readable",), _("Xin kiểm tra đủ các điểm trước khi đề nghị.")),
    Need.CLASSIFICATION: (
        (),
        _("Xin chọn đủ loại ý kiến, khen hay phê bình và lĩnh vực."),
    ),
    Need.SUBJECT: (("right_member",), _("Xin chọn đảng viên được góp ý trước khi đề nghị.")),
    Need.AUTHORITY: (("authority",), _("Xin ghi tên cơ quan có thẩm quyền.")),
    Need.ORGANISATION: (
        ("organisation",),
        _("Nơi này không nhận được ý kiến này. Xin chọn ủy ban kiểm tra hoặc nơi được đề xuất."),
    ),
    Need.SHOWN_TEXT: (("shown",), _("Xin ghi nội dung mà nơi nhận sẽ đọc.")),
    Need.PUT_TEXT: (("put",), _("Xin ghi nội dung được nêu với đảng viên.")),
    Need.VERSION_REASON: (("why",), _("Bản này khác lời người gửi. Xin chọn lý do.")),
    Need.FINDING: (("answer", "finding"), _("Chưa có kết luận. Xin gửi lại để nơi nhận báo cáo.")),
    Need.STATEMENT: (("text", "outcome"), _("Xin ghi lời giải trình của đảng viên.")),
    Need.READ_BACK: (
        ("read_back",),
        _("Xin đọc lại cho đảng viên nghe, đánh dấu ô này và ghi ngày đọc lại."),
    ),
}
#: Where the same need is met by another field, the sentence says what that field wants.
_BY_FIELD: dict[str, Label] = {
    "reference": _("Xin ghi số, ký hiệu quyết định kỷ luật."),
    "overriding": _("Nơi nhận khác với đề xuất. Xin nêu lý do."),
}
_DAYS: dict[str, Label] = {
    "future": _("Ngày này chưa tới. Xin ghi ngày đã làm."),
    "not_ahead": _("Xin chọn một ngày sắp tới."),
    "past": _("Ngày này trước khi Cổng nhận ý kiến. Xin xem lại ngày."),
    "earlier": _("Ngày này quá sớm. Xin chọn ngày muộn hơn hạn hiện nay."),
    "too_far": _("Ngày này quá xa. Xin chọn ngày sớm hơn."),
    "not_working": _("Ngày này là ngày nghỉ. Xin chọn ngày làm việc."),
    "asked": _("Xin ghi ngày hỏi đảng viên."),
    "attempts": _("Cần hai lần liên hệ vào hai ngày khác nhau."),
}
_READ_BY_RESIDENTS = ("answer", "draft", "question", "note", "text")
_DAY_FIELDS = ("done_on", "told_on", "review_on", "new_date", "asked_on", "read_on")
#: Where it is not the first day of a form that is wrong.
_BY_REASON = {"attempts": ("attempt_2",), "asked": ("asked_on",)}
FINDINGS: dict[str, Label] = {
    "statement": _("Chưa có lời giải trình của đảng viên."),
    "field_check": _("Chưa kiểm tra thực tế."),
    "clear_name": _("Chưa báo cho đảng viên là đã được làm rõ. Xin báo và ghi lại trước."),
    "considered": _("Chưa ghi việc nào về lời giới thiệu. Xin ghi việc đã làm trước."),
    "sentiment": _("Kết luận này không hợp với ý kiến. Xin chọn kết luận khác."),
}
_NOT_PRAISE = _("Đã chọn “Khen” thì loại ý kiến phải là “Biểu dương”. Xin xem lại hai mục này.")
_NOT_NOMINATION = _(
    "Lời giới thiệu quần chúng chỉ có khen, do người gửi chọn, không gắn với đảng viên nào."
)
_TIED = _("Đồng chí có liên quan đến đảng viên này. Xin để người khác xem xét.")
_PARAPHRASE = _("Nội dung còn giữ nguyên lời người gửi. Xin viết lại bằng lời khác.")
_NOTHING_CHANGED = _("Hai bản vẫn như cũ. Xin sửa rồi lưu, hoặc quay lại hồ sơ.")
_NO_HANDLER = _("Nơi này không còn ai được phép giải quyết. Xin chọn nơi khác.")


#: What a field of the form can mend by itself.
_MENDED = (
    *(Incomplete, NotPraise, NotNomination, TiedToSubject),
    *(ParaphraseNeeded, NoHandler, BadDay),
)


def attempt(form: PortalForm, verb: Callable[[], None]) -> bool:
    """Let a verb work, and tell whether it did; what it refuses is put beside a field.

    What does not fit the case any more is not for a field: NotAvailable and Conflict go on.
    """
    try:
        verb()
    except _MENDED as error:
        _tell(form, *_advice(error))
    except NamesSomebody as error:
        _tell(form, _READ_BY_RESIDENTS, without_names(error))
        if isinstance(form, PublishForm):
            form.offers_keep = not error.strict
    except TellsMembership as error:
        _tell(form, _READ_BY_RESIDENTS, without_membership(error))
    except TellsOutcome as error:
        _tell(form, _READ_BY_RESIDENTS, without_outcome(error))
    except TellsReason as error:
        _tell(form, _READ_BY_RESIDENTS, without_reason(error))
    except TellsDetail as error:
        _tell(form, ("put", "text"), without_details(error, "put" in form))
    except NothingChanged:
        _tell(form, ("shown",), _NOTHING_CHANGED)
    except FindingNotAllowed as error:
        _tell(form, ("finding",), FINDINGS[error.reason])
    else:
        return True
    return False


def without_details(error: TellsDetail, put: bool = True) -> str:
    """Which words must go from what is ``put`` to the member, or from what everybody reads."""
    words = ", ".join(f"“{each}”" for each in error.words)
    if not put:
        return gettext(
            "Mọi người sẽ đọc phần này. Xin viết lại, không nêu: %(words)s.", words=words
        )
    return gettext(
        "Đảng viên không được biết ngày, giờ, nơi cụ thể hay ai gửi. Xin bỏ: %(words)s.",
        words=words,
    )


def without_membership(error: TellsMembership) -> str:
    """Which words must go, and how the neutral reason reads."""
    words = ", ".join(f"“{each}”" for each in error.words)
    return gettext(
        "Không cho biết ai là hay không là đảng viên. Xin bỏ: %(words)s. "
        "Có thể ghi: Nội dung không thuộc phạm vi tiếp nhận của Cổng.",
        words=words,
    )


def without_outcome(error: TellsOutcome) -> str:
    """Which words must go from what is told of a nomination, and what may be written."""
    words = ", ".join(f"“{each}”" for each in error.words)
    return gettext(
        "Không cho biết người được giới thiệu được xem xét ra sao. Xin bỏ: %(words)s. "
        "Có thể ghi: Chi bộ đã ghi nhận lời giới thiệu.",
        words=words,
    )


def without_reason(error: TellsReason) -> str:
    """Which words must go from what is told of an absence, and what may be written."""
    words = ", ".join(f"“{each}”" for each in error.words)
    return gettext(
        "Lý do vắng mặt được niêm kín. Xin bỏ: %(words)s. "
        "Có thể ghi: Chi bộ đã xem xét, việc vắng mặt đúng quy định.",
        words=words,
    )


def without_names(error: NamesSomebody) -> str:
    """What to write otherwise, and which words it is about."""
    words = ", ".join(f"“{each}”" for each in error.words)
    return gettext("Người gửi sẽ đọc phần này. Xin viết lại, không nêu: %(words)s.", words=words)


def _advice(error: Exception) -> _Advice:
    """Which fields can mend a refusal, and how."""
    if isinstance(error, Incomplete):
        return _NEEDS[error.need]
    if isinstance(error, BadDay):
        fields = _BY_REASON.get(error.reason, _DAY_FIELDS)
        return fields, _DAYS[error.reason]
    if isinstance(error, NotPraise):
        return ("sentiment",), _NOT_PRAISE
    if isinstance(error, NotNomination):
        return ("kind",), _NOT_NOMINATION
    if isinstance(error, TiedToSubject):
        return ("member",), _TIED
    if isinstance(error, ParaphraseNeeded):
        return (error.kind.value, "text"), _PARAPHRASE
    return ("organisation",), _NO_HANDLER


def _tell(form: PortalForm, names: tuple[str, ...], sentence: Label) -> None:
    """Put a sentence beside the first of these fields that the form has, else above the form."""
    for name in names:
        if name in form:
            form[name].errors = [*form[name].errors, str(_BY_FIELD.get(name, sentence))]
            return
    form.refuse(str(sentence))
