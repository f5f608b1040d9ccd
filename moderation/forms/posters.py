"""For which place posters are wanted, and in which language."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from portal.commune import Commune
from portal.fields import OneOf, PortalForm
from portal.i18n import DEFAULT, LANGUAGES


class PosterForm(PortalForm):
    """A commune or ward, and one of the languages installed."""

    unit = Commune(_("Xã, phường"))
    spoken = OneOf(
        _("Tờ viết bằng"),
        answers={code: locale.display_name or code for code, locale in LANGUAGES.items()},
    )

    @property
    def language(self) -> str:
        """The language of the posters, which need not be that of the page."""
        return self.spoken.data if self.spoken.data in LANGUAGES else DEFAULT
