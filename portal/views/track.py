"""Following a comment with its code. The code travels in the body of a POST and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm import Session

from portal.forms import LINE_MOST, TrackForm
from portal.holding import held
from portal.i18n import gettext, ngettext
from portal.security import REMEMBERED
from portal.tracking import (
    contest,
    find,
    find_slip,
    may_act,
    rate,
    supply,
    withdraw,
)
from portal.unit import reading_connection
from portal.vault import BadCode, Code
from portal.views import track_acts, track_papers
from portal.views.slip_pages import slip_page
from portal.views.track_acts import act
from portal.views.track_pages import CoursePage, blank_code_page, code_page
from portal.vocabulary import ActKind, Rating

bp = Blueprint("track", __name__)

_BAD_CODES = {
    "missing": lambda: gettext("Sau chữ “mã” chưa có mã nào. Xin dán hoặc nhập đủ 20 chữ và số."),
    "length": lambda: gettext("Mã có đúng 20 chữ và số. Xin đếm lại từng nhóm bốn ký tự."),
    "symbol": lambda: gettext("Trong mã có ký tự lạ. Mã chỉ gồm chữ không dấu và số, không có U."),
    "check": lambda: gettext("Mã có chỗ chép nhầm. Xin so lại từng nhóm bốn ký tự với phiếu."),
    "several": lambda: gettext("Trong ô này có nhiều mã. Xin chỉ để lại một mã."),
}
_RATINGS = {rating.value: rating for rating in Rating}


@bp.get("/tra-cuu")
def form() -> Response:
    """Ask for the code."""
    response = blank_code_page()
    response.headers["Cache-Control"] = REMEMBERED
    return response


@bp.post("/tra-cuu")
def post() -> Response:
    """Open a submission with its code, show it, and do what its writer asks for."""
    step = _STEPS.get(request.form.get("step", "look"))
    if step is None:
        sentence = gettext("Cổng không nhận ra yêu cầu vừa gửi. Xin nhập mã và thử lại.")
        return code_page(TrackForm(), sentence, 400)
    return open_tracked(step)


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Keep what was typed when the token is no good, and carry nothing out."""
    sentence = gettext("Trang mở đã lâu nên chưa làm được. Chữ đã viết vẫn còn, xin bấm lại.")
    if request.form.get("step", "look") == "look":
        return code_page(TrackForm(), sentence, 400)
    return open_tracked(lambda page: page.show(notice=("wait", sentence), status=400))


def _look(page: CoursePage) -> Response:
    """Show where the letter is."""
    return page.look()


def _own(page: CoursePage) -> Response:
    """Show the writer's own words, which are not shown unasked."""
    return page.show(own=True)


def _supply(page: CoursePage) -> Response:
    """Send more words."""
    form, tracked, now = page.supply_form, page.tracked, held().clock()
    if not form.validate():
        return page.show(status=422)

    def add(session: Session) -> None:
        supply(session, tracked=tracked, text=form.text.data, at=now)
        form.text.data = ""

    return act(page, add, gettext("Cổng đã nhận điều ông/bà viết thêm."))


def _rate(page: CoursePage) -> Response:
    """Judge the answer."""
    form, tracked, now = page.rate_form, page.tracked, held().clock()
    if not form.validate():
        return page.show(status=422)
    rating, text = _RATINGS[form.rating.data], form.comment.data
    thanks = gettext("Cổng đã nhận đánh giá. Xin cảm ơn ông/bà.")
    if rating is Rating.UNSATISFIED:
        more = gettext("Ông/bà chưa đồng ý thì có thể đề nghị xem xét lại ở bên dưới.")
        thanks = f"{thanks} {more}"
    return act(
        page,
        lambda session: rate(session, tracked=tracked, rating=rating, text=text, at=now),
        thanks,
    )


def _contest(page: CoursePage) -> Response:
    """Ask that the level above looks at the result again."""
    form, tracked, now = page.contest_form, page.tracked, held().clock()
    if not form.validate():
        return page.show(status=422)
    why = form.why.data
    return act(
        page,
        lambda session: contest(session, tracked=tracked, text=why, at=now),
        gettext("Cổng đã nhận đề nghị xem xét lại. Ông/bà có thể gửi thêm lời và ảnh."),
    )


def _ask_withdraw(page: CoursePage) -> Response:
    """Say what withdrawing means before it is done."""
    if not may_act(page.tracked, ActKind.WITHDRAW):
        return page.look()
    return page.ask_withdraw()


def _withdraw(page: CoursePage) -> Response:
    """Take the submission back."""
    tracked, now = page.tracked, held().clock()
    return act(
        page,
        lambda session: withdraw(session, tracked=tracked, at=now),
        gettext("Cổng đã nhận yêu cầu rút ý kiến."),
    )


_STEPS: dict[str, Callable[[CoursePage], Response]] = {
    "look": _look,
    "own": _own,
    "supply": _supply,
    "rate": _rate,
    "contest": _contest,
    "ask_withdraw": _ask_withdraw,
    "withdraw": _withdraw,
    "allow": track_acts.allow,
    "forbid": track_acts.forbid,
    "certificate": track_papers.certificate,
    "paper": track_papers.answer,
}


def open_tracked(then: Callable[[CoursePage], Response]) -> Response:
    """Read the code, look it up, and go on."""
    if code := good_code(request.form.get("code", "")):
        return _find(code, then)
    asked = TrackForm()
    if not asked.validate():
        return code_page(asked, status=422)
    try:
        return _find(Code.read(asked.code.data), then)
    except BadCode as error:
        return _wrong(_BAD_CODES[error.reason]())


def good_code(typed: str) -> Code | None:
    """The code that was typed. A good one needs no form: only what is wrong must be said."""
    try:
        return Code.read(typed) if len(typed) <= LINE_MOST else None
    except BadCode:
        return None


def _find(code: Code, then: Callable[[CoursePage], Response]) -> Response:
    """Look the code up and go on. Only wrong codes wait, and none is ever locked.

    A right code opens at once, also while its source waits: a village may share one address, and
    95 random bits cannot be guessed at any speed. What no code opens waits all the same, so that
    guesses stay slow and cannot be told apart.
    """
    here = held()
    now = here.clock()
    tracked = find(reading_connection(), ring=here.ring, code=code)
    if tracked is not None:
        if here.slowdown:
            here.slowdown.succeeded(here.sources.mark(request.remote_addr, now))
        return then(CoursePage.of(code, tracked, request.form.get("matter", "")))
    slip = find_slip(reading_connection(), ring=here.ring, code=code)
    if slip is not None:
        return slip_page(code, slip)
    source = here.sources.mark(request.remote_addr, now)
    if wait := here.slowdown.attempt(source, now):
        return _slowed(wait)
    return _wrong(gettext("Không có ý kiến nào với mã này. Xin so lại mã với phiếu."))


def _wrong(sentence: str) -> Response:
    """The question for the code again, with what is wrong with it."""
    asked = TrackForm()
    asked.code.errors = [sentence]
    return code_page(asked, status=422)


def _slowed(wait: int) -> Response:
    """Ask to wait; the code stays in its field."""
    sentence = ngettext(
        "Xin đợi %(num)s giây rồi bấm lại. Không có gì bị khóa.",
        "Xin đợi %(num)s giây rồi bấm lại. Không có gì bị khóa.",
        wait,
    )
    response = code_page(TrackForm(), sentence, 429)
    response.headers["Retry-After"] = str(wait)
    return response
