"""Entering a new member of a cell."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.registering import EnterForm, on_day
from moderation.registering.entering import Newcomer, Twins, enter
from moderation.registering.rows import Refused
from moderation.views.here import here
from moderation.views.register.deed_pages import twin_sentence
from moderation.views.register.room import ORGANISATION, bp, draw, open_organisation
from portal.models import Organisation
from portal.text import vn_date
from portal.vocabulary import CELLS


@bp.get(f"/{ORGANISATION}/members/new")
def entering(organisation_id: int) -> Response:
    """Ask who it is."""
    cell = _cell(organisation_id)
    return _page(EnterForm(formdata=None, data={"on": vn_date(here().office.today)}), cell)


@bp.post(f"/{ORGANISATION}/members/new")
def enter_member(organisation_id: int) -> AnyResponse:
    """Enter them, unless somebody of that name and year is there and nobody said it is another."""
    cell, form, found = _cell(organisation_id), EnterForm(), here()
    if not form.validate():
        return _page(form, cell, status=422, twins=form.twin.data)
    try:
        member = enter(found.session, **found.tools, newcomer=_newcomer(form, cell))
    except (Refused, Twins) as error:
        return _again(form, organisation_id, error)
    flash(gettext("Đã ghi vào danh sách."), "good")
    found.session.commit()
    return redirect(url_for("register.member", member=member.id))


def _newcomer(form: EnterForm, cell: Organisation) -> Newcomer:
    """Who the form says it is."""
    return Newcomer(
        name=form.name.data,
        birth_year=form.birth_year.year,
        cell_id=cell.id,
        status=form.status.word,
        since=on_day(form),
        twin=form.twin.data,
    )


def _cell(organisation_id: int) -> Organisation:
    """The cell of an address; members belong to cells only."""
    cell = open_organisation(organisation_id)
    return cell if cell.kind in CELLS else abort(404)


def _again(form: EnterForm, organisation_id: int, error: Refused | Twins) -> Response:
    """The form once more, with what is wrong."""
    here().session.rollback()
    if isinstance(error, Refused):
        form.show(error.problems)
    else:
        form.name.errors = [*form.name.errors, twin_sentence()]
    twins = form.twin.data or isinstance(error, Twins)
    return _page(form, _cell(organisation_id), status=422, twins=twins)


def _page(
    form: EnterForm, cell: Organisation, *, status: int = 200, twins: bool = False
) -> Response:
    """The page of the form."""
    return draw(
        "form",
        status=status,
        form=form,
        title=gettext("Ghi đảng viên mới"),
        verb=gettext("Ghi vào danh sách"),
        back=url_for("register.organisation", organisation_id=cell.id),
        who=cell.name,
        lines=[
            gettext("Chỉ ghi họ tên, năm sinh và nơi sinh hoạt. Không ghi số thẻ, số định danh.")
        ],
        version=0,
        hints={},
        twins=twins,
    )
