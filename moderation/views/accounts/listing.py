"""The list of accounts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext

from moderation.administering.listing import LISTS, Line, Page, Wanted, turn_to
from moderation.cursors import Cursor
from moderation.forms.administering import FindForm
from moderation.views.accounts.room import DEPARTED, bp, draw, places
from moderation.views.accounts.wording import roles_line
from moderation.views.here import here
from portal.vocabulary import AccountState


@bp.get("/")
def index() -> Response:
    """Show the accounts of one list, narrowed as the address says."""
    state = _state(request.args.get("list", ""))
    name = DEPARTED if request.args.get("list") == DEPARTED else state.value
    form = FindForm(formdata=request.args)
    form.place.offer(places(cells=False))
    page = _turn(form, state, departed=name == DEPARTED)
    return draw(
        "list",
        current=name,
        title=_title(name),
        name=name,
        departed=name == DEPARTED,
        form=form,
        lines=[(line, roles_line(line.held), _home(line)) for line in page.lines],
        narrowed=bool(_kept(form)),
        **_ways(page, form, name),
    )


def _turn(form: FindForm, state: AccountState, *, departed: bool) -> Page:
    """The page that was asked for."""
    found = here()
    return turn_to(
        found.session,
        by=found.person,
        wanted=replace(_wanted(form, state), departed=departed),
        cursor=Cursor.read(request.args.get("at", "")),
        today=found.office.today,
    )


def _state(name: str) -> AccountState:
    """The list that the address names; the first one for what is none."""
    return next((each for each in LISTS if each.value == name), AccountState.ACTIVE)


def _title(name: str) -> str:
    """The heading of a list."""
    if name == DEPARTED:
        return gettext("Người không còn sinh hoạt đảng")
    if name == AccountState.INVITED.value:
        return gettext("Tài khoản chờ nhận lời mời")
    if name == AccountState.ENDED.value:
        return gettext("Tài khoản đã kết thúc")
    return gettext("Tài khoản đang dùng")


def _home(line: Line) -> str:
    """The home of an account, unless its one role names it already."""
    return "" if [each.place for each in line.held] == [line.home] else line.home


def _wanted(form: FindForm, state: AccountState) -> Wanted:
    """What the list is narrowed by; what was not offered narrows nothing."""
    kept = _kept(form)
    return Wanted(
        name=kept.get("q", ""),
        role=form.role.word if "role" in kept else None,
        state=state,
        organisation_id=int(kept["place"]) if "place" in kept else None,
    )


def _kept(form: FindForm) -> dict[str, str]:
    """The answers that narrow the list, as they stand in an address."""
    kept = {
        field.name: field.data
        for field in (form.role, form.place)
        if field.data and field.offers(field.data)
    }
    return kept | ({"q": form.q.data[: form.q.most]} if form.q.data else {})


def _ways(page: Page, form: FindForm, name: str) -> dict[str, Any]:
    """The addresses of the neighbouring pages."""

    def way(cursor: Cursor | None) -> str:
        if cursor is None:
            return ""
        kept: dict[str, Any] = {"list": name, "at": str(cursor), **_kept(form)}
        return url_for("accounts.index", **kept)

    return {
        "clear": url_for("accounts.index", list=name),
        "earlier": way(page.earlier),
        "later": way(page.later),
    }
