"""Who wrote, in every state: on the form, before custodians, and open to its reader: axe, width."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from moderation.sample.loading.custody import PASSPHRASE
from portal.clock import now
from portal.models import Account, IdentityRequest
from portal.vocabulary import IdentityOutcome
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.staff import come_in
from tests.portal.residents import ABOUT, FORM, WHAT

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
CUSTODIANS = ("nga.lanh", "phuc.to")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_leaving_a_name_can_be_used_by_everybody(look: Look, public: Served, lang: str) -> None:
    screen = look(public, lang=lang)
    screen.open(FORM)
    for summary in screen.page.query_selector_all("summary"):
        summary.click()
    assert faults(screen, f"send-identity-{lang}") == []
    screen.put(about=ABOUT, what=WHAT, own_name="Mông Thị Yến", own_telephone="gọi tôi")
    screen.press("main button.main")
    assert screen.status == 422
    assert faults(screen, f"send-identity-wrong-{lang}") == []
    screen.put(own_telephone="0500 000 231", notify="yen@thu.vi.du")
    screen.press("main button.main")
    assert faults(screen, f"send-identity-preview-{lang}") == []


def test_asking_deciding_and_reading_can_be_used_by_everybody(
    look: Look, installation: Installation, staff: Served
) -> None:
    waiting, opened = requests_of(installation)
    for login in CUSTODIANS:
        for lang in LANGUAGES:
            custodian = look(staff, lang=lang)
            come_in(custodian, login)
            for path in ("", "sitting", f"requests/{waiting.id}"):
                custodian.open(f"/identity/{path}")
                assert custodian.status == 200, path
                name = path.partition("/")[0] or "index"
                assert faults(custodian, f"identity-{name}-{login}-{lang}", thumbs=True) == []
            custodian.press('form[action$="/agree"] button')
            assert custodian.status == 422
            assert faults(custodian, f"identity-wrong-{login}-{lang}", thumbs=True) == []
        custodian.put(passphrase=PASSPHRASE)
        custodian.press('form[action$="/agree"] button')
        assert custodian.status == 200
        assert faults(custodian, f"identity-agreed-{login}", thumbs=True) == []
    for lang in LANGUAGES:
        reader = look(staff, lang=lang)
        come_in(reader, login_of(installation, waiting.reader_id))
        page = f"/case/{waiting.case_id}"
        for path in (page, f"{page}/identity/{waiting.submission_id}"):
            reader.open(path)
            assert faults(reader, f"identity-open-{lang}", thumbs=True) == []
        reader.press('form[action$="/read"] button')
        assert reader.status == 200
        assert faults(reader, f"identity-read-{lang}", thumbs=True) == []
        reader.open(f"/case/{opened.case_id}/identity/{opened.submission_id}")
        reader.press("button[form=work]")
        assert reader.status == 422
        assert faults(reader, f"identity-ask-wrong-{lang}", thumbs=True) == []


def requests_of(installation: Installation) -> tuple[IdentityRequest, IdentityRequest]:
    """The request of the sample that waits, and the one that was opened."""
    with installation.database.reading() as session:
        waiting = select(IdentityRequest).where(
            IdentityRequest.outcome.is_(None), IdentityRequest.expires_at > now()
        )
        opened = select(IdentityRequest).where(IdentityRequest.outcome == IdentityOutcome.OPENED)
        return session.scalars(waiting).one(), session.scalars(opened).one()


def login_of(installation: Installation, account_id: int) -> str:
    """The login of an account."""
    with installation.database.reading() as session:
        return session.get_one(Account, account_id).login
