"""The texts that staff begin with when they write to a resident, for the whole portal."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.replying import TemplateForm
from moderation.replying import (
    FIELDS,
    BadField,
    Reply,
    drop_template,
    keep_template,
    read_templates,
)
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper
from portal.vocabulary import DeclineReason, Finding, Occasion, Role, Status

bp = Blueprint("templates", __name__, url_prefix="/settings/templates")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))

#: How the detail of an occasion is called.
_DETAILS = {
    Occasion.DECLINE: lambda word: DeclineReason(word).staff_label,  # type: ignore[call-arg]
    Occasion.REPORT: lambda word: Finding(word).label,  # type: ignore[call-arg]
    Occasion.MESSAGE: lambda word: Status(word).staff_label,  # type: ignore[call-arg]
}


@bp.get("")
def index() -> str:
    """List every text by when it is offered."""
    found = here()
    every = read_templates(found.session)
    groups = [
        (occasion.label, [(each, _detail(each)) for each in every if each.occasion is occasion])
        for occasion in Occasion
    ]
    may_set = looks_after_all(found.session, by=found.person)
    return render_template(
        "moderation/templates/list.html", nav="settings", groups=groups, may_set=may_set
    )


@bp.get("/new")
def new() -> Response:
    """Ask for a new text."""
    keeper()
    return _page(TemplateForm(formdata=None, data={"used": True}), None)


@bp.post("/new")
def add() -> AnyResponse:
    """Keep a new text."""
    return _keep(TemplateForm(), None)


@bp.get("/<name>")
def edit(name: str) -> Response:
    """Show one text to be changed."""
    keeper()
    reply = _reply(name)
    return _page(TemplateForm.showing(reply), reply)


@bp.post("/<name>")
def change(name: str) -> AnyResponse:
    """Keep one text as it was changed."""
    return _keep(TemplateForm(), _reply(name))


@bp.post("/<name>/drop")
def drop(name: str) -> AnyResponse:
    """Go back to the usual text, or forget one of one's own."""
    found = keeper()
    drop_template(found.session, **found.tools, name=name)
    flash(gettext("Đã bỏ nội dung đã sửa."), "good")
    found.session.commit()
    return redirect(url_for("templates.index"))


def _keep(form: TemplateForm, reply: Reply | None) -> AnyResponse:
    """Keep what was typed, or say what is wrong with it."""
    found = keeper()
    if not form.validate():
        return _page(form, reply, 422)
    name = reply.name if reply else ""
    try:
        keep_template(found.session, **found.tools, name=name, **form.answers())
    except BadField as error:
        names = ", ".join(f"{{{each}}}" for each in error.names)
        form.text.errors = [gettext("Không có chỗ điền tên %(names)s.", names=names)]
        return _page(form, reply, 422)
    flash(gettext("Đã lưu mẫu câu."), "good")
    found.session.commit()
    return redirect(url_for("templates.index"))


def _page(form: TemplateForm, reply: Reply | None, status: int = 200) -> Response:
    """The form of one text, with what may be left open in it."""
    page = render_template(
        "moderation/templates/form.html", nav="settings", form=form, reply=reply, fields=FIELDS
    )
    return make_response(page, status)


def _reply(name: str) -> Reply:
    """The text of this name. Answers 404 where there is none."""
    found = next((each for each in read_templates(here().session) if each.name == name), None)
    return found or abort(404)


def _detail(reply: Reply) -> str:
    """For what it is meant, in words."""
    says = _DETAILS.get(reply.occasion)
    return str(says(reply.detail)) if says and reply.detail else ""
