"""Who wrote, sealed apart; custodians, their roster, and requests to open."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0019_identity"
down_revision = "0018_retention"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OUTCOMES = ("opened", "refused", "expired", "destroyed")


def upgrade() -> None:
    """Make the tables."""
    _make_custodians()
    _make_identities()
    _make_requests()


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, IDENTIFIER, nullable=nullable)


def _own(name: str) -> sa.Column[int]:
    """A key that is given, and never counted up by the database."""
    return sa.Column(name, IDENTIFIER, nullable=False, autoincrement=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, UTCDateTime(), nullable=nullable)


def _bytes(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(length=length), nullable=nullable)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _make_custodians() -> None:
    """Keys of custodians, the signed rosters, and what two of them decided."""
    op.create_table(
        "custodian",
        _number("id"),
        _bytes("uid", 16),
        _number("account_id"),
        _bytes("public", 32),
        _bytes("salt", 16),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("memory_kib", sa.Integer(), nullable=False),
        _bytes("locked", nullable=True),
        _bytes("proof", 32),
        _moment("made_at"),
        _moment("admitted_at", nullable=True),
        _moment("retired_at", nullable=True),
        _reference("custodian", "account_id", "account.id"),
        _primary("custodian", "id"),
        sa.UniqueConstraint("uid", name=op.f("uq_custodian_uid")),
    )
    held = sa.text("retired_at IS NULL")
    op.create_index(
        "ix_custodian_held",
        "custodian",
        ["account_id"],
        unique=True,
        sqlite_where=held,
        postgresql_where=held,
    )
    op.create_table(
        "custodian_roster",
        _own("id"),
        _moment("at"),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        _bytes("signature", 64),
        _primary("custodian_roster", "id"),
    )
    op.create_table(
        "custodian_sitting",
        _number("id"),
        _moment("at"),
        _number("first_id"),
        _number("second_id"),
        sa.Column("key_version", sa.Integer(), nullable=False),
        _bytes("first_box", nullable=True),
        _bytes("second_box", nullable=True),
        _number("total"),
        _number("done"),
        _number("lost"),
        _number("reached"),
        sa.Column("settled", sa.Boolean(), nullable=False),
        _moment("finished_at", nullable=True),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_custodian_sitting_of_two")),
        _reference("custodian_sitting", "first_id", "custodian.id"),
        _reference("custodian_sitting", "second_id", "custodian.id"),
        _primary("custodian_sitting", "id"),
    )


def _make_identities() -> None:
    """What was told by writers, sealed."""
    op.create_table(
        "identity",
        _own("submission_id"),
        _number("roster_id"),
        _bytes("box"),
        _bytes("proof", 32),
        _reference("identity", "submission_id", "submission.id"),
        _reference("identity", "roster_id", "custodian_roster.id"),
        _primary("identity", "submission_id"),
    )
    op.create_index("ix_identity_roster_id", "identity", ["roster_id", "submission_id"])
    op.create_table(
        "identity_share",
        _own("submission_id"),
        _own("custodian_id"),
        sa.Column("place", sa.Integer(), nullable=False),
        _bytes("box"),
        _reference("identity_share", "submission_id", "identity.submission_id"),
        _reference("identity_share", "custodian_id", "custodian.id"),
        _primary("identity_share", "submission_id", "custodian_id"),
    )
    op.create_index(op.f("ix_identity_share_custodian_id"), "identity_share", ["custodian_id"])
    op.create_table(
        "notice_address",
        _own("submission_id"),
        sa.Column("key_version", sa.Integer(), nullable=False),
        _bytes("box"),
        _bytes("proof", 32),
        _reference("notice_address", "submission_id", "submission.id"),
        _primary("notice_address", "submission_id"),
    )


def _make_requests() -> None:
    """Who asked for what, what custodians answered, and what was opened."""
    op.create_table(
        "identity_request",
        _number("id"),
        _bytes("uid", 16),
        _number("submission_id"),
        _number("case_id"),
        _number("asked_by_id"),
        _number("reader_id"),
        _bytes("reason"),
        _moment("asked_at"),
        _moment("expires_at"),
        sa.Column(
            "outcome",
            sa.Enum(*OUTCOMES, name="identityoutcome", native_enum=False, length=32),
            nullable=True,
        ),
        _moment("ended_at", nullable=True),
        _reference("identity_request", "submission_id", "submission.id"),
        _reference("identity_request", "case_id", "feedback_case.id"),
        _reference("identity_request", "asked_by_id", "account.id"),
        _reference("identity_request", "reader_id", "account.id"),
        _primary("identity_request", "id"),
        sa.UniqueConstraint("uid", name=op.f("uq_identity_request_uid")),
    )
    for name, columns in {
        "ix_identity_request_open": ["outcome", "expires_at", "id"],
        "ix_identity_request_submission": ["submission_id", "id"],
        op.f("ix_identity_request_case_id"): ["case_id"],
    }.items():
        op.create_index(name, "identity_request", columns)
    op.create_table(
        "identity_approval",
        _number("id"),
        _number("request_id"),
        _number("account_id"),
        _number("custodian_id"),
        _moment("at"),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        _reference("identity_approval", "request_id", "identity_request.id"),
        _reference("identity_approval", "account_id", "account.id"),
        _reference("identity_approval", "custodian_id", "custodian.id"),
        _primary("identity_approval", "id"),
        sa.UniqueConstraint(
            "request_id", "account_id", name=op.f("uq_identity_approval_request_id_account_id")
        ),
    )
    op.create_table(
        "identity_opening",
        _own("request_id"),
        _moment("at"),
        _moment("until"),
        _moment("gone_at", nullable=True),
        _reference("identity_opening", "request_id", "identity_request.id"),
        _primary("identity_opening", "request_id"),
    )
