"""The form of a comment: what is asked, in which words, and what is refused.

Two answers are required, about whom and what happened. Nobody has to say who they are: whoever
wants to is told who may learn it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from wtforms import HiddenField
from wtforms.validators import ValidationError

from portal.choices import (
    CONTEXT_WORDS,
    FEAR_WORDS,
    HOW_KNOWN_WORDS,
    KIND_WORDS,
    POST_LEVEL_WORDS,
)
from portal.clock import local_date
from portal.commune import Commune
from portal.fields import Box, Line, OneOf, Paragraphs, PortalForm, Trap
from portal.forms.lettered import has_letters
from portal.gate import Stop, stop_for
from portal.holding import held
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _
from portal.identity import Particulars
from portal.identity.checking import is_mail, is_telephone
from portal.receiving import Entry
from portal.text import BadDate, parse_date
from portal.vault.codes import is_token, new_token
from portal.vocabulary import Context, HowKnown, Kind, Matter, PostLevel, Suspicion
from portal.vocabulary.labelled import Labelled
from portal.words import Words

ABOUT_MOST = 300
WHAT_MOST = 5_000
#: Letters or digits. "Tốt" is a comment; dots and hearts alone leave a reader to guess.
WHAT_LEAST = 3
LINE_MOST = 200
NAME_MOST = 100
TELEPHONE_MOST = 30
HOPE_MOST = 1_000
#: What the form carries once the gate was read.
PASSED = "report"

_BAD_DATES = {
    "no_such_day": _("Lịch không có ngày này. Xin xem lại ngày, tháng, năm."),
    "future": _("Ngày này chưa tới. Xin ghi lúc việc đã xảy ra."),
    "too_old": _("Cổng chỉ nhận việc từ năm 1945 đến nay. Xin xem lại năm."),
}

_Member = TypeVar("_Member", bound=Labelled)


class SendForm(PortalForm):
    """A comment, as it is written and as it goes through the preview."""

    about = Line(
        _("1. Ý kiến này về ai?"),
        most=ABOUT_MOST,
        missing=_("Viết tên, chức vụ hoặc điều giúp nhận ra người ông/bà nói đến."),
        description=_("Tên hoặc chức vụ, kèm nơi ở hay nơi làm. Ví dụ: “Bí thư chi bộ khối 7”."),
    )
    what = Paragraphs(
        _("2. Có việc gì?"),
        most=WHAT_MOST,
        missing=_("Viết thêm một chút: chuyện gì, ở đâu, khoảng khi nào."),
        description=_("Kể như nói chuyện. Đừng ghi số điện thoại, số căn cước."),
    )
    kind = OneOf(
        _("Câu nào gần ý ông/bà nhất?"),
        answers=KIND_WORDS,
        description=_("Giới thiệu quần chúng thì ghi tên người đó ở câu 1, khối hoặc thôn ở dưới."),
    )
    unit = Commune(_("Xã, phường"))
    unit_text = Line(
        _("Khối, thôn hoặc cơ quan"),
        most=LINE_MOST,
        description=_("Nhớ tên xã, phường cũ thì ghi luôn vào đây."),
    )
    post_level = OneOf(_("Người đó giữ chức vụ ở cấp nào?"), answers=POST_LEVEL_WORDS)
    context = OneOf(_("Việc này liên quan đến"), answers=CONTEXT_WORDS)
    place = Line(
        _("Việc xảy ra ở đâu?"),
        most=LINE_MOST,
        description=_("Ví dụ: “trước số nhà 15”."),
    )
    when = Line(
        _("Khoảng khi nào?"),
        most=LINE_MOST,
        description=_("Ngày, tháng hoặc năm. Ví dụ: 23/11/2026, 9/2026 hoặc 2026."),
    )
    how_known = OneOf(_("Ông/bà biết việc này từ đâu?"), answers=HOW_KNOWN_WORDS)
    hope = Paragraphs(_("Ông/bà mong điều gì?"), most=HOPE_MOST)
    fears = Box(
        _("Tôi lo bị trả đũa"),
        description=FEAR_WORDS,
    )
    own_name = Line(_("Họ và tên của ông/bà"), most=NAME_MOST)
    own_telephone = Line(_("Số điện thoại"), most=TELEPHONE_MOST)
    own_address = Line(_("Địa chỉ"), most=LINE_MOST)
    notify = Line(
        _("Thư điện tử để nhận tin"),
        most=LINE_MOST,
        description=_("Chỉ để báo tin. Niêm phong riêng, hủy chậm nhất ba ngày sau khi xong."),
    )
    website = Trap(_("Xin để trống ô này"))
    #: Filled once its writer has read where such a matter belongs and sends it as a report.
    gate = HiddenField()
    form_token = HiddenField()

    def validate_about(self, field: Line) -> None:
        """Refuse what names nobody: only signs, digits or pictures."""
        if not any(map(str.isalpha, field.data)):
            raise ValidationError(
                gettext("Viết bằng chữ tên, chức vụ hoặc điều giúp nhận ra người đó.")
            )

    def validate_what(self, field: Paragraphs) -> None:
        """Refuse what tells nothing; the shortest word of thanks is enough."""
        if not has_letters(field.data, WHAT_LEAST):
            raise ValidationError(
                gettext("Viết vài chữ thôi cũng được: chuyện gì, ở đâu, khoảng khi nào.")
            )

    def validate_when(self, field: Line) -> None:
        """Refuse a day, month or year that has not been, or is too long ago."""
        try:
            parse_date(field.data, local_date(held().clock()))
        except BadDate as error:
            # "Khoảng đầu tháng" is a good answer to "about when": only a clear mistake is refused.
            if error.reason != "format":
                raise ValidationError(str(_BAD_DATES[error.reason])) from error

    def validate_own_telephone(self, field: Line) -> None:
        """Refuse what nobody could call."""
        if field.data and not is_telephone(field.data):
            raise ValidationError(gettext("Số điện thoại cần 8 đến 15 chữ số. Xin xem lại."))

    def validate_notify(self, field: Line) -> None:
        """Refuse what no mail could reach."""
        if field.data and not is_mail(field.data):
            raise ValidationError(gettext("Địa chỉ thư có dạng ten@noi.vn. Xin xem lại."))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check every answer; who wrote is not taken while it cannot be sealed to two people."""
        fine = super().validate(extra_validators)
        if not self.particulars or self.takes_identity:
            return bool(fine)
        self.refuse(
            gettext(
                "Cổng đang chưa nhận được họ tên và liên hệ. Xin để trống ba ô ấy rồi gửi tiếp."
            )
        )
        return False

    @property
    def takes_identity(self) -> bool:
        """Whether there are custodians enough to seal who wrote."""
        roster = held().installation.current().roster
        return roster is not None and roster.takes_identities

    @property
    def particulars(self) -> Particulars:
        """Who wrote, as far as it was told."""
        own = self.own_name.data, self.own_telephone.data, self.own_address.data
        return Particulars(*own)

    @property
    def token(self) -> str:
        """The form's own token; a fresh one in place of what is none."""
        if not is_token(self.form_token.data or ""):
            self.form_token.data = new_token()
        return str(self.form_token.data)

    @property
    def stop(self) -> Stop | None:
        """Why its writer is shown first where such a matter belongs; nothing once they were."""
        return None if self.gate.data == PASSED else self.elsewhere

    @cached_property
    def elsewhere(self) -> Stop | None:
        """The same whether they were shown it or not; the words are looked through once."""
        return stop_for(self.kind.data, f"{self.what.data}\n{self.hope.data}")

    @property
    def matter(self) -> Matter:
        """Of which matter a petition would be, whether its writer was shown the gate or not."""
        return self.elsewhere.matter if self.elsewhere else Matter.DENUNCIATION

    @property
    def read_as(self) -> Kind | None:
        """The kind under which it is received: what belongs elsewhere comes as a report."""
        return Kind.REPORT if self.elsewhere else _member(Kind, self.kind)

    @property
    def for_commission(self) -> bool:
        """Whether nobody but a commission may handle it: it may be a denunciation."""
        stop = self.elsewhere
        return stop is not None and stop.grave

    def renew(self) -> None:
        """Make it a new form with the same answers."""
        self.form_token.data = new_token()

    def carried(self) -> list[tuple[str, str]]:
        """Every answer as it travels through the preview."""
        self.form_token.data = self.token
        answers = [(field.name, field.data) for field in self if field.data]
        return [(name, "y" if data is True else data) for name, data in answers]

    def entry(self, suspicion: Suspicion | None = None) -> Entry:
        """The checked answers, ready to be received."""
        unit = self.unit.unit
        return Entry(
            words=Words(
                about=self.about.data,
                what=self.what.data,
                unit=self.unit_text.data,
                place=self.place.data,
                when=self.when.data,
                hope=self.hope.data,
            ),
            kind=self.read_as,
            context=_member(Context, self.context),
            how_known=_member(HowKnown, self.how_known),
            post_level=_member(PostLevel, self.post_level),
            unit_id=unit.id if unit else None,
            fears_retaliation=self.fears.data,
            possible_denunciation=self.for_commission,
            suspicion=suspicion,
            particulars=self.particulars,
            notify=self.notify.data,
        )


def _member(kind: type[_Member], field: OneOf) -> _Member | None:
    """The chosen answer as a word of the vocabulary."""
    # An enumeration is called with a value alone, whatever its members are made of.
    return kind(field.data) if field.data else None  # type: ignore[call-arg]
