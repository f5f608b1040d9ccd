"""The days of a year, and writing down one of them."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.calendar import changing
from moderation.calendar.changing import NewDay, NothingToChange
from moderation.calendar.reading import ShownDay, days_of_year, years_of
from moderation.forms.calendar import DayForm
from moderation.views.boxes import weekday_of
from moderation.views.calendar.room import bp
from moderation.views.calendar.telling import changes_of, kind_words
from moderation.views.here import here
from moderation.views.keeping import keeper
from portal.models.calendar import DayKind
from portal.text import vn_date

_FIRST, _LAST = 2000, 2100


@bp.get("")
def index() -> Response:
    """Show one year."""
    return draw_year(_year(), DayForm(formdata=None), 200)


@bp.get("/days/<on>")
def day(on: str) -> Response:
    """Show one day, to be changed or taken out."""
    found, there = keeper(), _day(on)
    rows = {row.on: row for row in days_of_year(found.session, year=there.year)}
    row = rows.get(there)
    data = {"on": vn_date(there)}
    if row is not None and row.kind is not DayKind.PLAIN:
        data |= {"kind": row.kind.value, "note": row.note}
    return draw_year(there.year, DayForm(formdata=None, data=data), 200, row=row)


@bp.post("")
def write() -> AnyResponse:
    """Draft a change of one day."""
    found, form = keeper(), DayForm()
    if not form.validate() or (on := form.on.day) is None:
        return draw_year(_year(), form, 422)
    return draft(found.office.today, [NewDay(on, form.wanted, form.note.data)])


@bp.post("/days/<on>/remove")
def remove(on: str) -> AnyResponse:
    """Draft that a day is like any other of its week."""
    found = keeper()
    return draft(found.office.today, [NewDay(_day(on), DayKind.PLAIN)])


def draft(today: date, days: list[NewDay]) -> AnyResponse:
    """Write a draft down and show what it would do, or say that there is nothing to change."""
    found = here()
    try:
        change = changing.draft(found.session, office=found.office, by=found.person, days=days)
    except NothingToChange:
        flash(gettext("Lịch đã ghi đúng như vậy, không có gì thay đổi."), "info")
        year = days[0].on.year if days else today.year
        return redirect(url_for("calendar.index", year=year))
    found.session.commit()
    return redirect(url_for("calendar.show", change_id=change.id))


def draw_year(year: int, form: DayForm, status: int, row: ShownDay | None = None) -> Response:
    """The page of a year. ``row`` is the day that is being changed."""
    found = here()
    rows = days_of_year(found.session, year=year)
    page = render_template(
        "moderation/calendar/year.html",
        nav="settings",
        form=form,
        year=year,
        years=years_of(found.session, today=found.office.today),
        lines=[_line(each) for each in rows if each.kind is not DayKind.PLAIN],
        plain=[_line(each) for each in rows if each.kind is DayKind.PLAIN],
        changing=_line(row) if row is not None and row.kind is not DayKind.PLAIN else None,
        may_change=looks_after_all(found.session, by=found.person),
        changes=changes_of(found.session),
    )
    return make_response(page, status)


def _line(row: ShownDay) -> dict[str, object]:
    """One day in words."""
    return {
        "on": row.on.isoformat(),
        "day": vn_date(row.on),
        "weekday": weekday_of(row.on),
        "kind": kind_words(row.kind),
        "working": row.kind is DayKind.WORKING,
        "note": row.note,
        "who": row.who,
        "at": vn_date(row.at) if row.at else "",
    }


def _year() -> int:
    """Which year is asked for; this one for whatever is none."""
    asked = request.args.get("year", type=int) or 0
    return asked if _FIRST <= asked <= _LAST else here().office.today.year


def _day(on: str) -> date:
    """The day in an address. Answers 404 for what is none."""
    try:
        return date.fromisoformat(on)
    except ValueError:
        abort(404)
