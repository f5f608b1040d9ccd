"""A small register of two wards: homonyms, every kind of unit, old units, people who have left.

Invented people only. Members are known in the tests by a short key, such as "hung-1968".
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.matching import Candidate, find, named
from portal.db import Database
from portal.models import (
    Member,
    Membership,
    Organisation,
    PlaceName,
    Post,
    Standing,
    Succession,
)
from portal.text import fold
from portal.vocabulary import (
    Context,
    MembershipKind,
    MembershipStatus,
    OrganisationKind,
    PostTitle,
    UnitKind,
)

TODAY: Final = date(2026, 11, 23)
_NEW: Final = date(2025, 7, 1)
_OLD: Final = date(2000, 1, 1)
_LAST: Final = date(2025, 6, 30)
_TABLES: Final = Path(__file__).parent


@dataclass
class Register:
    """The register of the tests, and the ways to ask it."""

    database: Database
    units: dict[str, int] = field(default_factory=dict)
    members: dict[str, UUID] = field(default_factory=dict)

    @property
    def keys(self) -> dict[UUID, str]:
        """The key of each member."""
        return {member_id: key for key, member_id in self.members.items()}

    def propose(
        self,
        about: str,
        *,
        what: str = "",
        unit: str = "dong-kinh",
        unit_text: str = "",
        context: Context | None = None,
        limit: int = 12,
    ) -> list[Candidate]:
        """The candidates for these words."""
        with self.database.reading() as session:
            found = find(
                session,
                about=about,
                what=what,
                unit_id=self.units.get(unit),
                unit_text=unit_text,
                context=context,
                today=TODAY,
                limit=limit,
            )
        return list(found.listed)

    def hide_from(
        self, about: str, *, what: str = "", unit: str = "dong-kinh", unit_text: str = ""
    ) -> set[str]:
        """The keys of everybody who could be meant."""
        with self.database.reading() as session:
            found = find(
                session,
                about=about,
                what=what,
                unit_id=self.units.get(unit),
                unit_text=unit_text,
                context=None,
                today=TODAY,
            )
        return {self.keys[member_id] for member_id in found.possible}

    def search(self, query: str, *, unit: str = "dong-kinh") -> list[str]:
        """The keys of what a moderator's own words find."""
        unit_id = self.units.get(unit)
        with self.database.reading() as session:
            found = named(session, query=query, unit_id=unit_id, today=TODAY)
        return self.keys_of(found)

    def keys_of(self, found: Iterable[Candidate]) -> list[str]:
        """The keys of candidates, in their order."""
        return [self.keys[candidate.member_id] for candidate in found]


def write_register(database: Database) -> Register:
    """Write the register of the tables beside this file into an empty database."""
    found = Register(database)
    with database.writing() as session:
        for row in _rows("organisations"):
            _add_organisation(session, found, row)
        for row in _rows("organisations"):
            if row["heir"]:
                old, new = found.units[row["key"]], found.units[row["heir"]]
                session.add(Succession(old_id=old, new_id=new))
        for row in _rows("members"):
            _add_member(session, found, row)
        for row in _rows("posts"):
            _add_post(session, found, row)
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (_TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _add_organisation(session: Session, found: Register, row: dict[str, str]) -> None:
    above = session.get_one(Organisation, found.units[row["parent"]]) if row["parent"] else None
    made = Organisation(
        kind=OrganisationKind[row["kind"].upper()],
        unit_kind=UnitKind[row["unit_kind"].upper()] if row["unit_kind"] else None,
        name=row["name"],
        short_name=row["short_name"],
        folded=fold(row["name"]),
        parent_id=above.id if above else None,
        path="",
        valid_from=_OLD if row["heir"] or not above else _NEW,
        valid_to=_LAST if row["heir"] else None,
    )
    session.add(made)
    session.flush()
    made.path = f"{above.path if above else ''}{made.id}."
    found.units[row["key"]] = made.id
    short = row["short_name"]
    session.add(PlaceName(organisation_id=made.id, name=short, folded=fold(short)))


def _add_member(session: Session, found: Register, row: dict[str, str]) -> None:
    folded = fold(row["name"])
    member = Member(
        id=uuid.uuid5(uuid.NAMESPACE_OID, row["key"]),
        name=row["name"],
        folded=folded,
        given=folded.split()[-1],
        birth_year=int(row["birth_year"]),
    )
    session.add(member)
    session.flush()
    found.members[row["key"]] = member.id
    for cell, kind in (
        (row["home"], MembershipKind.HOME),
        (row["residence"], MembershipKind.RESIDENCE),
    ):
        if cell:
            unit = found.units[cell]
            session.add(
                Membership(member_id=member.id, organisation_id=unit, kind=kind, valid_from=_NEW)
            )
    status = MembershipStatus[row["status"].upper()]
    session.add(Standing(member_id=member.id, status=status, valid_from=_NEW))


def _add_post(session: Session, found: Register, row: dict[str, str]) -> None:
    session.add(
        Post(
            member_id=found.members[row["member"]],
            organisation_id=found.units[row["unit"]],
            title=PostTitle[row["title"].upper()],
            words=row["words"] or None,
            valid_from=date.fromisoformat(row["since"]),
            valid_to=date.fromisoformat(row["until"]) if row["until"] else None,
        )
    )
