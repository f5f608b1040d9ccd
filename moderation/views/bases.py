"""The legal bases, as administrators keep them."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.bases import BasisForm
from moderation.setting_bases import (
    BasisChanged,
    NoSuchBasis,
    StillUsed,
    all_bases,
    drop_basis,
    find_basis,
    keep_basis,
    verify_basis,
)
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper, nothing_there
from portal.db import LARGEST_ID
from portal.vocabulary import BasisUse, Role

bp = Blueprint("bases", __name__, url_prefix="/settings/legal-bases")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))
bp.register_error_handler(NoSuchBasis, nothing_there)

_LABELS = {use.value: use.label for use in BasisUse}


@bp.get("")
def index() -> Response:
    """Show every document, with where it is printed and who compared it."""
    found = here()
    page = render_template(
        "moderation/bases/index.html",
        nav="settings",
        rows=all_bases(found.session),
        labels=_LABELS,
        today=found.office.today,
        may_set=looks_after_all(found.session, by=found.person),
    )
    return make_response(page)


@bp.get("/new")
def fresh() -> Response:
    """Ask about one more document."""
    keeper()
    return _ask(BasisForm(formdata=None))


@bp.post("/new")
def add() -> AnyResponse:
    """Keep one more document."""
    return _keep(None)


@bp.get("/<int:number>")
def one(number: int) -> Response:
    """Show what is kept of a document, to be changed."""
    row = find_basis(keeper().session, number=min(number, LARGEST_ID))
    return _ask(BasisForm.showing(row), row.id, row.version)


@bp.post("/<int:number>")
def change(number: int) -> AnyResponse:
    """Keep what was changed of a document."""
    return _keep(min(number, LARGEST_ID))


@bp.post("/<int:number>/verify")
def verify(number: int) -> AnyResponse:
    """Write down that it was compared with its text."""
    found = keeper()
    if asked := needs_fresh_proof():
        return asked
    verify_basis(found.session, **found.tools, number=min(number, LARGEST_ID), version=_version())
    flash(gettext("Đã ghi là đã kiểm tra hôm nay."), "good")
    found.session.commit()
    return redirect(url_for("bases.index"))


@bp.post("/<int:number>/drop")
def drop(number: int) -> AnyResponse:
    """Take a document out on which no review rests."""
    found = keeper()
    if asked := needs_fresh_proof():
        return asked
    drop_basis(found.session, **found.tools, number=min(number, LARGEST_ID), version=_version())
    flash(gettext("Đã bỏ căn cứ này khỏi danh sách."), "good")
    found.session.commit()
    return redirect(url_for("bases.index"))


def _keep(number: int | None) -> AnyResponse:
    """Keep what was typed about a document."""
    found, form = keeper(), BasisForm()
    if asked := needs_fresh_proof():
        return asked
    version = _version() if number else 0
    if not form.validate() or not form.is_whole():
        return _ask(form, number, version, 422)
    keep_basis(found.session, **found.tools, facts=form.facts(), number=number, version=version)
    flash(gettext("Đã lưu. Căn cứ chờ được kiểm tra với văn bản."), "good")
    found.session.commit()
    return redirect(url_for("bases.index"))


def _ask(
    form: BasisForm, number: int | None = None, version: int = 0, status: int = 200
) -> Response:
    """The page with one document."""
    page = render_template(
        "moderation/bases/one.html", nav="settings", form=form, number=number, version=version
    )
    return make_response(page, status)


def _version() -> int:
    """The version that the page carried whose form was sent."""
    version = request.form.get("version", type=int)
    return abort(400) if version is None else version


def _refuse(sentence: str) -> AnyResponse:
    """Go back to the list and say why nothing was done."""
    here().session.rollback()
    flash(sentence, "wait")
    return redirect(url_for("bases.index"))


@bp.errorhandler(BasisChanged)
@bp.errorhandler(StaleDataError)
def _changed(_error: Exception) -> AnyResponse:
    """Somebody else has changed it."""
    return _refuse(gettext("Căn cứ này vừa có người khác sửa. Xin xem lại rồi làm lại."))


@bp.errorhandler(StillUsed)
def _still_used(_error: Exception) -> AnyResponse:
    """A review rests on it."""
    return _refuse(gettext("Có đợt rà soát dùng căn cứ này. Xin ghi ngày hết hiệu lực thay vì bỏ."))
