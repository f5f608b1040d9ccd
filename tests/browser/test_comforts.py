"""What the script adds, what paper shows, and what a phone has room for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, expect
from sqlalchemy import func, select

from portal.models import Submission
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.residents import (
    ABOUT,
    FORM,
    TRACK,
    WHAT,
    code_on,
    open_details,
    preview,
    send,
    step,
    track,
    write,
)
from tests.browser.screens import Screen

pytestmark = pytest.mark.browser

PRINTED_AWAY = (".nav", ".exit", ".foot", ".skip", ".btn", "form.noprint")
WITH_SCRIPTS = (True, False)


def _left(screen: Screen) -> bool:
    return screen.page.url.endswith("/thoat") and "Lịch làm việc" in screen.text


def _letters(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Submission)) or 0


@pytest.mark.parametrize("scripts", WITH_SCRIPTS)
def test_quick_exit_leaves_a_calendar_and_no_way_of_naming_the_portal(
    look: Look, public: Served, scripts: bool
) -> None:
    screen = look(public, scripts=scripts)
    write(screen)
    screen.press("[data-exit]")
    assert _left(screen)
    assert "Cổng" not in screen.text
    assert "Cổng" not in screen.page.title()


def test_quick_exit_takes_the_place_of_the_page_in_the_history(look: Look, public: Served) -> None:
    screen = look(public)
    screen.open("/huong-dan")
    track(screen, send(look(public)))
    screen.press("[data-exit]")
    assert _left(screen)
    screen.page.go_back()
    assert "Hồ sơ PA-" not in screen.text


@pytest.mark.parametrize("path", ["/", FORM, TRACK, "/huong-dan", "/khong-co"])
def test_escape_three_times_leaves_too(look: Look, public: Served, path: str) -> None:
    screen = look(public)
    screen.open(path)
    for _time in range(2):
        screen.page.keyboard.press("Escape")
    assert not _left(screen)
    with screen.page.expect_navigation():
        screen.page.keyboard.press("Escape")
    assert _left(screen)


def test_the_counter_counts_down_as_a_reader_counts(look: Look, public: Served) -> None:
    screen = look(public)
    screen.open(FORM)
    expect(screen.see("#what-c")).to_have_text("Còn viết được 5.000 ký tự.")
    screen.put(what="e\u0302\u0323 tốt 👍")
    expect(screen.see("#what-c")).to_have_text("Còn viết được 4.993 ký tự.")
    screen.put(what="a" * 5_012)
    expect(screen.see("#what-c")).to_have_text("Quá 12 ký tự, xin viết ngắn lại.")
    assert len(screen.see("#what").input_value()) == 5_012


def test_without_scripts_the_limit_is_said_and_no_dead_button_is_shown(
    look: Look, public: Served
) -> None:
    screen = look(public, scripts=False)
    screen.open(FORM)
    assert screen.see("#what-c").inner_text() == "Nhiều nhất 5.000 ký tự."
    send(screen)
    assert screen.see("[data-copy]").is_hidden()
    assert screen.see("[data-print]").is_hidden()


def test_the_copy_button_copies_the_code_and_says_so(look: Look, public: Served) -> None:
    screen = look(public)
    code = send(screen)
    button = screen.see("[data-copy]")
    before = button.inner_text()
    button.click()
    assert button.inner_text() != before
    screen.open(TRACK)
    screen.see("#code").focus()
    screen.page.keyboard.press("Control+V")
    assert screen.see("#code").input_value() == code


def test_a_receipt_on_paper_has_the_code_and_no_navigation(look: Look, public: Served) -> None:
    screen = look(public)
    code = send(screen)
    screen.page.emulate_media(media="print")
    for selector in PRINTED_AWAY:
        for found in screen.see(selector).all():
            assert found.is_hidden(), selector
    for group in code.split("-"):
        assert screen.see(f"#code li:has-text('{group}')").is_visible()
    assert screen.see(".qr svg").is_visible()
    assert screen.page.pdf()[:5] == b"%PDF-"


def test_a_followed_letter_on_paper_has_its_words_and_no_navigation(
    look: Look, public: Served
) -> None:
    screen = look(public)
    track(screen, send(screen))
    step(screen, "own")
    screen.page.emulate_media(media="print")
    for selector in PRINTED_AWAY:
        for found in screen.see(selector).all():
            assert found.is_hidden(), selector
    assert screen.see("blockquote").is_visible()


@pytest.mark.parametrize("scripts", WITH_SCRIPTS)
def test_the_errors_of_a_form_have_the_focus_and_lead_to_their_fields(
    look: Look, public: Served, scripts: bool
) -> None:
    screen = look(public, scripts=scripts)
    write(screen, about="", what="")
    open_details(screen)
    screen.put(when="1890")
    screen.press("button[value=preview]")
    assert screen.see("#errors").evaluate("it => it === document.activeElement")
    for name in ("about", "what", "when"):
        screen.see(f'#errors a[href="#{name}"]').click()
        assert screen.see(f"#{name}").evaluate("it => it === document.activeElement")
        assert screen.see(f"#{name}").is_visible()


def test_the_first_key_leads_past_the_navigation(look: Look, public: Served) -> None:
    screen = look(public)
    screen.open("/huong-dan")
    screen.page.keyboard.press("Tab")
    assert screen.see(".skip").evaluate("it => it === document.activeElement")
    screen.page.keyboard.press("Enter")
    assert screen.see("main").evaluate("it => it === document.activeElement")


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_whole_code_can_be_seen_in_its_field(look: Look, public: Served, width: int) -> None:
    screen = look(public, width=width)
    screen.open(TRACK)
    screen.put(code="WWWW-WWWW-WWWW-WWWW-WWWW")
    assert screen.see("#code").evaluate("it => it.scrollWidth <= it.clientWidth")


def test_a_double_click_makes_one_submission(
    look: Look, installation: Installation, public: Served
) -> None:
    screen = look(public)
    preview(screen)
    screen.tick("consent")
    before = _letters(installation)
    with screen.page.expect_navigation():
        screen.see("button[value=send]").dblclick()
    track(screen, code_on(screen))
    assert screen.status == 200
    assert _letters(installation) == before + 1


@pytest.mark.parametrize("scripts", WITH_SCRIPTS)
def test_going_back_shows_what_was_written_and_never_an_error(
    look: Look, public: Served, scripts: bool
) -> None:
    screen = look(public, scripts=scripts)
    preview(screen, about="")
    screen.put(about=ABOUT)
    screen.press("button[value=preview]")
    for _page in range(2):
        screen.page.go_back()
        assert screen.see("#what").input_value() == WHAT
    screen.page.go_forward()
    assert screen.see("#about").input_value() == ABOUT
    screen.page.go_forward()
    assert WHAT in screen.text


def test_going_back_from_the_receipt_sends_nothing_again(
    look: Look, installation: Installation, public: Served
) -> None:
    screen = look(public)
    code = send(screen)
    before = _letters(installation)
    screen.page.go_back()
    # What was ticked is still ticked.
    screen.press("button[value=send]")
    assert code_on(screen) == code
    assert _letters(installation) == before


@pytest.mark.parametrize("way", ["button[value=saved]", "[data-exit]"])
def test_who_is_done_leaves_no_page_behind_for_the_next_person(
    look: Look, public: Served, way: str
) -> None:
    screen = look(public, scripts=False)
    send(screen)
    screen.tick("saved")
    screen.press(way)
    for _page in range(2):
        # The browser itself asks whether to send for the page again: it has none.
        with pytest.raises(Error, match="ERR_CACHE_MISS"):
            screen.page.go_back()
        assert WHAT not in screen.text


def test_reloading_the_receipt_gives_the_same_code(look: Look, public: Served) -> None:
    screen = look(public)
    code = send(screen)
    screen.page.reload()
    assert code_on(screen) == code


def test_two_tabs_of_one_browser_both_reach_their_receipt(look: Look, public: Served) -> None:
    first = look(public)
    write(first)
    second = Screen(first.context, first.context.new_page(), first.address, first.app)
    codes = {send(second, about="Bí thư khối 5", what=WHAT)}
    first.press("button[value=preview]")
    first.tick("consent")
    first.press("button[value=send]")
    assert len(codes | {code_on(first)}) == 2
    assert second.troubles == []
