"""Counts what a first visit costs the visitor: requests, and bytes as they come over the wire.

It takes a page and what the page names, as a browser with an empty cache would. It never leaves
this machine: an address elsewhere is an error, since the portal promises to ask nobody else.
"""

from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.browser import Browser

FETCHED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


class Elsewhere(Exception):
    """A page wants something from another host."""


@dataclass(frozen=True)
class Visit:
    """The addresses fetched, the page first, and the bytes of all answers, heads included."""

    addresses: tuple[str, ...]
    wire: int


class Assets(HTMLParser):
    """Gathers the addresses that a browser fetches by itself to show a page."""

    def __init__(self) -> None:
        """Start with nothing found."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag fetches."""
        values = dict(attrs)
        relations = set((values.get("rel") or "").lower().split())
        if tag == "link" and relations & FETCHED_LINKS:
            self._note(values.get("href"))
        elif tag in {"script", "img", "source", "iframe", "embed", "audio", "video"}:
            self._note(values.get("src"))
        elif tag == "use":
            self._note((values.get("href") or "").partition("#")[0])

    def _note(self, address: str | None) -> None:
        if address and not address.startswith("data:") and address not in self.found:
            self.found.append(address)


def first_visit(port: int, path: str) -> Visit:
    """Fetch a page and its assets compressed, over one connection. Raises Elsewhere."""
    with Browser(port, headers={"Accept-Encoding": "gzip"}) as browser:
        answer = browser.get(path)
        wire, addresses = answer.wire, [path]
        for asset in assets_of(answer.text, path):
            wire += browser.get(asset).wire
            addresses.append(asset)
    return Visit(tuple(addresses), wire)


def assets_of(page: str, path: str) -> list[str]:
    """Return the addresses a page's assets have on its own host. Raises Elsewhere."""
    parser = Assets()
    parser.feed(page)
    whole = [urljoin(path, address) for address in parser.found]
    for address in whole:
        if urlsplit(address).netloc:
            raise Elsewhere(f"{path} fetches {address}")
    return list(dict.fromkeys(whole))
