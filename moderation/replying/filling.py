"""Filling in what a text leaves open. Pure: a text and the facts of one case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import lazy_gettext as _

#: What may be left open, and what stands there in the end.
FIELDS = {
    "so_ho_so": _("số hồ sơ"),
    "ngay_nhan": _("ngày nhận ý kiến"),
    "han": _("ngày hẹn của bước đang chạy"),
    "noi": _("cấp đang giải quyết, không nêu tên đơn vị"),
    "dien_thoai": _("điện thoại của Cổng"),
}
_FIELD = re.compile(r"\{([^{}]*)\}")
#: Where a fact is not known: whoever sends the text sees that something is missing.
_OPEN = "…"


class BadField(Exception):
    """A text leaves something open that nobody fills in; ``names`` say what."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the names."""
        super().__init__(len(names))
        self.names = names


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with the facts of a case in it; dots where one is not known."""
    return _FIELD.sub(lambda found: facts.get(found[1], "") or _OPEN, text)


def unknown_fields(text: str) -> tuple[str, ...]:
    """What a text leaves open that is none of ``FIELDS``."""
    return tuple(dict.fromkeys(name for name in _FIELD.findall(text) if name not in FIELDS))
