"""Legal bases, and screening reviews with their parts, results and corrections."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0036_screening"
down_revision = "0035_leaving"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD, LINE = sa.String(32), sa.String(300)


def upgrade() -> None:
    """Create the tables."""
    _bases()
    _reviews()
    _parts()
    _results()
    _corrections()


def _bases() -> None:
    """What staff keep of the law."""
    op.create_table(
        "legal_basis",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("title", LINE, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("url", LINE, nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("verified_by_id", IDENTIFIER, nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by_id", IDENTIFIER, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("legal_basis", "verified_by_id", "account"),
        _to("legal_basis", "changed_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_legal_basis"),
    )


def _reviews() -> None:
    """The reviews."""
    op.create_table(
        "screening_review",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("title", LINE, nullable=False),
        sa.Column("basis_id", IDENTIFIER, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("made_by_id", IDENTIFIER, nullable=False),
        sa.Column("opened_at", UTCDateTime(), nullable=True),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to("screening_review", "basis_id", "legal_basis"),
        _to("screening_review", "organisation_id", "organisation"),
        _to("screening_review", "made_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_screening_review"),
    )
    _index("screening_review", "organisation_id")


def _parts() -> None:
    """What each cell does in a review."""
    table = "review_part"
    op.create_table(
        table,
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        sa.Column("review_id", IDENTIFIER, nullable=False),
        sa.Column("organisation_id", IDENTIFIER, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("signed_at", UTCDateTime(), nullable=True),
        sa.Column("signed_by_id", IDENTIFIER, nullable=True),
        sa.Column("confirmed_at", UTCDateTime(), nullable=True),
        sa.Column("confirmed_by_id", IDENTIFIER, nullable=True),
        sa.Column("sent_back", sa.LargeBinary(), nullable=True),
        sa.Column("sent_back_at", UTCDateTime(), nullable=True),
        sa.Column("sent_back_by_id", IDENTIFIER, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _to(table, "review_id", "screening_review"),
        _to(table, "organisation_id", "organisation"),
        _to(table, "signed_by_id", "account"),
        _to(table, "confirmed_by_id", "account"),
        _to(table, "sent_back_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_review_part"),
        sa.UniqueConstraint("uid", name="uq_review_part_uid"),
        sa.UniqueConstraint(
            "review_id", "organisation_id", name="uq_review_part_review_id_organisation_id"
        ),
    )
    _index(table, "organisation_id")


def _results() -> None:
    """What was recorded of each member."""
    table = "review_result"
    groups = ("duty_unfulfilled", "transfer_unfiled", "violation", "not_exemplary")
    op.create_table(
        table,
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        sa.Column("part_id", IDENTIFIER, nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=True),
        *(sa.Column(f"group_{group}", sa.Boolean(), nullable=True) for group in groups),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("reference", LINE, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("mentoring_until", sa.Date(), nullable=True),
        sa.Column("mentor_id", sa.Uuid(), nullable=True),
        sa.Column("answer_state", WORD, nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_again_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("texts", sa.LargeBinary(), nullable=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", IDENTIFIER, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _to(table, "part_id", "review_part"),
        _to(table, "member_id", "member"),
        _to(table, "mentor_id", "member"),
        _to(table, "recorded_by_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_review_result"),
        sa.UniqueConstraint("uid", name="uq_review_result_uid"),
        sa.UniqueConstraint("part_id", "member_id", name="uq_review_result_part_id_member_id"),
    )
    _index(table, "member_id")


def _corrections() -> None:
    """What stood in a confirmed result before it was changed, and why."""
    table = "review_correction"
    op.create_table(
        table,
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("uid", sa.LargeBinary(16), nullable=False),
        sa.Column("result_id", IDENTIFIER, nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        _to(table, "result_id", "review_result"),
        _to(table, "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name="pk_review_correction"),
        sa.UniqueConstraint("uid", name="uq_review_correction_uid"),
    )
    _index(table, "result_id")


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key to the id of another table."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}")


def _index(table: str, column: str) -> None:
    """An index of one column."""
    op.create_index(f"ix_{table}_{column}", table, [column])
