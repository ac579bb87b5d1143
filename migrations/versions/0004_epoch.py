"""What tells a restored database from the one it was."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("beats", schema=None) as batch_op:
        batch_op.add_column(sa.Column("generation", sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("doubtful_since", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("doubtful_until", sa.BigInteger(), nullable=True))
