"""Residents are told that there is news, once, by a mail that says nothing else."""

from __future__ import annotations

import dataclasses
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from moderation.notifying import mailing, waiting
from moderation.notifying.posting import Post, posting
from portal.config import Encryption
from portal.identity import Particulars
from portal.models import Case, NoticeAddress
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.identity.keepers import MAIL, TOLD, appoint, write
from tests.moderation.notifying.post_office import PostOffice, open_office
from tests.moderation.walking import BACH, Walk
from tests.moderation.ward import Ward
from tests.pages import page_of

TELEPHONE = "0205 000 001"
TO = "yen@thu.vi.du"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as opened:
        yield opened


@pytest.fixture
def walk(ward: Ward) -> Walk:
    """A case whose writer left nothing but an address, and of which there is news."""
    made = write(ward, Particulars())
    made.claim()
    return made


@pytest.fixture
def post(walk: Walk, office: PostOffice) -> Post:
    return Post(walk.ward.database, walk.ward.worker_ring, office.settings(), TELEPHONE)


def row_of(walk: Walk) -> NoticeAddress | None:
    with walk.ward.database.reading() as session:
        return session.get(NoticeAddress, walk.number)


def waits(walk: Walk) -> NoticeAddress:
    found = row_of(walk)
    assert found is not None
    assert found.next_at is not None
    return found


def read(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_shown_step_is_told_once_to_the_address_and_another_only_the_next_day(
    walk: Walk, post: Post, office: PostOffice
) -> None:
    ward = walk.ward
    assert (post.work(at=ward.at), post.work(at=ward.at)) == (1, 0)
    (mail,) = office.mails
    assert mail["To"] == MAIL
    assert "Có tin mới về ý kiến ông/bà đã gửi." in read(mail)
    assert f"https://y-kien.vi.du/tra-cuu\nĐiện thoại của Cổng: {TELEPHONE}" in read(mail)
    ward.later(hours=1)
    walk.ask()
    assert post.work(at=ward.at) == 0
    assert waits(walk).next_at == ward.at + timedelta(hours=23)
    ward.later(hours=23)
    assert post.work(at=ward.at) == 1


def test_what_residents_did_and_what_is_not_shown_is_no_news(ward: Ward, walk: Walk) -> None:
    with ward.database.writing() as session:
        session.execute(update(NoticeAddress).values(news_at=None, next_at=None))
    walk.supply("Tôi bổ sung địa điểm.")
    walk.choose()
    found = row_of(walk)
    assert found is not None
    assert found.next_at is None


def test_two_letters_with_one_address_bring_one_mail_a_day(
    walk: Walk, post: Post, office: PostOffice
) -> None:
    ward = walk.ward
    other = write(ward, Particulars(), notify=MAIL.upper())
    other.claim()
    assert post.work(at=ward.at) == 1
    later = [each for each in (walk, other) if (row := row_of(each)) and row.next_at]
    assert len(later) == 1
    assert waits(later[0]).next_at == ward.at + timedelta(days=1)
    ward.later(days=1)
    assert post.work(at=ward.at) == 1
    assert len(office.bodies) == 2


def test_the_last_news_is_told_and_then_the_address_is_gone(walk: Walk, post: Post) -> None:
    walk.refer()
    assert post.work(at=walk.ward.at) == 1
    assert row_of(walk) is None


def test_an_address_outlives_its_case_by_three_days_at_most(
    walk: Walk, post: Post, office: PostOffice
) -> None:
    walk.refer()
    office.hangs_up_at = b"EHLO"
    for gap, there in ((0, True), (2, True), (1, False)):
        walk.ward.later(days=gap)
        post.work(at=walk.ward.at)
        assert (row_of(walk) is not None) is there


@pytest.mark.parametrize("moment", [b"EHLO", b"MAIL", b"RCPT", b"."])
def test_a_server_that_dies_leaves_the_mail_waiting_and_is_asked_again_later_and_later(
    walk: Walk, post: Post, office: PostOffice, moment: bytes
) -> None:
    ward, first = walk.ward, waits(walk).next_at
    office.hangs_up_at = moment
    for minutes in (1, 5, 15, 60, 60):
        asked = len(office.said)
        assert post.work(at=ward.at) == 0
        assert len(office.said) > asked
        found = waits(walk)
        assert (found.next_at, found.tries) == (first, 0)
        asked = len(office.said)
        post.work(at=ward.at + timedelta(minutes=minutes, seconds=-1))
        assert len(office.said) == asked
        ward.later(minutes=minutes)
    office.hangs_up_at = b""
    assert post.work(at=ward.at) == 1
    assert len(office.bodies) == 1


def test_a_server_that_says_nothing_is_left_after_a_while(
    walk: Walk, post: Post, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "TIMEOUT", 0.05)
    office.silent = threading.Event()
    assert post.work(at=walk.ward.at) == 0
    office.silent.set()
    assert waits(walk).tries == 0


def test_a_refused_recipient_is_tried_less_and_less_and_given_up_and_shown(
    walk: Walk, post: Post, office: PostOffice, staff_client: StaffClient
) -> None:
    ward = walk.ward
    office.refuses = b"550 no such person here: " + MAIL.encode()
    for tries in range(1, 24):
        assert post.work(at=ward.at) == 0
        assert waits(walk).tries == tries
        assert waits(walk).next_at == ward.at + waiting.pause_after(tries)
        ward.at += waiting.pause_after(tries)
    post.work(at=ward.at)
    found = row_of(walk)
    assert found is not None
    assert (found.next_at, found.refused_at) == (None, ward.at)
    walk.ask()
    assert post.work(at=ward.at) == 0
    own = page_of(staff_client("an").get("/settings/")).text
    assert "từ chối nhiều lần: 1 địa chỉ" in own
    assert "Thư chờ từ" not in own


def test_a_recipient_who_is_refused_for_now_is_tried_for_days(
    walk: Walk, post: Post, office: PostOffice
) -> None:
    office.refuses = b"451 later"
    with walk.ward.database.writing() as session:
        session.execute(update(NoticeAddress).values(tries=70))
    post.work(at=walk.ward.at)
    assert waits(walk).tries == 71


def test_an_address_that_does_not_open_is_given_up(
    walk: Walk, post: Post, office: PostOffice
) -> None:
    with walk.ward.database.writing() as session:
        session.execute(update(NoticeAddress).values(box=b"\x01" * 400))
    assert post.work(at=walk.ward.at) == 0
    found = row_of(walk)
    assert found is not None
    assert found.refused_at == walk.ward.at
    assert office.said == []


def test_a_worker_killed_while_it_sent_delays_the_mail_and_does_not_lose_it(
    walk: Walk, post: Post
) -> None:
    ward = walk.ward
    with ward.database.writing() as session:
        assert waiting.take(session, submission_id=walk.number, at=ward.at)
    assert post.work(at=ward.at) == 0
    ward.at += waiting.LEASE
    assert post.work(at=ward.at) == 1


def test_news_that_comes_while_a_mail_is_sent_is_told_the_next_day(walk: Walk, post: Post) -> None:
    ward = walk.ward
    with ward.database.writing() as session:
        taken = waiting.take(session, submission_id=walk.number, at=ward.at)
    assert taken is not None
    ward.later(seconds=1)
    walk.ask()
    with ward.database.writing() as session:
        waiting.mark_told(session, search=ward.ring.search, taken=taken, at=ward.at)
    assert waits(walk).next_at == ward.at + timedelta(days=1)


def test_a_letter_taken_back_while_a_mail_is_sent_stays_gone(walk: Walk) -> None:
    ward = walk.ward
    with ward.database.writing() as session:
        taken = waiting.take(session, submission_id=walk.number, at=ward.at)
    assert taken is not None
    walk.withdraw()
    with ward.database.writing() as session:
        waiting.mark_told(session, search=ward.ring.search, taken=taken, at=ward.at)
        waiting.mark_refused(
            session, search=ward.ring.search, taken=taken, at=ward.at, for_good=True
        )
        waiting.put_off(session, taken=taken, until=ward.at)
    assert row_of(walk) is None


def test_an_hour_without_success_is_told_to_administrators_and_logged_once_an_hour(
    walk: Walk,
    post: Post,
    office: PostOffice,
    staff_client: StaffClient,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ward = walk.ward
    office.hangs_up_at = b"EHLO"
    for minutes, complaints in ((0, 0), (59, 0), (1, 1), (59, 1), (1, 2)):
        ward.later(minutes=minutes)
        post.work(at=ward.at)
        assert caplog.text.count("mail is down") == complaints
    assert MAIL not in caplog.text
    assert "Thư chờ từ" in page_of(staff_client("an").get("/settings/")).text
    assert "Thư chờ từ" not in page_of(staff_client("hoa").get("/settings/")).text
    office.hangs_up_at = b""
    ward.later(hours=1)
    assert post.work(at=ward.at) == 1
    assert "Thư chờ từ" not in page_of(staff_client("an").get("/settings/")).text


def test_without_a_server_nothing_is_sent_and_that_is_said_once(
    walk: Walk, caplog: pytest.LogCaptureFixture
) -> None:
    ward = walk.ward
    post = Post(ward.database, ward.worker_ring, None, "")
    assert (post.work(at=ward.at), post.work(at=ward.at)) == (0, 0)
    assert caplog.text.count("PORTAL_SMTP_HOST is not set") == 1
    assert waits(walk).tries == 0


def test_mail_goes_out_beside_the_worker_and_a_fault_does_not_end_it(
    walk: Walk,
    office: PostOffice,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    rounds, third, whole = [0], threading.Event(), Post.work

    def work(post: Post, *, at: datetime) -> int:
        rounds[0] += 1
        if rounds[0] == 1:
            raise ValueError(MAIL)
        sent = whole(post, at=max(at, walk.ward.at))
        if rounds[0] == 3:
            third.set()
        return sent

    monkeypatch.setattr("moderation.notifying.posting.PAUSE", 0.01)
    monkeypatch.setattr(Post, "work", work)
    ring = walk.ward.worker_ring
    with posting(walk.ward.database, ring, mail=office.settings(), telephone=""):
        assert third.wait(20)
    assert len(office.bodies) == 1
    assert "mail failed with ValueError" in caplog.text
    assert MAIL not in caplog.text


def test_the_password_goes_only_to_a_server_whose_certificate_is_trusted(
    office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _certify(tmp_path)
    office.secrets = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    office.secrets.load_cert_chain(certificate)
    mail = office.settings(Encryption.STARTTLS, user="cong", password="giếng".encode().hex())
    message = mailing.news_mail(mail, to=TO, telephone="", at=datetime.now(UTC))
    with pytest.raises(mailing.MailDown, match="SSLCertVerificationError"):
        mailing.send(mail, message)
    assert not [line for line in office.said if line.startswith(b"AUTH")]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    mailing.send(mail, message)
    assert len(office.bodies) == 1
    assert [line for line in office.said if line.startswith(b"AUTH")]


def test_a_server_without_encryption_is_sent_nothing_unless_it_is_on_this_machine(
    office: PostOffice,
) -> None:
    mail = office.settings(Encryption.STARTTLS)
    message = mailing.news_mail(mail, to=TO, telephone="", at=datetime.now(UTC))
    with pytest.raises(mailing.MailDown):
        mailing.send(mail, message)
    assert not [line for line in office.said if line.startswith(b"MAIL")]


def test_no_mail_holds_anything_of_a_letter_whoever_wrote_it(
    ward: Ward, office: PostOffice
) -> None:
    """All that lies in the case, and all that leads to it, against all that is sent."""
    appoint(ward, "sao", "trang", "may")
    words = dataclasses.replace(BACH, hope="Mong bác Tày Khoong nhắc giúp.")
    walk = write(ward, TOLD, words=words)
    for stage in (
        *(Course.claim, Course.choose, Course.propose, Course.confirm, Course.route),
        *(Course.accept, Course.listen, Course.report, Course.publish),
    ):
        stage(walk)
    post = Post(ward.database, ward.worker_ring, office.settings(), TELEPHONE)
    assert post.work(at=ward.at) == 1
    (mail,) = office.mails
    assert walk.receipt is not None
    with ward.database.reading() as session:
        case = session.scalars(select(Case)).one()
        known = {str(case.id), walk.reference, case.subject_mark}
    code = str(walk.receipt.code)
    hidden = {code, code.replace("-", ""), code[:4], *vars(TOLD).values(), words.about}
    hidden |= {"Bách", "Bạch", "Khoong", "khối 7", "Đông Kinh", "vỉa hè", "Thuận", "Hòa"}
    hidden |= {each for each in known if isinstance(each, str)} | {"2026-", "/2026"}
    whole = f"{read(mail)}\n{mail['Subject']}\n{mail['Message-ID']}\n{mail['From']}"
    assert [each for each in hidden if each and each in whole] == []
    client = {"X-Mailer", "User-Agent", "Reply-To", "Received", "X-Originating-IP"}
    assert client.isdisjoint(mail.keys())
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@y-kien.vi.du>")
    assert office.said[0].strip() == b"ehlo y-kien.vi.du"


@given(to=st.emails(), days=st.integers(0, 9_999))
def test_a_mail_depends_on_nothing_but_the_installation(to: str, days: int) -> None:
    """Whatever is sent about whomever: two mails differ in recipient, moment and a random name."""
    mail, at = PostOffice(port=25).settings(), datetime(2026, 11, 23, tzinfo=UTC)
    at += timedelta(days=days)
    try:
        one = mailing.news_mail(mail, to=to, telephone=TELEPHONE, at=at)
    except mailing.Refused:
        return
    other = mailing.news_mail(mail, to=TO, telephone=TELEPHONE, at=at + timedelta(days=1))
    assert one.get_content() == other.get_content()
    assert one.keys() == other.keys()
    differing = {name for name in one if str(one[name]) != str(other[name])}
    assert differing <= {"To", "Date", "Message-ID"}


@pytest.mark.parametrize("to", ["a@b.vn\r\nBcc: c@d.vn", "a@b.vn, c@d.vn", "đ@b.vn", "", "ab"])
def test_what_is_no_single_address_is_sent_nothing(to: str) -> None:
    mail = PostOffice(port=25).settings()
    with pytest.raises(mailing.Refused):
        mailing.news_mail(mail, to=to, telephone="", at=datetime.now(UTC))


def _certify(folder: Path) -> Path:
    """A certificate that nobody knows, and its key, in one file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    since = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
            ),
            critical=True,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
