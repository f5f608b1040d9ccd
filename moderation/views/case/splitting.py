"""Parting a letter about two matters: a moderator cuts the masked words in two."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import splitting
from moderation.cutting import LeftOut, NotCut
from moderation.forms.merging import SplitForm
from moderation.papers import read_paper
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, typed
from moderation.workflow import Action, NotAvailable
from portal.models.case import PaperKind, Room
from portal.models.submission import reference_of


@bp.get(f"/{CASE_ID}/split")
def split(case_id: int) -> Response:
    """Ask which words are about which matter."""
    work = _whole(case_id)
    what = _words(work).get("what", "")
    return _draw(work, SplitForm(formdata=None, data={"staying": what, "going": what}))


@bp.post(f"/{CASE_ID}/split")
def split_letter(case_id: int) -> AnyResponse:
    """Part the letter in two."""
    form = typed(SplitForm)
    work = _whole(case_id)
    if not form.validate():
        return _draw(work, form, status=422)
    try:
        number = splitting.split(work.session, **work.tools, parts=form.parts())
    except NotCut as refused:
        form.name_added(refused)
        return _draw(work, form, status=422)
    except LeftOut as refused:
        form.ask_about(refused)
        return _draw(work, form, status=422, left=refused.pieces)
    other = reference_of(number)
    return finish(work, gettext("Đã tách. Việc kia là hồ sơ %(other)s.", other=other))


def _draw(
    work: Work, form: SplitForm, *, status: int = 200, left: tuple[str, ...] = ()
) -> Response:
    """The page, with what stands in neither part where that has to be agreed to."""
    return draw(work, "split", status=status, form=form, told={"left": left})


def _whole(case_id: int) -> Work:
    """A case with one letter that was neither merged nor parted. Raises NotAvailable."""
    work = open_work(case_id, Room.DESK, Action.SPLIT)
    if not splitting.may_split(work.session, case=work.case):
        raise NotAvailable(Action.SPLIT)
    return work


def _words(work: Work) -> dict[str, str]:
    """The masked words of the letter."""
    paper = read_paper(work.session, keys=work.keys, case_id=work.case.id, kind=PaperKind.READING)
    words: dict[str, str] = paper["words"] if paper else {}
    return words
