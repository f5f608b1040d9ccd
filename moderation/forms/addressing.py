"""To whom of several writers a text goes."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from portal.fields import OneOf, PortalForm


class AddressedForm(PortalForm):
    """A text for one writer. Where only one has written, nothing is asked."""

    letter = OneOf(
        _("Gửi cho người viết thư"),
        answers={},
        description=_("Hồ sơ gồm nhiều thư. Chỉ người viết thư này đọc được."),
    )

    def offer(self, letters: Mapping[int, str]) -> None:
        """Let one of these letters be chosen, by their numbers; the first is chosen already."""
        self.letter.answers = {str(number): name for number, name in letters.items()}
        self.letter.data = self.letter.data or next(iter(self.letter.answers), "")

    @property
    def letter_id(self) -> int | None:
        """The chosen letter, after checking; nothing where none was offered."""
        return int(self.letter.data) if self.letter.answers else None
