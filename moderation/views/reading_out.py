"""Reading a letter's state out to somebody on the telephone. The code is never in an address."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template
from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from moderation.forms.entering import ReadOutForm
from moderation.listing import read_reference
from moderation.reading_out import Heard, NothingToRead, read_out
from moderation.views.here import here, need_role, signed_in
from portal.holding import held
from portal.tracking import Told, explained, tell
from portal.vault import BadCode, Code
from portal.vocabulary import Role

bp = Blueprint("reading_out", __name__, url_prefix="/read-out")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))

_NOT_HERE = _(
    "Không có hồ sơ nào với số và mã này ở đây. Xin hỏi lại người gọi. "
    "Nếu đúng, hồ sơ ở nơi khác: mời gọi nơi đã nhận thư."
)

#: What ends a case without an answer, but with an explanation.
_REFUSALS = frozenset({"decline", "refer"})


@bp.get("/")
def form() -> Response:
    """Ask for the number and the code."""
    return _page(ReadOutForm(formdata=None))


@bp.post("/")
def post() -> Response:
    """Show what may be read out, written down."""
    form, found = ReadOutForm(), here()
    if not form.validate():
        return _page(form, 422)
    if wait := held().slowdown.attempt(_caller(), found.office.at):
        return _slowed(form, wait)
    number = read_reference(form.reference.data, year=found.office.today.year)
    try:
        code = Code.read(form.code.data)
        heard = read_out(found.session, **found.tools, number=number or 0, code=code)
    except (BadCode, NothingToRead):
        form.refuse(str(_NOT_HERE))
        return _page(form, 422)
    held().slowdown.succeeded(_caller())
    page = _page(ReadOutForm(formdata=None), heard=heard)
    found.session.commit()
    return page


def _page(form: ReadOutForm, status: int = 200, *, heard: Heard | None = None) -> Response:
    """The question for the number and the code, or what belongs to them."""
    told = _told(heard) if heard else None
    decided = heard.course.decided if heard else None
    page = render_template(
        "moderation/read_out.html",
        form=form,
        told=told,
        reference=heard.tracked.reference if heard else "",
        refused=explained(decided) if decided and decided.action in _REFUSALS else "",
        nav="desk",
    )
    return make_response(page, status)


def _told(heard: Heard) -> Told:
    """What the tracking page would say."""
    office = here().office
    return tell(
        heard.tracked,
        heard.course,
        now=office.at,
        calendar=office.calendar,
        targets=office.targets,
    )


def _slowed(form: ReadOutForm, wait: int) -> Response:
    """Ask to wait: codes are not to be guessed here either."""
    form.refuse(
        ngettext(
            "Xin đợi %(num)s giây rồi bấm lại. Không có gì bị khóa.",
            "Xin đợi %(num)s giây rồi bấm lại. Không có gì bị khóa.",
            wait,
        )
    )
    response = _page(form, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def _caller() -> bytes:
    """By what tries are counted: the account, whatever browser it sits at."""
    return f"read-out|{here().person.account_id}".encode()
