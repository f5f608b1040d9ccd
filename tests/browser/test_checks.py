"""The checks themselves: what is wrong with a page is found."""

from __future__ import annotations

import pytest

from tests.browser.checks import faults
from tests.browser.conftest import Look
from tests.browser.installation import Served

pytestmark = pytest.mark.browser

_SPOIL = {
    "pale": "main.querySelector('h1').style.color = '#bbb'",
    "greyish": "main.querySelector('h1').style.color = '#888'",
    "grey": "main.append(Object.assign(document.createElement('p'), {textContent: 'chữ nhỏ'})); "
    "main.lastChild.style.color = '#666'",
    "label": "main.append(document.createElement('input'))",
    "wide": "main.querySelector('h1').style.width = '2000px'",
    "too small": "main.append(Object.assign(document.createElement('button'), {textContent: 'x'}))",
}
_RULE = "document.querySelector('style').textContent = 'p { color: red }'"
_FOUND = {**dict.fromkeys(("pale", "greyish", "grey"), "color-contrast"), "wide": "at 320"}


@pytest.mark.parametrize("fault", _SPOIL)
def test_what_is_wrong_with_a_page_is_found(look: Look, public: Served, fault: str) -> None:
    screen = look(public)
    screen.open("/huong-dan")
    screen.page.evaluate(f"main => {{ main = document.querySelector('main'); {_SPOIL[fault]} }}")
    found = faults(screen, f"spoiled-{fault}", thumbs=True)
    assert any(_FOUND.get(fault, fault) in one for one in found), found


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        ("fetch('https://example.org/').catch(() => 0)", "console"),
        ("new Image().src = 'https://example.org/a.png'", "console"),
        ("new Image().src = '/khong-co.png'", "404"),
        ("setTimeout(() => { throw new Error('lost') })", "script"),
        ("document.head.append(document.createElement('style')); " + _RULE, "console"),
    ],
)
def test_what_a_page_should_not_do_is_noticed(
    look: Look, public: Served, script: str, trouble: str
) -> None:
    screen = look(public)
    screen.open("/huong-dan")
    screen.page.evaluate(f"() => {{ {script} }}")
    for _look in range(100):
        if screen.troubles:
            break
        screen.page.wait_for_timeout(20)
    screen.page.reload()
    assert any(one.startswith(trouble) for one in screen.troubles), screen.troubles
    screen.troubles.clear()
