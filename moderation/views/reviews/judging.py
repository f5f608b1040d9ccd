"""A cell's signature, and what the level above does with it."""

from __future__ import annotations

from flask import Response, make_response, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import appraising
from moderation.appraising import NoSuchReview, NotReady
from moderation.appraising.listing import results_of
from moderation.appraising.reading import table_of
from moderation.appraising.recording import check_recording
from moderation.appraising.signing import NotSigned, may_confirm, may_sign
from moderation.appraising.standing import Work
from moderation.forms.reviews import SendBackForm
from moderation.views.here import here
from moderation.views.reviews.room import bp, done, seen_version, the_part, typed
from portal.fields import PortalForm
from portal.vocabulary import PartState, ReviewOutcome


@bp.get("/cells/<int:part_id>/sign")
def signing(part_id: int) -> Response:
    """Say what will be signed, or what is still lacking."""
    work, found = the_part(part_id), here()
    if not may_sign(found.session, office=found.office, work=work):
        raise NoSuchReview
    check_recording(work)
    return _page(work, "sign")


@bp.post("/cells/<int:part_id>/sign")
def sign(part_id: int) -> AnyResponse:
    """Sign what the cell recorded."""
    work, found = the_part(part_id), here()
    try:
        appraising.sign(found.session, **found.tools, work=work, version=seen_version())
    except NotReady:
        return _page(work, "sign", 422)
    found.session.commit()
    return done(gettext("Đã ký. Cấp trên sẽ xem xét."), "reviews.part", part_id=part_id)


@bp.get("/cells/<int:part_id>/confirm")
def confirming(part_id: int) -> Response:
    """Say what will be confirmed."""
    return _page(_signed(part_id), "confirm")


@bp.post("/cells/<int:part_id>/confirm")
def confirm(part_id: int) -> AnyResponse:
    """Confirm what a cell signed."""
    work, found = the_part(part_id), here()
    if not _pressed_twice(work):
        appraising.confirm(found.session, **found.tools, work=work, version=seen_version())
    found.session.commit()
    return done(gettext("Đã xác nhận kết quả của chi bộ."), "reviews.part", part_id=part_id)


@bp.get("/cells/<int:part_id>/send-back")
def sending_back(part_id: int) -> Response:
    """Ask why the cell is to record again."""
    return _page(_signed(part_id), "send_back", form=SendBackForm(formdata=None))


@bp.post("/cells/<int:part_id>/send-back")
def send_back(part_id: int) -> AnyResponse:
    """Let a cell record again."""
    work, found, form = the_part(part_id), here(), SendBackForm()
    typed(form)
    if not form.validate():
        return _page(_signed(part_id), "send_back", 422, form=form)
    appraising.send_back(
        found.session, **found.tools, work=work, reason=form.reason.data, version=seen_version()
    )
    found.session.commit()
    return done(gettext("Đã trả lại cho chi bộ."), "reviews.part", part_id=part_id)


def _pressed_twice(work: Work) -> bool:
    """Whether whoever presses has just confirmed it: a second press changes nothing."""
    mine = work.part.confirmed_by_id == here().person.account_id
    return mine and work.part.state is PartState.CONFIRMED


def _signed(part_id: int) -> Work:
    """A part that the reader may judge. Raises NoSuchReview, NotSigned."""
    work, found = the_part(part_id), here()
    results = results_of(found.session, work=work)
    if not may_confirm(found.person, office=found.office, work=work, results=results):
        raise NoSuchReview
    if work.part.state is not PartState.SIGNED:
        raise NotSigned
    return work


def _page(work: Work, name: str, status: int = 200, form: PortalForm | None = None) -> Response:
    """The page that asks once more, with what the reader may know of the results."""
    found = here()
    lines = table_of(found.session, office=found.office, by=found.person, work=work)
    counts = [
        (outcome.label, [line.member for line in lines if _is(line.result, outcome)])
        for outcome in ReviewOutcome
    ]
    page = render_template(
        f"moderation/reviews/{name}.html",
        nav="reviews",
        work=work,
        form=form,
        open_lines=[line for line in lines if line.lacks is not None],
        left=[line.member for line in lines if line.member.left],
        hidden=sum(line.hidden for line in lines),
        hidden_open=sum(line.hidden and line.is_open for line in lines),
        counts=[(label, members) for label, members in counts if members],
    )
    return make_response(page, status)


def _is(result: object, outcome: ReviewOutcome) -> bool:
    """Whether a result is this outcome."""
    return getattr(result, "outcome", None) is outcome
