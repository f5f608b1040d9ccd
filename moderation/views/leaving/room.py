"""What the pages about absence share: who may open them, what a refusal says, and their ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import abort, flash, redirect, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.followups import BadDay
from moderation.leaving.excusals import AlreadyExcused, NotNow
from moderation.leaving.finding import NotThere, cells_of
from moderation.leaving.transfers import AlreadyMoving, NotACell
from moderation.listing.cursors import Cursor
from moderation.registering.rows import Refused
from moderation.views.here import Here, here
from moderation.workflow import Incomplete
from portal.db import LARGEST_ID
from portal.fields import Label, PortalForm
from portal.models import Organisation
from portal.text import vn_number
from portal.vocabulary import Role

_DAYS: dict[str, Label] = {
    "future": _("Ngày này chưa tới. Xin ghi ngày đã có việc ấy."),
    "before_start": _("Ngày này quá sớm. Xin xem lại ngày."),
    "order": _("Ngày cuối phải sau ngày đầu."),
    "over": _("Những ngày này đã qua. Xin xem lại ngày cuối."),
}
_NOW = _("Việc này không còn làm được. Xin xem lại tình trạng hiện nay.")


def need_keeper() -> None:
    """Hook: for anybody who is on no committee and keeps no register these pages do not exist."""
    person = here().person
    if not person.has(Role.COMMITTEE) and not person.has(Role.REGISTRAR):
        abort(404)


def nav_of(found: Here) -> str:
    """Which desk of the head these pages belong to for this person."""
    return "committee" if found.person.has(Role.COMMITTEE) else "register"


def cursor_asked() -> Cursor | None:
    """Where the page of a list begins."""
    return Cursor.read(request.args.get("at", ""))


def number_in(raw: int) -> int:
    """A number of an address, no larger than a database takes."""
    return min(raw, LARGEST_ID)


def cell_asked(found: Here) -> tuple[Organisation | None, list[Organisation]]:
    """The cell about whose members something is written down, and those there are to choose.

    Where there is only one it is chosen already.
    """
    cells = cells_of(found.session, by=found.person, on=found.office.today)
    wanted = request.args.get("cell", "")
    chosen = [cell for cell in cells if str(cell.id) == wanted]
    if not chosen and len(cells) == 1:
        chosen = cells
    return (chosen[0] if chosen else None), cells


def attempt(form: PortalForm, do: Callable[[], object], *, days: str = "on") -> bool:
    """Do something, or say in the form why it cannot be; ``days``: the field of the wrong day."""
    try:
        do()
    except NotThere:
        abort(404)
    except (BadDay, NotNow, Incomplete, AlreadyExcused, AlreadyMoving, NotACell, Refused) as error:
        here().session.rollback()
        _say(form, error, days)
        return False
    return True


def done(sentence: str, address: str) -> AnyResponse:
    """Commit, say what was done, and go there."""
    flash(sentence, "good")
    here().session.commit()
    return redirect(address)


def day_in(value: date | None) -> date:
    """The day of a form that was checked."""
    return value or here().office.today


def _say(form: PortalForm, error: Exception, days: str) -> None:
    """Put the sentence where it can be mended."""
    if isinstance(error, BadDay):
        _beside(form, days, _day_sentence(error.reason))
    elif isinstance(error, NotACell):
        _beside(form, "to", gettext("Xin chọn một chi bộ khác."))
    elif isinstance(error, AlreadyExcused):
        _beside(form, "member", gettext("Đồng chí này đang có đề nghị hoặc đang được tạm miễn."))
    elif isinstance(error, AlreadyMoving):
        _beside(form, "member", gettext("Đồng chí này đang chuyển sinh hoạt."))
    elif isinstance(error, Refused):
        for problem in error.problems:
            form.refuse(str(problem.label))
    else:
        form.refuse(str(_NOW))


def _day_sentence(reason: str) -> str:
    """What is wrong with a day."""
    if reason == "too_long":
        most = here().office.targets["excusal_most"].working_days
        return gettext("Mỗi lần nhiều nhất %(days)s ngày.", days=vn_number(most))
    return str(_DAYS[reason])


def _beside(form: PortalForm, name: str, sentence: str) -> None:
    """A sentence beside one field, or about the whole form where it has no such field."""
    if name in form:
        form[name].errors = [*form[name].errors, sentence]
    else:
        form.refuse(sentence)
