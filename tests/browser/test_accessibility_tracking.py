"""The tracking page in every status and after every act: axe, width, thumbs, both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.vocabulary import Status
from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Installation, Served
from tests.browser.residents import send, send_file, step, track
from tests.browser.screens import Screen
from tests.sampled import hand_out_code, longest
from tests.specimens import photo

pytestmark = pytest.mark.browser

LANGUAGES = ("vi", "en")


def _code(installation: Installation, status: Status, turn: int = 0) -> str:
    """A code for one of the sample's letters at this status; the first has the longest course."""
    number = longest(installation.database, status)[turn]
    return hand_out_code(installation.database, installation.office(), number)


def _own_words(screen: Screen) -> None:
    track(screen, send(screen))
    step(screen, "own")


def _asked_to_withdraw(screen: Screen) -> None:
    track(screen, send(screen))
    step(screen, "ask_withdraw")


def _withdrawn(screen: Screen) -> None:
    _asked_to_withdraw(screen)
    screen.press("button[value=withdraw]")


def _nothing_added(screen: Screen) -> None:
    track(screen, send(screen))
    screen.see("details:has(textarea) summary").click()
    step(screen, "supply")


def _added(screen: Screen) -> None:
    track(screen, send(screen))
    screen.see("details:has(textarea) summary").click()
    screen.put(text="Hôm qua vật liệu đã được dọn một nửa.")
    step(screen, "supply")


def _file_added(screen: Screen) -> None:
    track(screen, send(screen))
    screen.see("#files summary").click()
    send_file(screen, photo())


def _file_refused(screen: Screen) -> None:
    _file_added(screen)
    send_file(screen, b"<html>", "anh.jpg")


#: What a resident does with a fresh letter, and the status of the page that follows.
ACTS: dict[str, tuple[Callable[[Screen], None], int]] = {
    "own": (_own_words, 200),
    "ask-withdraw": (_asked_to_withdraw, 200),
    "withdrawing": (_withdrawn, 200),
    "nothing-added": (_nothing_added, 422),
    "added": (_added, 200),
    "file-added": (_file_added, 200),
    "file-refused": (_file_refused, 422),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", sorted(set(Status) - {Status.MERGED}))
def test_every_status_can_be_read_by_everybody(
    look: Look, installation: Installation, public: Served, status: Status, lang: str
) -> None:
    screen = look(public, lang=lang)
    track(screen, _code(installation, status))
    assert screen.status == 200
    assert screen.see(f".t-{status.value}").count() == 1
    assert faults(screen, f"track-{status.value}-{lang}", thumbs=True) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("act", ACTS)
def test_what_a_resident_does_with_the_code_can_be_done_by_everybody(
    look: Look, public: Served, act: str, lang: str
) -> None:
    do, status = ACTS[act]
    screen = look(public, lang=lang)
    do(screen)
    assert screen.status == status
    assert faults(screen, f"track-{act}-{lang}", thumbs=True) == []


@pytest.mark.parametrize(("lang", "turn"), [("vi", 1), ("en", 2)])
def test_rating_an_answer_can_be_done_by_everybody(
    look: Look, installation: Installation, public: Served, lang: str, turn: int
) -> None:
    screen = look(public, lang=lang)
    track(screen, _code(installation, Status.ANSWERED, turn))
    step(screen, "rate")
    assert screen.status == 422
    assert faults(screen, f"track-not-rated-{lang}", thumbs=True) == []
    screen.tick("rating", "acceptable")
    step(screen, "rate")
    assert screen.status == 200
    assert faults(screen, f"track-rated-{lang}", thumbs=True) == []


@pytest.mark.parametrize(("lang", "turn"), [("vi", 1), ("en", 2)])
def test_answering_a_question_can_be_done_by_everybody(
    look: Look, installation: Installation, public: Served, lang: str, turn: int
) -> None:
    screen = look(public, lang=lang)
    track(screen, _code(installation, Status.NEED_INFO, turn))
    step(screen, "supply")
    assert screen.status == 422
    assert faults(screen, f"track-not-supplied-{lang}", thumbs=True) == []
    screen.put(text="Việc ấy vào chiều thứ Bảy tuần trước, trước nhà văn hóa.")
    step(screen, "supply")
    assert screen.status == 200
    assert faults(screen, f"track-supplied-{lang}", thumbs=True) == []
