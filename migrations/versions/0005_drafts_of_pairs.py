"""Drafts of pairs, what is said of a draft, and which draft a pair came from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=10), server_default="circles", nullable=False))
        batch_op.add_column(sa.Column("sought", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("after", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("outline", sa.Text(), nullable=True))

    with op.batch_alter_table("intros", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft", sa.Integer(), nullable=True))
