"""A comment as its readers will see it: personal data masked, escaped once. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from portal.choices import CONTEXT_WORDS, HOW_KNOWN_WORDS, KIND_WORDS, POST_LEVEL_WORDS
from portal.forms import SendForm
from portal.holding import held
from portal.i18n import gettext
from portal.i18n import lazy_gettext as _
from portal.identity.hiding import half_hidden
from portal.text import for_readers, highlight
from portal.vocabulary import Kind

#: The written answers beside the two required ones, with their short names.
_WRITTEN = (
    ("unit_text", _("Khối, thôn, cơ quan")),
    ("place", _("Ở đâu")),
    ("when", _("Khi nào")),
    ("hope", _("Mong muốn")),
)
#: The chosen answers, with their short names and words.
_CHOSEN = (
    ("kind", _("Loại ý kiến"), KIND_WORDS),
    ("post_level", _("Cấp chức vụ"), POST_LEVEL_WORDS),
    ("context", _("Liên quan đến"), CONTEXT_WORDS),
    ("how_known", _("Biết từ đâu"), HOW_KNOWN_WORDS),
)


#: The answers that no reader of the comment sees.
_SEALED = ("own_name", "own_telephone", "own_address", "notify")


@dataclass(frozen=True)
class Preview:
    """What readers will see, how many places are masked for them, and what they never see."""

    about: Markup
    what: Markup
    details: list[tuple[str, str | Markup]]
    masked: int
    fears: bool
    #: Only a commission will handle it.
    for_commission: bool
    #: It names somebody for the cell of the neighbourhood, and nobody is heard.
    nominates: bool
    #: Who wrote, so far hidden that only the writer knows it again.
    sealed: list[tuple[str, str]]
    #: The communes that may be meant where none was chosen: value, name, and why it is offered.
    places: list[tuple[str, str, str]]


def preview_of(form: SendForm) -> Preview:
    """Draw up the preview of a checked form."""
    names = ("about", "what", *(name for name, _label in _WRITTEN))
    lexicon = held().installation.current().lexicon
    masked = {name: for_readers(text, lexicon) for name in names if (text := form[name].data)}
    shown = {name: highlight(each.text) for name, each in masked.items()}
    unit = form.unit.unit
    details: list[tuple[str, str | Markup]] = [(str(_("Xã, phường")), unit.name)] if unit else []
    details += [(str(label), shown[name]) for name, label in _WRITTEN if name in shown]
    details += [
        (str(label), str(words[answer]))
        for name, label, words in _CHOSEN
        if (answer := _answer(form, name))
    ]
    return Preview(
        about=shown["about"],
        what=shown["what"],
        details=details,
        masked=sum(each.count for each in masked.values()),
        fears=form.fears.data,
        for_commission=form.for_commission,
        nominates=form.read_as is Kind.NOMINATION,
        sealed=[
            (str(form[name].label.text), half_hidden(form[name].data))
            for name in _SEALED
            if form[name].data
        ],
        places=[] if unit else _places(form.unit_text.data),
    )


def _places(typed: str) -> list[tuple[str, str, str]]:
    """The units of today that what was typed may mean, also by a name that is gone."""
    known = held().installation.current()
    return [
        (str(unit.id), unit.name, _older(each for each in offered.older if each != unit.name))
        for offered in known.places.offered(typed)
        if (unit := known.unit(offered.unit_id))
    ]


def _older(names: Iterable[str]) -> str:
    """For which older names a unit is offered."""
    listed = ", ".join(names)
    return gettext("Gồm nơi trước đây là %(names)s", names=listed) if listed else ""


def _answer(form: SendForm, name: str) -> str:
    """What was chosen, as it is received: what belongs elsewhere comes as a report."""
    if name == "kind" and form.read_as is not None:
        return form.read_as.value
    return str(form[name].data)
