"""On PostgreSQL the public process is held to its rights by the grants of its role."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from click.testing import Result
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from moderation import granting
from moderation.commands import app
from portal import revision
from portal.db import Database
from portal.recognising import recognise
from portal.rights import PUBLIC as RIGHTS
from portal.vault import Ring
from tests.postgres import PUBLIC, Server
from tests.refusing import forbidden

Command = Callable[[str], Result]


@pytest.fixture
def command(
    database: Database, elsewhere: str, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Run a command on this test's database, with the keys that its journal is written with."""
    monkeypatch.setenv("PORTAL_DATABASE_URL", elsewhere)
    monkeypatch.setenv("PORTAL_KEYS", str(keys / "worker"))
    return lambda words: app.test_cli_runner().invoke(args=shlex.split(words))


@pytest.fixture
def public(command: Command, elsewhere: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The database as the public process has it, with its rights granted twice over."""
    for _again in range(2):
        assert command(f"db grants {PUBLIC} --apply").exit_code == 0
    address = elsewhere.replace("postgres@", f"{PUBLIC}@")
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection


def refused(connection: psycopg.Connection[tuple[object, ...]], words: str) -> bool:
    """Whether the server refuses a statement for want of a right, and for no other reason."""
    try:
        connection.execute(words.encode())
    except InsufficientPrivilege:
        return True
    except psycopg.Error:
        return False
    return False


def test_what_is_no_right_is_refused_for_every_table_and_verb(
    database: Database, public: psycopg.Connection[tuple[object, ...]]
) -> None:
    tried = list(forbidden(database.engine.dialect))
    tried += [f'TRUNCATE "{name}"' for name in RIGHTS]
    tried += [f'TABLE "{name}" FOR SHARE' for name in RIGHTS if name != "sequence"]
    assert len(tried) > 500
    assert [words for words in tried if not refused(public, words)] == []


@pytest.mark.parametrize(
    "words",
    [
        "CREATE TABLE spy (a int)",
        "CREATE TEMP TABLE spy (a int)",
        "CREATE SCHEMA spy",
        "CREATE ROLE spy",
        "SET ROLE postgres",
        "COPY account TO STDOUT",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT nextval('account_id_seq')",
        "SELECT last_value FROM seal_id_seq",
        "UPDATE alembic_version SET version_num = '9999'",
        "GRANT SELECT ON event TO PUBLIC",
        "INSERT INTO resident_act (uid) VALUES ('a') RETURNING (SELECT login FROM account)",
        "INSERT INTO event (uid) VALUES ('a') RETURNING internal_note",
    ],
)
def test_what_reaches_beyond_the_tables_is_refused(
    public: psycopg.Connection[tuple[object, ...]], words: str
) -> None:
    assert refused(public, words) or words.startswith("GRANT")
    with pytest.raises(InsufficientPrivilege):
        public.execute("SELECT login FROM account")


def test_the_role_of_the_public_process_reads_nothing_beyond_its_rights(
    database: Database, public: psycopg.Connection[tuple[object, ...]], elsewhere: str
) -> None:
    assert "account" in database.readable_beyond(RIGHTS)
    own = Database(elsewhere.replace("postgres@", f"{PUBLIC}@"), RIGHTS)
    assert own.readable_beyond(RIGHTS) == []
    own.engine.dispose()


def test_rights_that_somebody_gave_by_hand_are_taken_back(
    command: Command, database: Database, elsewhere: str
) -> None:
    with database.writer.begin() as connection:
        for words in ("GRANT SELECT (login) ON account TO {}", "GRANT ALL ON member TO PUBLIC"):
            connection.exec_driver_sql(words.format(PUBLIC))
    assert command(f"db grants {PUBLIC} --apply").exit_code == 0
    with psycopg.connect(elsewhere.replace("postgres@", f"{PUBLIC}@"), autocommit=True) as public:
        assert refused(public, "SELECT login FROM account")
        assert refused(public, "SELECT name FROM member")


def test_printed_grants_are_those_that_are_applied(command: Command, database: Database) -> None:
    said = command(f"db grants {PUBLIC}")
    with database.engine.connect() as connection:
        wanted = list(granting.grants(connection, role=PUBLIC))
    assert said.output == ";\n".join(wanted) + ";\n"
    assert "GRANT UPDATE (value) ON sequence TO portal_public" in wanted
    assert not any(" account " in words for words in wanted)


def test_a_role_is_quoted(command: Command) -> None:
    assert 'TO "a ""b"' in command("db grants 'a \"b'").output


def test_a_role_that_grants_cannot_bind_is_told_in_one_sentence(
    command: Command, server: Server
) -> None:
    assert command("db grants nobody --apply").output.startswith("Error: There is no role nobody")
    assert "give the public process another" in command("db grants postgres --apply").output
    server.tell(sql.SQL("CREATE ROLE portal_heir LOGIN IN ROLE postgres"))
    assert "give the public process another" in command("db grants portal_heir --apply").output


def test_rights_that_are_older_than_the_table_of_keys_are_told(
    command: Command, database: Database, elsewhere: str, ring_public: Ring
) -> None:
    assert command(f"db grants {PUBLIC} --apply").exit_code == 0
    with database.writer.begin() as connection:
        connection.exec_driver_sql(f"REVOKE ALL (name, value, needed) ON key_check FROM {PUBLIC}")
    own = Database(elsewhere.replace("postgres@", f"{PUBLIC}@"), RIGHTS)
    with pytest.raises(revision.OldSchema, match="flask db grants ROLE --apply"):
        recognise(own, ring_public)
    own.engine.dispose()


def test_without_its_rights_the_public_process_is_told_what_to_do(elsewhere: str) -> None:
    bare = Database(elsewhere.replace("postgres@", f"{PUBLIC}@"), RIGHTS)
    with pytest.raises(revision.OldSchema, match="flask db grants ROLE --apply"):
        revision.check(bare)
    bare.engine.dispose()
