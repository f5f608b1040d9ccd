"""Files are served from one folder, from memory, and kept by browsers for as long as they fit."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def test_a_page_asks_for_three_files_and_they_are_there(public_client: FlaskClient) -> None:
    addresses = STATIC.findall(public_client.get("/gui-y-kien").text)
    assert len(addresses) == 3
    for address in addresses:
        answer = public_client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_the_tokens_come_first_in_the_one_stylesheet(public_client: FlaskClient) -> None:
    sheet = public_client.get("/static/site.css").text
    assert sheet.index("--accent:") < sheet.index("var(--accent)")


def test_a_file_is_packed_for_browsers_that_take_it(public_client: FlaskClient) -> None:
    plain = public_client.get("/static/site.css")
    packed = public_client.get("/static/site.css", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "name", ["nothing.css", "../site.py", "%2e%2e/config.py", "/etc/passwd", "", "site.css/"]
)
def test_nothing_else_is_served(public_client: FlaskClient, name: str) -> None:
    assert public_client.get(f"/static/{name}").status_code == 404


def test_a_file_that_is_not_there_stops_the_page_that_names_it(public_app: Flask) -> None:
    template = public_app.jinja_env.from_string("{{ asset('nothing.css') }}")
    with pytest.raises(KeyError):
        template.render()
