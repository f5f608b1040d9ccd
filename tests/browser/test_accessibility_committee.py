"""A case as its committee sees it, in every status and with every form: axe, width, thumbs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import ColumnElement, text

from portal.models import Case
from portal.models.case import Room
from portal.vocabulary import Status
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served, install
from tests.browser.screens import Screen
from tests.browser.staff import COMMITTEE, INSPECTOR, case_before, come_in
from tests.sampled import sampled

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
SEEN = (
    *(Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED),
    *(Status.ANSWERED, Status.CLOSED, Status.WITHDRAWN),
)
FORMS = ("statement", "report", "extend", "hold", "return")
LEVEL_ABOVE = "tam.chu"
NOTE = "Chi bộ đã gặp đảng viên và các hộ xung quanh."


@pytest.fixture
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, Served]]:
    """A staff site of its own, whose database a test may break."""
    base = tmp_path_factory.getbasetemp()
    made = install(sampled(base), tmp_path_factory.mktemp("broken"))
    yield made, made.staff()
    made.close()


def _show(
    screen: Screen, installation: Installation, login: str, *where: ColumnElement[bool]
) -> str:
    """Open a case that is as wanted, and return its address."""
    address = f"/committee/{case_before(installation, login, Room.COMMITTEE, where)}"
    screen.open(address)
    assert screen.status == 200
    return address


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", SEEN)
def test_a_case_in_every_status_can_be_read_by_everybody(
    look: Look, installation: Installation, staff: Served, status: Status, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, COMMITTEE)
    _show(screen, installation, COMMITTEE, Case.status == status)
    assert screen.see(f".t-{status.value}").count() == 1
    assert faults(screen, f"committee-{status.value}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "login", "where"),
    [
        ("praise", COMMITTEE, (Case.status == Status.ROUTED, Case.sentiment == "praise")),
        (
            "guarded",
            INSPECTOR,
            (Case.status == Status.IN_PROGRESS, Case.fears_retaliation.is_(True)),
        ),
        ("extended", INSPECTOR, (Case.extended.is_(True),)),
        ("above", LEVEL_ABOVE, (Case.status == Status.IN_PROGRESS,)),
        ("referred", "van.luong", (Case.status == Status.REFERRED,)),
    ],
)
def test_a_case_of_another_sort_can_be_read_by_everybody(
    look: Look,
    installation: Installation,
    staff: Served,
    name: str,
    login: str,
    where: tuple[ColumnElement[bool], ...],
    lang: str,
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, login)
    _show(screen, installation, login, *where)
    assert faults(screen, f"committee-{name}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_with_one_form_can_be_used_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, COMMITTEE)
    at = _show(screen, installation, COMMITTEE, Case.status == Status.IN_PROGRESS)
    screen.see("#done_on").fill("")
    screen.press("button[form=work]")
    assert screen.status == 422
    assert faults(screen, f"committee-follow-up-wrong-{lang}", thumbs=True) == []
    for name in FORMS:
        screen.open(at)
        screen.press(f'a[href="{at}/{name}"]')
        assert faults(screen, f"committee-{name}-{lang}", thumbs=True) == [], name
        screen.press("button[form=work]")
        assert screen.status == 422
        assert faults(screen, f"committee-{name}-wrong-{lang}", thumbs=True) == [], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_inspector_may_do_besides_can_be_done_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, INSPECTOR)
    at = _show(screen, installation, INSPECTOR, Case.status == Status.IN_PROGRESS)
    screen.press(f'a[href="{at}/refer"]')
    screen.press("button[form=work]")
    assert screen.status == 422
    assert faults(screen, f"committee-refer-wrong-{lang}", thumbs=True) == []


@pytest.mark.parametrize(
    ("name", "login", "status"),
    [
        ("remark", COMMITTEE, Status.IN_PROGRESS),
        ("review", "tam.chu", Status.REVIEW),
    ],
)
def test_whatever_else_is_done_with_a_case_can_be_done_by_everybody(
    look: Look, installation: Installation, staff: Served, name: str, login: str, status: Status
) -> None:
    screen = look(staff)
    come_in(screen, login)
    at = _show(screen, installation, login, Case.status == status)
    screen.press(f'a[href="{at}/{name}"]')
    assert faults(screen, f"committee-{name}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_does_not_fit_a_case_any_more_can_be_understood_by_everybody(
    look: Look, installation: Installation, staff: Served, lang: str
) -> None:
    screen = look(staff, lang=lang)
    come_in(screen, COMMITTEE)
    at = _show(screen, installation, COMMITTEE, Case.status == Status.ANSWERED)
    screen.open(f"{at}/report")
    assert screen.status == 409
    assert faults(screen, f"committee-not-available-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_desk_without_its_database_gives_back_what_was_typed_to_everybody(
    look: Look, broken: tuple[Installation, Served], lang: str
) -> None:
    made, site = broken
    screen, other = look(site, lang=lang), look(site, lang=lang)
    come_in(screen, COMMITTEE)
    come_in(other, COMMITTEE)
    _show(screen, made, COMMITTEE, Case.status == Status.IN_PROGRESS)
    screen.put(note=NOTE)
    screen.see("#deed").select_option("dialogue")
    with made.database.writing() as session:
        session.execute(text("ALTER TABLE feedback_case RENAME TO elsewhere"))
    screen.press("button[form=work]")
    other.open("/committee/")
    assert (screen.status, other.status) == (503, 503)
    assert NOTE in [area.input_value() for area in screen.see("textarea").all()]
    assert faults(screen, f"committee-503-form-{lang}", thumbs=True) == []
    assert faults(other, f"committee-503-{lang}", thumbs=True) == []
