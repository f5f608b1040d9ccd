"""Deeds on organisations: a form, what would follow from it, and then the deed.

What is shown beforehand is the deed itself, done and taken back, so it tells exactly what will be.
"""

from __future__ import annotations

from flask import Response, abort, flash, g, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.registering import RegisterForm
from moderation.registering.outcomes import Outcome
from moderation.registering.rows import Refused
from moderation.registering.scope import check_own_cell, is_above
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here
from moderation.views.register.organisation_pages import PageOf, carried, fill, version_sent
from moderation.views.register.organisation_table import DEEDS, Deed
from moderation.views.register.room import ORGANISATION, bp, open_organisation
from portal.models import Organisation


@bp.get(f"/{ORGANISATION}/<deed>")
def planning(organisation_id: int, deed: str) -> AnyResponse:
    """Ask what is to be done with an organisation."""
    row, wanted = _open(organisation_id, deed)
    if asked := needs_fresh_proof():
        return asked
    return PageOf(wanted, row, row.version).form(wanted.opened(row))


@bp.post(f"/{ORGANISATION}/<deed>")
def carry_out(organisation_id: int, deed: str) -> AnyResponse:
    """Show what would follow; once that is confirmed, do it."""
    row, wanted = _open(organisation_id, deed)
    if asked := needs_fresh_proof():
        return asked
    form = g.typed = wanted.form()
    page = PageOf(wanted, row, version_sent())
    fill(form, row)
    if "find" in request.form or not form.validate():
        return page.form(form, status=200 if "find" in request.form else 422)
    if (assigning := page.assigning(form)) is not None:
        return assigning
    try:
        told = wanted.do(here(), page.entry, form)
    except Refused as error:
        return _refused(page, form, error)
    if "confirm" not in request.form:
        return _preview(page, form, told)
    return _finish(told)


def _open(organisation_id: int, deed: str) -> tuple[Organisation, Deed]:
    """The organisation and the deed of an address; 404 for a deed that is not this person's.

    Raises OwnInterest before anything is asked, where it is about a cell of their own.
    """
    row, wanted, found = open_organisation(organisation_id), DEEDS.get(deed), here()
    if wanted is None or (wanted.from_above and not is_above(found.person, row)):
        abort(404)
    if wanted.from_above:
        check_own_cell(
            found.session,
            by=found.person,
            organisation=row,
            on=found.office.today,
            below=wanted.name == "move",
        )
    return row, wanted


def _preview(page: PageOf, form: RegisterForm, told: Outcome) -> Response:
    """What would follow, after everything was taken back."""
    answer = page.preview(told, form, carried())
    here().session.rollback()
    return answer


def _refused(page: PageOf, form: RegisterForm, error: Refused) -> Response:
    """The form once more, with what is wrong."""
    here().session.rollback()
    form.show(error.problems)
    return page.form(form, status=422)


def _finish(told: Outcome) -> AnyResponse:
    """Commit, and show what became of it."""
    number = told.organisation.id
    flash(gettext("Đã ghi vào danh sách."), "good")
    here().session.commit()
    return redirect(url_for("register.organisation", organisation_id=number))
