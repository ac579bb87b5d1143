"""questions of programs and pairs."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkin_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("open_at", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_pairs")),
    )
    with op.batch_alter_table("checkin_pairs", schema=None) as batch_op:
        batch_op.create_index("ix_checkin_pairs_circle", ["team", "circle"], unique=False)
        batch_op.create_index("ix_checkin_pairs_open", ["team", "open_at"], unique=False)
        batch_op.create_index("ix_checkin_pairs_round", ["team", "round"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkin_pairs_team"), ["team"], unique=False)

    op.create_table(
        "checkin_prompts",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("program", sa.Integer(), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "program", "family", name=op.f("pk_checkin_prompts")),
    )
    op.create_table(
        "checkin_wishes",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("pairs", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team", "circle", "member", name=op.f("pk_checkin_wishes")),
    )
    with op.batch_alter_table("checkin_rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_prompt", sa.Text(), nullable=True))
