"""What a moderator fills in for whoever telephones, comes in person or writes on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.entering import TYPED
from moderation.forms.fields import WordOf
from portal.fields import Line, OneOf, PortalForm
from portal.forms import LINE_MOST, SendForm
from portal.receiving import Entry
from portal.vocabulary import Channel, Suspicion


class EnterForm(SendForm):
    """The resident's own form, with the way by which the words came."""

    channel = WordOf(
        _("Ý kiến đến bằng cách nào?"),
        words=TYPED,
        missing=_("Xin chọn cách ý kiến đến."),
    )
    witness = OneOf(
        _("Người cùng mở hòm thư"),
        answers={},
        description=_("Chỉ chọn khi lấy từ hòm thư. Hòm thư luôn do hai người cùng mở."),
    )

    def offer(self, colleagues: Iterable[tuple[int, str]]) -> EnterForm:
        """Offer those with whom a letter box may have been opened."""
        self.witness.answers = {"": _("Chưa chọn")} | {str(n): name for n, name in colleagues}
        return self

    @property
    def witness_id(self) -> int | None:
        """With whom a letter box was opened; nobody for any other way."""
        boxed = self.channel.data == Channel.BOX.value
        return int(self.witness.data) if boxed and self.witness.data else None

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check every answer, and ask for the second person of a letter box."""
        fine = super().validate(extra_validators)
        if self.channel.data == Channel.BOX.value and self.witness_id is None:
            self.witness.errors = [gettext("Xin chọn người đã cùng mở hòm thư.")]
            return False
        return fine

    def entry(self, suspicion: Suspicion | None = None) -> Entry:
        """The checked answers, ready to be entered."""
        return replace(super().entry(suspicion), channel=self.channel.word)


class ReadOutForm(PortalForm):
    """What whoever telephones says: the number of the letter, and its code."""

    reference = Line(_("Số hồ sơ"), most=LINE_MOST, missing=_("Xin hỏi số hồ sơ ghi trên phiếu."))
    code = Line(_("Mã tra cứu bí mật"), most=LINE_MOST, missing=_("Xin nghe và nhập đủ 20 ký tự."))
