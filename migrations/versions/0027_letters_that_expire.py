"""letters that expire."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_team"))
        batch_op.create_index(
            "ix_outbox_expires",
            ["team", "expires"],
            unique=False,
            sqlite_where=sa.text("state = 'pending' AND expires IS NOT NULL"),
            postgresql_where=sa.text("state = 'pending' AND expires IS NOT NULL"),
        )
