"""Somebody of the staff at the screen: signs in, opens a list, opens a case."""

from __future__ import annotations

from moderation.sample import PASSWORD
from tests.browser.screens import Screen


def sign_in(screen: Screen, login: str, password: str = PASSWORD) -> None:
    """Sign in by the form, to wherever this person lands."""
    screen.open("/sign-in")
    screen.put(login=login, password=password)
    screen.press("main button")
