"""The authorities that residents are pointed to, as administrators keep them."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.authorities import AuthorityForm
from moderation.setting_authorities import (
    NoSuchAuthority,
    all_authorities,
    drop_authority,
    find_authority,
    keep_authority,
)
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper, nothing_there
from portal.vocabulary import Matter, Role

bp = Blueprint("authorities", __name__, url_prefix="/settings/authorities")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))
bp.register_error_handler(NoSuchAuthority, nothing_there)

_LABELS = {matter.value: matter.label for matter in Matter}


@bp.get("")
def index() -> Response:
    """Show every authority, with what it is named for."""
    found = here()
    page = render_template(
        "moderation/authorities/index.html",
        nav="settings",
        rows=all_authorities(found.session),
        labels=_LABELS,
        may_set=looks_after_all(found.session, by=found.person),
    )
    return make_response(page)


@bp.get("/new")
def fresh() -> Response:
    """Ask about one more authority."""
    keeper()
    return _ask(AuthorityForm(formdata=None))


@bp.post("/new")
def add() -> AnyResponse:
    """Name one more authority."""
    return _keep(None)


@bp.get("/<int:number>")
def one(number: int) -> Response:
    """Show what is kept of an authority, to be changed."""
    row = find_authority(keeper().session, number=number)
    return _ask(AuthorityForm.showing(row), number)


@bp.post("/<int:number>")
def change(number: int) -> AnyResponse:
    """Keep what was changed of an authority."""
    return _keep(number)


@bp.post("/<int:number>/drop")
def drop(number: int) -> AnyResponse:
    """Name an authority no longer."""
    found = keeper()
    if asked := needs_fresh_proof():
        return asked
    drop_authority(found.session, office=found.office, by=found.person, number=number)
    flash(gettext("Đã bỏ cơ quan này khỏi danh sách."), "good")
    found.session.commit()
    return redirect(url_for("authorities.index"))


def _keep(number: int | None) -> AnyResponse:
    """Keep what was typed about an authority."""
    found, form = keeper(), AuthorityForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate() or not form.is_named():
        return _ask(form, number, 422)
    keep_authority(
        found.session, office=found.office, by=found.person, facts=form.facts(), number=number
    )
    flash(gettext("Đã lưu. Người dân đọc được trong vòng một phút."), "good")
    found.session.commit()
    return redirect(url_for("authorities.index"))


def _ask(form: AuthorityForm, number: int | None = None, status: int = 200) -> Response:
    """The page with one authority."""
    page = render_template(
        "moderation/authorities/one.html", nav="settings", form=form, number=number
    )
    return make_response(page, status)
