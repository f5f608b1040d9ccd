"""The tree of organisations on a day, and the page of one of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, request, url_for
from flask_babel import gettext

from moderation.forms.registering import FindForm, OrganisationsForm
from moderation.registering import reading, searching, tree
from moderation.registering.calling_off import planned_end
from moderation.registering.checks import day_after
from moderation.registering.confirmed_results import count_unwritten
from moderation.registering.scope import inside, is_above, is_own_cell
from moderation.views.here import Here, here
from moderation.views.register.room import (
    ORGANISATION,
    bp,
    day_asked,
    day_kept,
    draw,
    open_organisation,
)
from portal.db import LARGEST_ID
from portal.models import Organisation
from portal.text import one_line, vn_date
from portal.vocabulary import Deed, Role

#: The deeds on an organisation itself, for its history.
DEEDS = tuple(deed for deed in Deed if deed.value.startswith(("organisation", "change_")))


@bp.get("/")
def index() -> Response:
    """Show where the registrar begins, or the organisations whose name was looked for."""
    found, on = here(), day_asked()
    words = one_line(request.args.get("q", ""))[:200]
    units = (
        tree.named_on(found.session, among=inside(found.person), words=words, on=on)
        if words
        else tree.units_on(found.session, ids=found.person.organisations(Role.REGISTRAR), on=on)
    )
    form = OrganisationsForm(formdata=None, data={"q": words, "on": vn_date(on)})
    return draw(
        "index",
        **_day(found),
        units=units[: tree.PAGE],
        more=len(units) > tree.PAGE,
        words=words,
        form=form,
        find=FindForm(formdata=None),
        results=count_unwritten(found.session, by=found.person, on=found.office.today),
    )


@bp.get(f"/{ORGANISATION}")
def organisation(organisation_id: int) -> Response:
    """Show what an organisation was on a day, what is around it, and who belongs to it."""
    row, found = open_organisation(organisation_id), here()
    unit = tree.unit_on(found.session, organisation_id=row.id, on=day_asked())
    may = is_above(found.person, row)
    return draw(
        "organisation",
        row=row,
        unit=unit,
        seen=set(found.session.scalars(inside(found.person))),
        may=may,
        own=may and _is_own(row, found),
        **_day(found),
        **_history(row, found),
        **_around(row, unit, found),
        **_below(row, found),
        **_members(row, found),
    )


def _is_own(row: Organisation, found: Here) -> bool:
    """Whether another registrar has to change it, because it is a cell of the reader's own."""
    return is_own_cell(found.session, by=found.person, organisation=row, on=found.office.today)


def _history(row: Organisation, found: Here) -> dict[str, Any]:
    """What an organisation was called and what it came from, and what was entered about it."""
    session = found.session
    came_from, became = tree.successions_of(session, organisation_id=row.id)
    return {
        "eras": tree.eras_of(session, organisation=row),
        "came_from": [(one, _to_come(one, found)) for one in came_from],
        "turns": _to_come(row, found),
        "became": became,
        "ending": planned_end(session, row=row, on=found.office.today) is not None,
        "names": reading.names_of(session, organisation_id=row.id),
        "changes": reading.changes_at(session, organisation_id=row.id, deeds=DEEDS),
    }


def _to_come(row: Organisation, found: Here) -> date | None:
    """The day on which others take over from an organisation, if it is to come."""
    ends = row.valid_to
    return day_after(ends) if ends is not None and ends >= found.office.today else None


def _around(row: Organisation, unit: tree.Unit | None, found: Here) -> dict[str, Any]:
    """What stands above it, who sits on its committee, and how many accounts it has."""
    session, on = found.session, day_asked()
    return {
        "above": tree.line_on(session, unit=unit, on=on) if unit else [],
        "committee": reading.committee_of(session, organisation_id=row.id, on=on),
        "accounts": reading.count_accounts(session, organisation_id=row.id, on=found.office.today),
    }


def _below(row: Organisation, found: Here) -> dict[str, Any]:
    """A page of the organisations directly below."""
    after = request.args.get("below", "")
    number = min(int(after), LARGEST_ID) if after.isascii() and after.isdigit() else None
    units = tree.children_on(found.session, parent_id=row.id, on=day_asked(), after=number)
    shown = units[: tree.PAGE]
    more = _address(row, below=shown[-1].id) if len(units) > tree.PAGE else ""
    return {"below": shown, "below_later": more, "below_first": _address(row) if number else ""}


def _members(row: Organisation, found: Here) -> dict[str, Any]:
    """A page of those who belong to it."""
    try:
        after = UUID(request.args.get("member", ""))
    except ValueError:
        after = None
    session, on = found.session, day_asked()
    members = searching.members_of(session, organisation_id=row.id, on=on, after=after)
    shown = members[: searching.PAGE]
    more = _address(row, member=shown[-1].id) if len(members) > searching.PAGE else ""
    return {
        "members": shown,
        "members_later": more,
        "members_first": _address(row) if after else "",
        "count": searching.count_members(session, organisation_id=row.id, on=on),
    }


def _address(row: Organisation, **kept: Any) -> str:
    """The page of an organisation, further on."""
    return url_for("register.organisation", organisation_id=row.id, on=day_kept(), **kept)


def _day(found: Here) -> dict[str, Any]:
    """The day that is shown, and how an address keeps it."""
    on = day_asked()
    past = on != found.office.today
    note = gettext("Đang xem danh sách ngày %(day)s.", day=vn_date(on)) if past else ""
    return {"on": on, "kept": day_kept(), "day_note": note, "today": found.office.today}
