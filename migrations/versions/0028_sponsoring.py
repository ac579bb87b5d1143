"""sponsoring."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_seasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_seasons")),
        sa.UniqueConstraint("team", "begins", name=op.f("uq_review_seasons_team_begins")),
    )
    with op.batch_alter_table("review_seasons", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_seasons_team"), ["team"], unique=False)
        batch_op.create_index("ix_review_seasons_told", ["team", "told_at"], unique=False)

    op.create_table(
        "sponsor_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("relationship", sa.Integer(), nullable=False),
        sa.Column("sponsor", sa.String(length=20), nullable=False),
        sa.Column("protege", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("came", sa.Text(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sponsor_outcomes")),
    )
    with op.batch_alter_table("sponsor_outcomes", schema=None) as batch_op:
        batch_op.create_index("ix_sponsor_outcomes_protege", ["team", "protege"], unique=False)
        batch_op.create_index("ix_sponsor_outcomes_relationship", ["team", "relationship"], unique=False)
        batch_op.create_index("ix_sponsor_outcomes_remind", ["team", "remind_at"], unique=False)
        batch_op.create_index("ix_sponsor_outcomes_sponsor", ["team", "sponsor", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_sponsor_outcomes_team"), ["team"], unique=False)
