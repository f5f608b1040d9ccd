"""Which words are masked as abuse, and which authorities are competent beside the portal."""

import sqlalchemy as sa
from alembic import op

from portal.db import UTCDateTime

revision = "0030_texts"
down_revision = "0029_staff_mail"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
#: What an installation begins with: names without an address, until somebody has looked them up.
FIRST = (
    ("Công an", "113", ("crime_tip",)),
    ("Tổng đài bảo vệ trẻ em", "111", ("crime_tip",)),
    ("Ủy ban kiểm tra Đảng ủy xã, phường hoặc Tỉnh ủy", "", ("denunciation", "review")),
    ("Nơi tiếp công dân của xã, phường, tỉnh", "", ("denunciation", "complaint_admin", "review")),
    ("Cơ quan đã ra quyết định", "", ("complaint_admin",)),
)


def upgrade() -> None:
    """Add the tables. The list of words is empty: the built-in one holds."""
    _words()
    _authorities()


def _words() -> None:
    """The words that administrators set."""
    op.create_table(
        "abuse_word",
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("changed_by_id", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name="fk_abuse_word_changed_by_id_account"
        ),
        sa.PrimaryKeyConstraint("form", name="pk_abuse_word"),
    )


def _authorities() -> None:
    """The authorities, and those that were named in a setting until now."""
    table = op.create_table(
        "authority",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("telephone", sa.String(64), nullable=False),
        sa.Column("hours", sa.String(300), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=True),
        sa.Column("changed_by_id", IDENTIFIER, nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name="fk_authority_changed_by_id_account"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_authority"),
    )
    set_before = op.get_bind().scalar(
        sa.text("SELECT value FROM setting WHERE name = 'authorities'")
    )
    rows = [
        _row(
            place, name, telephone, [each for each in matters if each != "review" or not set_before]
        )
        for place, (name, telephone, matters) in enumerate(FIRST, start=1)
    ]
    if set_before:
        rows.append(_row(len(rows) + 1, set_before[:300], "", ["review"]))
    op.bulk_insert(table, rows)
    op.execute("DELETE FROM setting WHERE name = 'authorities'")


def _row(place: int, name: str, telephone: str, matters: list[str]) -> dict[str, object]:
    """An authority of which nothing but this is known."""
    known = {"place": place, "name": name, "telephone": telephone, "matters": matters}
    return {**known, "address": "", "hours": "", "note": ""}
