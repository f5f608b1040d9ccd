"""One import: which column is what, how far the worker is, what would change, and confirming."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.importing import choosing, confirming
from moderation.importing.about import about_of
from moderation.importing.confirming import NotReady, may_confirm
from moderation.importing.finding import PAGE, find_import, lines_of
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here
from moderation.views.importing.room import bp
from moderation.views.importing.telling import (
    column_lines,
    import_line,
    names_in,
    preview_line,
    wrong_columns,
)
from portal.db import LARGEST_ID
from portal.models import RegisterImport
from portal.models.register_import import ImportState, Verdict

_ONE = "/<int:import_id>"
#: A page of something that goes on is asked for again by the browser, without any script.
_REFRESHED_SECONDS = 5
_BUSY = frozenset({ImportState.READING, ImportState.CONFIRMED})


@bp.get(_ONE)
def show(import_id: int) -> Response:
    """Show an import as far as it is."""
    return _page(_find(import_id))


@bp.post(f"{_ONE}/sheet")
def choose_sheet(import_id: int) -> AnyResponse:
    """Take another sheet of the file."""
    found, row = here(), _find(import_id)
    _need(row, ImportState.MAPPING)
    about = about_of(found.office, row)
    choosing.choose_sheet(row, about=about, sheet=request.form.get("sheet", 0, type=int))
    found.session.commit()
    return redirect(url_for("importing.show", import_id=row.id))


@bp.post(f"{_ONE}/columns")
def choose_columns(import_id: int) -> AnyResponse:
    """Take what was said about the columns, and let the worker read."""
    found, row = here(), _find(import_id)
    _need(row, ImportState.MAPPING)
    about = about_of(found.office, row)
    if wrong := choosing.choose_columns(row, about=about, chosen=_chosen()):
        return _mapping(row, wrong)
    found.session.commit()
    return redirect(url_for("importing.show", import_id=row.id))


@bp.post(f"{_ONE}/back")
def go_back(import_id: int) -> AnyResponse:
    """Go back to the columns."""
    found, row = here(), _find(import_id)
    _need(row, ImportState.READY, ImportState.FAILED)
    choosing.go_back(row)
    found.session.commit()
    return redirect(url_for("importing.show", import_id=row.id))


@bp.post(f"{_ONE}/confirm")
def confirm(import_id: int) -> AnyResponse:
    """Let the worker write everything that the preview says."""
    found, row = here(), _find(import_id)
    if asked := needs_fresh_proof():
        return asked
    confirming.confirm(row)
    found.session.commit()
    return redirect(url_for("importing.show", import_id=row.id))


@bp.post(f"{_ONE}/discard")
def discard(import_id: int) -> AnyResponse:
    """End an import that has changed nothing."""
    found, row = here(), _find(import_id)
    confirming.discard(row)
    flash(gettext("Đã bỏ tệp này. Danh sách không đổi."), "info")
    found.session.commit()
    return redirect(url_for("importing.index"))


def _find(import_id: int) -> RegisterImport:
    """The import in an address. Raises NoSuchImport."""
    found = here()
    return find_import(found.session, by=found.person, import_id=min(import_id, LARGEST_ID))


def _need(row: RegisterImport, *states: ImportState) -> None:
    """Raise NotReady where the import is somewhere else by now."""
    if row.state not in states:
        raise NotReady


def _chosen() -> dict[int, str]:
    """What was said about each column."""
    return {
        int(name[1:]): value
        for name, value in request.form.items()
        if name[:1] == "c" and name[1:].isdecimal() and len(name) < 6
    }


def _page(row: RegisterImport) -> Response:
    """The page of an import as far as it is."""
    if row.state is ImportState.MAPPING:
        return _mapping(row, [])
    if row.state is ImportState.READY:
        return _preview(row)
    busy = row.state in _BUSY
    page = render_template(
        "moderation/importing/progress.html", nav="register", line=import_line(row), busy=busy
    )
    response = make_response(page)
    if busy:
        response.headers["Refresh"] = str(_REFRESHED_SECONDS)
    return response


def _mapping(row: RegisterImport, wrong: list[tuple[str, str]]) -> Response:
    """The page on which somebody says which column is what."""
    about = about_of(here().office, row)
    page = render_template(
        "moderation/importing/columns.html",
        nav="register",
        line=import_line(row),
        name=row.name or "",
        sheets=[(at, each.name) for at, each in enumerate(about.sheets) if each.columns],
        sheet=row.plan["sheet"],
        head_row=about.sheets[row.plan["sheet"]].head,
        columns=column_lines(row, about),
        wrong=wrong_columns(row, wrong),
    )
    return make_response(page, 422 if wrong else 200)


def _preview(row: RegisterImport) -> Response:
    """The page of what would change, some rows at a time."""
    found = here()
    first = Verdict.PROBLEM if row.tally.get(Verdict.PROBLEM) else None
    first = first or (Verdict.ADD if row.tally.get(Verdict.ADD) else Verdict.CHANGE)
    sort = request.args.get("sort", first, type=Verdict)
    after = min(max(request.args.get("after", 0, type=int), 0), LARGEST_ID)
    lines = lines_of(
        found.session, office=found.office, row=row, verdict=sort, after=after, most=PAGE + 1
    )
    names = names_in(found.session, lines)
    page = render_template(
        "moderation/importing/preview.html",
        nav="register",
        line=import_line(row),
        sort=sort.value,
        lines=[preview_line(each, row.kind, names) for each in lines[:PAGE]],
        more=lines[PAGE - 1].number if len(lines) > PAGE else 0,
        after=after,
        may_confirm=may_confirm(row),
    )
    return make_response(page)
