"""What tables say in words: what a rate is a share of, what is missing, how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from moderation.reports.columns import Column, StageColumn
from moderation.reports.figures import Figure, Ratio
from moderation.reports.periods import Period
from moderation.reports.reading import Report
from moderation.reports.tables import GROUP_COLUMNS, Layout
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _
from portal.text import vn_date, vn_datetime, vn_number
from portal.vocabulary import CaseworkColumn, MemberColumn, ReportTable, ScreeningGroup

_WHOLES: dict[object, object] = {
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
    if report.layout.table.is_of_cases:
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
    if isinstance(whole, StageColumn):
        return gettext("số đã xong")
    return str(_WHOLES.get(whole) or lowered(str(whole.label)))


def missing_words(figure: Figure) -> str:
    """Of how many units the number is not known."""
    return gettext(
        "thiếu %(missing)s/%(asked)s đơn vị",
        missing=vn_number(figure.missing),
        asked=vn_number(figure.asked),
    )


def named_periods(today: date) -> list[tuple[str, Period]]:
    """The periods that are often asked for, none beyond today."""
    month, quarter, year = Period.month(today), Period.quarter(today), Period.year(today)
    return [
        (gettext("Tháng này"), month.up_to(today)),
        (gettext("Tháng trước"), Period.month(month.before())),
        (gettext("Quý này"), quarter.up_to(today)),
        (gettext("Quý trước"), Period.quarter(quarter.before())),
        (gettext("Năm nay"), year.up_to(today)),
        (gettext("Năm trước"), Period.year(year.before())),
    ]


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
    if report.layout.ratios:
        found.append(gettext("Tỷ lệ chỉ tính ở đơn vị có đủ cả hai số."))
    if report.of_one_level:
        found.append(gettext("Các dòng cùng một cấp. Số ở cấp khác chỉ nằm trong dòng Cộng."))
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


def _cases() -> list[str]:
    """Which cases are counted, and where."""
    return [
        gettext("Chỉ đếm hồ sơ mà người xem bảng được xem. Hồ sơ đã hết hạn lưu không còn ở đây."),
        gettext("Mỗi vụ việc đếm một lần ở nơi đang giải quyết, dù có nhiều thư."),
    ]


def _not_ranked() -> str:
    """What nobody may read out of it."""
    return gettext("Ít ý kiến không có nghĩa là không có việc. Bảng không dùng để xếp hạng.")


def _casework(_report: Report) -> list[str]:
    """What each column counts."""
    return [
        *_cases(),
        gettext("Mỗi cột đếm việc xảy ra trong kỳ, mỗi vụ việc chỉ tính lần đầu."),
        _passed_on(),
        gettext("Phê bình gồm cả ý kiến vừa khen vừa chê. Chưa phân loại thì chỉ nằm trong tổng."),
        gettext("Đã sàng lọc gồm cả vụ việc không tiếp nhận hoặc đã hướng dẫn nơi khác."),
        gettext("Chặng là một bước có hạn, như tiếp nhận, giải quyết. Một vụ việc có nhiều chặng."),
        gettext("Chặng tính cho nơi phải giữ hạn. Thời gian chờ người gửi không phải là chặng."),
        gettext("Đánh giá tính theo vụ việc có kết quả trong kỳ, mỗi thư một lượt."),
        _not_ranked(),
    ]


def _received(_report: Report) -> list[str]:
    """By what the cases that came are told apart."""
    return [
        *_cases(),
        gettext("Đếm vụ việc nhận trong kỳ, theo phân loại hiện nay của người kiểm duyệt."),
        _passed_on(),
        _not_ranked(),
    ]


def _channels(_report: Report) -> list[str]:
    """Whose way it was."""
    return [
        *_cases(),
        gettext("Kênh là của lá thư mở đầu vụ việc. Chỉ bộ phận tiếp nhận xem bảng này."),
        _not_ranked(),
    ]


def _findings(_report: Report) -> list[str]:
    """Of which answers, and as they stand when."""
    return [
        *_cases(),
        gettext("Đếm vụ việc có kết quả lần đầu trong kỳ, theo kết luận còn hiệu lực hiện nay."),
        gettext(
            "Kết luận đã được xem xét lại và mở lại thì không tính cho đến khi có kết quả mới."
        ),
        gettext("Kết luận nói về nội dung phản ánh, không dùng để đánh giá cá nhân."),
        _not_ranked(),
    ]


def _stages(_report: Report) -> list[str]:
    """How stages are measured."""
    return [
        gettext("Chỉ đếm hồ sơ mà người xem bảng được xem. Hồ sơ đã hết hạn lưu không còn ở đây."),
        gettext("Đếm chặng kết thúc trong kỳ, ở nơi phải giữ hạn. Một vụ việc có nhiều chặng."),
        gettext("Đúng hay quá hạn chốt khi chặng kết thúc, theo hạn lúc đó, kể cả hạn đã gia hạn."),
        gettext("Thời gian là số ngày làm việc, xong trong ngày là 0. Lúc tạm dừng không tính."),
        gettext("Trung vị: một nửa số chặng xong trong số ngày ấy. Phân vị 90: chín phần mười."),
        gettext("Chặng dừng chỉ vì người gửi rút ý kiến thì không tính."),
        _not_ranked(),
    ]


def _passed_on() -> str:
    """What the lists of committees begin with."""
    return gettext("Với cấp ủy, ngày nhận và ngày sàng lọc là ngày chuyển đến.")


_HOW = {
    ReportTable.MEMBERS: _members,
    ReportTable.CASEWORK: _casework,
    ReportTable.KINDS: _received,
    ReportTable.TOPICS: _received,
    ReportTable.CHANNELS: _channels,
    ReportTable.FINDINGS: _findings,
    ReportTable.DESK_STAGES: _stages,
    ReportTable.HANDLING_STAGES: _stages,
}


def labelled(name: str, until: date | None) -> str:
    """The name of an organisation; of one that has ended with its last day."""
    if until is None:
        return name
    plain = name.removesuffix(gettext("(cũ)")).rstrip()
    day = f"{until.day}/{until.month}/{until.year}"
    return gettext("%(name)s (cũ, đến %(day)s)", name=plain, day=day)
