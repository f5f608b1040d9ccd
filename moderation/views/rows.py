"""One case in the words of a list, and as a row of its table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from flask_babel import gettext
from markupsafe import Markup

from portal.drawn import draw_line
from portal.i18n import language


class RowKind(NamedTuple):
    """What decides how a row is drawn, beside the texts in it; there are few kinds."""

    #: What stands above the cells, which a phone shows in them.
    columns: tuple[str, ...]
    status: str
    added: bool
    pressed: str
    late: bool
    near: bool
    mine: bool


@dataclass(frozen=True)
class DrawnLine:
    """One case in the words of a list. ``pending`` stands in place of the status."""

    #: The number of the case, where a deed for many may begin with it.
    choosable: int | None
    href: str
    title: str
    reference: str
    status: str
    status_label: str
    pending: str
    added: bool
    kind: str
    place: str
    due: str
    due_at: str
    holder: str
    #: Until when they hold it, where that ends by itself.
    until: str
    late: bool
    near: bool
    mine: bool
    #: How far the time is used up, where somebody was told.
    pressed: str

    def row(self, said: str = "", *, ticks: bool = True) -> Markup:
        """The row of a table, with or without a box to tick; ``said`` is a snippet. Each kind of
        row is drawn once.
        """
        kind = RowKind(
            columns=_columns(language()),
            status="pending" if self.pending else self.status,
            added=self.added,
            pressed=self.pressed,
            late=self.late,
            near=self.near,
            mine=self.mine,
        )
        texts = {
            "href": self.href,
            "title": self.title,
            "reference": self.reference,
            "tag": self.pending or self.status_label,
            "sort": self.kind,
            "place": self.place,
            "due": self.due,
            "due_at": self.due_at,
            "holder": self.holder,
            "until": self.until,
            "tick": str(self.choosable or "") if ticks else "",
            "said": said,
        }
        return draw_line("macros/cases.html", "list_row", kind, texts)


@cache
def _columns(_language: str) -> tuple[str, ...]:
    """What stands above the cells of a list, in a language."""
    words = gettext("Việc"), gettext("Trạng thái"), gettext("Loại, nơi"), gettext("Hạn")
    return (*words, gettext("Người giữ"))
