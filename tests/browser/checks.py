"""What is asked of every page in every state: it reads well, fits, and can be hit by a thumb."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.screens import DESK, HEIGHT, PHONE, Screen

NARROWEST = 320
#: The smallest side of whatever is pressed with a thumb on a public page, in CSS pixels.
THUMB = 44
#: A folder to put a picture of every page into, for whoever wants to look at them all.
PICTURES = os.environ.get("PICTURES", "")

_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
#: Text has at least seven to one, and large text 4.5: the level AAA. The rule of the level AA is
#: given these numbers, so that the colours behind each word are found out once and not twice.
_CONTRAST = {
    "color-contrast": {
        "options": {
            "contrastRatio": {"normal": {"expected": 7}, "large": {"expected": 4.5}},
            # The rest is as axe has it: the numbers are only taken together.
            "ignoreUnicode": True,
            "ignoreLength": False,
            "ignorePseudo": False,
            "boldValue": 700,
            "boldTextPt": 14,
            "largeTextPt": 18,
            "pseudoSizeThreshold": 0.25,
            "shadowOutlineEmMax": 0.1,
            "textStrokeEmMin": 0.03,
        }
    }
}
#: Nothing is fetched a second time for rules that are not asked for.
_BASE = {"checks": _CONTRAST, "preload": False}
_BY_DAY = {**_BASE, "runOnly": {"type": "tag", "values": list(_TAGS)}}
_BY_NIGHT = {**_BASE, "runOnly": {"type": "rule", "values": list(_CONTRAST)}}
_RUN = "options => axe.run({...options, resultTypes: ['violations']}).then(it => it.violations)"
#: What can be pressed and is smaller than a thumb; a link inside a sentence may be.
_SMALL = """(side) => [...document.querySelectorAll(
    'a[href], button, select, textarea, summary, input:not([type=hidden])'
)].filter(el => {
    if (!el.checkVisibility({visibilityProperty: true}) ||
        el.closest('.skip, [aria-hidden=true]')) return false;
    if (el.tagName === 'A' && getComputedStyle(el).display === 'inline') {
        const block = el.closest('p, li, dd, dt, label, td, th, h1, h2, h3, legend, div');
        if (block && block.textContent.trim() !== el.textContent.trim()) return false;
    }
    let {width, height} = el.getBoundingClientRect();
    if (el.type === 'radio' || el.type === 'checkbox') {
        const row = el.parentElement.getBoundingClientRect();
        width = row.width; height = row.height;
    }
    return width > 0 && (width < side - 0.5 || height < side - 0.5);
}).map(el => {
    const {width, height} = el.getBoundingClientRect();
    return `${width.toFixed(0)}x${height.toFixed(0)} ${el.outerHTML.slice(0, 90)}`;
})"""
_WIDER = """() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.body.querySelectorAll('*')]
        .filter(el => el.getBoundingClientRect().right > room + 0.5)
        .map(el => `${el.getBoundingClientRect().right.toFixed(0)} ${el.outerHTML.slice(0, 90)}`)
        .concat(`the page is ${document.documentElement.scrollWidth} wide`);
}"""


def faults(
    screen: Screen, name: str, *, thumbs: bool = False, axe: bool | None = None
) -> list[str]:
    """Look at a page on a phone and on a desk, by day and by night; say what is wrong with it.

    ``name`` is what its pictures are called. ``thumbs`` asks whether everything can be hit by one.
    In English the words are others, and so is the room they take; what axe looks at, the build of
    a page and its colours, is one template's in every language and is looked at in Vietnamese,
    where ``axe`` does not ask for it.
    """
    found: list[str] = []
    for width in (DESK, NARROWEST, PHONE):
        screen.page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"at {width}: {one}" for one in screen.page.evaluate(_WIDER)]
        if width != NARROWEST:
            _take(screen, f"{name}-{width}")
    if thumbs:
        found += [f"too small: {one}" for one in screen.page.evaluate(_SMALL, THUMB)]
    if not (screen.page.evaluate("document.documentElement.lang") == "vi" if axe is None else axe):
        return found
    screen.page.evaluate(AXE_SCRIPT)
    found += _axe(screen, "by day", _BY_DAY)
    screen.page.emulate_media(color_scheme="dark")
    found += _axe(screen, "by night", _BY_NIGHT)
    screen.page.emulate_media(color_scheme="light")
    return found


def _axe(screen: Screen, when: str, options: dict[str, Any]) -> list[str]:
    """What axe finds on the page, in short."""
    return [
        f"{when}: {rule['id']} {node['target']} {node['html'][:120]} {node['failureSummary'][:200]}"
        for rule in screen.page.evaluate(_RUN, options)
        for node in rule["nodes"]
    ]


def _take(screen: Screen, name: str) -> None:
    """Keep a picture where somebody asked for them."""
    if PICTURES:
        screen.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
