"""looks at circles' sizes."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("circles", schema=None) as batch_op:
        batch_op.add_column(sa.Column("size_look_at", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_circles_size_look", ["team", "size_look_at"], unique=False)

    # Long past, so that those already there are looked at with the next tick.
    op.execute("UPDATE circles SET size_look_at = 0 WHERE state = 'active'")
