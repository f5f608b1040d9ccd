"""On SQLite the public process is held to its rights by the database itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from portal import revision
from portal.clock import now
from portal.db import Database
from portal.identity import Particulars, read_roster
from portal.models import (
    Account,
    AnswerConsent,
    AnswerInvitation,
    Attachment,
    Base,
    Case,
    CodeExchange,
    Heartbeat,
    Setting,
)
from portal.receiving import Entry, confirm_saved, receive
from portal.rights import PUBLIC, may
from portal.vault import Ring, new_token, new_uid
from portal.vocabulary import FileKind, Publication, Status
from portal.words import Words
from tests.refusing import forbidden


@pytest.fixture
def held(database: Database) -> Iterator[Database]:
    """The same database, as the public process opens it."""
    with database.writing() as session:
        session.add(Setting(name="sample", value="1"))
        session.add(Account(id=7, login="hoa", name="Hòa", password_hash="", created_at=now()))
    made = Database(database.engine.url.render_as_string(), rights=PUBLIC)
    yield made
    made.engine.dispose()


def rows_of(database: Database, names: list[str]) -> dict[str, list[dict[str, object]]]:
    """Every row of some tables, as whoever may read all of them reads it."""
    tables = Base.metadata.tables
    with database.reader_connection() as connection:
        return {
            name: [{**row._mapping} for row in connection.execute(select(tables[name]))]
            for name in names
        }


def refused(connection: Connection, words: str) -> bool:
    """Whether the database itself refuses a statement, and for no other reason."""
    try:
        connection.exec_driver_sql(words)
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", None)
        return code == sqlite3.SQLITE_AUTH or "not authorized to use" in str(error.orig)
    return False


def test_what_is_no_right_is_refused_for_every_table_and_verb(held: Database) -> None:
    with held.writer_connection() as connection:
        tried = list(forbidden(connection.dialect))
        assert len(tried) > 400
        assert [words for words in tried if not refused(connection, words)] == []


@pytest.mark.parametrize(
    "words",
    [
        "ATTACH DATABASE ':memory:' AS spy",
        "DETACH DATABASE main",
        "PRAGMA writable_schema = 1",
        "PRAGMA table_info(account)",
        "PRAGMA database_list",
        "PRAGMA journal_mode = DELETE",
        "SELECT name FROM sqlite_master",
        "SELECT sql FROM sqlite_schema",
        "CREATE TABLE spy (a)",
        "CREATE TEMP TABLE spy (a)",
        "CREATE VIEW spy AS SELECT 1",
        "CREATE TEMP TRIGGER spy AFTER INSERT ON event BEGIN SELECT 1; END",
        "ANALYZE",
        "REINDEX",
        "SAVEPOINT spy",
        "SELECT group_concat(value) FROM setting",
        "SELECT value FROM setting UNION SELECT password_hash FROM account",
        "SELECT (SELECT password_hash FROM account)",
        "WITH spy AS (SELECT * FROM member) SELECT name FROM spy",
        "WITH RECURSIVE spy(n) AS (SELECT 1 UNION SELECT n + 1 FROM spy) SELECT n FROM spy",
        "INSERT INTO sequence (name, value) SELECT login, id FROM account",
        "INSERT INTO sequence (name, value) VALUES ('a', (SELECT count(*) FROM account))",
        "INSERT INTO event (uid) VALUES ('a') RETURNING internal_note",
        "UPDATE sequence SET value = (SELECT max(id) FROM account)",
        "UPDATE sequence SET value = account.id FROM account",
        "INSERT INTO sequence (name, value) VALUES ('a', (SELECT password_hash FROM account))",
        "INSERT INTO sequence (name, value) VALUES ('a', (SELECT login IS NULL FROM account))",
        "INSERT INTO event (uid) VALUES ((SELECT name IS NULL FROM member))",
        "DROP TRIGGER event_stays",
        "PRAGMA recursive_triggers = 0",
    ],
)
def test_what_reaches_beyond_the_tables_is_refused(held: Database, words: str) -> None:
    with held.writer_connection() as connection:
        assert refused(connection, words)


def test_no_new_row_takes_the_place_of_another(
    held: Database, database: Database, ring_public: Ring, custodians: None
) -> None:
    with held.writer_session() as session:
        words = Words("Ông Bách", "Vật liệu lấn vỉa hè.")
        entry = Entry(words, particulars=Particulars(name="Vi Thị Mận"), notify="man@thu.vi.du")
        roster = read_roster(session, keys=ring_public.log_public)
        receipt = receive(
            session, ring=ring_public, token=new_token(), entry=entry, at=now(), roster=roster
        )
        confirm_saved(session, submission_id=receipt.submission_id, at=now())
        session.commit()
    file = {"submission_id": receipt.submission_id, "kind": FileKind.JPEG, "size": 1, "at": now()}
    sealed = {"uid": new_uid(), "mark": bytes(32), "lock": b"lock", "name": b"name"}
    fresh = {"submission_id": receipt.submission_id, "lookup": bytes(32), "at": now()}
    fresh |= {"box": b"box", "key_version": 1, "proof": b"proof"}
    with database.writing() as session:
        session.execute(insert(Attachment).values(file | sealed))
        session.execute(insert(CodeExchange).values(fresh))
        invited = {"mark": bytes(32), "state": Publication.ASKED}
        session.execute(insert(AnswerInvitation).values(**invited))
        said = {"uid": new_uid(), "mark": bytes(32), "turn": 1, "body": b"box"}
        session.execute(insert(AnswerConsent).values(said))
    written = [name for name, rights in PUBLIC.items() if rights.insert]
    before = rows_of(database, written)
    assert [name for name in written if not before[name]] == []
    for name in written:
        row = before[name][0]
        statement = insert(Base.metadata.tables[name]).prefix_with("OR REPLACE").values(row)
        refusal = pytest.raises(DatabaseError, match=r"stays|prohibited")
        with held.writer_session() as session, refusal:
            session.execute(statement)
    assert rows_of(database, written) == before


def test_what_is_a_right_still_works_after_a_refusal(held: Database) -> None:
    with held.reading() as session:
        with pytest.raises(DatabaseError, match="prohibited"):
            session.execute(select(Account.id))
        assert session.scalars(select(Setting.value)).all() == ["1"]
    revision.check(held)


def test_a_reader_of_the_public_process_cannot_write_either(held: Database) -> None:
    with held.reader_connection() as connection, pytest.raises(OperationalError, match="readonly"):
        connection.exec_driver_sql("INSERT INTO sequence (name, value) VALUES ('a', 1)")


def test_a_new_case_cannot_be_given_to_an_account(held: Database) -> None:
    row = {"id": 1, "status": Status.RECEIVED, "arrived_at": now()}
    with held.writing() as session:
        session.execute(insert(Case).values(row))
    with held.writer_session() as session, pytest.raises(IntegrityError):
        session.execute(insert(Case).values(row | {"id": 2, "claimant_id": 7}))


def test_rights_are_given_by_the_table_alone(database: Database) -> None:
    held = Database(database.engine.url.render_as_string(), {"heartbeat": may("name", "name at")})
    with held.writing() as session:
        session.execute(insert(Heartbeat).values(name="a", at=now()))
        assert session.execute(text("SELECT name FROM heartbeat")).scalars().all() == ["a"]
        with pytest.raises(DatabaseError, match="prohibited"):
            session.execute(text("SELECT at FROM heartbeat"))
    held.engine.dispose()
