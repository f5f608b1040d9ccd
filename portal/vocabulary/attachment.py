"""Words about files that come with a comment."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class FileKind(Labelled):
    """A kind of file as it is kept, after cleaning."""

    JPEG = "jpeg", _("Ảnh JPEG")
    PNG = "png", _("Ảnh PNG")
    PDF = "pdf", _("Tài liệu PDF")

    @property
    def ending(self) -> str:
        """How the name of such a file ends."""
        return "jpg" if self is FileKind.JPEG else self.value

    @property
    def mimetype(self) -> str:
        """What a browser is told of it."""
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"
