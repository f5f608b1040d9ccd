"""The texts that were made of a letter: their history, and other ones in their place."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.passing import ReviseForm
from moderation.papers import read_papers
from moderation.releases import is_hidden, whole_text
from moderation.versions import Made, needs_put, read_history, revise
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import PaperKind, Room


@bp.get(f"/{CASE_ID}/versions")
def history(case_id: int) -> Response:
    """Show every text that was made, for whom, why, by whom and when."""
    work = open_work(case_id, Room.DESK, there=_has_versions)
    return draw(work, "versions", told={"versions": _read(work)})


@bp.get(f"/{CASE_ID}/revise")
def revising(case_id: int) -> Response:
    """Show the texts that are read now, to be written anew."""
    work = open_work(case_id, Room.DESK, Action.REVISE)
    kinds = (PaperKind.SHOWN, PaperKind.PUT)
    papers = read_papers(work.session, keys=work.keys, case_id=case_id, kinds=kinds)
    texts = {kind.value: whole_text(papers.get(kind)) for kind in kinds}
    why = str((papers.get(PaperKind.SHOWN) or {}).get("why", ""))
    return _ask(work, ReviseForm(formdata=None, data=texts | {"why": why}))


@bp.post(f"/{CASE_ID}/revise")
def revise_texts(case_id: int) -> AnyResponse:
    """Put other texts in the place of those that are read now."""
    form = typed(ReviseForm)
    work = open_work(case_id, Room.DESK, Action.REVISE)
    if not form.validate():
        return _ask(work, form, 422)
    texts = form.texts(form.reason.data)
    if not attempt(form, lambda: revise(work.session, **work.tools, texts=texts)):
        return _ask(reopen(work), form, 422)
    return finish(work, gettext("Đã soạn lại. Nơi giải quyết chỉ còn đọc bản mới."))


def _ask(work: Work, form: ReviseForm, status: int = 200) -> Response:
    """The page with the two texts."""
    return draw(work, "revise", status=status, told={"puts": needs_put(work.case)}, form=form)


def _has_versions(work: Work) -> bool:
    """Whether a text was made that may be shown."""
    return bool(_read(work)) and not is_hidden(work.case)


def _read(work: Work) -> tuple[Made, ...]:
    """Every text that was made."""
    return read_history(work.session, keys=work.keys, case_id=work.case.id)
