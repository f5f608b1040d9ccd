"""How long finished cases are kept: what is in force, what it brings, and how much has gone."""

from __future__ import annotations

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.scope import looks_after_all
from moderation.forms.retaining import PeriodsForm
from moderation.retention.counting import totals_by_quarter
from moderation.retention.previewing import forecast
from moderation.retention.setting_periods import set_periods
from moderation.setting import last_change
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper
from portal.models import RetentionPeriod
from portal.periods import Periods, read_periods
from portal.text import vn_number
from portal.vocabulary import Role

bp = Blueprint("periods", __name__, url_prefix="/settings/retention")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))

#: Fewer than so many are not told apart: of one case everybody would know which one it was.
_FEW = 5


@bp.get("")
def index() -> Response:
    """Show the periods."""
    return _page(PeriodsForm.showing(read_periods(here().session)), 200)


@bp.post("")
def change() -> AnyResponse:
    """Set the periods, for the whole portal."""
    found, form = keeper(), PeriodsForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate():
        return _page(form, 422)
    amounts = form.amounts()
    if set_periods(found.session, office=found.office, by=found.person, amounts=amounts):
        flash(gettext("Đã đổi thời hạn lưu giữ."), "good")
    else:
        flash(gettext("Không có gì thay đổi."), "info")
    found.session.commit()
    return redirect(url_for("periods.index"))


def _page(form: PeriodsForm, status: int) -> Response:
    """The page with the form or, for whoever may not change them, with the periods alone."""
    found = here()
    periods = read_periods(found.session)
    rows = forecast(found.session, at=found.office.at)
    page = render_template(
        "moderation/periods.html",
        form=form,
        may_set=looks_after_all(found.session, by=found.person),
        fixed=_words(periods),
        ahead=[(row.rule.label, few(row.soon)) for row in rows],
        gone=[(_quarter(name), few(count)) for name, count in totals_by_quarter(found.session)],
        changed=last_change(found.session, table=RetentionPeriod),
        nav="settings",
    )
    return make_response(page, status)


def few(count: int) -> str:
    """A number of cases, which says no more than that there are few where there are few."""
    if 0 < count < _FEW:
        return gettext("dưới %(few)s", few=_FEW)
    return vn_number(count)


def _words(periods: Periods) -> list[tuple[str, str]]:
    """What is in force, in words."""
    return [(str(rule.label), periods.words(rule)) for rule, _amount in periods.amounts]


def _quarter(name: str) -> str:
    """A quarter in words."""
    year, _dash, number = name.partition("-")
    return gettext("Đến trong quý %(number)s năm %(year)s", number=number, year=year)
