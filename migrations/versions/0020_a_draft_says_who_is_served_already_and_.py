"""a draft says who is served already, and may check another."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("served", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("checks", sa.Integer(), nullable=True))
