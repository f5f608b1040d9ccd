"""One installation with cases of every kind, whose every text can be told from all others.

Who may read what of them is written down here by hand, from the promises and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from moderation import answering, followups, merging, screening
from moderation.followups import Deed, Statement
from moderation.retention import holding, nightly
from moderation.versions import Texts
from portal.identity import Particulars
from portal.models.submission import reference_of
from portal.vocabulary import ActionKind, Finding, StatementOutcome, VersionReason
from portal.words import Words
from tests.moderation.identity.keepers import appoint, ask, write
from tests.moderation.walking import Walk, set_out
from tests.moderation.ward import CELL_7, COMMISSION, OTHER_WARD, WARD, Ward

TELEPHONE = "0912 345 {:03}"


@dataclass(frozen=True)
class Kind:
    """One kind of case: whom it is about, and who reads it as what.

    ``desk`` are those who read the masked letter and all that staff wrote, ``committee`` those who
    read what was released and what they wrote themselves.
    """

    about: str
    subject: str
    desk: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    handler: int = CELL_7
    handled_by: str = "thanh"
    fears: bool = False
    unit: int = WARD


BACH, THANH = "Ông Nông Văn Bách, đảng viên ở khối 7", "Ông Vi Văn Thành, bí thư chi bộ khối 7"
MODERATORS = ("hoa", "lam", "thu", "both")
KINDS = {
    # Committees above read what one below them handles, and nothing of what is restricted.
    "handled": Kind(BACH, "bach", MODERATORS, ("thanh", "both", "vinh", "province")),
    "secretary": Kind(
        *(THANH, "thanh", ("hoa", "lam", "thu", "tied"), ("vinh", "province"), WARD, "vinh")
    ),
    "feared": Kind(BACH, "bach", MODERATORS, ("ky",), COMMISSION, "ky", fears=True),
    "declined": Kind(BACH, "bach", MODERATORS),
    "waiting": Kind(BACH, "bach", MODERATORS),
    # Its letter lies in the case that waits, and is read there.
    "merged": Kind(BACH, "bach", MODERATORS),
    "unprepared": Kind(BACH, "bach"),
    # Who wrote it has taken it back: nobody reads a word of it, those who saw it know that it was.
    "taken back": Kind(BACH, "bach"),
    "elsewhere": Kind(THANH, "thanh", ("far", "thu"), unit=OTHER_WARD),
}
#: Who may know that a case is there, beside those who read it.
KNOWN = {
    "handled": {"sao", "trang"},
    "taken back": {*MODERATORS, "thanh", "vinh", "province"},
}
LOGINS = (
    *(*MODERATORS, "tied", "thanh", "wife", "doan", "lua", "vinh", "ky", "far", "province"),
    *("auditor", "an", "duyen", "sao"),
)
#: What is said about a case, by who may read it at the most.
SEALED = ("telephone", "name", "address", "notify", "code")
OF_THE_DESK = ("about", "what", "place", "hope", "added", "proposal", "hold")
OF_BOTH = ("shown", "put", "statement", "inside", "draft")
#: What a writer reads with the code of their own letter: the words as they were typed.
OF_THE_WRITER = ("telephone", "about", "what", "place", "hope", "added", "public", "code")


@dataclass
class Told:
    """One case, and every text by which it would be known."""

    name: str
    walk: Walk

    @property
    def kind(self) -> Kind:
        """What kind of case it is."""
        return KINDS[self.name]

    def word(self, what: str) -> str:
        """The one word, or number, that stands in one text of this case and nowhere else."""
        assert self.walk.receipt is not None
        if what == "code":
            return self.walk.receipt.code.symbols.lower()
        return telephone(self.name) if what == "telephone" else token(self.name, what)

    def hidden_from(self, login: str) -> Iterator[str]:
        """What somebody of the staff must not read, of what is said about the case."""
        yield from SEALED
        if login not in self.kind.desk:
            yield from OF_THE_DESK
            if login not in self.kind.committee:
                yield from (*OF_BOTH, "public")

    def is_known_to(self, login: str) -> bool:
        """Whether somebody may know that the case is there. An auditor who is tied to nobody reads
        the number of each case of which the journal speaks.
        """
        return login == "auditor" or login in {
            *self.kind.desk,
            *self.kind.committee,
            *KNOWN.get(self.name, ()),
        }

    @property
    def names(self) -> tuple[str, str]:
        """The number of the case, as people quote it and as it stands in addresses."""
        return reference_of(self.walk.number).lower(), str(self.walk.number)


def token(name: str, what: str) -> str:
    """A word of no language, in letters that nothing folds or masks."""
    return f"{name.replace(' ', '')}zqx{what}"


def telephone(name: str) -> str:
    """The number that one letter holds and every reader finds masked."""
    return TELEPHONE.format(100 + list(KINDS).index(name))


def gather(ward: Ward) -> list[Told]:
    """Let every kind of case come as far as it goes, with everything that can be said about it."""
    appoint(ward, "sao", "trang")
    told = [Told(name, _sent(ward, name)) for name in KINDS]
    found = {each.name: each for each in told}
    for name in ("handled", "secretary", "feared", "taken back"):
        _pass_on(found[name])
    for name in ("handled", "secretary", "feared"):
        _handle(found[name])
    _decline(found["declined"])
    found["taken back"].walk.withdraw()
    found["waiting"].walk.do("hoa", merging.merge, other_id=found["merged"].walk.number)
    ward.later(days=800)
    ask(found["handled"].walk, reason=f"Cần gọi lại về {token('handled', 'why')}.")
    nightly.prepare(ward.database, office=ward.office)
    review = ward.office.today + timedelta(days=60)
    reason = token("declined", "hold")
    found["declined"].walk.do("hoa", holding.place, reason=reason, review_on=review)
    return told


def _sent(ward: Ward, name: str) -> Walk:
    """A letter that says who wrote it, and is prepared unless it is to wait for that."""
    kind = KINDS[name]
    words = Words(
        about=f"{kind.about} {token(name, 'about')}",
        what=f"Vật liệu {token(name, 'what')} lấn hết vỉa hè, gọi {telephone(name)}.",
        place=f"Ngõ {token(name, 'place')}",
        hope=f"Mong dọn {token(name, 'hope')}",
    )
    if name in {"unprepared", "elsewhere"}:
        walk = set_out(ward, words, unit_id=kind.unit)
        walk.send()
        if name == "elsewhere":
            walk.prepare()
    else:
        who = Particulars(token(name, "name"), "0500 000 231", token(name, "address"))
        walk = write(ward, who, f"{token(name, 'notify')}@thu.vi.du", words, fears=kind.fears)
    return replace(walk, subject=kind.subject, handler=kind.handler, handled_by=kind.handled_by)


def _pass_on(told: Told) -> None:
    """Two moderators let it through; its writer has added something meanwhile."""
    walk, said = told.walk, told.name
    walk.claim()
    walk.choose()
    walk.supply(f"Xin thêm {token(said, 'added')}.")
    walk.propose()
    walk.confirm()
    texts = Texts(
        shown=f"Có ý kiến {token(said, 'shown')} về lối đi.",
        put=f"Nhân dân góp ý {token(said, 'put')}.",
        why=VersionReason.CLEARER,
    )
    walk.do("hoa", screening.route, organisation_id=walk.handler, texts=texts)
    walk.accept()


def _handle(told: Told) -> None:
    """The committee hears, notes and reports."""
    walk, said, today = told.walk, told.name, told.walk.ward.office.today
    heard = Statement(
        StatementOutcome.GIVEN,
        text=token(said, "statement"),
        asked_on=today,
        read_back=True,
        read_on=today,
    )
    walk.do(walk.handled_by, followups.record_statement, statement=heard)
    deed = Deed(
        ActionKind.FIELD_CHECK,
        done_on=today,
        public_note=f"Đã xem {token(said, 'public')}.",
        internal_note=f"Nhớ {token(said, 'inside')}.",
    )
    walk.do(walk.handled_by, followups.record, deed=deed)
    draft = f"Đã nhắc {token(said, 'draft')}."
    walk.do(walk.handled_by, answering.report, finding=Finding.PARTLY, draft=draft)


def _decline(told: Told) -> None:
    """Two moderators do not take it."""
    told.walk.claim()
    told.walk.propose_to_decline()
    told.walk.confirm()
