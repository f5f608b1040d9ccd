"""What the papers of the portal have in common, and the two that residents take home: in words.

The form of a letter of the Party is that which its offices use; no rule about it is quoted. Texts
are in the language of the reader, but for the petition: it goes to an office.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.i18n import DEFAULT, gettext, language, speaking
from portal.printing.sheets import Part, PartKind, Sheet
from portal.text import continued, vn_date
from portal.text.naming import without_level
from portal.vocabulary import Finding, Matter


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer as its writer has it: under which number, when sent, by which level answered, and
    until when it may be contested, where it still may.
    """

    reference: str
    sent_on: date
    level: str
    finding: Finding
    text: str
    answered_on: date
    contest_until: date | None


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What a petition begins with: the matter, and what was typed, or nothing."""

    matter: Matter
    name: str = ""
    address: str = ""
    telephone: str = ""
    about: str = ""
    where: str = ""
    what: str = ""
    hope: str = ""


def party() -> str:
    """The words at the head of a letter of the Party."""
    return gettext("Đảng Cộng sản Việt Nam")


def day_line(place: str, on: date) -> str:
    """Place and day as they stand at the head: the place by its name, without its level."""
    return gettext(
        "%(place)s, ngày %(day)s tháng %(month)s năm %(year)s",
        place=without_level(place),
        day=f"{on.day:02}",
        month=f"{on.month:02}",
        year=on.year,
    )


def foot_line(reference: str) -> str:
    """What stands at the end of each page."""
    return gettext("Hồ sơ %(reference)s", reference=reference)


def unprintable() -> str:
    """What the sign for a letter means that the font does not have."""
    return gettext("Dấu [?] là ký tự không in được.")


def answer_parts(*, reference: str, finding: Finding, text: str) -> tuple[Part, ...]:
    """What an answer says, on every paper that holds it."""
    return (
        Part(PartKind.FACT, gettext("Hồ sơ"), reference),
        Part(PartKind.FACT, gettext("Kết luận"), str(finding.label)),
        Part(PartKind.TEXT, gettext("Nội dung trả lời"), text),
    )


def answer_of_writer(given: Given, *, place: str) -> Sheet:
    """An answer as a paper for whoever wrote: without a word of theirs, their code, or a name."""
    facts = answer_parts(reference=given.reference, finding=given.finding, text=given.text)
    between = (
        Part(PartKind.FACT, gettext("Ngày gửi ý kiến"), vn_date(given.sent_on)),
        Part(PartKind.FACT, gettext("Nơi giải quyết"), given.level),
    )
    return Sheet(
        language=language(),
        title=gettext("Văn bản trả lời"),
        left=(place, gettext("Cổng tiếp nhận ý kiến nhân dân")),
        right=party(),
        day=day_line(place, given.answered_on),
        heading=gettext("Văn bản trả lời"),
        about=gettext("ý kiến của nhân dân"),
        addressed=gettext("Kính gửi: Người gửi ý kiến"),
        parts=(*facts[:1], *between, *facts[1:], *_afterwards(given)),
        foot=foot_line(given.reference),
        unprintable=unprintable(),
    )


def petition(typed: Typed) -> Sheet:
    """A petition to sign, with what was typed and dots for the rest, in the language of the office
    that it goes to.
    """
    with speaking(DEFAULT):
        complaint = typed.matter is Matter.COMPLAINT
        whom = (
            gettext("Tôi khiếu nại quyết định, việc làm của:")
            if complaint
            else gettext("Tôi tố cáo (họ tên, chức vụ, nơi làm việc):")
        )
        return Sheet(
            language=language(),
            title=gettext("Mẫu đơn để in"),
            right=gettext("Cộng hòa xã hội chủ nghĩa Việt Nam"),
            motto=gettext("Độc lập - Tự do - Hạnh phúc"),
            day=gettext("…………, ngày …… tháng …… năm ………"),
            heading=gettext("Đơn khiếu nại") if complaint else gettext("Đơn tố cáo"),
            parts=_asked(
                (gettext("Kính gửi:"), "", 1),
                (gettext("Họ và tên người viết đơn:"), typed.name, 1),
                (gettext("Địa chỉ:"), typed.address, 1),
                (gettext("Số điện thoại, cách liên hệ:"), typed.telephone, 1),
                (whom, typed.about, 2),
                (gettext("Xảy ra ở đâu, khi nào:"), typed.where, 1),
                (gettext("Nội dung sự việc:"), typed.what, 8),
                (gettext("Giấy tờ, tài liệu kèm theo:"), "", 1),
                (gettext("Tôi đề nghị:"), typed.hope, 2),
                ("", _sworn(), 1),
            ),
            signed=(gettext("Người viết đơn"), gettext("(ký, ghi rõ họ tên)")),
            unprintable=unprintable(),
        )


def where_and_when(where: Iterable[str], when: str) -> str:
    """Where and when as one line: "Khối 7, phường Đông Kinh; từ 12/10". Behind another part a time
    begins small, unless it begins with a name, such as that of a feast.
    """
    place = ", ".join(part.strip(" .,;") for part in where if part.strip(" .,;"))
    return "; ".join(filter(None, (place, continued(when) if place else when)))


def _sworn() -> str:
    """What whoever signs a petition stands for."""
    return gettext(
        "Tôi cam đoan nội dung trên là đúng sự thật và chịu trách nhiệm về nội dung đã nêu."
    )


def _asked(*lines: Sequence[str | int]) -> tuple[Part, ...]:
    """The lines of a form: label, what was typed, rows of dots where nothing was."""
    return tuple(
        Part(PartKind.TEXT, str(label), str(text), int(rows)) for label, text, rows in lines
    )


def _afterwards(given: Given) -> tuple[Part, ...]:
    """What the writer may still do, and what this paper is."""
    what = gettext(
        "Bản in từ Cổng, không có chữ ký và con dấu. "
        "Nội dung giống câu trả lời ở trang Tra cứu. Trên giấy này không có mã tra cứu."
    )
    notes = (Part(PartKind.NOTE, text=what),)
    if given.contest_until is None:
        return notes
    until = gettext(
        "Nếu chưa đồng ý, ông/bà có thể đề nghị xem xét lại tại trang Tra cứu. "
        "Hạn cuối là hết ngày %(day)s.",
        day=vn_date(given.contest_until),
    )
    return (Part(PartKind.TEXT, text=until), *notes)
