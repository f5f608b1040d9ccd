"""What a person wrote becomes HTML once, and says on the screen what was typed."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from portal.text import clean, highlight, prose

PIECES = [
    *("<", ">", "&", "&lt;", "&amp;", "&copy", '"', "'", "(", ")", ".", ";", "x", "đ"),
    *("\n", "\n\n", " ", "<script>", "</p>", "<!--", "]]>"),
    *("https://a.vn/", "https://", "HTTPS://b.vn?c=", "[đã che số tài khoản]"),
]
MARKUP = st.lists(st.sampled_from(PIECES)).map("".join)


class Page(HTMLParser):
    """Reads HTML as a browser would: the tags, the links, and the text that shows."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.links: list[dict[str, str | None]] = []
        self.shown = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "br":
            self.shown += "\n"
        if tag == "a":
            self.links.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.shown += data


def words_of(text: str) -> list[str]:
    return text.replace("\n", " ").split()


@given(MARKUP | st.text())
@example("&lt;b&gt; https://a.vn/&lt;b&gt;&amp;c")
def test_prose_shows_exactly_what_was_typed(text: str) -> None:
    page = Page(prose(text))
    assert page.tags <= {"p", "br", "a"}
    assert words_of(page.shown) == words_of(clean(text))


@given(MARKUP | st.text())
def test_links_go_to_https_only_and_tell_nobody_where_from(text: str) -> None:
    for link in Page(prose(text)).links:
        assert set(link) == {"href", "rel"}
        assert (link["href"] or "").lower().startswith("https://")
        assert link["rel"] == "noreferrer nofollow"
        assert (link["href"] or "") in clean(text)


@given(MARKUP | st.text())
def test_highlighted_text_shows_exactly_what_it_was_given(text: str) -> None:
    page = Page(highlight(text))
    assert page.tags <= {"p", "br", "mark"}
    assert words_of(page.shown) == words_of(clean(text))


def test_markup_is_not_escaped_again_by_a_template() -> None:
    assert isinstance(prose("a"), Markup)
    assert isinstance(highlight("a"), Markup)


def test_markup_given_as_text_is_not_trusted() -> None:
    assert "<b>" not in prose(Markup("<b>x</b>"))
    assert "<b>" not in highlight(Markup("<b>x</b>"))


def test_a_script_is_shown_as_text() -> None:
    assert prose("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_paragraphs_and_lines_are_kept() -> None:
    assert prose("một\nhai\n\n\nba") == "<p>một<br>hai</p>\n<p>ba</p>"
    assert highlight("một\nhai\n\nba") == "<p>một<br>hai</p>\n<p>ba</p>"
    assert prose(" \n ") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("xem https://a.vn/x?a=1&b=2.", "https://a.vn/x?a=1&b=2"),
        ("(https://a.vn/x)", "https://a.vn/x"),
        ("<https://a.vn>", "https://a.vn"),
        ("'https://a.vn/x'!", "https://a.vn/x"),
        ("https://a.vn/đường; rồi", "https://a.vn/đường"),
        ("HTTPS://A.VN", "HTTPS://A.VN"),
    ],
)
def test_an_https_address_becomes_a_link_without_what_surrounds_it(text: str, address: str) -> None:
    assert [link["href"] for link in Page(prose(text)).links] == [address]


@pytest.mark.parametrize(
    "text",
    [
        "http://a.vn",
        "javascript:alert(1)",
        "file.py",
        "a.vn",
        "nam@a.vn",
        "https://",
        "https:// a.vn",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert Page(prose(text)).links == []


def test_a_link_cannot_break_out_of_its_attribute() -> None:
    page = Page(prose('https://a.vn/"onmouseover="alert(1)'))
    assert page.links == [{"href": "https://a.vn/", "rel": "noreferrer nofollow"}]


def test_masks_are_marked_and_other_brackets_are_not() -> None:
    html = highlight("gọi [đã che số điện thoại] [sic] [đã che gì đó] <mark>")
    assert re.findall("<mark>(.*?)</mark>", html) == ["[đã che số điện thoại]"]
    assert "[sic] [đã che gì đó] &lt;mark&gt;" in html
