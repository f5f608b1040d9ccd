"""What somebody who has just signed in is told about their account, so that nothing stays hidden.

A stranger who reads it first cannot take it away: it is told again for days.
"""

from __future__ import annotations

from datetime import timedelta

from flask import flash
from flask_babel import gettext

from moderation.proving import last_recovery, recovery_left, wrong_tries
from portal.holding import held
from portal.text import vn_datetime
from portal.unit import current_session

_TOLD = timedelta(days=7)
#: One slip of the finger is no stranger.
_SLIPS = 3


def warn(account_id: int) -> None:
    """Tell of recovery codes that were used and of wrong second factors, in the last week."""
    session, since = current_session(), held().clock() - _TOLD
    used = last_recovery(session, account_id=account_id)
    if used is not None and used >= since:
        flash(
            gettext(
                "Tài khoản đã đăng nhập bằng mã dự phòng lúc %(time)s, còn %(left)s mã. "
                "Nếu không phải đồng chí, xin đổi mật khẩu ngay.",
                time=vn_datetime(used),
                left=recovery_left(session, account_id=account_id),
            ),
            "wait",
        )
    tries = wrong_tries(session, account_id=account_id, since=since)
    if tries >= _SLIPS:
        flash(
            gettext(
                "Trong 7 ngày qua có %(count)s lần nhập đúng mật khẩu nhưng sai mã. "
                "Nếu không phải đồng chí, xin đổi mật khẩu ngay.",
                count=tries,
            ),
            "wait",
        )
