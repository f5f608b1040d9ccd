"""How many working days each stage may take, and when the level above is told."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.targets import Days, TargetsForm
from moderation.setting import last_change
from moderation.setting_targets import TooSoon, set_targets
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper
from portal.models import StageTarget
from portal.targets import read_targets
from portal.vocabulary import Role

bp = Blueprint("targets", __name__, url_prefix="/settings/targets")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))


@bp.get("")
def index() -> Response:
    """Show the targets."""
    return _page(TargetsForm.showing(read_targets(here().session)), 200)


@bp.post("")
def change() -> AnyResponse:
    """Set the targets, for the whole portal."""
    found, form = keeper(), TargetsForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate() or not (changed := _set(form)):
        return _page(form, 422)
    flash(changed, "good")
    found.session.commit()
    return redirect(url_for("targets.index"))


def _set(form: TargetsForm) -> str:
    """Set what was typed and say so; nothing where the form says what is wrong."""
    found = here()
    try:
        if set_targets(found.session, office=found.office, by=found.person, days=form.days()):
            return gettext("Đã đổi. Thời hạn mới áp dụng cho các bước bắt đầu từ nay.")
    except TooSoon:
        words = gettext("Cấp trên phải được báo trước khi được giải quyết thay.")
        form.take_over.errors = [*form.take_over.errors, words]
        return ""
    return gettext("Không có gì thay đổi.")


def _page(form: TargetsForm, status: int) -> Response:
    """The page with the form or, for whoever may not change them, with the targets alone."""
    found = here()
    page = render_template(
        "moderation/targets.html",
        nav="settings",
        form=form,
        may_set=looks_after_all(found.session, by=found.person),
        fixed=[(field.label.text, field.data) for field in form if isinstance(field, Days)],
        changed=last_change(found.session, table=StageTarget),
    )
    return make_response(page, status)
