"""Parting a letter about two matters: a moderator cuts the masked words in two."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import splitting
from moderation.forms.merging import SplitForm
from moderation.papers import read_paper
from moderation.splitting import Parts
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
    return draw(work, "split", form=SplitForm(formdata=None, data={"staying": what, "going": what}))


@bp.post(f"/{CASE_ID}/split")
def split_letter(case_id: int) -> AnyResponse:
    """Part the letter in two."""
    form = typed(SplitForm)
    work = _whole(case_id)
    if not form.validate():
        return draw(work, "split", status=422, form=form)
    parts = Parts(form.staying.data, form.about.data, form.going.data)
    number = splitting.split(work.session, **work.tools, parts=parts)
    other = reference_of(number)
    return finish(work, gettext("Đã tách. Việc kia là hồ sơ %(other)s.", other=other))


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
