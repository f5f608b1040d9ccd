"""The form above a list: by what it can be narrowed. What is none of our answers is no answer."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.listing import Holder, List, Wanted
from moderation.workflow.filing import QUEUES
from portal.commune import Commune
from portal.fields import Line, OneOf, Option, PortalForm
from portal.models.case import Room
from portal.vocabulary import Kind, Status, Topic
from portal.vocabulary.labelled import Labelled

_Word = TypeVar("_Word", bound=enum.StrEnum)


def _answers(first: object, words: Mapping[str, object]) -> dict[str, object]:
    """The answers of one list of choices, beginning with the one that narrows nothing."""
    return {"": first, **words}


def _labels(kind: type[Labelled]) -> dict[str, object]:
    """The labels of a vocabulary by stored value."""
    return {member.value: member.label for member in kind}


class Anywhere(Commune):
    """A commune or ward, or all of them."""

    def iter_groups(self) -> Iterator[tuple[str, list[Option]]]:
        """The units by letter, after the answer that narrows nothing."""
        for letter, options in super().iter_groups():
            yield letter, options if letter else [Option("", gettext("Mọi nơi"), not self.data)]


class Narrowing(PortalForm):
    """By what a list can be narrowed. It is asked by GET, so that a list has an address."""

    q = Line(_("Số hồ sơ"), most=40, render_kw={"placeholder": _("Số hồ sơ")})
    status = OneOf(_("Trạng thái"), answers={})
    kind = OneOf(_("Loại"), answers=_answers(_("Mọi loại"), _labels(Kind)))
    topic = OneOf(_("Lĩnh vực"), answers=_answers(_("Mọi lĩnh vực"), _labels(Topic)))
    unit = Anywhere(_("Nơi"))
    holder = OneOf(
        _("Người giữ"),
        answers={
            "": _("Mọi người"),
            Holder.ME.value: _("Tôi"),
            Holder.OTHERS.value: _("Người khác"),
            Holder.NOBODY.value: _("Chưa ai"),
        },
    )

    def offer(self, room: Room, chosen: List) -> None:
        """Offer what fits a list: its own statuses, and by whom a case is held where it is."""
        self.status.answers = _answers(
            _("Mọi trạng thái"),
            {s.value: s.staff_label for s, queue in QUEUES[room].items() if queue in chosen.queues},
        )
        if chosen.holder or chosen.newest_first:
            del self.holder
        if len(self.status.answers) <= 2:
            del self.status

    def wanted(self, chosen: List) -> Wanted:
        """The list as it was narrowed."""
        unit = self.unit.unit
        return Wanted(
            list=chosen,
            status=self._word("status", Status),
            kind=self._word("kind", Kind),
            topic=self._word("topic", Topic),
            unit_id=unit.id if unit else None,
            holder=self._word("holder", Holder),
        )

    def kept(self) -> dict[str, str]:
        """The answers that narrow the list, as they stand in an address."""
        return {
            field.name: field.data
            for field in self
            if field.data and (not isinstance(field, OneOf) or field.offers(field.data))
        }

    def _word(self, name: str, words: type[_Word]) -> _Word | None:
        """The answer of a field as a word of its vocabulary, if it is one and was offered."""
        field = self._fields.get(name)
        if not isinstance(field, OneOf) or not field.offers(field.data):
            return None
        return next((word for word in words if word.value == field.data), None)
