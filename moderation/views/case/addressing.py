"""Letting a moderator choose to whom of several writers a text goes."""

from __future__ import annotations

from typing import TypeVar

from moderation.forms.addressing import AddressedForm
from moderation.papers import submissions_of
from moderation.views.opening import Work

_Form = TypeVar("_Form", bound=AddressedForm)


def addressed(form: _Form, work: Work) -> _Form:
    """The form with the letters of the case, where there are several; the one shown comes first."""
    if work.case.letter_count > 1:
        letters = submissions_of(work.session, case_id=work.case.id)
        letters.sort(key=lambda letter: (letter.moved_at is not None, letter.id))
        form.offer({letter.id: letter.reference for letter in letters})
    return form
