"""What a moderator fills in when a case is passed on, sent back or answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.forms.fields import WordOf
from moderation.forms.screening import LINE_MOST, NOTE_MOST
from moderation.reading import Destination
from moderation.versions import Texts
from portal.fields import Box, Label, Line, OneOf, Option, Paragraphs, PortalForm
from portal.vocabulary import CELLS, OrganisationKind, VersionReason

TEXT_MOST = 5_000


class Place(OneOf):
    """One organisation out of those that may be chosen, the proposed one first."""

    def __init__(self, label: Label, **options: Any):
        """Nothing may be chosen until places are offered."""
        super().__init__(label, answers={}, **options)
        self._groups: dict[str, list[Destination]] = {}

    def offer(self, places: Iterable[Destination], proposed: int) -> None:
        """Offer these places, in groups."""
        titles = (gettext("Được đề xuất"), gettext("Chi bộ"), gettext("Đảng ủy"))
        groups: dict[str, list[Destination]] = {
            title: [] for title in (*titles, gettext("Ủy ban kiểm tra"))
        }
        for place in places:
            groups[_group_of(place, proposed, list(groups))].append(place)
        self._groups = groups
        self.answers = {str(each.id): each.name for each in places}

    def has_groups(self) -> bool:
        """The places come in groups."""
        return True

    def iter_groups(self) -> Iterator[tuple[str, list[Option]]]:
        """The groups that have a place in them."""
        for title, places in self._groups.items():
            if places:
                yield (
                    title,
                    [Option(str(p.id), p.name, str(p.id) == self.data) for p in places],
                )


class TextsForm(PortalForm):
    """The texts that are made of a letter, one for the organisation and one for the member."""

    shown = Paragraphs(
        _("Nội dung chuyển đi"),
        most=TEXT_MOST,
        missing=_("Xin ghi nội dung mà nơi nhận sẽ đọc."),
        description=_("Nơi nhận chỉ đọc phần này. Bỏ chi tiết mà chỉ người gửi biết."),
    )
    put = Paragraphs(
        _("Nội dung nêu với đảng viên"),
        most=TEXT_MOST,
        description=_("Bản riêng, viết bằng lời khác. Không ghi ngày, giờ, nơi, ai gửi."),
    )
    why = WordOf(_("Vì sao khác lời người gửi"), words=VersionReason, first=_("Giữ nguyên lời"))

    def texts(self, note: str) -> Texts:
        """The texts as they were typed."""
        why = self.why.word if self.why.data else None
        return Texts(shown=self.shown.data, put=self.put.data, why=why, note=note)


class RouteForm(TextsForm):
    """Where a case goes, and the texts that may be read there."""

    organisation = Place(_("Nơi nhận"), missing=_("Xin chọn nơi nhận."))
    overriding = Paragraphs(
        _("Lý do chọn nơi khác"),
        most=NOTE_MOST,
        description=_("Chỉ ghi khi không theo nơi được đề xuất."),
    )
    because = Line(_("Ghi rõ thêm"), most=LINE_MOST)


class ReviseForm(TextsForm):
    """Other texts in the place of those that were passed on, and why."""

    reason = Line(
        _("Vì sao soạn lại"),
        most=LINE_MOST,
        missing=_("Xin nêu vì sao soạn lại. Lý do ở lại trong hồ sơ."),
        description=_("Chỉ bộ phận tiếp nhận đọc."),
    )


class PublishForm(PortalForm):
    """The answer as the writer reads it. ``keep`` is offered once a name was found in it."""

    offers_keep = False

    answer = Paragraphs(
        _("Câu trả lời cho người gửi"),
        most=TEXT_MOST,
        missing=_("Xin ghi câu trả lời."),
        description=_("Không ghi tên ai. Nêu việc đã làm và kết quả."),
    )
    keep = Box(
        _("Vẫn giữ những từ này"),
        description=_("Chỉ khi đó là lời khen được đồng ý nêu tên, hoặc từ này không chỉ ai."),
    )


class AddedForm(PortalForm):
    """What the writer added, as it is shown to the organisation that has the case."""

    shown = Paragraphs(
        _("Nội dung bổ sung chuyển đi"),
        most=TEXT_MOST,
        missing=_("Xin ghi nội dung mà nơi nhận sẽ đọc."),
        description=_("Nơi nhận chỉ đọc phần này. Bỏ chi tiết mà chỉ người gửi biết."),
    )
    put = Paragraphs(
        _("Nội dung nêu thêm với đảng viên"),
        most=TEXT_MOST,
        description=_("Bản riêng, viết bằng lời khác. Không ghi ngày, giờ, nơi, ai gửi."),
    )


class KeepForm(PortalForm):
    """Why a case goes on although its writer has taken it back."""

    reason = Paragraphs(
        _("Lý do giữ hồ sơ"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do giữ hồ sơ."),
        description=_("Nơi giải quyết và người gửi không đọc lý do này."),
    )


class SendBackForm(PortalForm):
    """Why a report is not enough yet."""

    reason = Paragraphs(
        _("Điều cần làm rõ"),
        most=NOTE_MOST,
        missing=_("Xin nêu điều cần làm rõ."),
        description=_("Nơi giải quyết đọc, người gửi không đọc."),
    )


def _group_of(place: Destination, proposed: int, titles: list[str]) -> str:
    """Under which heading a place stands."""
    if place.id == proposed:
        return titles[0]
    if place.kind in CELLS:
        return titles[1]
    return titles[3] if place.kind is OrganisationKind.COMMISSION else titles[2]
