"""The floor does all that a ratio to it presumes: it refuses, encrypts, keeps and finds."""

import sqlite3
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench import floors
from bench.browser import Answer
from bench.conversation import CODE

WORDS = {"about": "Ông Hùng, tổ 5", "what": "Nhà văn hóa mất điện hiếm có."}


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "floor.db"
    floors.prepare(path)
    monkeypatch.setenv(floors.DATABASE, str(path))
    return path


@pytest.fixture
def client(database: Path) -> FlaskClient:
    return floors.create_floor().test_client()


def hidden(client: FlaskClient, path: str) -> dict[str, str]:
    response = client.get(path)
    return Answer(response.status_code, {}, response.data, 0).hidden()


def sent(client: FlaskClient) -> str:
    fields = {**hidden(client, floors.FORM), **WORDS}
    preview = client.post(floors.FORM, data=fields).text
    assert all(words in preview for words in WORDS.values())
    found = CODE.search(client.post(floors.FORM, data={**fields, "step": "send"}).text)
    assert found
    return found[0]


def test_a_submission_is_three_rows_that_hold_no_word_of_it(
    client: FlaskClient, database: Path
) -> None:
    code = sent(client)
    with sqlite3.connect(database) as connection:
        counts = connection.execute(
            'SELECT (SELECT count(*) FROM "case"), (SELECT count(*) FROM submission),'
            " (SELECT count(*) FROM seal)"
        ).fetchone()
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    assert counts == (1, 1, 1)
    stored = b"".join(path.read_bytes() for path in database.parent.iterdir())
    assert "điện".encode() not in stored
    assert code.encode() not in stored


def test_only_a_code_that_was_given_finds_a_status(client: FlaskClient) -> None:
    code = sent(client)
    fields = hidden(client, floors.TRACK)
    assert "received" in client.post(floors.TRACK, data={**fields, "code": code}).text
    wrong = code[::-1]
    assert client.post(floors.TRACK, data={**fields, "code": wrong}).status_code == 404


@pytest.mark.parametrize(
    "change", [{"about": "  "}, {"what": "x" * 5001}, {"csrf_token": "made up"}]
)
def test_what_the_portal_would_refuse_is_refused(
    client: FlaskClient, change: dict[str, str]
) -> None:
    fields = {**hidden(client, floors.FORM), **WORDS, "step": "send", **change}
    assert client.post(floors.FORM, data=fields).status_code == 400
