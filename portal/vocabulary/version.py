"""Words about the texts that are made of a letter, one for each reader."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Making(Labelled):
    """How a text came to be out of the writer's masked words."""

    AS_WRITTEN = "as_written", _("Giữ nguyên lời, chỉ che tự động")
    REDACTED = "redacted", _("Lược bỏ một số chỗ")
    PARAPHRASED = "paraphrased", _("Viết lại bằng lời khác")


class VersionReason(Labelled):
    """Why a text for a reader is not the writer's own."""

    GUESSABLE = "guessable", _("Để không ai đoán ra người gửi")
    OTHERS = "others", _("Giữ kín điều riêng của người khác")
    ABUSE = "abuse", _("Bỏ lời xúc phạm, giữ lại sự việc")
    CLEARER = "clearer", _("Nói gọn, rõ việc chính")
