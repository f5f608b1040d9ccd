"""What a moderator fills in for many cases at once, beside why they are declined."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.fields import Line, PortalForm

_NUMBER_MOST = 40


class IntoForm(PortalForm):
    """In which case the others go on."""

    number = Line(
        _("Gộp vào hồ sơ số"),
        most=_NUMBER_MOST,
        description=_("Ví dụ: PA-2026-000123."),
    )
