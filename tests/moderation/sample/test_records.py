"""The sample's tables: whole, unambiguous where they must be, and at home on any day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.sample.records import (
    FOUNDED,
    MemberRecord,
    OrganisationRecord,
    read_accounts,
    read_members,
    read_organisations,
    valued,
)
from portal.text import fold
from portal.vocabulary import (
    MembershipKind,
    MembershipStatus,
    OrganisationKind,
    PostTitle,
    Role,
    UnitKind,
)

TODAY = date(2026, 11, 23)
WARD = "phuong-dong-kinh"
ORGANISATIONS = {one.key: one for one in read_organisations()}
MEMBERS = {one.key: one for one in read_members(TODAY)}
ACCOUNTS = {one.login: one for one in read_accounts()}


def cells() -> list[OrganisationRecord]:
    return [
        one
        for one in ORGANISATIONS.values()
        if one.kind is OrganisationKind.CELL and one.until is None
    ]


def home(member: MemberRecord, day: date = TODAY) -> str:
    """The home cell on a day, or an empty text for who has gone."""
    return next(
        (
            one.cell
            for one in member.memberships
            if one.kind is MembershipKind.HOME
            and one.since <= day
            and (one.until is None or day <= one.until)
        ),
        "",
    )


def namesakes(name: str) -> list[MemberRecord]:
    return [member for member in MEMBERS.values() if member.name == name]


def test_the_province_has_its_65_communes_and_wards() -> None:
    units = [
        one
        for one in ORGANISATIONS.values()
        if one.kind is OrganisationKind.WARD_COMMUNE and one.until is None
    ]
    kinds = Counter(one.name.split()[2] for one in units)
    assert kinds == {"xã": 61, "phường": 4}
    assert all(one.since == FOUNDED and one.parent == "tinh-lang-son" for one in units)
    assert len({fold(one.short_name) for one in units}) == 65


def test_the_ward_has_twelve_cells_of_every_kind() -> None:
    assert len(cells()) == 12
    assert {one.unit_kind for one in cells()} == set(UnitKind)
    assert {one.parent for one in cells()} == {WARD}


def test_keys_are_unique() -> None:
    assert len(ORGANISATIONS) == len(read_organisations())
    assert len(MEMBERS) == len(read_members(TODAY)) == 200
    assert len(ACCOUNTS) == len(read_accounts())


def test_an_organisation_comes_after_its_parent() -> None:
    known = {""}
    for one in read_organisations():
        assert one.parent in known, one.key
        known.add(one.key)


def test_what_ended_has_successors_that_exist() -> None:
    ended = [one for one in ORGANISATIONS.values() if one.until]
    assert len(ended) >= 8
    for one in ended:
        assert one.successors, one.key
        assert all(ORGANISATIONS[key].until is None for key in one.successors)
    assert all(not one.successors for one in ORGANISATIONS.values() if one.until is None)


def test_cells_were_merged_when_the_ward_was_formed() -> None:
    assert ORGANISATIONS["cu-khoi-4"].successors == ("khoi-5",)
    moved = [m for m in MEMBERS.values() if home(m, FOUNDED - timedelta(days=1)) == "cu-khoi-4"]
    assert len(moved) >= 3
    assert {home(member) for member in moved} == {"khoi-5"}


def test_a_member_belongs_to_cells_while_they_exist() -> None:
    for member in MEMBERS.values():
        for one in member.memberships:
            cell = ORGANISATIONS[one.cell]
            assert cell.kind is OrganisationKind.CELL
            assert cell.since <= one.since, member.key
            assert cell.until is None or (one.until or date.max) <= cell.until, member.key


def test_what_a_member_refers_to_exists() -> None:
    for member in MEMBERS.values():
        assert all(post.organisation in ORGANISATIONS for post in member.posts)
        assert not member.managed_by or member.managed_by in ORGANISATIONS
        assert 1940 <= member.birth_year <= 2004


def test_every_member_of_today_has_one_home_cell_of_today() -> None:
    current = {cell.key for cell in cells()}
    gone = {
        MembershipStatus.LEFT,
        MembershipStatus.REMOVED,
        MembershipStatus.EXPELLED,
        MembershipStatus.DECEASED,
    }
    for member in MEMBERS.values():
        if member.standings[-1].status in gone:
            assert home(member) not in current or member.memberships[-1].until == TODAY
        else:
            assert home(member) in current, member.key


def test_the_members_stand_in_every_way_there_is() -> None:
    found = {one.status for member in MEMBERS.values() for one in member.standings}
    # Who is excused, or on the way to another cell, comes to be so by the verbs of the portal.
    by_verbs = {MembershipStatus.TEMPORARILY_EXCUSED, MembershipStatus.TRANSFERRING}
    assert found == set(MembershipStatus) - by_verbs


@given(st.dates(min_value=date(2026, 7, 1), max_value=date(2040, 1, 1)))
def test_standings_follow_one_another_on_any_day_of_loading(today: date) -> None:
    for member in read_members(today):
        for earlier, later in zip(member.standings, member.standings[1:], strict=False):
            assert earlier.until is not None
            assert earlier.since <= earlier.until < later.since


def test_names_are_shared_as_they_are_in_life() -> None:
    many = namesakes("Nguyễn Văn Hùng")
    assert len({home(member) for member in many}) >= 4
    assert len(namesakes("Nông Văn Bách")) == 2
    assert {home(member) for member in namesakes("Hoàng Thị Hương")} == {"khoi-3"}
    assert len(namesakes("Hoàng Thị Hương")) == 2


def test_names_differ_by_little_as_they_do_in_life() -> None:
    names = {member.name for member in MEMBERS.values()}
    assert {"Nguyễn Thị Hòa", "Nguyễn Thị Hoà", "Lương Thị Thủy", "Nguyễn Thị Thuỷ"} <= names
    assert {"Lương Văn Đức", "Lương Văn Đực", "Nguyễn Văn Hưng", "Hoàng Thị Hường"} <= names
    assert {"Âu Dương Văn Kỳ", "Tôn Nữ Thục Quyên", "Lý Mùi Pham"} <= names


def test_every_cell_has_a_secretary_and_a_deputy() -> None:
    for cell in cells():
        titles = Counter(
            post.title
            for member in MEMBERS.values()
            for post in member.posts
            if post.organisation == cell.key and (post.until is None or post.until >= TODAY)
        )
        assert titles[PostTitle.SECRETARY] == titles[PostTitle.DEPUTY_SECRETARY] == 1, cell.key


def test_a_committee_sits_with_its_own_members_only() -> None:
    for member in MEMBERS.values():
        for post in member.posts:
            if post.title.on_committee and post.organisation in {cell.key for cell in cells()}:
                assert post.organisation == home(member), member.key


def test_the_ward_committee_is_managed_by_the_province() -> None:
    on_committee = {m.key for m in MEMBERS.values() for p in m.posts if p.organisation == WARD}
    managed = {m.key for m in MEMBERS.values() if m.managed_by == "tinh-lang-son"}
    assert on_committee == managed


def test_what_an_account_refers_to_exists() -> None:
    for account in ACCOUNTS.values():
        assert account.login.isascii()
        assert account.organisation in ORGANISATIONS
        assert not account.member or MEMBERS[account.member].name == account.name
        assert all(tie in MEMBERS and tie != account.member for tie in account.ties)


def test_every_role_that_the_portal_needs_today_is_held() -> None:
    held = Counter((account.role, account.organisation) for account in ACCOUNTS.values())
    assert held[Role.MODERATOR, WARD] == 3
    assert held[Role.MODERATOR, "tinh-lang-son"] == 2
    for organisation in ("ubkt-phuong-dong-kinh", "ubkt-tinh-uy", WARD, *(c.key for c in cells())):
        assert held[Role.COMMITTEE, organisation] == 2, organisation
    roles = {role for role, _organisation in held}
    assert {Role.ADMINISTRATOR, Role.REGISTRAR, Role.AUDITOR} <= roles


def test_no_two_accounts_belong_to_one_person() -> None:
    people = [account.member for account in ACCOUNTS.values() if account.member]
    assert len(people) == len(set(people))


def test_a_word_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="emperor"):
        valued(Role, "emperor")
