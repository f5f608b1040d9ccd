"""Forms: what a checked form hands on, and what travels through the preview."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.choices import KIND_WORDS, POST_LEVEL_WORDS
from portal.db import Database
from portal.forms import RateForm, SendForm, TrackForm
from portal.receiving import Entry
from portal.vocabulary import Kind, Matter, PostLevel, Rating
from portal.words import Words
from tests.portal.conftest import DONG_KINH


def test_two_answers_make_an_entry_and_the_rest_stays_empty(public_app: Flask) -> None:
    typed = {"about": " Ông\u200b  Bách ", "what": "Dòng một\r\n\r\nDòng hai  "}
    with public_app.test_request_context(method="POST", data=typed):
        form = SendForm()
        assert form.validate()
        assert form.entry() == Entry(Words("Ông Bách", "Dòng một\n\nDòng hai"))


def test_the_same_answers_make_the_same_entry_after_the_preview(
    public_app: Flask, communes: Database
) -> None:
    typed = {
        "about": "Ông Bách",
        "what": "Đau <b>đầu</b> & \"ngoặc\"\n\n'nháy'",
        "unit": str(DONG_KINH),
        "kind": "praise",
        "when": "2026",
        "fears": "y",
    }
    with public_app.test_request_context(method="POST", data=typed):
        first = SendForm()
        assert first.validate()
        carried = dict(first.carried())
    with public_app.test_request_context(method="POST", data=carried):
        second = SendForm()
        assert second.validate()
        assert second.entry() == first.entry()
        assert second.token == first.token


def test_every_word_of_the_vocabulary_can_be_chosen() -> None:
    elsewhere = {Matter.DENUNCIATION.value, Matter.COMPLAINT.value, Matter.CRIME.value}
    assert {kind.value for kind in Kind} | elsewhere | {""} == set(KIND_WORDS)
    assert {level.value for level in PostLevel} | {""} == set(POST_LEVEL_WORDS)


@pytest.mark.parametrize("form_class", [SendForm, RateForm])
def test_nothing_is_chosen_for_anybody(
    public_app: Flask, form_class: type[SendForm | RateForm]
) -> None:
    with public_app.test_request_context():
        form = form_class(formdata=None)
        for field in form:
            if hasattr(field, "iter_choices"):
                assert not any(choice.selected for choice in field.iter_choices()), field.name


def test_a_judgement_must_be_one_of_three(public_app: Flask) -> None:
    for value, good in [(rating.value, True) for rating in Rating] + [("", False), ("x", False)]:
        with public_app.test_request_context(method="POST", data={"rating": value}):
            assert RateForm().validate() is good


def test_the_token_of_the_site_is_not_a_field_of_a_form(public_app: Flask) -> None:
    with public_app.test_request_context(method="POST", data={"code": "x"}):
        assert "csrf_token" not in TrackForm()
