"""Answers that everybody may read, and what their writers have allowed."""

import sqlalchemy as sa
from alembic import op

revision = "0046_public_answer"
down_revision = "0045_figures"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "answer_invitation",
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_answer_invitation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answer_consent",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        _leads("answer_consent", "mark", "answer_invitation.mark"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_consent")),
        sa.UniqueConstraint("uid", name=op.f("uq_answer_consent_uid")),
        sa.UniqueConstraint("mark", "turn", name=op.f("uq_answer_consent_mark_turn")),
    )
    _some("ix_answer_consent_waiting", "answer_consent", ["id"], "NOT done")
    op.create_table(
        "answer_release",
        sa.Column("case_id", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("submission_id", IDENTIFIER, nullable=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("unit_id", IDENTIFIER, nullable=True),
        sa.Column("writer_id", IDENTIFIER, nullable=True),
        sa.Column("confirmer_id", IDENTIFIER, nullable=True),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("published", sa.LargeBinary(16), nullable=True),
        _leads("answer_release", "case_id", "feedback_case.id"),
        _leads("answer_release", "submission_id", "submission.id"),
        _leads("answer_release", "mark", "answer_invitation.mark"),
        _leads("answer_release", "unit_id", "organisation.id"),
        _leads("answer_release", "writer_id", "account.id"),
        _leads("answer_release", "confirmer_id", "account.id"),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_answer_release")),
        sa.UniqueConstraint("mark", name=op.f("uq_answer_release_mark")),
        sa.UniqueConstraint("published", name=op.f("uq_answer_release_published")),
    )
    op.create_index("ix_answer_release_submission_id", "answer_release", ["submission_id"])
    _some(
        "ix_answer_release_publish_on",
        "answer_release",
        ["publish_on", "case_id"],
        "publish_on IS NOT NULL",
    )
    op.create_table(
        "published_answer",
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", IDENTIFIER, nullable=False),
        sa.Column("topic", sa.String(32), nullable=False),
        sa.Column("quarter", IDENTIFIER, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        _leads("published_answer", "unit_id", "organisation.id"),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_published_answer")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_published_answer_order", "published_answer", ["quarter", "uid"])
    op.create_index("ix_published_answer_unit_id", "published_answer", ["unit_id"])


def _leads(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """The foreign key of a column."""
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _some(name: str, table: str, columns: list[str], where: str) -> None:
    """An index over a few of the rows."""
    given = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=given, postgresql_where=given)
