"""What a registrar asks to be handed out: what, as which file, on which day."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from moderation.forms.fields import Day
from portal.fields import OneOf, PortalForm
from portal.models.register_import import ImportKind, SheetFormat


class ExportForm(PortalForm):
    """What is handed out."""

    kind = OneOf(
        _("Danh sách"),
        answers={
            ImportKind.MEMBERS.value: _("Đảng viên"),
            ImportKind.ORGANISATIONS.value: _("Tổ chức đảng"),
        },
        missing=_("Xin chọn một danh sách."),
    )
    form = OneOf(
        _("Loại tệp"),
        answers={
            SheetFormat.XLSX.value: _("Bảng tính (.xlsx)"),
            SheetFormat.CSV.value: _("Văn bản (.csv)"),
        },
        missing=_("Xin chọn loại tệp."),
    )
    on = Day(
        _("Tình hình ngày"),
        missing=_("Xin ghi ngày."),
        description=_("Ngày, tháng, năm. Ví dụ: 23/11/2026."),
        asked=True,
    )
