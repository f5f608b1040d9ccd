"""Which passwords are good enough, and changing one. Nobody else is told a password, ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session
from zxcvbn import zxcvbn

from moderation.accounts import LONGEST_PASSWORD, hash_password
from moderation.journal import write_about
from moderation.sessions import end_sessions
from portal.i18n import gettext
from portal.models import Account
from portal.text import fold
from portal.vocabulary import Deed

#: Fewer letters than this fall to a patient machine, whatever they are (design rule).
SHORTEST_PASSWORD = 12
#: The estimate's "safely unguessable": from this on a stolen hash costs more than it is worth.
_GOOD = 3
#: The library refuses longer ones. What follows can only make a password better.
_MOST_ESTIMATED = 72

#: What Vietnamese keyboards type when asked for a password, beside what the library knows.
_WORDS = (
    *("matkhau", "mat khau", "matma", "dangnhap", "taikhoan", "quantri", "admin", "canbo"),
    *("vietnam", "viet nam", "langson", "lang son", "hanoi", "ha noi", "saigon", "dongkinh"),
    *("dang cong san", "dangcongsan", "dangvien", "dang vien", "chibo", "chi bo", "capuy"),
    *("danguy", "dang uy", "bithu", "bi thu", "kiemtra", "kiem tra", "congan", "uyban"),
    *("anhyeuem", "emyeuanh", "yeuem", "yeuanh", "iloveyou", "giadinh", "hanhphuc"),
    *("conyeu", "meyeu", "boyeu", "mailaanhem", "khongbiet", "quenroi", "khongco"),
    *("motconvit", "truongsa", "hoangsa", "bacho", "bac ho", "hochiminh", "ho chi minh"),
    *("nguyen", "hoang", "nong", "luong", "nhandan", "nhan dan", "ykien", "gopy"),
    *("doclap", "tudo", "hanh phuc", "doc lap", "tu do", "quehuong", "tinhyeu", "dulieumau"),
)


@dataclass(frozen=True, repr=False)
class Chosen:
    """A new password that is good enough, as it is stored. ``choose_password`` makes it."""

    hashed: str


class WeakPassword(Exception):
    """The password would be guessed; the message says in one sentence what to do."""


def check_password(password: str, *, login: str, name: str) -> None:
    """Raise WeakPassword for one that is too short, too long or easily guessed.

    Words in Vietnamese, with or without marks, and what is known of the person count as guessed.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise WeakPassword(gettext("Cần ít nhất %(count)s ký tự.", count=12))
    if len(password) > LONGEST_PASSWORD:
        raise WeakPassword(gettext("Quá dài. Xin chọn ngắn hơn."))
    known = [*_WORDS, login, name, fold(name), *fold(name).split(), fold(name).replace(" ", "")]
    typed = (password[:_MOST_ESTIMATED], fold(password)[:_MOST_ESTIMATED])
    if min(zxcvbn(each, user_inputs=known)["score"] for each in typed if each) < _GOOD:
        raise WeakPassword(gettext("Dễ đoán. Xin ghép bốn, năm từ không liên quan với nhau."))


def choose_password(password: str, *, login: str, name: str) -> Chosen:
    """Check a new password and hash it, before anything is locked: it takes long by design.

    Raises WeakPassword.
    """
    check_password(password, login=login, name=name)
    return Chosen(hash_password(password))


def change_password(
    session: Session, *, search: bytes, account_id: int, password: Chosen, at: datetime, keep: str
) -> None:
    """Let an owner have a new password, and write it down.

    Every session ends but the one whose token is ``keep``.
    """
    set_password(session, account_id=account_id, password=password)
    end_sessions(session, account_id=account_id, at=at, keep=keep)
    write_about(
        session,
        search=search,
        at=at,
        deed=Deed.PASSWORD_CHANGED,
        subject_id=account_id,
        by_id=account_id,
    )


def set_password(session: Session, *, account_id: int, password: Chosen) -> None:
    """Store a new password.

    The caller ends the sessions that began with the old one.
    """
    session.execute(
        update(Account).where(Account.id == account_id).values(password_hash=password.hashed)
    )
