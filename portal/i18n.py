"""Languages: Vietnamese is the source, English a catalogue. Chosen by ``?lang=`` or a cookie.

The choice rides along with the page that is asked for, so that choosing never redirects. A
catalogue that is missing is no error: people then read Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, Domain
from flask_babel.speaklater import LazyString

DEFAULT = "vi"
LANGUAGES = {"vi": Locale("vi"), "en": Locale("en")}
PARAMETER = "lang"
COOKIE = "lang"

_CATALOGUES = Path(__file__).resolve().parent / "translations"


@dataclass(frozen=True)
class _Tongue:
    """A language and its catalogue."""

    code: str
    catalogue: NullTranslations


#: The tongue of the request that is served here and now: finding it anew for each of the dozens of
#: sentences of a page takes longer than looking them up.
_SPOKEN: ContextVar[_Tongue | None] = ContextVar("spoken", default=None)


def gettext(text: str, **values: object) -> str:
    """A sentence in the language of this request."""
    found: str = _spoken().catalogue.gettext(text)
    return found % values if values else found


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """The same for a sentence that counts."""
    found: str = _spoken().catalogue.ngettext(one, many, num)
    return found % {"num": num, **values}


class _Sentence(LazyString):
    """The library's, which would look the sentence up even to say that there is one."""

    def __init__(self, text: str) -> None:
        """Keep the Vietnamese source."""
        super().__init__(gettext, text)
        self._source = text

    def __str__(self) -> str:
        """The sentence in the language of this request."""
        return _spoken().catalogue.gettext(self._source)

    def __bool__(self) -> bool:
        """There always is one."""
        return True


def lazy_gettext(text: str) -> LazyString:
    """A sentence that is looked up each time it is shown, in the language of that request."""
    return _Sentence(text)


def source_of(sentence: LazyString) -> str:
    """The Vietnamese of a sentence, whatever the language of the request: as a file has it."""
    return sentence._source if isinstance(sentence, _Sentence) else str(sentence)


_ = lazy_gettext

#: The form library's own sentences that a reader could meet, in our words.
_OWN_WORDS = {
    "Not a valid choice.": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "Not a valid choice": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "Invalid Choice: could not coerce.": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "This field is required.": _("Xin điền vào chỗ này."),
    "Not a valid integer value.": _("Xin ghi một số."),
}
_ANY_OTHER = _("Xin xem lại chỗ này.")


class OwnWords:
    """What the form library asks for its sentences."""

    def gettext(self, text: str) -> str:
        """Our sentence in place of the library's."""
        return str(_OWN_WORDS.get(text, _ANY_OTHER))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Our sentence in place of one that counts."""
        return self.gettext(singular)


class Catalogues(Domain):
    """The library's way to the same catalogues as ``gettext`` here."""

    def get_translations(self) -> NullTranslations:
        """The catalogue of this request."""
        return _spoken().catalogue


def speak_languages(app: Flask, *, secure: bool) -> None:
    """Set up the languages of an app and what its templates need of them."""
    babel = Babel()
    babel.domain_instance = Catalogues(str(_CATALOGUES))
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(_CATALOGUES),
        locale_selector=lambda: LANGUAGES[language()],
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _spoken().catalogue.gettext(text),
        ngettext=lambda one, many, n: _spoken().catalogue.ngettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(lang_url=lang_url)
    app.context_processor(_of_page)

    @app.before_request
    def begin() -> None:
        _SPOKEN.set(_tongue(_chosen()))

    @app.teardown_request
    def end(_error: BaseException | None) -> None:
        _SPOKEN.set(None)

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = _asked()
        if chosen in LANGUAGES:
            response.set_cookie(COOKIE, chosen, secure=secure, httponly=True, samesite="Strict")
        return response


def language() -> str:
    """The language of this request; outside of one, that of the office."""
    return _spoken().code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language for the length of a block, whatever the reader's is: a paper that goes to
    an office is written in the language of the office.
    """
    before = _SPOKEN.set(_tongue(code))
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def lang_url(code: str) -> str:
    """The address of this same page in another language."""
    return "?" + urlencode([*kept_query(), (PARAMETER, code)])


def kept_query() -> list[tuple[str, str]]:
    """What the address asks for beside the language."""
    return [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]


def _spoken() -> _Tongue:
    """The tongue of this request; outside of one, that of the office."""
    return _SPOKEN.get() or _tongue(_chosen() if has_request_context() else DEFAULT)


def _chosen() -> str:
    """The language that this request asks for."""
    code = _asked() or request.cookies.get(COOKIE, DEFAULT)
    return code if code in LANGUAGES else DEFAULT


def _asked() -> str | None:
    """The language that the address asks for; most addresses ask for nothing."""
    return request.args.get(PARAMETER) if request.query_string else None


@cache
def _tongue(code: str) -> _Tongue:
    """A language with its catalogue, which is read once."""
    return _Tongue(code, Translations.load(str(_CATALOGUES), [code]))


def _of_page() -> dict[str, str]:
    """What every template is told about the language."""
    return {"lang": language()}
