"""The members of one cell: who continues, recorded for many at once, and who is still open."""

from __future__ import annotations

from uuid import UUID

from flask import Response, make_response, render_template, request
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.appraising import NoSuchReview, record_rest
from moderation.appraising.listing import day_of_list, results_of
from moderation.appraising.reading import heirs_of, table_of
from moderation.appraising.sealing import open_key, read_reason
from moderation.appraising.signing import may_confirm, may_sign
from moderation.views.here import here
from moderation.views.reviews.room import bp, done, the_part
from portal.vocabulary import PartState, ReviewState


@bp.get("/cells/<int:part_id>")
def part(part_id: int) -> Response:
    """Show the members of a cell, each with what was recorded and what is lacking."""
    return part_page(part_id)


def part_page(part_id: int, *, nobody: bool = False) -> Response:
    """The page of a cell; ``nobody`` says that no member was ticked."""
    work, found = the_part(part_id), here()
    lines = table_of(found.session, office=found.office, by=found.person, work=work)
    state, is_open = work.part.state, work.review.state is ReviewState.OPEN
    results = results_of(found.session, work=work)
    recording = is_open and state is PartState.RECORDING
    key = open_key(found.session, office=found.office, part_id=work.part.id)
    page = render_template(
        "moderation/reviews/part.html",
        nav="reviews",
        work=work,
        lines=lines,
        nobody=nobody,
        listed_on=day_of_list(work),
        heirs=heirs_of(found.session, work=work, today=found.office.today),
        all_ticked="all" in request.args,
        recording=recording,
        reason=read_reason(key, work.part) if recording else "",
        may_sign=recording and may_sign(found.session, office=found.office, work=work),
        may_judge=is_open
        and state is PartState.SIGNED
        and may_confirm(found.person, office=found.office, work=work, results=results),
        may_correct=work.place.above and state is PartState.CONFIRMED,
    )
    return make_response(page, 422 if nobody else 200)


@bp.post("/cells/<int:part_id>/rest")
def rest(part_id: int) -> AnyResponse:
    """Record of everybody ticked that they continue."""
    work, found = the_part(part_id), here()
    ticked = _ticked()
    if not ticked:
        return part_page(part_id, nobody=True)
    count = record_rest(found.session, **found.tools, work=work, member_ids=ticked)
    found.session.commit()
    said = ngettext(
        "Đã ghi tiếp tục sinh hoạt cho %(num)s đồng chí.",
        "Đã ghi tiếp tục sinh hoạt cho %(num)s đồng chí.",
        count,
    )
    return done(said, "reviews.part", part_id=part_id)


def _ticked() -> frozenset[UUID]:
    """The members that were ticked."""
    try:
        return frozenset(UUID(each) for each in request.form.getlist("member"))
    except ValueError:
        raise NoSuchReview from None
