"""What staff do that is written into the journal."""

from __future__ import annotations

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Deed(Labelled):
    """One thing that a member of staff did. Content is never part of it."""

    READ = "read", _("Mở hồ sơ")
    UNMASKED = "unmasked", _("Xem chỗ đã che")
    EXPORTED = "exported", _("Tải nhật ký")
