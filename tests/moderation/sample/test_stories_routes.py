"""The sample's letters: each one goes where the routing rules would send it."""

from __future__ import annotations

from datetime import date, timedelta

from moderation.routing import Facts, Unit, propose
from moderation.sample.records import (
    AccountRecord,
    MemberRecord,
    read_accounts,
    read_members,
    read_organisations,
)
from moderation.sample.stories import Deed, StoryRecord, read_stories
from portal.vocabulary import Context, Kind, MembershipKind, Role, Sentiment
from tests.throughout import for_each

TODAY = date(2026, 11, 23)
ORGANISATIONS = {one.key: one for one in read_organisations()}
UNITS = {
    key: Unit(number, one.kind.value, one.name)
    for number, (key, one) in enumerate(ORGANISATIONS.items(), start=1)
}
MEMBERS = {one.key: one for one in read_members(TODAY)}
COMMITTEES = [one for one in read_accounts() if one.role is Role.COMMITTEE]


def cell(member: MemberRecord, kind: MembershipKind, day: date) -> str:
    """The cell on a day, or an empty text."""
    return next(
        (
            one.cell
            for one in member.memberships
            if one.kind is kind and one.since <= day and (one.until is None or day <= one.until)
        ),
        "",
    )


def committees(member: MemberRecord, days: tuple[date, ...]) -> set[str]:
    return {
        post.organisation
        for post in member.posts
        for day in days
        if post.title.on_committee
        and post.since <= day
        and (post.until is None or day <= post.until)
    }


def may_see(account: AccountRecord, subject: MemberRecord, own: set[str]) -> bool:
    sits = committees(MEMBERS[account.member], (TODAY,)) if account.member else set()
    tied = {account.member, *account.ties}
    return subject.key not in tied and not own & (sits | {account.organisation})


def facts_of(story: StoryRecord, subject: MemberRecord, day: date) -> Facts:
    praise = story.sentiment is Sentiment.PRAISE
    own = committees(subject, (day, TODAY + timedelta(days=story.sent)))
    home = cell(subject, MembershipKind.HOME, day)
    above = ORGANISATIONS[home].parent
    hidden = set() if praise else own
    handled = {one.organisation for one in COMMITTEES if may_see(one, subject, hidden)}
    commission = f"ubkt-{above}"
    return Facts(
        praise=praise,
        possible_denunciation=story.denunciation,
        fears_retaliation=story.fears,
        context=(story.context or Context.UNSURE).value,
        home=UNITS[home],
        residence=UNITS.get(cell(subject, MembershipKind.RESIDENCE, day)),
        level_above_home=UNITS[above],
        commission=UNITS[commission],
        managed_by=UNITS.get(subject.managed_by),
        managing_commission=UNITS["ubkt-tinh-uy"] if subject.managed_by else None,
        on_home_committee=home in own,
        on_level_above_committee=above in own,
        home_has_handler=home in handled,
        level_above_has_handler=above in handled,
        commission_has_handler=commission in handled,
        managing_has_handler="ubkt-tinh-uy" in handled,
        intake=UNITS["tinh-lang-son"],
        sits_on=frozenset(UNITS[key].id for key in own),
    )


@for_each(read_stories(), lambda story: story.key)
def test_a_letter_goes_where_the_rules_send_it(story: StoryRecord) -> None:
    meant = ""
    for step in story.steps:
        if step.do is Deed.VERIFY:
            meant = step.member or story.subject
        elif step.do is Deed.ROUTE and story.kind is Kind.NOMINATION:
            assert UNITS[step.to].name == f"Chi bộ {story.words.unit.lower()}"
        elif step.do is Deed.ROUTE:
            day = TODAY + timedelta(days=min(story.sent + step.on, 0))
            proposal = propose(facts_of(story, MEMBERS[meant], day))
            assert proposal.unit == UNITS[step.to], proposal.reasons
