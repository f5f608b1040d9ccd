"""The form for screening a case: what is asked of one case is not asked of the next."""

from __future__ import annotations

from flask import Flask

from moderation.forms.screening import ScreeningForm


def test_what_is_asked_about_a_nomination_is_asked_about_nothing_else(staff_app: Flask) -> None:
    with staff_app.test_request_context():
        before = ScreeningForm(formdata=None).right_member.label.text
        ScreeningForm(formdata=None).ask_about_nominee()
        assert ScreeningForm(formdata=None).right_member.label.text == before
