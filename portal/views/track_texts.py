"""What the page of a letter says, as the texts that are filled into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from portal.authorities import Competent
from portal.drawn import draw_line, draw_piece
from portal.holding import held
from portal.i18n import gettext, language
from portal.text import prose, vn_date
from portal.tracking import Contestable, Timeline, Told, Tracked
from portal.tracking.steps import Item, unanswered
from portal.vocabulary import Matter

#: The matter that was taken out of a letter, as forms name it.
SECOND = "2"


def matter_of(tracked: Tracked) -> str:
    """How forms say which matter of a letter they are about."""
    return SECOND if tracked.is_part else ""


def other_texts(tracked: Tracked, other: Tracked | None) -> dict[str, str]:
    """Which matter this is, and the number of the other one, where there is one."""
    return {
        "matter": matter_of(tracked),
        "other": other.reference if other else "",
        "other_matter": matter_of(other) if other else "",
    }


def texts_of(tracked: Tracked, told: Told) -> dict[str, str]:
    """What the page says about one submission."""
    asked, result, verdict = told.question, told.result, told.verdict
    return {
        "reference": tracked.reference,
        "sent_on": vn_date(tracked.received_at),
        "headline": told.headline,
        "status": told.status,
        "label": told.label,
        "late": told.late_tag,
        "late_note": told.late_note,
        "question": asked.text if asked else "",
        "asked_on": vn_date(asked.asked_at) if asked else "",
        "until": vn_date(asked.until) if asked else "",
        "finding": str(result.finding.label) if result else "",
        "result": result.text if result else "",
        "answered_on": vn_date(result.at) if result else "",
        "verdict": verdict.title if verdict else "",
        "verdict_why": verdict.text if verdict else "",
        "verdict_on": vn_date(verdict.at) if verdict else "",
        "items": Markup("").join(map(_line, told.items)),
        "promised": Markup("").join(_promise(language(), *fact) for fact in told.facts),
    }


def message_texts(course: Timeline) -> dict[str, str]:
    """What a moderator wrote last, as long as nobody has answered it."""
    last = unanswered(course)
    return {
        "message": prose(last.note) if last else "",
        "messaged_on": vn_date(last.at) if last else "",
    }


def contest_texts(contesting: Contestable | None) -> dict[str, str]:
    """Until when it may be contested, and where else to turn once it may be no more."""
    over = contesting is not None and not contesting.open
    places = held().installation.current().competent_for(Matter.REVIEW) if over else ()
    return {
        "contest_until": vn_date(contesting.until) if contesting else "",
        "contested": "yes" if contesting and contesting.used else "",
        "elsewhere": _places(places) if over else "",
    }


def _places(places: Sequence[Competent]) -> Markup:
    """Where else to turn; in general words while nobody has named a place."""
    if places:
        return draw_piece("macros/places.html", "places_list", places)
    return prose(
        gettext(
            "Ủy ban kiểm tra của Đảng ủy xã, phường hoặc Tỉnh ủy; nơi tiếp công dân của xã, "
            "phường, tỉnh."
        )
    )


def _line(item: Item) -> Markup:
    """One line of the timeline. Only what says no more than a step and its day is kept drawn."""
    return _draw_line(item) if item.text else _plain_line(language(), item)


@lru_cache(maxsize=2_000)
def _plain_line(_tongue: str, item: Item) -> Markup:
    """A line that is the same for everybody whose letter took this step on this day."""
    return _draw_line(item)


def _draw_line(item: Item) -> Markup:
    """A line: its state and its texts."""
    told = isinstance(item.text, Markup)
    texts = {
        "title": item.title,
        "when": vn_date(item.time) if isinstance(item.time, date) else item.time,
        "on": item.time.isoformat() if isinstance(item.time, date) else "",
        "text": "" if told else item.text,
        "told": item.text if told else "",
        "sub": item.sub,
    }
    return draw_line("macros/timeline.html", "line", item.state, texts)


@lru_cache(maxsize=2_000)
def _promise(_tongue: str, label: str, value: str, late: bool) -> Markup:
    """One promise, and whether it is broken; the same for all letters of a day."""
    return draw_line("macros/cards.html", "fact", late, {"label": label, "value": value})
