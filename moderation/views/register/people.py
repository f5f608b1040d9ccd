"""Looking for members, and the page of one of them. Nothing about a case is ever here."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request, url_for

from moderation.forms.registering import FindForm
from moderation.registering import confirmed_results, reading, searching
from moderation.registering.scope import concerns
from moderation.views.here import here
from moderation.views.register.room import MEMBER, bp, draw, open_member
from portal.db import LARGEST_ID


@bp.post("/find")
def find() -> Response:
    """Show the members whose name holds the words. They go by POST: words may be a name."""
    form = FindForm()
    valid = form.validate()
    rows = _found(form) if valid else []
    more = rows[searching.PAGE - 1].id if len(rows) > searching.PAGE else None
    return draw(
        "found",
        status=200 if valid else 422,
        form=form,
        found=rows[: searching.PAGE],
        more=more,
        searched=valid,
    )


@bp.get(f"/{MEMBER}")
def member(member: str) -> Response:
    """Show what the register knows of a member, with the days on which it held."""
    seen, found = open_member(member), here()
    own = concerns(found.session, by=found.person, member_id=seen.member.id)
    return draw(
        "member",
        member=seen.member,
        facts=reading.facts_of(found.session, member=seen.member),
        changes=reading.changes_of(found.session, member_id=seen.member.id),
        may=seen.managed and not own,
        own=own,
        today=found.office.today,
    )


@bp.get("/results")
def results() -> Response:
    """Show the decisions of confirmed reviews that the register does not say yet."""
    found = here()
    after = min(request.args.get("after", 0, type=int), LARGEST_ID)
    rows = confirmed_results.unwritten(
        found.session, by=found.person, on=found.office.today, after=after
    )
    shown = rows[: confirmed_results.PAGE]
    later = url_for("register.results", after=shown[-1].id) if len(rows) > len(shown) else ""
    first = url_for("register.results") if after else ""
    return draw("results", lines=shown, first=first, later=later)


def _found(form: FindForm) -> list[searching.Row]:
    """A page of those whose name holds the words, and one more where there are more."""
    found = here()
    return searching.find_members(
        found.session,
        by=found.person,
        words=form.words.data,
        on=found.office.today,
        after=_after(form.after.data),
    )


def _after(written: str) -> UUID | None:
    """The member after whom the list goes on."""
    try:
        return UUID(written)
    except ValueError:
        return None
