"""The staff are reminded once a working day, and at once of what is urgent; never of what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from moderation import almanac
from moderation.administering.addressing import confirm_address, set_address
from moderation.administering.scope import NotYours
from moderation.notifying import mailing, outbox
from moderation.notifying.posting import Post
from portal.models import Account, JournalEntry, Notice, StaffMail
from portal.vocabulary import Deed
from tests.doors.course import Course
from tests.moderation.conftest import StaffClient
from tests.moderation.notifying.post_office import PostOffice, open_office
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward
from tests.pages import page_of

TELEPHONE = "0205 000 001"
#: Half past seven on Wednesday, 25 November 2026, in Vietnam.
MORNING = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office() as opened:
        yield opened


@pytest.fixture
def post(ward: Ward, office: PostOffice) -> Post:
    with ward.database.writing() as session:
        almanac.keep(session, today=ward.office.today)
    return Post(ward.database, ward.worker_ring, office.settings(), TELEPHONE)


def reach(ward: Ward, *logins: str) -> None:
    """Let these have an address at work that they have confirmed."""
    with ward.database.writing() as session:
        for login in logins:
            by = ward.person(session, login)
            confirm_address(session, office=ward.office, by=by, address=f"{login}@dong-kinh.vi.du")


def told(office: PostOffice) -> list[tuple[str, str]]:
    """To whom each mail went, and what it is called."""
    return sorted((str(each["To"]).split("@")[0], str(each["Subject"])) for each in office.mails)


def text(mail: EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())


def empty(ward: Ward) -> None:
    """The worker empties the outbox."""
    with ward.database.writing() as session:
        outbox.empty(session, office=ward.office)


def test_everybody_is_reminded_once_on_a_working_day_also_of_nothing(
    ward: Ward, post: Post, office: PostOffice
) -> None:
    reach(ward, "hoa", "thanh", "auditor")
    before = MORNING - timedelta(minutes=1)
    assert post.work(at=before) == 0
    assert post.work(at=MORNING) == 3
    assert post.work(at=MORNING + timedelta(hours=5)) == 0
    assert {each for each, _called in told(office)} == {"auditor", "hoa", "thanh"}
    # Saturday and Sunday nobody is reminded.
    assert [post.work(at=MORNING + timedelta(days=n)) for n in (1, 2, 3, 4, 5)] == [3, 3, 0, 0, 3]
    assert len({text(each) for each in office.mails}) == 1


def test_only_who_has_work_and_has_confirmed_the_address_is_reminded(
    ward: Ward, post: Post
) -> None:
    reach(ward, "hoa")
    with ward.database.writing() as session:
        by = ward.person(session, "an")
        lam = ward.accounts["lam"]
        set_address(session, office=ward.office, by=by, account_id=lam, address="lam@vi.du")
        duyen, thu = ward.person(session, "duyen"), ward.accounts["thu"]
        with pytest.raises(NotYours):
            set_address(session, office=ward.office, by=duyen, account_id=thu, address="x@vi.du")
    assert post.work(at=MORNING) == 1
    with ward.database.writing() as session:
        session.execute(update(Account).values(active=False))
    assert post.work(at=MORNING + timedelta(days=1)) == 0


def test_what_is_urgent_is_told_at_once_and_once_an_hour(
    ward: Ward, post: Post, office: PostOffice
) -> None:
    reach(ward, "hoa", "tied", "far", "thanh")
    assert post.work(at=ward.at) == 4
    office.bodies.clear()
    walk = set_out(ward, fears_retaliation=True).until(Course.prepare)
    empty(ward)
    assert post.work(at=ward.at) == 1
    # Not whoever is tied to the member, not another ward, not the cell that it may be about.
    assert told(office) == [("hoa", "Có việc cần xem ngay · Something needs you now")]
    with ward.database.writing() as session:
        session.add(Notice(kind="supplied", case_id=walk.number, organisation_id=3, at=ward.at))
    empty(ward)
    assert post.work(at=ward.at + timedelta(minutes=30)) == 0
    assert post.work(at=ward.at + timedelta(minutes=61)) == 1
    assert post.work(at=ward.at + timedelta(minutes=62)) == 0


def test_what_is_not_urgent_waits_for_the_digest(ward: Ward, post: Post) -> None:
    reach(ward, "hoa")
    assert post.work(at=ward.at) == 1
    set_out(ward).until(Course.prepare)
    empty(ward)
    assert post.work(at=ward.at) == 0
    with ward.database.reading() as session:
        assert not outbox.has_waiting(session)
        assert session.scalars(select(StaffMail)).one().urgent_at is None


def test_a_server_that_is_away_or_refuses_loses_no_digest(
    ward: Ward, post: Post, office: PostOffice
) -> None:
    reach(ward, "hoa")
    office.hangs_up_at = b"EHLO"
    assert post.work(at=MORNING) == 0
    office.hangs_up_at = b""
    assert post.work(at=MORNING + timedelta(minutes=2)) == 1
    office.refuses = b"550 no such mailbox"
    tomorrow = MORNING + timedelta(days=1)
    assert post.work(at=tomorrow) == 0
    office.refuses = b""
    assert post.work(at=tomorrow + timedelta(seconds=30)) == 0
    assert post.work(at=tomorrow + timedelta(minutes=2)) == 1


def test_the_hour_is_a_setting_and_the_address_is_confirmed_by_its_owner(
    ward: Ward, post: Post, staff_client: StaffClient
) -> None:
    an = staff_client("an")
    page = f"/settings/accounts/{ward.accounts['hoa']}/address"
    token = {"csrf_token": page_of(an.get("/settings/portal")).fields["csrf_token"]}
    assert an.post("/settings/portal/digest", data=token | {"digest": "9h"}).status_code == 302
    refused = an.post("/settings/portal/digest", data=token | {"digest": "7 8"})
    assert "Xin ghi một giờ" in refused.text
    an.post(page, data=token | {"address": "hoa@dong-kinh.vi.du"})
    assert "chờ xác nhận" in an.get(page.removesuffix("/address")).text
    hoa = staff_client("hoa")
    own = page_of(hoa.get("/settings/"))
    assert "Đúng là địa chỉ của tôi" in own.text
    assert post.work(at=MORNING + timedelta(hours=2)) == 0
    wrong = hoa.post("/settings/address", data=own.fields | {"address": "hoa"})
    assert "Địa chỉ thư có dạng ten@noi.vn." in wrong.text
    hoa.post("/settings/address", data=own.fields)
    assert post.work(at=MORNING) == 0
    assert post.work(at=MORNING + timedelta(hours=2)) == 1
    with ward.database.reading() as session:
        deeds = list(session.scalars(select(JournalEntry.deed)))
    assert deeds.count(Deed.ADDRESS_SET) == 2
    assert Deed.DIGEST_SET in deeds


_ADDRESSES = st.from_regex(r"[a-z]{1,12}\.[a-z]{1,12}@[a-z]{2,12}\.vn", fullmatch=True)
_MOMENTS = st.integers(0, 10**5).map(lambda hours: MORNING + timedelta(hours=hours))


@given(to=_ADDRESSES, at=_MOMENTS, urgent=st.booleans())
def test_a_mail_depends_on_nothing_but_the_installation(
    to: str, at: datetime, urgent: bool
) -> None:
    mail = PostOffice().settings()
    made = mailing.staff_mail(mail, to=to, urgent=urgent, telephone=TELEPHONE, at=at)
    usual = mailing.staff_mail(mail, to="a@b.vn", urgent=urgent, telephone=TELEPHONE, at=MORNING)
    changing = {"To", "Date", "Message-ID"}
    assert text(made) == text(usual)
    heads = [
        {name: str(value) for name, value in each.items() if name not in changing}
        for each in (made, usual)
    ]
    assert heads[0] == heads[1]
    assert not any(sign.isdigit() for sign in text(made).replace(TELEPHONE, ""))
