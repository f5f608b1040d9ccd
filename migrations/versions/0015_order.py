"""Where the name of an account stands among others, in the order of the Vietnamese alphabet."""

import sqlalchemy as sa
from alembic import op

from portal.text import name_order

revision = "0015_order"
down_revision = "0014_seeking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace the folded given name, which put Đ before Dũ and ă before a."""
    op.add_column("account", sa.Column("placed", sa.Text(), nullable=False, server_default=""))
    account = sa.table("account", sa.column("id"), sa.column("name"), sa.column("placed"))
    connection = op.get_bind()
    for number, name in connection.execute(sa.select(account.c.id, account.c.name)).all():
        connection.execute(
            sa.update(account).where(account.c.id == number).values(placed=name_order(name))
        )
    op.drop_index("ix_account_given", "account")
    op.drop_column("account", "given")
    op.create_index("ix_account_placed", "account", ["placed", "id"])
