"""Between the two steps of signing in: which browser stands there, and letting it in at last.

The cookie holds a token of its own. Nothing but the pages of the second step looks at it.
"""

from __future__ import annotations

from typing import cast

from flask import flash, g, redirect, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from moderation.accounts import Proven, refresh_hash
from moderation.proving import Half, begin_half, complete_half, find_half
from moderation.sessions import begin_session
from moderation.views.devices import device_of
from moderation.views.factors import Standing
from moderation.views.guesses import passed, remember
from moderation.views.here import here
from moderation.views.onward import landing, safe_next
from moderation.views.sessions import begin, clear, signed_in_browser
from portal.holding import held
from portal.unit import current_session

_HALF, _ONWARD = "half", "onward"


def stand_halfway(proven: Proven, onward: str) -> None:
    """Let this browser go on to the second step; whatever it was before has ended."""
    refresh_hash(current_session(), proven=proven)
    clear()
    token = begin_half(current_session(), account_id=proven.account_id, at=held().clock())
    session.update({_HALF: token, _ONWARD: onward})
    session.permanent = True


def need_half() -> Response | None:
    """Hook of the pages of the second step: others begin at the first, or are in already."""
    found = find_half(current_session(), token=half_token(), at=held().clock())
    if found is not None:
        g.half = found
        return None
    if signed_in_browser() is not None:
        return redirect(landing(here().person))
    if half_token():
        session.pop(_HALF)
        flash(gettext("Đã quá lâu hoặc nhập sai nhiều lần. Xin nhập lại mật khẩu."), "wait")
    return redirect(url_for("sign_in.form", next=session.get(_ONWARD) or None))


def half() -> Half:
    """Who stands between the steps in this request."""
    return cast(Half, g.half)


def half_standing() -> Standing:
    """The same for the pages that take a second factor."""
    return Standing(half().account, half_token(), half().row.challenge)


def half_token() -> str:
    """The token of this browser between the steps, or nothing."""
    return str(session.get(_HALF, ""))


def let_in() -> str:
    """Begin the session of whoever has given both factors, and tell where they wanted to go.

    Raises HalfEnded when the same second step has let a browser in already.
    """
    account, at = half().account, held().clock()
    complete_half(current_session(), search=held().ring.search, token=half_token(), at=at)
    wanted = safe_next(session.get(_ONWARD))
    token = begin_session(
        current_session(),
        account_id=account.id,
        at=at,
        hours=held().settings.staff_hours,
        device=device_of(request.user_agent.string),
    )
    begin(token)
    passed(account.login, second=True)
    return wanted or landing(here().person)


def welcome(onward: str, login: str) -> Response:
    """Send somebody who is in to where they wanted, and know their browser from now on."""
    response = redirect(onward)
    remember(response, login)
    return response
