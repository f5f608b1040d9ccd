"""Carrying out one act of whoever holds a code: it is done or refused, and the page says which."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response
from sqlalchemy.orm import Session

from portal.i18n import gettext
from portal.tracking import AddedEnough, CannotAct, CannotContest, consent
from portal.unit import current_session, reading_connection
from portal.views.track_pages import CoursePage


def act(page: CoursePage, do: Callable[[Session], None], done: str) -> Response:
    """Carry out one act, commit it, and say so."""
    session = current_session()
    try:
        do(session)
    except AddedEnough:
        sentence = gettext("Xin chờ Cổng đọc những điều đã viết thêm, hoặc gửi một ý kiến mới.")
        return page.show(notice=("wait", sentence), status=409)
    except CannotContest:
        sentence = gettext("Việc này không xem xét lại được nữa. Xin đọc lời hướng dẫn bên dưới.")
        return page.show(notice=("wait", sentence), status=409)
    except CannotAct:
        sentence = gettext("Việc này không còn làm được. Xin xem hồ sơ đang ở bước nào.")
        return page.show(notice=("wait", sentence), status=409)
    session.commit()
    # A reader keeps seeing the moment at which it began; now there is something newer.
    reading_connection().rollback()
    page.tracked = page.tracked._replace(acted=True)
    return page.show(notice=("good", done))


def allow(page: CoursePage) -> Response:
    """Allow that a text about the answer is told to everybody."""
    done = gettext("Cổng đã ghi nhận. Ông/bà rút lại lúc nào cũng được.")
    return _say(page, agrees=True, done=done)


def forbid(page: CoursePage) -> Response:
    """Take that back, whenever it is."""
    done = gettext("Cổng đã ghi nhận. Câu trả lời không công bố nữa.")
    return _say(page, agrees=False, done=done)


def _say(page: CoursePage, *, agrees: bool, done: str) -> Response:
    """Say yes or no to having the answer told."""
    tracked = page.tracked
    return act(page, lambda session: consent(session, tracked=tracked, agrees=agrees), done)
