"""The course of a case as items of the timeline, newest on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext
from markupsafe import Markup

from moderation.office import Office
from moderation.reading import Step
from moderation.views.boxes import long_moment, stage_label
from moderation.views.sentences import sentence_of
from portal.clock import local_date
from portal.models import StageClock
from portal.text import prose


@dataclass(frozen=True)
class Item:
    """One line of a timeline."""

    state: str
    title: str
    time: datetime | date | str
    sub: str = ""
    text: str = ""


def timeline_of(
    course: Iterable[Step], clocks: Iterable[StageClock], *, office: Office, hours: bool
) -> list[Item]:
    """What is promised next, then what happened. Without ``hours`` no hour is in it at all."""
    steps = list(course)
    items = [
        Item(
            state="past",
            title=sentence_of(step),
            time=step.at if hours else local_date(step.at),
            sub=step.who,
            text=_notes(step),
        )
        for step in reversed(steps)
    ]
    if items:
        items[0] = Item("now", items[0].title, items[0].time, items[0].sub, items[0].text)
    return [*_promised(clocks, office), *items]


def _promised(clocks: Iterable[StageClock], office: Office) -> list[Item]:
    """What comes next, when something is waited for and not yet late."""
    running = [c for c in clocks if c.paused_at is None and c.due_at >= office.at]
    return [
        Item(
            "next",
            stage_label(clock.stage),
            long_moment(clock.due_at),
        )
        for clock in running[:1]
    ]


def _notes(step: Step) -> Markup:
    """The note that residents read, then the one that stays inside, each said to be so."""
    parts = [prose(gettext("Không mở được nội dung"))] if step.shut else []
    if step.note:
        parts.append(prose(gettext("Người gửi đọc: %(note)s", note=step.note)))
    if step.inside:
        parts.append(prose(gettext("Nội bộ: %(note)s", note=step.inside)))
    return Markup("\n").join(parts)
