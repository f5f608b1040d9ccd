"""Where administrators look after accounts, who may come in, and what every page there has."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.asked import count_waiting
from moderation.administering.listing import count_departed
from moderation.administering.scope import find_account, inside
from moderation.register import places_of_today
from moderation.views.again import needs_fresh_proof
from moderation.views.here import here, need_role, signed_in
from portal.db import LARGEST_ID
from portal.models import Account, Organisation
from portal.vocabulary import AccountState, Role

bp = Blueprint("accounts", __name__, url_prefix="/settings/accounts")
bp.before_request(signed_in)
bp.before_request(need_role(Role.ADMINISTRATOR))


@bp.before_request
def prove_again() -> AnyResponse | None:
    """Ask whoever signed in long ago once more; the lists alone are open to them."""
    return None if request.endpoint in _LISTS else needs_fresh_proof()


_LISTS = frozenset({"accounts.index", "accounts.requests"})
#: The list of those who hold a role and are no members any more.
DEPARTED = "departed"
ACCOUNT = "<int:account_id>"


def draw(template: str, *, status: int = 200, current: str = "", **told: Any) -> Response:
    """A page of this room, with its side list."""
    page = render_template(
        f"moderation/accounts/{template}.html", nav="accounts", sides=_sides(current), **told
    )
    return make_response(page, status)


def open_account(account_id: int, *, managed: bool = True) -> Account:
    """The account of an address, if the person here may change it or, at least, see it."""
    found = here()
    return find_account(
        found.session,
        by=found.person,
        account_id=number(account_id),
        on=found.office.today,
        managed=managed,
    )


def finish(sentence: str, account_id: int | None = None) -> AnyResponse:
    """Commit what was done, say so, and go back to the account, or to what waits."""
    here().session.commit()
    flash(sentence, "good")
    if account_id is None:
        return redirect(url_for("accounts.requests"))
    return redirect(url_for("accounts.show", account_id=account_id))


def number(typed: int) -> int:
    """An id as a database takes it."""
    return min(typed, LARGEST_ID)


def places(*, cells: bool = True) -> list[Organisation]:
    """The organisations of today that the person here looks after, the highest levels first."""
    found = here()
    return places_of_today(
        found.session, among=inside(found.person), on=found.office.today, cells=cells
    )


def _sides(current: str) -> list[dict[str, object]]:
    """The lists of this room; how many requests wait for the person here, and what to look at."""
    found = here()
    lists = {
        AccountState.ACTIVE: gettext("Đang dùng"),
        AccountState.INVITED: gettext("Chờ nhận lời mời"),
        AccountState.ENDED: gettext("Đã kết thúc"),
    }
    session, by = found.session, found.person
    alone = (
        (
            gettext("Cần xem lại"),
            gettext("Người không còn sinh hoạt đảng"),
            url_for("accounts.index", list=DEPARTED),
            count_departed(session, by=by, today=found.office.today),
            current == DEPARTED,
        ),
        (
            gettext("Việc cần hai người"),
            gettext("Chờ người thứ hai"),
            url_for("accounts.requests"),
            count_waiting(session, by=by, office=found.office),
            current == "requests",
        ),
    )
    items = [
        {
            "label": label,
            "href": url_for("accounts.index", list=state.value),
            "current": state.value == current,
        }
        for state, label in lists.items()
    ]
    return [{"title": gettext("Tài khoản"), "items": items}, *(_alone(*each) for each in alone)]


def _alone(title: str, label: str, href: str, count: int, current: bool) -> dict[str, object]:
    """A group of the side list with one list in it, and how long that is."""
    item = {"label": label, "href": href, "count": count, "current": current}
    return {"title": title, "items": [item]}
