"""Vietnamese is the source of every text, and English is complete."""

from __future__ import annotations

import re
from collections import Counter
from gettext import GNUTranslations
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.support import Translations

from tests.house.texts import (
    ENGLISH,
    VIETNAMESE,
    english,
    gathered,
    sources,
    texts,
    translations,
)

#: What is put in when a text is shown; a doubled mark is one for the browser.
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%%s|%%|%.")
_TAG = re.compile(r"<[^>]*>|&\w+;")
#: The sign of a decision is written as the decision has it.
_SIGN = "05-QĐ/CB"
_END = re.compile(r"[.?!:]$")


def test_every_text_has_its_place_in_the_english_catalogue() -> None:
    missing = texts(gathered()).keys() - texts(english()).keys()
    assert not missing, f"Run make extract and translate: {sorted(text for _, text in missing)}"


def test_the_catalogue_holds_nothing_that_is_said_nowhere() -> None:
    left_over = texts(english()).keys() - texts(gathered()).keys()
    assert not left_over, f"Run make extract: {sorted(text for _, text in left_over)}"
    assert not english().obsolete


def test_texts_of_templates_and_of_both_rooms_are_gathered() -> None:
    """A pattern that matches nothing is no error to the library, so it is one here."""
    found = {
        path.split("/")[0] for text in texts(gathered()).values() for path, _ in text.locations
    }
    assert found == {"portal", "moderation", "templates"}


def test_no_translation_is_empty_or_only_guessed() -> None:
    assert not english().fuzzy
    for message in texts(english()).values():
        assert not message.fuzzy, message.id
        assert all(text.strip() for text in translations(message)), message.id


def test_texts_that_count_have_both_english_forms() -> None:
    assert english().num_plurals == 2
    for message in texts(english()).values():
        assert len(translations(message)) == len(sources(message)), message.id
        if len(sources(message)) == 2:
            assert "%(num)s" in message.id[0], message.id
            assert len(set(sources(message))) == 1, f"Vietnamese has one form: {message.id}"


def test_translations_put_in_what_their_sources_put_in() -> None:
    assert not [error for _message, errors in english().check() for error in errors]
    for message in texts(english()).values():
        expected = Counter(_PLACEHOLDER.findall(sources(message)[0]))
        for text in translations(message):
            assert Counter(_PLACEHOLDER.findall(text)) == expected, message.id


def test_texts_hold_no_markup() -> None:
    for message in texts(english()).values():
        for text in (*sources(message), *translations(message)):
            assert not _TAG.search(text), text
            assert text == text.strip(), text
            assert "  " not in text, text


def test_a_sentence_stays_a_sentence_and_a_label_a_label() -> None:
    for message in texts(english()).values():
        ended = bool(_END.search(sources(message)[0]))
        assert all(bool(_END.search(text)) is ended for text in translations(message)), message.id


def test_no_vietnamese_is_left_in_english() -> None:
    for message in texts(english()).values():
        for text in translations(message):
            assert not VIETNAMESE.search(text.replace(_SIGN, "")), text


def test_english_keeps_the_legal_kinds_apart() -> None:
    """A khiếu nại is an administrative complaint, and nothing else is called a complaint."""
    for message in texts(english()).values():
        told = sources(message)[0].lower()
        for text in map(str.lower, translations(message)):
            assert text.count("complaint") == text.count("administrative complaint"), text
            assert ("complaint" in text) is ("khiếu nại" in told), text
            assert ("denunciation" in text) is ("tố cáo" in told), text


def test_vietnamese_needs_no_catalogue() -> None:
    assert [folder.name for folder in ENGLISH.parents[2].iterdir() if folder.is_dir()] == ["en"]
    vietnamese = Translations.load(ENGLISH.parents[2], ["vi"])
    for message in texts(gathered()).values():
        text = sources(message)[0]
        assert vietnamese.gettext(text) == text
        assert vietnamese.ngettext(text, text, 1) == text


@pytest.fixture(scope="module")
def compiled() -> GNUTranslations:
    """The catalogue in the form in which the sites read it."""
    file = BytesIO()
    write_mo(file, english())
    file.seek(0)
    return GNUTranslations(file)


def test_the_compiled_catalogue_answers_for_every_text(compiled: GNUTranslations) -> None:
    for (context, text), message in texts(english()).items():
        if len(sources(message)) == 2:
            one, many = translations(message)
            assert compiled.ngettext(text, text, 1) == one
            assert {compiled.ngettext(text, text, count) for count in (0, 2, 5, 21)} == {many}
        elif context:
            assert compiled.pgettext(context, text) == message.string
        else:
            assert compiled.gettext(text) == message.string


def test_the_reception_desk_has_one_name_in_english() -> None:
    other = re.compile(r"(reception|receiving|intake) (office|staff)|moderators?", re.IGNORECASE)
    for message in texts(english()).values():
        if "bộ phận tiếp nhận" in sources(message)[0].lower():
            assert not [text for text in translations(message) if other.search(text)], message.id
