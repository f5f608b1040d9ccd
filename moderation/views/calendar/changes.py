"""One change of the calendar: what it would do, carrying it out, and what it did."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.calendar import changing
from moderation.calendar.changing import Outdated, days_of
from moderation.calendar.forecasting import WAITING
from moderation.views.again import needs_fresh_proof
from moderation.views.calendar.room import bp
from moderation.views.calendar.telling import change_line, day_line, effects
from moderation.views.here import here
from moderation.views.keeping import keeper
from portal.db import LARGEST_ID
from portal.models import CalendarChange

_CHANGE = "/changes/<int:change_id>"


@bp.get(_CHANGE)
def show(change_id: int) -> Response:
    """Show a draft and what it would do, or a change and what it did."""
    return _page(_find(change_id), 200)


@bp.post(f"{_CHANGE}/confirm")
def confirm(change_id: int) -> AnyResponse:
    """Carry a draft out."""
    found, change = keeper(), _find(change_id)
    if asked := needs_fresh_proof():
        return asked
    try:
        changing.confirm(found.session, office=found.office, by=found.person, change=change)
    except Outdated:
        found.session.rollback()
        flash(gettext("Có người vừa đổi một ngày trong số này. Xin xem lại lịch."), "bad")
        return redirect(url_for("calendar.index", year=days_of(change)[0].on.year))
    flash(gettext("Đã đổi lịch. Hạn của các hồ sơ đang mở được tính lại."), "good")
    found.session.commit()
    return redirect(url_for("calendar.show", change_id=change_id))


@bp.post(f"{_CHANGE}/discard")
def discard(change_id: int) -> AnyResponse:
    """Forget a draft."""
    found, change = keeper(), _find(change_id)
    year = days_of(change)[0].on.year
    changing.discard(found.session, by=found.person, change=change)
    flash(gettext("Đã bỏ bản nháp. Lịch không đổi."), "info")
    found.session.commit()
    return redirect(url_for("calendar.index", year=year))


def _find(change_id: int) -> CalendarChange:
    """The change in an address. Raises NotYours."""
    found = here()
    number = min(change_id, LARGEST_ID)
    return changing.find_change(found.session, by=found.person, change_id=number)


def _page(change: CalendarChange, status: int) -> Response:
    """The page of a change."""
    found, days = here(), days_of(change)
    page = render_template(
        "moderation/calendar/change.html",
        nav="settings",
        change=change_line(found.session, change),
        drafted=change.confirmed_at is None,
        counted=WAITING not in change.forecast,
        days=[day_line(day) for day in days],
        effects=effects(change.done if change.finished_at else change.forecast),
        looked_at=sum(change.done.get(name, 0) for name in ("cases", "kept")),
        year=days[0].on.year,
    )
    return make_response(page, status)
