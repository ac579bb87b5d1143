"""Sessions and check-in rounds know when they are to be looked at, so that a tick costs what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("checkin_rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("look_at", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_checkin_rounds_look", ["team", "look_at"], unique=False)

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("brief_look_at", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_sessions_brief_look", ["team", "brief_look_at"], unique=False)

    # Moments are counted from 1970, so 0 is long past: everything under way is looked at with the next tick.
    op.execute("UPDATE checkin_rounds SET look_at = 0 WHERE state = 'open'")
    op.execute("UPDATE sessions SET brief_look_at = 0 WHERE state = 'planned'")
