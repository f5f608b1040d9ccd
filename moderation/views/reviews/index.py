"""The list of reviews, and one review with its cells."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import appraising
from moderation.appraising import holders, holds
from moderation.appraising.progress import list_reviews, progress_of
from moderation.appraising.reading import basis_of
from moderation.views.here import here
from moderation.views.reviews.room import bp, done, seen_version, the_review
from portal.db import LARGEST_ID
from portal.vocabulary import PartState, ReviewState


@bp.get("/")
def index() -> Response:
    """Show the reviews that concern whoever is here."""
    found = here()
    page = render_template(
        "moderation/reviews/index.html",
        nav="reviews",
        lines=list_reviews(found.session, by=found.person),
        states=list(PartState),
        may_hold=bool(holders(found.person)),
    )
    return make_response(page)


@bp.get("/<int:review_id>")
def show(review_id: int) -> Response:
    """Show a review: its basis, its period, and how far its cells are, level by level if many."""
    review, found = the_review(review_id), here()
    under, number = _turned()
    progress = progress_of(found.session, by=found.person, review=review, under=under, page=number)
    page = render_template(
        "moderation/reviews/show.html",
        nav="reviews",
        review=review,
        basis=basis_of(found.session, review=review),
        progress=progress,
        under=under,
        number=number,
        states=list(PartState),
        holding=holds(found.person, review),
        draft=review.state is ReviewState.DRAFT,
        may_close=review.state is ReviewState.OPEN and under is None and progress.is_over,
    )
    return make_response(page)


def _turned() -> tuple[int | None, int]:
    """The level whose cells are asked for alone, and the page of them."""
    under, page = request.args.get("under", type=int), request.args.get("page", 1, type=int)
    return (None if under is None else min(under, LARGEST_ID)), min(max(page, 1), LARGEST_ID)


@bp.post("/<int:review_id>/open")
def open_it(review_id: int) -> AnyResponse:
    """Open a draft to its cells."""
    review, found = the_review(review_id), here()
    appraising.open_review(found.session, **found.tools, review=review, version=seen_version())
    found.session.commit()
    return done(gettext("Đã mở đợt rà soát."), "reviews.show", review_id=review_id)


@bp.post("/<int:review_id>/drop")
def drop(review_id: int) -> AnyResponse:
    """Give a draft up."""
    review, found = the_review(review_id), here()
    appraising.drop_draft(found.session, **found.tools, review=review, version=seen_version())
    found.session.commit()
    return done(gettext("Đã bỏ bản soạn."), "reviews.index")


@bp.post("/<int:review_id>/close")
def close(review_id: int) -> AnyResponse:
    """End a review of which every cell is confirmed."""
    review, found = the_review(review_id), here()
    appraising.close_review(found.session, **found.tools, review=review, version=seen_version())
    found.session.commit()
    return done(gettext("Đã kết thúc đợt rà soát."), "reviews.show", review_id=review_id)
