"""A first visit counts what a browser with an empty cache would fetch."""

import pytest

from bench.visit import Elsewhere, assets_of


def test_everything_that_a_page_fetches_is_found_once() -> None:
    page = """<link rel="stylesheet" href="/static/site.css"><link rel="icon" href="mark.svg">
    <link rel="alternate" href="/en"><script src="/static/site.js"></script>
    <img src="/static/site.css"><a href="/elsewhere"></a><svg><use href="/i.svg#mark"></use></svg>
    <img src="data:image/gif;base64,R0lGOD"><svg><use href="#here"></use></svg>"""
    assert assets_of(page, "/a/form") == [
        "/static/site.css",
        "/a/mark.svg",
        "/static/site.js",
        "/i.svg",
    ]


@pytest.mark.parametrize("address", ["https://fonts.example/x.css", "//fonts.example/x.css"])
def test_an_asset_of_another_host_is_an_error(address: str) -> None:
    with pytest.raises(Elsewhere, match=r"fonts\.example"):
        assets_of(f'<link rel="stylesheet" href="{address}">', "/")
