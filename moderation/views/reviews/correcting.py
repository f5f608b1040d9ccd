"""Setting a confirmed result right, which only a level above does."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.appraising import NoSuchReview, NotReady, correct
from moderation.appraising.correcting import NotConfirmed
from moderation.appraising.fitting import NotRecorded
from moderation.forms.reviews import CorrectionForm
from moderation.views.reviews.member import Before, draw, gather, say
from moderation.views.reviews.room import bp, done, seen_version, the_member, typed
from portal.vocabulary import PartState


@bp.get("/cells/<int:part_id>/members/<member>/correct")
def correcting(part_id: int, member: str) -> Response:
    """Show a confirmed result, to be set right with a reason."""
    before = _confirmed(part_id, member)
    return draw(before, CorrectionForm.showing(before.row, before.texts), page="correct")


@bp.post("/cells/<int:part_id>/members/<member>/correct")
def set_right(part_id: int, member: str) -> AnyResponse:
    """Set a confirmed result right; what stood before is kept."""
    before, form = _confirmed(part_id, member), CorrectionForm()
    typed(form)
    form.offer_mentors(before.listed, before.member.member_id)
    if not form.validate() or not _correct(before, form):
        return draw(before, form, 422, page="correct")
    before.here.session.commit()
    said = gettext("Đã đính chính kết quả của đồng chí %(name)s.", name=before.member.name)
    return done(said, "reviews.part", part_id=part_id)


def _confirmed(part_id: int, member: str) -> Before:
    """A result that the level above may set right. Raises NoSuchReview, NotConfirmed."""
    before = gather(part_id, the_member(member))
    if not before.work.place.above:
        raise NoSuchReview
    if before.work.part.state is not PartState.CONFIRMED:
        raise NotConfirmed
    return before


def _correct(before: Before, form: CorrectionForm) -> bool:
    """Set right what was typed, or say what does not fit."""
    found = before.here
    try:
        correct(
            found.session,
            **found.tools,
            work=before.work,
            member_id=before.member.member_id,
            recorded=form.recorded(),
            reason=form.reason.data,
            version=seen_version(),
        )
    except NotRecorded as error:
        found.session.rollback()
        say(form, error)
    except NotReady as error:
        found.session.rollback()
        form.refuse(str(error.waiting[0][1].label))
    else:
        return True
    return False
