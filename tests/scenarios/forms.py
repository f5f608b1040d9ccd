"""The forms of a page as somebody has them who fills them in by chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from random import Random

from portal.text import vn_date

#: What is written where words are asked for.
WORDS = (*5 * ("Đã xem tại chỗ và nhắc dọn.", "Xin cảm ơn ông/bà."), "")
#: Days from today that are written where a day may be asked for.
DAYS = (0, 0, 0, -1, 5, 20, 400)


@dataclass
class Form:
    """One form: where it goes, what it carries along, and what there is to fill in."""

    action: str
    method: str
    carried: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    boxes: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    #: What each button adds, and where it sends the form to, if that is elsewhere.
    buttons: list[tuple[dict[str, str], str]] = field(default_factory=list)

    @property
    def addresses(self) -> list[str]:
        """Where its buttons send it to."""
        return sorted({elsewhere or self.action for _adds, elsewhere in self.buttons})

    def pressed(self, by: Random, address: str) -> dict[str, str]:
        """What one of the buttons adds that send it there."""
        adds = [adds for adds, elsewhere in self.buttons if (elsewhere or self.action) == address]
        return by.choice(adds) if adds else {}

    def filled(self, by: Random, today: date) -> dict[str, str]:
        """What is sent: most of it filled in, as people do who want to get on."""
        typed = dict(self.carried)
        typed |= {name: by.choice(values) for name, values in self.choices.items()}
        typed |= {name: value for name, value in self.boxes if by.random() < 0.93}
        typed |= {name: by.choice(WORDS) for name in self.areas}
        for name in self.lines:
            day = vn_date(today + timedelta(days=by.choice(DAYS)))
            typed[name] = day if by.random() < 0.7 else by.choice(WORDS)
        return typed


class Sheet(HTMLParser):
    """The forms of a page, and the addresses that it links to."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._select = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what belongs to a form, and links."""
        found = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(found.get("href", ""))
        elif tag == "form":
            self.forms.append(Form(found["action"], found.get("method", "get")))
        elif self.forms and "disabled" not in found:
            self._note(self.forms[-1], tag, found)

    def _note(self, form: Form, tag: str, found: dict[str, str]) -> None:
        """One field of a form."""
        name, value = found.get("name", ""), found.get("value", "")
        kind = found.get("type", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and value:
            form.choices.setdefault(self._select, []).append(value)
        elif tag == "textarea":
            form.areas.append(name)
        elif tag == "button" and kind != "button":
            form.buttons.append(({name: value} if name else {}, found.get("formaction", "")))
        elif tag == "input" and name:
            if kind == "hidden":
                form.carried[name] = value
            elif kind == "radio":
                form.choices.setdefault(name, []).append(value)
            elif kind == "checkbox":
                form.boxes.append((name, value))
            elif kind != "file":
                form.lines.append(name)
