"""What an administrator fills in about a document on which something rests."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from moderation.forms.fields import Day
from moderation.setting_bases import BasisFacts
from portal.fields import Box, Line, PortalForm
from portal.models import LegalBasis
from portal.text import vn_date
from portal.vocabulary import BasisUse

_CODE_MOST, _LINE_MOST = 60, 300
_SAFE = ("https://", "http://")


class BasisForm(PortalForm):
    """One document."""

    code = Line(
        _("Số, ký hiệu"),
        most=_CODE_MOST,
        missing=_("Xin ghi số, ký hiệu văn bản."),
        description=_("Ghi đúng như trên văn bản."),
    )
    title = Line(_("Tên văn bản"), most=_LINE_MOST, missing=_("Xin ghi tên văn bản."))
    begins = Day(_("Có hiệu lực từ ngày"), ahead=True, missing=_("Xin ghi ngày có hiệu lực."))
    ends = Day(_("Đến hết ngày"), ahead=True, description=_("Để trống khi văn bản còn hiệu lực."))
    url = Line(_("Nơi đăng văn bản"), most=_LINE_MOST, description=_("Địa chỉ trang đăng văn bản."))
    review = Box(BasisUse.REVIEW.label)
    slip = Box(BasisUse.SLIP.label)
    guide = Box(BasisUse.GUIDE.label)

    @classmethod
    def showing(cls, row: LegalBasis) -> BasisForm:
        """What is kept of a document, to be changed."""
        days = {"begins": vn_date(row.effective_from)}
        days["ends"] = vn_date(row.effective_to) if row.effective_to else ""
        return cls(formdata=None, obj=row, data=days | dict.fromkeys(row.uses, True))

    def is_whole(self) -> bool:
        """Whether it can be kept; otherwise the form says what is wrong."""
        if self.ends.day and self.begins.day and self.ends.day < self.begins.day:
            self.ends.errors = [gettext("Ngày cuối phải sau ngày có hiệu lực.")]
        if self.url.data and not self.url.data.startswith(_SAFE):
            self.url.errors = [gettext("Xin ghi địa chỉ bắt đầu bằng https://.")]
        return not (self.ends.errors or self.url.errors)

    @property
    def boxes(self) -> list[Field]:
        """The boxes of where it is printed."""
        return [self[use.value] for use in BasisUse]

    def facts(self) -> BasisFacts:
        """What was typed."""
        return BasisFacts(
            code=self.code.data,
            title=self.title.data,
            effective_from=self.begins.day or date.max,
            effective_to=self.ends.day,
            url=self.url.data,
            uses=tuple(use for use in BasisUse if self[use.value].data),
        )
