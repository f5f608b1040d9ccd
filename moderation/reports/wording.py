"""What tables say in words: what a rate is a share of, what is missing, how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from moderation.reports.figures import Figure, Ratio
from moderation.reports.reading import Report
from moderation.reports.tables import GROUP_COLUMNS, Column, Layout
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _
from portal.text import vn_date, vn_datetime, vn_number
from portal.vocabulary import CaseworkColumn, MemberColumn, ReportTable, ScreeningGroup

_WHOLES = {
    MemberColumn.LISTED: _("số phải rà soát"),
    MemberColumn.REVIEWED: _("số được rà soát"),
    MemberColumn.VIOLATIONS: _("số có vi phạm"),
    CaseworkColumn.STAGES: _("số chặng đã xong"),
    CaseworkColumn.RATED: _("số lượt đánh giá"),
}


@dataclass(frozen=True)
class Taken:
    """Which account takes a table along, and when; ``sample``: the data are invented."""

    account: str
    at: datetime
    sample: bool = False


def heads(report: Report, taken: Taken) -> list[str]:
    """What is said at the head and at the end of a table that leaves the site.

    Who is shut out of a case does not count it, so two people take two tables of the same cases:
    neither holds the figures of the organisation.
    """
    found = [gettext("DỮ LIỆU MẪU")] if taken.sample else []
    if report.layout.table is ReportTable.CASEWORK:
        found.append(
            gettext(
                "Chỉ gồm hồ sơ mà tài khoản %(account)s được xem lúc %(time)s. "
                "Không phải số liệu của tổ chức.",
                account=taken.account,
                time=vn_datetime(taken.at),
            )
        )
    return found


def ratio_label(layout: Layout, ratio: Ratio) -> str:
    """A rate by both of its numbers: "Xóa tên trên tổng số đảng viên"."""
    part, whole = layout.column(ratio.part), layout.column(ratio.whole)
    return gettext("%(part)s trên %(whole)s", part=str(part.label), whole=whole_label(whole))


def whole_label(whole: Column) -> str:
    """What a rate is a share of, in the middle of a sentence."""
    return str(_WHOLES.get(whole) or lowered(str(whole.label)))


def missing_words(figure: Figure) -> str:
    """Of how many units the number is not known."""
    return gettext(
        "thiếu %(missing)s/%(asked)s đơn vị",
        missing=vn_number(figure.missing),
        asked=vn_number(figure.asked),
    )


def lowered(label: str) -> str:
    """A label in the middle of a sentence."""
    return label[:1].lower() + label[1:]


def notes(report: Report) -> list[str]:
    """How the table was counted, one sentence after another, as it stands below it."""
    day = vn_date(report.period.until)
    found = [
        gettext("Dấu – là chưa có số liệu. Chưa có số liệu khác với số 0."),
        gettext("Cơ cấu tổ chức theo ngày %(day)s.", day=day),
    ]
    if any(figure.missing for figure in report.sums[report.top.id].figures.values()):
        found.append(gettext("Chỗ ghi “thiếu” cộng các đơn vị đã có số liệu, chưa phải toàn bộ."))
    found.append(gettext("Tỷ lệ chỉ tính ở đơn vị có đủ cả hai số."))
    return [*found, *_HOW[report.layout.table](report)]


def _members(report: Report) -> list[str]:
    """Who is counted as a member."""
    return [
        gettext(
            "Tổng số đảng viên tính đến hết ngày %(day)s, theo nơi sinh hoạt chính thức.",
            day=vn_date(report.period.until),
        ),
        gettext("Người tạm miễn, sinh hoạt tạm thời nơi khác, đang chuyển vẫn tính ở chi bộ cũ."),
        gettext("Kết quả rà soát chỉ tính phần đã được cấp trên xác nhận."),
        gettext("Phải rà soát là người có tên trong danh sách khi mở đợt, nên khác tổng số."),
        gettext("Tính các đợt rà soát có ngày cuối kỳ nằm trong thời gian của bảng."),
        gettext(
            "Có vi phạm là thuộc ít nhất một trong bốn nhóm. Một người có thể thuộc nhiều nhóm."
        ),
        *(
            f"{column.label}: {lowered(str(group.label))}."
            for column, group in zip(GROUP_COLUMNS, ScreeningGroup, strict=True)
        ),
        gettext("Xóa tên, khai trừ và cho ra khỏi Đảng là ba việc khác nhau, không cộng chung."),
    ]


def _casework(_report: Report) -> list[str]:
    """Which cases are counted, and where."""
    return [
        gettext("Chỉ đếm hồ sơ mà người xem bảng được xem. Hồ sơ đã hết hạn lưu không còn ở đây."),
        gettext("Mỗi vụ việc đếm một lần ở nơi đang giải quyết, dù có nhiều thư."),
        gettext("Mỗi cột đếm việc xảy ra trong kỳ. Với cấp ủy, ngày nhận là ngày chuyển đến."),
        gettext("Phê bình gồm cả ý kiến vừa khen vừa chê. Chưa phân loại thì chỉ nằm trong tổng."),
        gettext("Chặng là một bước có hạn, như tiếp nhận, giải quyết. Một vụ việc có nhiều chặng."),
        gettext("Chặng tính cho nơi phải giữ hạn. Đánh giá tính theo vụ việc có kết quả trong kỳ."),
        gettext("Ít ý kiến không có nghĩa là không có việc. Bảng không dùng để xếp hạng."),
    ]


_HOW = {ReportTable.MEMBERS: _members, ReportTable.CASEWORK: _casework}


def labelled(name: str, until: date | None) -> str:
    """The name of an organisation; of one that has ended with its last day."""
    if until is None:
        return name
    plain = name.removesuffix(gettext("(cũ)")).rstrip()
    day = f"{until.day}/{until.month}/{until.year}"
    return gettext("%(name)s (cũ, đến %(day)s)", name=plain, day=day)
