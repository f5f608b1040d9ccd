"""Putting a list of either room on the screen: the list, its lengths, its pages, its filter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.searching import SearchForm
from moderation.listing import (
    LISTS,
    Cursor,
    List,
    Page,
    Places,
    Row,
    Tallies,
    Wanted,
    count,
    places_of,
    read_reference,
    remember,
    remembered,
    turn_to,
)
from moderation.views.empties import EMPTY
from moderation.views.here import Here
from moderation.views.lines import Group, Seen
from moderation.views.narrowing import Narrowing
from moderation.views.searching import search_address
from portal.drawn import draw_piece, draw_same
from portal.models.case import Room

#: Whoever names one of these in an address says how the list is narrowed.
_SAYS = frozenset({"q", "status", "kind", "topic", "unit", "holder", "at"})

#: The fields of the filter, a macro for each room.
_FIELDS = "macros/narrowing.html"

Section = tuple[object, Mapping[str, object]]


@dataclass(frozen=True)
class ListRoom:
    """How a room shows its lists: its page, the sections of its side list, and its groups.

    The first list of the first section is the one that opens by itself.
    """

    room: Room
    endpoint: str
    sections: tuple[Section, ...]
    group: Callable[[Iterable[Row], Seen], list[Group]]

    @property
    def titles(self) -> dict[str, object]:
        """Every list of the room under the word in its address."""
        return {name: title for _heading, lists in self.sections for name, title in lists.items()}


@dataclass(frozen=True)
class Asked:
    """A list as an address names it; ``wanted`` is nothing for a number that is none."""

    name: str
    form: Narrowing
    wanted: Wanted | None

    @property
    def kept(self) -> dict[str, Any]:
        """What leads to the same list again."""
        return {"list": self.name, **self.form.kept()}


def read_asked(here: Here, shown: ListRoom) -> Asked:
    """Which list the address of this request asks for, narrowed as it says and no further."""
    return _asked(here, shown, _name(request.args, shown), request.args)


def _read_or_remember(here: Here, shown: ListRoom) -> Asked:
    """The list of an address; one that says nothing of narrowing means: as this person has narrowed
    that list before.
    """
    if _SAYS & request.args.keys():
        return read_asked(here, shown)
    name = _name(request.args, shown)
    answers = remembered(here.session, person=here.person, room=shown.room, name=name)
    return _asked(here, shown, name, answers)


def narrow_list(here: Here, shown: ListRoom) -> AnyResponse:
    """Remember how a list is narrowed, or that it is whole, and go to it. A number is looked for
    and never remembered.
    """
    name = _name(request.form, shown)
    answers: Mapping[str, str] = {} if "clear" in request.form else request.form
    asked = _asked(here, shown, name, answers)
    if not asked.form.q.data:
        remember(
            here.session,
            person=here.person,
            room=shown.room,
            name=name,
            answers=asked.form.kept(),
        )
    here.session.commit()
    return redirect(url_for(shown.endpoint, **asked.kept))


def _name(answers: Mapping[str, str], shown: ListRoom) -> str:
    """Which list is asked for; the first one for any other word."""
    name = answers.get("list", "")
    return name if name in shown.titles else next(iter(shown.titles))


def _asked(here: Here, shown: ListRoom, name: str, answers: Mapping[str, str]) -> Asked:
    """A list and how it is narrowed by these answers."""
    chosen = LISTS[shown.room][name]
    form = Narrowing(formdata=MultiDict(answers))
    form.offer(shown.room, chosen)
    return Asked(name, form, _wanted(here, form, chosen))


def draw_list(here: Here, shown: ListRoom) -> dict[str, Any]:
    """Everything that the page of a list is told, from the address and for this person."""
    asked = _read_or_remember(here, shown)
    name, form, wanted = asked.name, asked.form, asked.wanted
    places = places_of(here.session, person=here.person, room=shown.room)
    tallies = count(here.session, person=here.person, places=places, at=here.office.at)
    cursor = Cursor.read(request.args.get("at", ""))
    page = _turn(here, places, wanted, cursor)
    return {
        "title": str(shown.titles[name]) if not form.q.data else gettext("Tìm theo số hồ sơ"),
        "name": name,
        "kept": asked.kept,
        "places": places,
        "fields": _fields(shown, form, name),
        "groups": shown.group(page.rows, Seen(places, here.office.today)),
        "total": None if form.kept() else tallies.lists.get(name, 0),
        "longer": name in tallies.longer,
        "narrowed": bool(form.kept()),
        "unreadable": wanted is None,
        "number": wanted.reference if wanted else None,
        "sides": _sides(shown, tallies, name, places),
        "nothing": EMPTY[shown.room][name],
        "narrowing_at": url_for(shown.endpoint.replace("index", "narrow")),
        "search_at": search_address(shown.room),
        "search": SearchForm(formdata=None),
        "earlier": _address(shown, name, form, page.earlier),
        "later": _address(shown, name, form, page.later),
    }


def _fields(shown: ListRoom, form: Narrowing, name: str) -> Markup:
    """The fields of the filter. Those of a list that is whole are the same for everybody."""
    if form.kept():
        return draw_piece(_FIELDS, shown.room.value, form)
    return draw_same(_FIELDS, shown.room.value, name, form)


def _wanted(here: Here, form: Narrowing, chosen: List) -> Wanted | None:
    """What to show; nothing for a reference number that is none.

    A number is looked for in all lists, so that nobody has to know how far a case is.
    """
    if not form.q.data:
        return form.wanted(chosen)
    reference = read_reference(form.q.data, year=here.office.today.year)
    return None if reference is None else Wanted(list=List(queues=()), reference=reference)


def _turn(here: Here, places: Places, wanted: Wanted | None, cursor: Cursor | None) -> Page:
    """The page that was asked for."""
    if wanted is None:
        return Page(rows=())
    return turn_to(
        here.session,
        office=here.office,
        person=here.person,
        places=places,
        wanted=wanted,
        cursor=cursor,
    )


def _sides(
    shown: ListRoom, tallies: Tallies, current: str, places: Places
) -> list[dict[str, object]]:
    """The side list: every list of the room with its length."""
    return [
        {
            "title": str(heading) if heading else ", ".join(places.names),
            "items": [
                {
                    "label": str(title),
                    "href": url_for(shown.endpoint, list=name),
                    "count": tallies.lists.get(name, 0),
                    "longer": name in tallies.longer,
                    "current": name == current,
                    "hot": name == "overdue",
                }
                for name, title in lists.items()
            ],
        }
        for heading, lists in shown.sections
    ]


def _address(shown: ListRoom, name: str, form: Narrowing, cursor: Cursor | None) -> str:
    """The address of a neighbouring page, narrowed as this one; empty where there is none."""
    if cursor is None:
        return ""
    values: dict[str, Any] = {"list": name, "at": str(cursor), **form.kept()}
    return url_for(shown.endpoint, **values)
