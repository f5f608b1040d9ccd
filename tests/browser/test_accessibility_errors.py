"""Pages for what went wrong can be used by everybody too."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from portal.vault import code_from_token
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served, install
from tests.browser.residents import FORM, TRACK, preview, send, step, track
from tests.browser.screens import Screen
from tests.sampled import sampled

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")
#: A code that is whole and belongs to nobody.
UNKNOWN = "-".join(code_from_token("x" * 43, b"of nobody").groups)
#: Sends a form of so many fields to an address that a page would never send it to.
_POST = """([action, fields]) => {
    const form = document.createElement('form');
    form.method = 'post'; form.action = action;
    for (let number = 0; number < fields; number += 1) {
        form.append(Object.assign(document.createElement('input'), {name: `f${number}`}));
    }
    document.body.append(form);
    form.submit();
}"""
_FORGE = (
    "name => document.querySelectorAll(`[name=${name}]`).forEach(it => it.value = 'x'.repeat(43))"
)


@pytest.fixture
def broken(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Installation, Served]]:
    """A public site of its own, whose database a test may break."""
    base = tmp_path_factory.getbasetemp()
    made = install(sampled(base), tmp_path_factory.mktemp("broken"))
    yield made, made.public()
    made.close()


def _post(screen: Screen, action: str, fields: int = 1) -> None:
    screen.open(FORM)
    with screen.page.expect_navigation():
        screen.page.evaluate(_POST, [action, fields])


def _unknown_page(screen: Screen) -> None:
    screen.open("/khong-co-trang-nay")


def _wrong_method(screen: Screen) -> None:
    _post(screen, "/huong-dan")


def _too_much(screen: Screen) -> None:
    _post(screen, FORM, fields=300)


def _late_form(screen: Screen) -> None:
    screen.open(FORM)
    screen.page.evaluate(_FORGE, "csrf_token")
    screen.put(about="Bí thư khối 7", what="Họp ba buổi chưa công khai quỹ.")
    screen.press("button[value=preview]")


def _late_preview(screen: Screen) -> None:
    preview(screen)
    screen.tick("consent")
    screen.page.evaluate(_FORGE, "csrf_token")
    screen.press("button[value=send]")


def _never_sent(screen: Screen) -> None:
    send(screen)
    screen.page.evaluate(_FORGE, "form_token")
    screen.press("button[value=saved]")


def _late_code(screen: Screen) -> None:
    screen.open(TRACK)
    screen.page.evaluate(_FORGE, "csrf_token")
    screen.put(code=UNKNOWN)
    screen.press("main button")


#: How an error is met, and the status that its page comes with.
ERRORS: dict[str, tuple[Callable[[Screen], None], int]] = {
    "404": (_unknown_page, 404),
    "405": (_wrong_method, 405),
    "413": (_too_much, 413),
    "late-form": (_late_form, 400),
    "late-preview": (_late_preview, 400),
    "late-code": (_late_code, 400),
    "400": (_never_sent, 400),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("error", ERRORS)
def test_the_page_of_an_error_can_be_used_by_everybody(
    look: Look, public: Served, error: str, lang: str
) -> None:
    meet, status = ERRORS[error]
    screen = look(public, lang=lang)
    meet(screen)
    assert screen.status == status
    assert faults(screen, f"public-{error}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_that_asks_to_wait_can_be_used_by_everybody(
    look: Look, installation: Installation, lang: str
) -> None:
    screen = look(installation.public(slow_after=0), lang=lang)
    track(screen, UNKNOWN)
    track(screen, UNKNOWN)
    assert screen.status == 429
    assert faults(screen, f"public-429-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_of_a_site_without_its_database_can_be_used_by_everybody(
    look: Look, broken: tuple[Installation, Served], lang: str
) -> None:
    made, site = broken
    writing, following = look(site, lang=lang), look(site, lang=lang)
    preview(writing)
    writing.tick("consent")
    with made.database.writing() as session:
        session.execute(text("ALTER TABLE submission RENAME TO elsewhere"))
    writing.press("button[value=send]")
    track(following, UNKNOWN)
    for screen, name in ((writing, "send"), (following, "track")):
        assert screen.status == 503
        assert faults(screen, f"public-503-{name}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_a_fault_of_ours_can_be_used_by_everybody(
    look: Look, broken: tuple[Installation, Served], lang: str
) -> None:
    made, site = broken
    screen = look(site, lang=lang)
    track(screen, send(screen))
    with made.database.writing() as session:
        session.execute(text("UPDATE submission SET words = x'00'"))
    step(screen, "own")
    assert screen.status == 500
    assert faults(screen, f"public-500-{lang}", thumbs=True) == []
