"""What a resident is about to read names nobody, and says of nobody that they are a member or not.

Design rule: nothing named leaves the portal. The code may be read over somebody's shoulder, and an
answer with a name in it would tell who is a Party member. Folded letters are compared, so that
leaving out the diacritics helps nobody. It only looks; what was written is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.matching import names_in
from moderation.membership_words import membership_told
from moderation.nomination_words import outcome_told
from moderation.office import Office
from moderation.papers import CaseKeys, read_papers
from moderation.register import in_force
from moderation.seeking import kept_in
from moderation.telling_apart import told_apart
from moderation.workflow.availability import is_nomination
from portal.models import Account, Case, Grant, Member, Post
from portal.models.case import PaperKind
from portal.text import clean, fold
from portal.vocabulary import PostTitle, Role, Status

_WORD = re.compile(r"[^\W_]+")
#: What stands before a given name; the last word of it ("đồng chí", "đ/c").
_HONORIFICS = frozenset(
    {*("ong", "ba", "anh", "chi", "co", "chu", "bac", "em", "thay", "cau", "di", "mo", "c")}
)
#: A post as it is written in a text; the longer one is looked for first.
_POSTS = {
    PostTitle.SECRETARY: "bi thu",
    PostTitle.DEPUTY_SECRETARY: "pho bi thu",
}


#: Until it is passed on, whoever the writer may mean counts as named, chosen or not. Later the
#: committee writes, too, and must not learn from a refusal whom else a letter names.
_SCREENED = frozenset({Status.RECEIVED, Status.SCREENING})


class TellsMembership(Exception):
    """A text for the resident says that somebody is or is not a member; ``words`` say it."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Keep the words."""
        super().__init__(len(words))
        self.words = words


class NamesSomebody(Exception):
    """A text for the resident names somebody; ``words`` are the words as they were typed.

    ``strict``: no moderator may keep them.
    """

    def __init__(self, words: tuple[str, ...], *, strict: bool = False) -> None:
        """Keep the words."""
        super().__init__(len(words))
        self.words = words
        self.strict = strict


class TellsOutcome(Exception):
    """A text for the resident tells what became of somebody who was nominated; ``words`` do."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Keep the words."""
        super().__init__(len(words))
        self.words = words


@dataclass(frozen=True)
class _Word:
    """One word as typed and as compared."""

    typed: str
    folded: str


@dataclass(frozen=True)
class _Meant:
    """The member that was chosen, all who may be meant, and the names that the writer gave."""

    subject: UUID | None
    members: frozenset[UUID]
    given: tuple[str, ...]
    #: The letter in folded words, while it is screened.
    written: tuple[str, ...] = ()


def check_discreet(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    text: str,
    keeps_names: bool = False,
) -> None:
    """Raise NamesSomebody when a text names the subject, or who sits where the case is handled.

    While it is screened, whoever is proposed counts as the subject, and so does each name that the
    writer gave; nor is one of several told by a year of birth or a cell that the writer did not
    write. Full names count, the last two words of one, a given name after an honorific, and
    the post that the subject holds. Raises TellsMembership, even when names are kept, for words
    that say that somebody is or is not a member. Of a nomination nothing that its writer wrote in
    the first line is ever named, no name is kept, and words that tell what became of whoever was
    nominated raise TellsOutcome. At most six statements, none for an empty text.
    """
    if not text.strip():
        return
    if told := membership_told(text):
        raise TellsMembership(told)
    nominated = is_nomination(case)
    if nominated and (told := outcome_told(text)):
        raise TellsOutcome(told)
    if keeps_names and not nominated:
        return
    meant = _meant(session, keys, case)
    words = [_Word(each, fold(each)) for each in _WORD.findall(clean(text))]
    found: list[str] = []
    for name in _names(session, office, case, meant):
        found += _named(words, name)
    for post in _posts(session, office, meant.subject):
        found += _runs(words, post.split())
    if meant.written and meant.members:
        found += _apart(session, office, meant, words)
    if found:
        raise NamesSomebody(tuple(dict.fromkeys(found)), strict=nominated)


def _names(session: Session, office: Office, case: Case, meant: _Meant) -> list[str]:
    """Whom it is about, the committee that has the case, and the accounts that work for it."""
    names = list(meant.given)
    if meant.members:
        names += session.scalars(select(Member.name).where(Member.id.in_(meant.members)))
    if case.handler_id is not None:
        posts = (
            select(Member.name, Post.title)
            .join(Post, Post.member_id == Member.id)
            .where(Post.organisation_id == case.handler_id, in_force(Post, office.today))
        )
        names += [row.name for row in session.execute(posts) if row.title.on_committee]
        names += session.scalars(
            select(Account.name)
            .join(Grant, Grant.account_id == Account.id)
            .where(
                Grant.organisation_id == case.handler_id,
                Grant.role == Role.COMMITTEE,
                in_force(Grant, office.today),
            )
        )
    return list(dict.fromkeys(names))


def _posts(session: Session, office: Office, subject: UUID | None) -> set[str]:
    """The posts of the subject, as they would stand in a text, folded."""
    if subject is None:
        return set()
    rows = session.execute(
        select(Post.title, Post.words).where(
            Post.member_id == subject, in_force(Post, office.today)
        )
    )
    return {fold(row.words) if row.words else _POSTS.get(row.title, "") for row in rows} - {""}


def _meant(session: Session, keys: CaseKeys, case: Case) -> _Meant:
    """Whom the case is about: the member that was chosen, and before that all who may be."""
    kinds = (PaperKind.SUBJECT, PaperKind.READING, PaperKind.CANDIDATES)
    papers = read_papers(session, keys=keys, case_id=case.id, kinds=kinds)
    paper = papers.get(PaperKind.SUBJECT) if case.subject_mark is not None else None
    subject = UUID(paper["member_id"]) if paper else None
    chosen = {subject} if subject else set()
    letter = papers.get(PaperKind.READING, {}).get("words", {})
    about = letter.get("about", "")
    if case.status not in _SCREENED:
        # The text that the committee has names whoever is nominated: a refusal tells it nothing.
        given = names_in(about) if is_nomination(case) else ()
        return _Meant(subject, frozenset(chosen), tuple(given))
    proposed = {each.member_id for each in kept_in(papers.get(PaperKind.CANDIDATES))}
    written = tuple(fold(each) for each in _WORD.findall(clean(" ".join(letter.values()))))
    return _Meant(subject, frozenset(chosen | proposed), tuple(names_in(about)), written)


def _apart(session: Session, office: Office, meant: _Meant, words: list[_Word]) -> Iterator[str]:
    """Where a text tells one of those who may be meant by what the writer did not write."""
    folded = [each.folded for each in words]
    for start, end in told_apart(
        session, members=meant.members, words=folded, known=meant.written, today=office.today
    ):
        yield " ".join(each.typed for each in words[start:end])


def _named(words: list[_Word], name: str) -> Iterator[str]:
    """Where a text says this name: in full, its last two words, or given name and honorific."""
    whole = fold(name).split()
    given = name.split()[-1]
    bare = all(word.typed.lower() == word.folded for word in words)
    yield from _runs(words, whole)
    for before, word in pairwise(words):
        if word.folded != whole[-1]:
            continue
        meant = bare or word.typed[:1].isupper() or word.typed == given.lower()
        called = before.folded in _HONORIFICS or (len(whole) > 2 and before.folded == whole[-2])
        if meant and called:
            yield f"{before.typed} {word.typed}"


def _runs(words: list[_Word], wanted: Iterable[str]) -> Iterator[str]:
    """Where these words follow one another."""
    sought = list(wanted)
    for at in range(len(words) - len(sought) + 1):
        span = words[at : at + len(sought)]
        if len(sought) > 1 and [each.folded for each in span] == sought:
            yield " ".join(each.typed for each in span)
