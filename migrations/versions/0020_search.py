"""The index of what staff may read, over which the database keeps its own full-text index."""

import sqlalchemy as sa
from alembic import op

revision = "0020_search"
down_revision = "0019_identity"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

#: Whoever deletes an entry leaves word that older parts of the index must be joined.
#: Only the term of a row is kept, not where in it: terms are in the order of the alphabet anyway.
SQLITE = (
    "CREATE VIRTUAL TABLE search_index USING fts5(words, filing, content='search_entry', "
    "content_rowid='id', detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_index(rowid, words, filing) VALUES (new.id, new.words, new.filing); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_index(search_index, rowid, words, filing) "
    "VALUES ('delete', old.id, old.words, old.filing); "
    'INSERT OR REPLACE INTO search_residue(entry_id, "on", begun) '
    "VALUES (old.id, date('now', '+7 hours'), 0); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE OF words, filing ON search_entry BEGIN "
    "INSERT INTO search_index(search_index, rowid, words, filing) "
    "VALUES ('delete', old.id, old.words, old.filing); "
    "INSERT INTO search_index(rowid, words, filing) VALUES (new.id, new.words, new.filing); END",
)
#: What is long lies apart, so that many rows are looked at quickly. A term is in the index when its
#: case is committed; nobody who searches tidies up for others.
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN search_index tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(words || ' ' || filing, ' '), ''))) STORED",
    "ALTER TABLE search_entry SET (toast_tuple_target = 128)",
    "CREATE INDEX search_index_terms ON search_entry USING gin (search_index) "
    "WITH (fastupdate = off)",
)


def upgrade() -> None:
    """Create the tables and the database's index; have the worker index what there is."""
    op.create_table(
        "search_entry",
        sa.Column("id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("filing", sa.Text(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_search_entry_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    op.create_index("ix_search_entry_case", "search_entry", ["case_id"])
    op.create_table(
        "search_stale",
        sa.Column("case_id", IDENTIFIER, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["feedback_case.id"], name=op.f("fk_search_stale_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_search_stale")),
    )
    op.create_table(
        "search_residue",
        sa.Column("entry_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("begun", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_search_residue")),
    )
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(statement)
    op.execute(
        "INSERT INTO search_stale (case_id) SELECT id FROM feedback_case "
        "WHERE prepared_at IS NOT NULL"
    )
