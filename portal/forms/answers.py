"""Which published answers are looked for."""

from __future__ import annotations

from collections.abc import Iterable

from portal.fields import OneOf, PortalForm
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _
from portal.vocabulary import Topic

#: What no case about is ever told of is offered nowhere.
_TOPICS = {topic.value: topic for topic in Topic}


class AnswersForm(PortalForm):
    """A place and a topic, or either, or neither. What was not offered counts as nothing."""

    noi = OneOf(_("Xã, phường hoặc tỉnh"), answers={})
    linh_vuc = OneOf(_("Lĩnh vực"), answers={})

    def offer(self, units: Iterable[tuple[int, str]]) -> AnswersForm:
        """Offer the places that have answers, and every topic."""
        everywhere, anything = gettext("Tất cả các nơi"), gettext("Tất cả lĩnh vực")
        self.noi.answers = {"": everywhere} | {str(number): name for number, name in units}
        self.linh_vuc.answers = {"": anything} | {
            value: topic.label for value, topic in _TOPICS.items()
        }
        return self

    @property
    def unit_id(self) -> int | None:
        """The place that was chosen."""
        return int(self.noi.data) if self.noi.data in set(self.noi.answers) - {""} else None

    @property
    def topic(self) -> Topic | None:
        """The topic that was chosen."""
        return _TOPICS.get(self.linh_vuc.data)
