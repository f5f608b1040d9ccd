"""Which posts a member holds, from a day to a day.

Posts decide from whom a case is hidden. So an end takes effect for that on the day on which it is
entered, however far it is dated back. Raises Refused with every problem.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.registering.checks import Problem, Spell, day_before, post_problems, span_problems
from moderation.registering.rows import added, count, ended_problems, posts_of, refuse, spell_of
from portal.models import Member, Organisation, Post
from portal.vocabulary import PostTitle


def begin_post(
    session: Session,
    *,
    office: Office,
    member: Member,
    organisation: Organisation,
    title: PostTitle,
    words: str | None,
    on: date,
    until: date | None = None,
) -> Post:
    """Let a member hold a post in an organisation from a day on, or to a day."""
    within = Spell(organisation, organisation.valid_from, organisation.valid_to)
    problems = post_problems(title, words, kind=organisation.kind)
    problems += span_problems(on, until, today=office.today, within=within)
    problems += ended_problems(session, member, on)
    new = Spell((organisation.id, title, words), on, until)
    for row in posts_of(session, member):
        same = (row.organisation_id, row.title, row.words) == new.what
        if same and _meets(spell_of(row), new):
            problems.append(Problem.AT_ONCE)
    refuse(problems)
    row = Post(
        member_id=member.id,
        organisation_id=organisation.id,
        title=title,
        words=words or None,
        valid_from=on,
        valid_to=until,
    )
    return added(session, member, row)


def end_post(session: Session, *, office: Office, member: Member, post: Post, on: date) -> Post:
    """Let a post be held until a day, the last one."""
    problems = span_problems(post.valid_from, on, today=office.today)
    if post.valid_to is not None and post.valid_to < on:
        problems.append(Problem.NOT_THERE)
    refuse(problems)
    post.valid_to = on
    post.ended_on = office.today
    count(session, member)
    return post


def end_at_once(post: Post, on: date, office: Office) -> None:
    """End a post with the day before one, if it would be held then or later."""
    if post.valid_to is None or post.valid_to >= on:
        post.valid_to = day_before(max(on, post.valid_from))
        post.ended_on = office.today


def _meets(one: Spell, other: Spell) -> bool:
    """Whether two share a day."""
    first, second = sorted((one, other), key=lambda each: each.since)
    return first.until is None or first.until >= second.since
