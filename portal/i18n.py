"""Languages: Vietnamese is the source, English a catalogue. Chosen by ``?lang=`` or a cookie.

The choice rides along with the page that is asked for, so that choosing never redirects. A
catalogue that is missing is no error: people then read Vietnamese.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from babel import Locale
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_request_context, request
from flask_babel import Babel, Domain
from flask_babel import lazy_gettext as _

DEFAULT = "vi"
LANGUAGES = {"vi": Locale("vi"), "en": Locale("en")}
PARAMETER = "lang"
COOKIE = "lang"

_CATALOGUES = Path(__file__).resolve().parent / "translations"

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
    """Every catalogue, read once at start: a sentence then costs one look-up.

    A page asks for dozens of sentences, and finding the way to the catalogue anew for each of
    them cost more than all the rest of the page.
    """

    def __init__(self) -> None:
        """Read the catalogues that are there."""
        super().__init__(str(_CATALOGUES))
        self._kept: dict[str, NullTranslations] = {
            code: Translations.load(str(_CATALOGUES), [code]) for code in LANGUAGES
        }

    def get_translations(self) -> NullTranslations:
        """The catalogue of this request."""
        return self._kept[language()]


def speak_languages(app: Flask, *, secure: bool) -> None:
    """Set up the languages of an app and what its templates need of them."""
    babel, catalogues = Babel(), Catalogues()
    babel.domain_instance = catalogues
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_translation_directories=str(_CATALOGUES),
        locale_selector=lambda: LANGUAGES[language()],
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogues.get_translations().ugettext(text),
        ngettext=lambda one, many, n: catalogues.get_translations().ungettext(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(lang_url=lang_url)
    app.context_processor(_of_page)

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = request.args.get(PARAMETER)
        if chosen in LANGUAGES:
            response.set_cookie(COOKIE, chosen, secure=secure, httponly=True, samesite="Strict")
        return response


def language() -> str:
    """The language of this request; outside of one, that of the office."""
    if not has_request_context():
        return DEFAULT
    known: str | None = g.get("language")
    if known is None:
        chosen = request.args.get(PARAMETER) or request.cookies.get(COOKIE, DEFAULT)
        known = g.language = chosen if chosen in LANGUAGES else DEFAULT
    return known


def lang_url(code: str) -> str:
    """The address of this same page in another language."""
    return "?" + urlencode([*kept_query(), (PARAMETER, code)])


def kept_query() -> list[tuple[str, str]]:
    """What the address asks for beside the language."""
    return [pair for pair in request.args.items(multi=True) if pair[0] != PARAMETER]


def _of_page() -> dict[str, str]:
    """What every template is told about the language."""
    return {"lang": language()}
