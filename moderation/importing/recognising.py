"""Whom the rows of a file are about: by the number of this portal, by a key, or by name.

A name alone tells nobody: with the year of birth and the home cell it tells one, as long as there
is no second. Design rule: who was born in the same year with the same name and is in another cell
is never guessed to have moved, and never entered a second time; the row is a problem until it has
a number or a key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.importing.member_rows import Fault, MemberRow
from moderation.importing.outcomes import Kept, Known
from moderation.importing.places import Places
from portal.models import Member, Membership, MemberSource, Post, Standing
from portal.text import canonical, fold
from portal.vault import mark


def key_mark(search: bytes, source_key: str) -> bytes:
    """What stands for a key of another system."""
    return mark(search, f"source:{source_key}")


class Recognised:
    """The members that a batch of rows may be about, in seven statements."""

    def __init__(
        self, session: Session, *, rows: Sequence[MemberRow], marks: Mapping[int, bytes]
    ) -> None:
        """Look for them; ``marks`` are those of the rows that have a key, by their numbers."""
        self._marks = marks
        sources = session.execute(
            select(MemberSource.mark, MemberSource.member_id).where(
                MemberSource.mark.in_(set(marks.values()))
            )
        )
        self._by_mark: dict[bytes | None, UUID] = {row.mark: row.member_id for row in sources}
        wanted = {row.member_id for row in rows if row.member_id} | set(self._by_mark.values())
        named = [
            row
            for row in rows
            if row.member_id is None and not self._by_mark.get(marks.get(row.number))
        ]
        names = {fold(row.name) for row in named}
        people = select(
            Member.id,
            Member.name,
            Member.folded,
            Member.birth_year,
            Member.managed_by_id,
            Member.version,
        )
        found = [
            *session.execute(people.where(Member.id.in_(wanted))),
            *session.execute(people.where(Member.folded.in_(names))),
        ]
        self.known: dict[UUID, Known] = {
            row.id: Known(row.id, row.name, row.birth_year, row.managed_by_id, row.version)
            for row in found
        }
        self._by_name: dict[tuple[str, int], list[Known]] = defaultdict(list)
        for row in {row.id: row for row in found}.values():
            self._by_name[row.folded, row.birth_year].append(self.known[row.id])
        self._fill(session)

    def who(self, row: MemberRow, places: Places) -> Known | Fault | None:
        """The member that a row is about, nobody where they are new, or what is unclear about it.

        Whoever is not the registrar's is answered like nobody.
        """
        by_key = self._by_mark.get(self._marks.get(row.number, b""))
        if row.member_id is not None:
            known = self.known.get(row.member_id)
            if known is None or known.home not in places.mine:
                return Fault("member_id", "elsewhere")
            if by_key not in (None, known.id):
                return Fault("source_key", "other_key")
        elif by_key is not None:
            known = self.known[by_key]
            if known.home not in places.mine:
                return Fault("source_key", "elsewhere")
        else:
            return self._by_their_name(row, places)
        known.has_this_key = by_key == known.id
        return known

    def _by_their_name(self, row: MemberRow, places: Places) -> Known | Fault | None:
        named = self._by_name.get((fold(row.name), row.birth_year), [])
        mine = [known for known in named if known.home in places.mine]
        if row.source_key:
            # Whoever has a key of their own is somebody else.
            mine = [known for known in mine if not known.has_key]
        exactly = [known for known in mine if canonical(known.name) == canonical(row.name)]
        here = [known for known in exactly if known.home == row.home]
        if len(here) > 1:
            here = [known for known in here if not known.has_key] or here
        if len(here) == 1:
            return here[0]
        if here:
            return Fault("name", "twins", row.name)
        if exactly:
            return Fault("name", "moved", row.name)
        near = next((known for known in mine if known.home == row.home), None)
        return Fault("name", "alike", near.name) if near else None

    def _fill(self, session: Session) -> None:
        """Gather the rows of everybody who was found."""
        ids = list(self.known)
        cells = select(
            Membership.id,
            Membership.member_id,
            Membership.kind,
            Membership.organisation_id,
            Membership.valid_from,
            Membership.valid_to,
        )
        for cell in session.execute(cells.where(Membership.member_id.in_(ids))):
            kept = Kept(cell.id, cell.organisation_id, cell.valid_from, cell.valid_to)
            self.known[cell.member_id].cells.setdefault(cell.kind, []).append(kept)
        standings = select(
            Standing.id, Standing.member_id, Standing.status, Standing.valid_from, Standing.valid_to
        )
        for row in session.execute(standings.where(Standing.member_id.in_(ids))):
            kept = Kept(row.id, row.status, row.valid_from, row.valid_to)
            self.known[row.member_id].standings.append(kept)
        posts = select(
            Post.id,
            Post.member_id,
            Post.organisation_id,
            Post.title,
            Post.words,
            Post.valid_from,
            Post.valid_to,
        )
        for post in session.execute(posts.where(Post.member_id.in_(ids))):
            what = (post.organisation_id, post.title, post.words)
            kept = Kept(post.id, what, post.valid_from, post.valid_to)
            self.known[post.member_id].posts.append(kept)
        keys = select(MemberSource.member_id).where(MemberSource.member_id.in_(ids))
        for member_id in session.scalars(keys):
            self.known[member_id].has_key = True


class Seen:
    """Which rows of a file are about one and the same: the later ones are a problem.

    Of each row sixteen bytes are remembered and its number, of a hundred thousand about ten
    megabytes.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._rows: dict[bytes, int] = {}

    def twice(self, row: MemberRow, known: Known | None, key: bytes | None) -> Fault | None:
        """Say so where another row came before."""
        if known is not None:
            told = known.id.bytes
        elif key is not None:
            told = key[:16]
        else:
            told = mark(b"seen", f"{canonical(row.name)}|{row.birth_year}|{row.home}")[:16]
        first = self._rows.setdefault(told, row.number)
        if first == row.number:
            return None
        if known is None and key is not None:
            return Fault("source_key", "same_key", str(first))
        return Fault("name", "twice", str(first))


def marks_of_rows(search: bytes, rows: Iterable[MemberRow]) -> dict[int, bytes]:
    """The marks of the rows that have a key of another system, by their numbers."""
    return {row.number: key_mark(search, row.source_key) for row in rows if row.source_key}
