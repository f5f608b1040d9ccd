"""A case as moderators see it, in every status and with every form: axe, width, thumbs."""

from __future__ import annotations

import pytest
from sqlalchemy import ColumnElement, select

from moderation.making_public.reading import ORDER
from portal.models import Case
from portal.models.case import Room
from portal.vocabulary import Status
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.screens import Screen
from tests.browser.staff import FIRST, SECOND, account_of, case_before, come_in

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
#: What is merged has no page: its letters are read where they are.
FINISHED_OR_PASSED_ON = sorted(set(Status) - {Status.SCREENING, Status.MERGED})
LONG_TEXT = "Xin ông/bà cho biết việc này xảy ra vào ngày nào và ở chỗ nào."


@pytest.fixture
def people(installation: Installation) -> dict[str, int]:
    """The accounts of the two moderators."""
    return {login: account_of(installation, login) for login in (FIRST, SECOND)}


def at(status: Status, *more: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """A case at a status, and whatever else."""
    return (Case.status == status, *more)


def screenings(people: dict[str, int]) -> dict[str, tuple[ColumnElement[bool], ...]]:
    """The ways in which a case may lie in screening before the first of the two."""
    free, proposed = Case.claimant_id.is_(None), Case.proposer_id == people[FIRST]
    return {
        "free": at(Status.SCREENING, free, Case.proposal.is_(None)),
        "mine": at(Status.SCREENING, Case.claimant_id == people[FIRST]),
        "theirs": at(Status.SCREENING, Case.claimant_id == people[SECOND]),
        "proposed": at(Status.SCREENING, proposed, Case.proposal == "verify"),
        "to-decline": at(Status.SCREENING, proposed, Case.proposal == "decline"),
        "fears": at(Status.RECEIVED, Case.fears_retaliation.is_(True)),
    }


def _show(
    screen: Screen, installation: Installation, login: str, *where: ColumnElement[bool]
) -> int:
    """Open a case that is as wanted."""
    number = case_before(installation, login, Room.DESK, where)
    screen.open(f"/case/{number}")
    assert screen.status == 200
    return number


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", FINISHED_OR_PASSED_ON)
def test_a_case_in_every_status_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served, status: Status, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    _show(screen, installation, FIRST, *at(status))
    assert screen.see(f".t-{status.value}").count() == 1
    assert faults(screen, f"case-{status.value}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("login", [FIRST, SECOND])
def test_a_case_in_screening_can_be_read_by_everybody(
    look: Look,
    installation: Installation,
    staff: Served,
    people: dict[str, int],
    login: str,
    lang: str,
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, login)
    for name, where in screenings(people).items():
        _show(screen, installation, login, *where)
        assert faults(screen, f"case-{name}-{login}-{lang}", thumbs=True) == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answers_on_their_way_to_everybody_can_be_used_by_everybody(
    look: Look, staff: Served, lang: str
) -> None:
    """Each list, and the first case of each that has one."""
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    for state in ORDER:
        screen.open(f"/public-answers/?list={state.value}")
        assert faults(screen, f"public-answers-{state.value}-{lang}", thumbs=True) == [], state
        if screen.see("a.ti").count():
            screen.press("a.ti")
            assert faults(screen, f"public-answer-{state.value}-{lang}", thumbs=True) == [], state


def test_what_is_beside_a_case_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served
) -> None:
    screen = look(staff)
    come_in(screen, FIRST)
    number = _show(screen, installation, FIRST, Case.letter_count > 1)
    for name in ("alike", "letters"):
        screen.open(f"/case/{number}/{name}")
        assert faults(screen, f"case-{name}", thumbs=True) == [], name


def test_whatever_else_is_done_with_a_case_can_be_done_by_everybody(
    look: Look, installation: Installation, staff: Served, people: dict[str, int]
) -> None:
    screen = look(staff)
    come_in(screen, FIRST)
    mine = at(Status.SCREENING, Case.claimant_id == people[FIRST])
    for name, where in {
        "split": mine,
        "hand-over": mine,
        "remark": mine,
        "write": at(Status.IN_PROGRESS),
        "stand-aside": at(Status.IN_PROGRESS, Case.subject_mark.is_not(None)),
        "versions": at(Status.IN_PROGRESS),
        "revise": at(Status.IN_PROGRESS),
        "reply": at(Status.REFERRED),
    }.items():
        number = case_before(installation, FIRST, Room.DESK, where)
        screen.open(f"/case/{number}/{name}")
        assert screen.status == 200, name
        assert faults(screen, f"case-{name}", thumbs=True) == [], name
    together = case_before(installation, FIRST, Room.DESK, (Case.letter_count > 1,))
    with installation.database.reading() as session:
        merged = select(Case.id).where(Case.merged_into_id == together)
        other = session.scalars(merged.limit(1)).one()
    screen.open(f"/case/{together}/unmerge/{other}")
    assert screen.status == 200
    assert faults(screen, "case-unmerge", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_with_one_form_can_be_used_by_everybody(
    look: Look, installation: Installation, staff: Served, people: dict[str, int], lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, SECOND)
    mine = at(Status.SCREENING, Case.claimant_id == people[SECOND])
    for name, where in {
        "ask": mine,
        "decline": mine,
        "refer": mine,
        "object": screenings(people)["proposed"],
        "send-back": at(Status.REPORTED),
    }.items():
        number = _show(screen, installation, SECOND, *where)
        screen.press(f'a[href="/case/{number}/{name}"]')
        assert faults(screen, f"case-{name}-{lang}", thumbs=True) == [], name
        screen.press("button[form=work]")
        assert screen.status == 422
        assert faults(screen, f"case-{name}-wrong-{lang}", thumbs=True) == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_on_the_page_of_a_case_says_what_is_missing_to_everybody(
    look: Look, installation: Installation, staff: Served, people: dict[str, int], lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    number = _show(screen, installation, FIRST, *screenings(people)["mine"])
    for name in ("classify", "choose", "verify"):
        screen.open(f"/case/{number}")
        screen.press(f'button[formaction$="/{name}"]')
        assert screen.status == 422
        assert faults(screen, f"case-{name}-wrong-{lang}", thumbs=True) == [], name
    for name, field, where in (
        ("route", "shown", at(Status.ELIGIBLE)),
        ("publish", "answer", at(Status.REPORTED)),
    ):
        _show(screen, installation, FIRST, *where)
        screen.put(**{field: " "})
        screen.press(f"button[form={name}-form]:not([formaction])")
        assert screen.status == 422
        assert faults(screen, f"case-{name}-wrong-{lang}", thumbs=True) == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_looking_for_a_member_can_be_done_by_everybody(
    look: Look, installation: Installation, staff: Served, people: dict[str, int], lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    for words in ("nguyen van hung", "khong co ai ten nhu the"):
        _show(screen, installation, FIRST, *screenings(people)["mine"])
        screen.see("details:has(#q) summary").click()
        screen.put(q=words)
        screen.press(".find button")
        assert faults(screen, f"case-find-{words.replace(' ', '-')}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_coming_too_late_can_be_understood_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    first, second = look(staff, lang=lang), look(staff, lang=lang)
    come_in(first, FIRST)
    come_in(second, SECOND)
    number = _show(first, installation, FIRST, *at(Status.RECEIVED))
    second.open(f"/case/{number}")
    first.press('form[action$="/claim"] button')
    second.press('form[action$="/claim"] button')
    assert second.status == 409
    assert faults(second, f"case-409-{lang}", thumbs=True) == []
    first.press('form[action$="/release"] button')
    first.open(f"/case/{number}/ask")
    assert first.status == 409
    assert faults(first, f"case-not-available-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("signed_in", [True, False])
def test_a_form_that_came_too_late_gives_its_words_back_to_everybody(
    look: Look,
    installation: Installation,
    staff: Served,
    people: dict[str, int],
    signed_in: bool,
    lang: str,
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, FIRST)
    number = _show(screen, installation, FIRST, *screenings(people)["mine"])
    screen.open(f"/case/{number}/ask")
    screen.put(question=LONG_TEXT)
    if signed_in:
        screen.page.evaluate("document.querySelector('#work [name=csrf_token]').value = 'x'")
    else:
        screen.context.clear_cookies(name="portal_staff")
    screen.press("button[form=work]")
    assert screen.status == 400
    assert screen.see("textarea").input_value() == LONG_TEXT
    assert faults(screen, f"case-expired-{signed_in}-{lang}", thumbs=True) == []
