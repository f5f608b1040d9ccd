"""Where registrars keep the register, who may come in, and what every page there has."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, request, url_for

from moderation.administering.scope import NotYours
from moderation.registering.scope import Seen, find_member, find_organisation
from moderation.views.here import here, need_role, signed_in
from portal.db import LARGEST_ID
from portal.models import Organisation
from portal.text import BadDate, parse_day
from portal.vocabulary import Role

bp = Blueprint("register", __name__, url_prefix="/register")
bp.before_request(signed_in)
bp.before_request(need_role(Role.REGISTRAR))

ORGANISATION = "organisations/<int:organisation_id>"
MEMBER = "members/<member>"


def draw(template: str, *, status: int = 200, **told: Any) -> Response:
    """A page of this room. Its form comes back to the address that showed it."""
    told.setdefault("action", request.path)
    page = render_template(f"moderation/register/{template}.html", nav="register", **told)
    return make_response(page, status)


def open_organisation(organisation_id: int) -> Organisation:
    """The organisation of an address. Raises NotYours."""
    found = here()
    number = min(organisation_id, LARGEST_ID)
    return find_organisation(found.session, by=found.person, organisation_id=number)


def member_id(written: str) -> UUID:
    """The id in an address. Raises NotYours for what is none."""
    try:
        return UUID(written)
    except ValueError as error:
        raise NotYours from error


def open_member(written: str) -> Seen:
    """The member of an address. Raises NotYours."""
    found = here()
    return find_member(found.session, by=found.person, member_id=member_id(written))


def day_asked() -> date:
    """The day for which the register is shown: that of the address, else today."""
    today = here().office.today
    try:
        return parse_day(request.args["on"], date.max, past_only=False)
    except (BadDate, KeyError):
        return today


def day_kept() -> str | None:
    """The day as an address keeps it; nothing for today."""
    on = day_asked()
    return None if on == here().office.today else on.isoformat()


def organisation_page(organisation_id: int) -> str:
    """The address of an organisation, on the same day."""
    return url_for("register.organisation", organisation_id=organisation_id, on=day_kept())
