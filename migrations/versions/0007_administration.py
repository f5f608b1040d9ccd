"""Invitations, requests for a second administrator, and what accounts need for both."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime
from portal.text import fold

revision = "0007_administration"
down_revision = "0006_waiting"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ROLES = ("moderator", "committee", "custodian", "registrar", "administrator", "auditor")


def upgrade() -> None:
    """Add the columns, fill them for the accounts that are there, and make the tables."""
    _widen_accounts()
    _widen_grants()
    _add_reference("tie", "declared_by_id", "account")
    _make_invitations()
    _make_requests()


def _add_reference(table: str, column: str, target: str) -> None:
    """Add a column with its foreign key in one step: SQLite cannot add the key afterwards."""
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    name = f"fk_{table}_{column}"
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} (id)"
    )


def _widen_accounts() -> None:
    """Names as they are searched, who looks after an account, and when it ended."""
    op.add_column("account", sa.Column("folded", sa.String(300), nullable=False, server_default=""))
    op.add_column("account", sa.Column("given", sa.String(300), nullable=False, server_default=""))
    op.add_column("account", sa.Column("ended_at", UTCDateTime()))
    _add_reference("account", "home_id", "organisation")
    account = sa.table(
        "account", sa.column("id"), sa.column("name"), sa.column("folded"), sa.column("given")
    )
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(account.c.id, account.c.name)).all():
        folded = fold(name)
        connection.execute(
            sa.update(account)
            .where(account.c.id == number)
            .values(folded=folded, given=folded.rpartition(" ")[2])
        )
    op.execute(
        "UPDATE account SET home_id = (SELECT organisation_id FROM role_grant "
        "WHERE account_id = account.id ORDER BY id LIMIT 1)"
    )
    op.create_index("ix_account_given", "account", ["given", "folded", "id"])


def _widen_grants() -> None:
    """Who confirmed a role, who took it away, and that nobody grants to themselves."""
    with op.batch_alter_table("role_grant") as batch:
        batch.add_column(sa.Column("confirmed_by_id", IDENTIFIER))
        batch.add_column(sa.Column("ended_at", UTCDateTime()))
        batch.add_column(sa.Column("ended_by_id", IDENTIFIER))
        for column in ("confirmed_by_id", "ended_by_id"):
            batch.create_foreign_key(f"fk_role_grant_{column}", "account", [column], ["id"])
        batch.create_check_constraint(
            op.f("ck_role_grant_not_to_oneself"), "granted_by_id <> account_id"
        )
        batch.create_check_constraint(
            op.f("ck_role_grant_by_a_second_person"),
            "confirmed_by_id <> account_id AND confirmed_by_id <> granted_by_id",
        )


def _make_invitations() -> None:
    """Links that are handed over once."""
    op.create_table(
        "invitation",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("invited_by_id", IDENTIFIER, nullable=True),
        sa.Column("invited_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.Column("revoked_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "invited_by_id <> account_id", name=op.f("ck_invitation_not_to_oneself")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_invitation_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["account.id"], name=op.f("fk_invitation_invited_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_account_id"), "invitation", ["account_id"])


def _make_requests() -> None:
    """What waits for a second administrator."""
    references = {
        "account_id": "account.id",
        "organisation_id": "organisation.id",
        "member_id": "member.id",
        "asked_by_id": "account.id",
        "decided_by_id": "account.id",
    }
    op.create_table(
        "account_request",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("kind", _words("requestkind", *_KINDS), nullable=False),
        sa.Column("account_id", IDENTIFIER, nullable=False),
        sa.Column("role", _words("role", *ROLES), nullable=True),
        sa.Column("organisation_id", IDENTIFIER, nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("asked_by_id", IDENTIFIER, nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("outcome", _words("outcome", "confirmed", "declined", "withdrawn")),
        sa.Column("decided_by_id", IDENTIFIER, nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.CheckConstraint(
            "asked_by_id <> account_id", name=op.f("ck_account_request_not_for_oneself")
        ),
        sa.CheckConstraint(
            "decided_by_id <> account_id", name=op.f("ck_account_request_not_by_its_owner")
        ),
        sa.CheckConstraint(
            "outcome <> 'confirmed' OR "
            "(decided_by_id IS NOT NULL AND decided_by_id <> asked_by_id)",
            name=op.f("ck_account_request_by_a_second_person"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_account_request_{column}"))
            for column, target in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_request")),
    )
    op.create_index(op.f("ix_account_request_account_id"), "account_request", ["account_id"])
    op.create_index("ix_account_request_open", "account_request", ["outcome", "expires_at", "id"])


_KINDS = ("grant", "reset_factor", "untie", "change_member")


def _words(name: str, *values: str) -> sa.Enum:
    """A column of words, stored by value."""
    return sa.Enum(*values, name=name, native_enum=False, length=32)
