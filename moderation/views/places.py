"""Under which older names the communes and wards of today are known."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.places import PlaceForm
from moderation.setting_places import NotAPlace, add_name, drop_name, names_set
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper
from portal.db import LARGEST_ID
from portal.vocabulary import Role

bp = Blueprint("places", __name__, url_prefix="/settings/places")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))


@bp.get("")
def index() -> Response:
    """Show the names and where each leads to."""
    return _page(PlaceForm(formdata=None))


@bp.post("")
def add() -> AnyResponse:
    """Let a name lead to a unit."""
    found, form = keeper(), PlaceForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate() or not (sentence := _add(form)):
        return _page(form, status=422)
    flash(sentence, "good")
    found.session.commit()
    return redirect(url_for("places.index"))


@bp.post("/<int:name_id>/drop")
def drop(name_id: int) -> AnyResponse:
    """Let a name lead to a unit no more."""
    found = keeper()
    if asked := needs_fresh_proof():
        return asked
    number = min(name_id, LARGEST_ID)
    if drop_name(found.session, office=found.office, by=found.person, number=number):
        flash(gettext("Đã bỏ tên này."), "good")
    found.session.commit()
    return redirect(url_for("places.index"))


def _add(form: PlaceForm) -> str:
    """Add what was typed and say so; nothing where the form says what is wrong."""
    found, unit = here(), form.unit.unit
    try:
        done = add_name(
            found.session,
            office=found.office,
            by=found.person,
            name=form.name.data,
            unit_id=unit.id if unit else 0,
            until=form.until.day,
        )
    except NotAPlace:
        form.name.errors = [*form.name.errors, gettext("Xin ghi tên có chữ cái.")]
        return ""
    return gettext("Đã lưu. Áp dụng sau một phút.") if done else gettext("Đã có tên này.")


def _page(form: PlaceForm, *, status: int = 200) -> Response:
    """The page with its form or, for whoever may not change the list, with the names alone."""
    found = here()
    page = render_template(
        "moderation/places.html",
        nav="settings",
        form=form,
        names=names_set(found.session, on=found.office.today),
        may_set=looks_after_all(found.session, by=found.person),
    )
    return make_response(page, status)
