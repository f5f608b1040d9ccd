"""Making the texts for the readers of a case: checked, sealed with their reason, and made anew.

Design rules: where the writer fears retaliation or could be guessed, no text keeps their words;
what is put to the member never does. A text that is not the writer's own has a reason.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person
from moderation.office import Office
from moderation.own_words import open_words
from moderation.papers import Body, CaseKeys, file_paper, read_papers, submissions_of
from moderation.releases import whole_text
from moderation.versions.comparing import making_of, repeats
from moderation.versions.details import telling_details
from moderation.workflow import Action, Incomplete, Need, perform
from moderation.workflow.availability import is_nomination, is_praise
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.models.case import PaperKind
from portal.vocabulary import Deed, Making, VersionReason


class ParaphraseNeeded(Exception):
    """A text repeats the writer's own words where it must not; ``kind`` says which text."""

    def __init__(self, kind: PaperKind = PaperKind.SHOWN) -> None:
        """Keep which text it is."""
        super().__init__(kind)
        self.kind = kind


class TellsDetail(Exception):
    """What is put to the member names a day, a place, or who wrote; ``words`` say it."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Keep the words."""
        super().__init__(len(words))
        self.words = words


class NothingChanged(Exception):
    """The texts are what they were before."""


@dataclass(frozen=True)
class Texts:
    """What the organisation reads, what may be put to the member, and why they read so.

    ``put`` is empty for praise: nothing has to be put to anybody.
    """

    shown: str
    put: str = ""
    why: VersionReason | None = None
    note: str = ""


def needs_paraphrase(case: Case) -> bool:
    """Whether the organisation must read a paraphrase instead of the writer's words."""
    return case.guessable or case.fears_retaliation


def needs_put(case: Case) -> bool:
    """Whether something has to be put to the member: everything but praise and nominations."""
    return not is_praise(case) and not is_nomination(case)


def check_texts(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, texts: Texts
) -> Making:
    """Raise unless these texts may be read; return how the first came to be.

    Raises Incomplete for a text or a reason that is missing, ParaphraseNeeded, TellsDetail.
    """
    if not texts.shown.strip():
        raise Incomplete(Need.SHOWN_TEXT)
    letters = _letters(session, office, keys, case)
    if needs_paraphrase(case) and any(repeats(w.get("what", ""), texts.shown) for w in letters):
        raise ParaphraseNeeded(PaperKind.SHOWN)
    if needs_put(case):
        for words in letters:
            check_put(texts.put, words)
    making = making_of(letters[0].get("what", ""), office.for_readers(texts.shown).text)
    if making is not Making.AS_WRITTEN and texts.why is None:
        raise Incomplete(Need.VERSION_REASON)
    return making


def check_put(text: str, words: Body) -> None:
    """Raise unless a text may be put to the member, beside these words of the writer.

    Raises Incomplete without a text, ParaphraseNeeded, TellsDetail.
    """
    if not text.strip():
        raise Incomplete(Need.PUT_TEXT)
    if repeats(words.get("what", ""), text):
        raise ParaphraseNeeded(PaperKind.PUT)
    if told := telling_details(text, words.get("place", ""), words.get("when", "")):
        raise TellsDetail(told)


def file_texts(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, texts: Texts
) -> None:
    """Keep the texts, each sealed with its reason, numbers of people masked. Raises as
    ``check_texts`` does.
    """
    making = check_texts(session, office=office, keys=keys, case=case, texts=texts)
    _file(session, office, keys, case, by, PaperKind.SHOWN, texts.shown, making, texts)
    if needs_put(case):
        _file(session, office, keys, case, by, PaperKind.PUT, texts.put, Making.PARAPHRASED, texts)


def revise(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, texts: Texts
) -> None:
    """Put other texts in the place of those that an organisation reads; the older ones stay in the
    history of the case. What was added later becomes part of the first text.

    Raises NothingChanged, NotAvailable, or as ``check_texts`` does; a reason in words is needed.
    """
    if texts.why is None:
        raise Incomplete(Need.VERSION_REASON)
    making = check_texts(session, office=office, keys=keys, case=case, texts=texts)
    kinds = (PaperKind.SHOWN, PaperKind.PUT)
    papers = read_papers(session, keys=keys, case_id=case.id, kinds=kinds)
    changed = False
    for kind, text, made in (
        (PaperKind.SHOWN, texts.shown, making),
        (PaperKind.PUT, texts.put, Making.PARAPHRASED),
    ):
        if office.for_readers(text.strip()).text != whole_text(papers.get(kind)):
            _file(session, office, keys, case, by, kind, text, made, texts)
            changed = True
    if not changed:
        raise NothingChanged
    perform(
        session,
        office=office,
        keys=keys,
        case=case,
        action=Action.REVISE,
        by=by,
        brought=Brought(reason=texts.note, met=(Need.SHOWN_TEXT,)),
    )
    journal.write_at_desk(
        session, office=office, case=case, account_id=by.account_id, deed=Deed.VERSION_MADE
    )


def _letters(session: Session, office: Office, keys: CaseKeys, case: Case) -> list[Body]:
    """What the writers of a case have written: the masked words that its page shows, then, where
    letters were merged, the words of each.
    """
    paper = read_papers(session, keys=keys, case_id=case.id, kinds=(PaperKind.READING,))
    found: list[Body] = [paper.get(PaperKind.READING, {}).get("words", {})]
    if case.letter_count > 1:
        for letter in submissions_of(session, case_id=case.id):
            found.append(asdict(open_words(session, office=office, submission=letter)))
    return found


def _file(
    session: Session,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    kind: PaperKind,
    text: str,
    making: Making,
    texts: Texts,
) -> None:
    """Keep one text with its reason."""
    body: Body = {"text": office.for_readers(text.strip()).text, "making": making.value}
    if texts.why is not None and making is not Making.AS_WRITTEN:
        body |= {"why": texts.why.value, "note": office.for_readers(texts.note.strip()).text}
    file_paper(
        session,
        office=office,
        keys=keys,
        case=case,
        kind=kind,
        body=body,
        account_id=by.account_id,
    )
