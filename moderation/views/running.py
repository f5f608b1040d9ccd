"""How the portal runs: what is in force, where each of it is changed, and the hours of the log."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import appending
from moderation.administering import inviting, requesting
from moderation.administering.scope import looks_after_all
from moderation.forms.running import DigestForm, HoursForm
from moderation.notifying import staff_waiting
from moderation.sessions import FRESH
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from moderation.views.keeping import keeper
from portal.config import PREFIX
from portal.holding import held
from portal.vocabulary import Role

bp = Blueprint("running", __name__, url_prefix="/settings/portal")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))


@bp.get("")
def index() -> Response:
    """Show what is in force."""
    return _page(_hours_form(), _digest_form(), 200)


@bp.post("/hours")
def set_hours() -> AnyResponse:
    """Set the hours at which the public log grows, for the whole portal."""
    found, form = keeper(), HoursForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate():
        return _page(form, _digest_form(), 422)
    appending.set_hours(
        found.session,
        ring=found.office.ring,
        hours=form.hours.hours,
        at=found.office.at,
        account_id=found.person.account_id,
    )
    flash(gettext("Đã đổi giờ ghi sổ. Lần ghi tới theo giờ mới."), "good")
    found.session.commit()
    return redirect(url_for("running.index"))


@bp.post("/digest")
def set_digest() -> AnyResponse:
    """Set the hour at which the staff are sent the daily reminder, for the whole portal."""
    found, form = keeper(), DigestForm()
    if asked := needs_fresh_proof():
        return asked
    if not form.validate():
        return _page(_hours_form(), form, 422)
    staff_waiting.set_digest_time(
        found.session,
        ring=found.office.ring,
        at=found.office.at,
        account_id=found.person.account_id,
        hour=form.digest.hours[0],
    )
    flash(gettext("Đã đổi giờ gửi thư nhắc việc."), "good")
    found.session.commit()
    return redirect(url_for("running.index"))


def _hours_form() -> HoursForm:
    """The form with the hours of the log that are in force."""
    return HoursForm(formdata=None, hours=_hours())


def _digest_form() -> DigestForm:
    """The form with the hour of the daily reminder that is in force."""
    hour = staff_waiting.read_digest_time(here().session)
    return DigestForm(formdata=None, digest=f"{hour:%H:%M}")


def _hours() -> str:
    """The hours that are in force, as they are typed."""
    return " ".join(f"{hour:%H:%M}" for hour in appending.read_hours(here().session))


def _page(form: HoursForm, digest: DigestForm, status: int) -> Response:
    """The page with its forms or, for whoever may not change the hours, without them."""
    found = here()
    page = render_template(
        "moderation/running.html",
        form=form,
        digest=digest,
        hours=_hours(),
        may_set=looks_after_all(found.session, by=found.person),
        limits=_limits(),
        fixed=_fixed(),
        nav="settings",
    )
    return make_response(page, status)


def _limits() -> list[tuple[str, str, str]]:
    """What this process was started with: what it is, its value, and the variable that sets it."""
    own = held().settings
    tries, hours = own.slow_after, own.staff_hours
    told = (
        (gettext("Thử sai trước khi phải chờ"), _times(tries), "SLOW_AFTER"),
        (gettext("Một lần đăng nhập dài nhất"), _span(timedelta(hours=hours)), "STAFF_HOURS"),
        (
            gettext("Tự đăng xuất khi không dùng"),
            _span(timedelta(minutes=own.idle_minutes)),
            "IDLE_MINUTES",
        ),
        (gettext("Địa chỉ của Cổng"), ", ".join(own.trusted_hosts), "TRUSTED_HOSTS"),
        (gettext("Số máy chuyển tiếp được tin"), str(own.trusted_proxies), "TRUSTED_PROXIES"),
        (
            gettext("Cookie chỉ đi qua HTTPS"),
            gettext("có") if own.secure_cookies else gettext("không"),
            "SECURE_COOKIES",
        ),
    )
    return [(what, value, PREFIX + name) for what, value, name in told]


def _fixed() -> list[tuple[str, str]]:
    """What is in force in every installation."""
    return [
        (gettext("Xác nhận lại có giá trị"), _span(FRESH)),
        (gettext("Liên kết mời dùng được"), _span(inviting.LASTS)),
        (gettext("Đề nghị chờ người thứ hai"), _span(requesting.LASTS)),
    ]


def _times(count: int) -> str:
    """How many times."""
    return ngettext("%(num)s lần", "%(num)s lần", count)


def _span(span: timedelta) -> str:
    """A length of time in whole days, hours or minutes."""
    minutes = int(span.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return ngettext("%(num)s ngày", "%(num)s ngày", minutes // (24 * 60))
    if minutes % 60 == 0:
        return ngettext("%(num)s giờ", "%(num)s giờ", minutes // 60)
    return ngettext("%(num)s phút", "%(num)s phút", minutes)
