"""Promise 7: anyone can use it, on an old telephone, without a script, in any way of typing.

Contrast, keyboard and screen readers are tried in ``tests/browser``, on every page and state. Here
is what weighs on a weak line, and what a browser without scripts is left with.
"""

from __future__ import annotations

import gzip
import re
import unicodedata

import pytest
from flask.testing import FlaskClient

from bench.visit import assets_of
from portal.db import Database
from portal.vocabulary import Status
from tests.doors.test_routes import PUBLIC
from tests.portal.residents import FORM, Resident

#: What a first visit to the form may cost, compressed (design rule).
MOST_BYTES, MOST_REQUESTS = 30 * 1024, 4
#: What would leave somebody without a script with nothing.
NEEDS_A_SCRIPT = re.compile(r'href="(?:#|javascript:)[^"]{0}"|\son[a-z]+="|<noscript|hidden="until')
PLAIN = "Ong Bach o khoi 7 de vat lieu lan het via he, ba con nhac chua don."


def packed(browser: FlaskClient, path: str) -> bytes:
    """What goes over the line for one address."""
    answer = browser.get(path, headers={"Accept-Encoding": "gzip"})
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)
    squeezed = answer.headers.get("Content-Encoding") == "gzip"
    return b"-" * head + (answer.data if squeezed else gzip.compress(answer.data))


def test_a_first_visit_to_the_form_is_light(public_client: FlaskClient, communes: Database) -> None:
    addresses = [FORM, *assets_of(public_client.get(FORM).text, FORM)]
    assert len(addresses) <= MOST_REQUESTS
    assert sum(len(packed(public_client, each)) for each in addresses) <= MOST_BYTES


def test_no_page_needs_a_script(public_client: FlaskClient) -> None:
    for method, path, _access in PUBLIC.values():
        if method == "GET" and "N" not in path and not path.endswith((".json", ".py")):
            page = public_client.get(path).text
            assert not NEEDS_A_SCRIPT.search(page), path
            assert page.count("<form") <= len(re.findall(r"<button(?![^>]*type=.button)", page)), (
                path
            )


@pytest.mark.parametrize(
    "typed",
    [PLAIN, PLAIN.upper(), unicodedata.normalize("NFD", "Ông Bách để vật liệu ở vỉa hè."), "Tốt."],
)
def test_a_comment_arrives_however_it_is_typed(resident: Resident, typed: str) -> None:
    code = resident.send(about="bi thu khoi 7", what=typed)
    assert str(Status.RECEIVED.label) in resident.track(code.lower().replace("-", " ")).text
    shown = resident.track(code, "own").text
    assert unicodedata.normalize("NFC", typed) in shown
