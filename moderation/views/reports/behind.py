"""The list behind a number: the cases that it counted, for whoever read it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request, url_for

from moderation.cursors import Cursor
from moderation.forms.reports import ReportForm
from moderation.reports.casework import Behind
from moderation.reports.columns import Column
from moderation.reports.reading import read_behind
from moderation.reports.tables import Layout
from moderation.reports.tree import Unit
from moderation.views.here import Here, here
from moderation.views.reports.entries import show_entries
from moderation.views.reports.room import bp
from portal.db import LARGEST_ID


@dataclass(frozen=True)
class Asked:
    """Which list is asked for: the form it came with, its column, and where it goes on."""

    form: ReportForm
    column: Column
    alone: bool
    cursor: Cursor | None

    @property
    def layout(self) -> Layout:
        """The table that the number stands in."""
        return self.form.layout


@bp.get("/<int:organisation_id>/list")
def behind(organisation_id: int) -> str:
    """Show the cases behind one number of a table."""
    found, asked = here(), _asked(here())
    top, page = _read(found, asked, min(organisation_id, LARGEST_ID))
    return render_template(
        "moderation/reports/behind.html",
        nav="reports",
        name=top.name,
        column=asked.column.label,
        table=asked.layout.table.label,
        period=asked.form.period,
        alone=asked.alone,
        back=url_for("reports.show", organisation_id=top.id, **asked.form.kept()),
        shown=show_entries(found, column=asked.column, entries=page.entries),
        **_ways(top.id, asked, page),
    )


def _read(found: Here, asked: Asked, number: int) -> tuple[Unit, Behind]:
    """A page of the list that is asked for. Raises NoSuchReport."""
    return read_behind(
        found.session,
        ring=found.office.ring,
        by=found.person,
        organisation_id=number,
        layout=asked.layout,
        column=asked.column,
        period=asked.form.period,
        alone=asked.alone,
        cursor=asked.cursor,
    )


def _asked(found: Here) -> Asked:
    """The list that the address names; for anything else there is no page."""
    form = ReportForm(formdata=request.args)
    if not form.settle(found.office.today) or not form.layout.table.is_of_cases:
        abort(404)
    try:
        column = form.layout.column(request.args.get("column", ""))
    except KeyError:
        abort(404)
    return Asked(
        form=form,
        column=column,
        alone=bool(request.args.get("alone")),
        cursor=Cursor.read(request.args.get("at", "")),
    )


def _ways(number: int, asked: Asked, page: Behind) -> dict[str, str]:
    """The addresses of the neighbouring pages, where there are any."""
    values = {
        **asked.form.kept(),
        "column": str(asked.column),
        "alone": "1" if asked.alone else None,
    }
    return {
        name: url_for("reports.behind", organisation_id=number, at=str(cursor), **values)
        if cursor
        else ""
        for name, cursor in (("earlier", page.earlier), ("later", page.later))
    }
