"""Drafting a review: its name, basis, period and cells."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template, request
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from moderation.appraising import (
    BadPeriod,
    NoCells,
    NoSuchReview,
    directly_below,
    draft_review,
    holders,
)
from moderation.appraising.opening import Plan
from moderation.forms.reviews import PlanForm
from moderation.setting_bases import NoSuchBasis, bases_for
from moderation.views.here import here
from moderation.views.reviews.room import bp, done
from portal.models import Organisation, ScreeningReview
from portal.vocabulary import BasisUse


@bp.get("/new")
def fresh() -> Response:
    """Ask what the review is to be."""
    _holders()
    return _ask(PlanForm(formdata=None), frozenset())


@bp.post("/new")
def draft() -> AnyResponse:
    """Draft a review; nobody else sees it yet."""
    found, form, chosen = here(), PlanForm(), _chosen()
    _offer(form)
    if not form.validate() or not (review := _draft(form, chosen)):
        return _ask(form, chosen, 422)
    number = review.id
    found.session.commit()
    return done(gettext("Đã soạn. Xin xem lại rồi mở đợt."), "reviews.show", review_id=number)


def _draft(form: PlanForm, chosen: frozenset[int]) -> ScreeningReview | None:
    """Draft what was typed, or say beside the form what does not fit."""
    found, (begins, ends) = here(), form.period
    plan = Plan(
        title=form.title.data,
        basis_id=int(form.basis.data),
        organisation_id=int(form.holder.data),
        period_from=begins,
        period_to=ends,
        chosen_ids=chosen,
    )
    try:
        return draft_review(found.session, **found.tools, plan=plan)
    except BadPeriod:
        form.ends.errors = [gettext("Ngày cuối kỳ phải sau ngày đầu kỳ.")]
    except NoSuchBasis:
        form.basis.errors = [gettext("Căn cứ này vừa được bỏ. Xin chọn căn cứ khác.")]
    except NoCells:
        form.refuse(gettext("Xin chọn ít nhất một nơi có chi bộ."))
    return None


def _ask(form: PlanForm, chosen: frozenset[int], status: int = 200) -> Response:
    """The page with its form."""
    _offer(form)
    found = here()
    places = directly_below(found.session, organisation_ids=_holders(), on=found.office.today)
    page = render_template(
        "moderation/reviews/draft.html", nav="reviews", form=form, places=places, chosen=chosen
    )
    return make_response(page, status)


def _offer(form: PlanForm) -> None:
    """Offer what holds today, and for whom the reader may hold a review."""
    found = here()
    rows = found.session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(_holders()))
    )
    names = {row.id: row.name for row in rows}
    bases = bases_for(found.session, use=BasisUse.REVIEW, on=found.office.today)
    form.offer(bases, names)


def _holders() -> tuple[int, ...]:
    """For which organisations the reader may hold a review. Raises NoSuchReview where for none."""
    mine = holders(here().person)
    if not mine:
        raise NoSuchReview
    return mine


def _chosen() -> frozenset[int]:
    """The places that were ticked."""
    ticked = request.form.getlist("place")
    if not all(each.isdecimal() for each in ticked):
        abort(400)
    return frozenset(map(int, ticked))
