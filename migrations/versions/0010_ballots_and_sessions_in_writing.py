"""ballots and sessions in writing."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot_votes",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("ballot", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("team", "ballot", "member", name=op.f("pk_ballot_votes")),
    )
    op.create_table(
        "ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("opened", sa.BigInteger(), nullable=False),
        sa.Column("closes", sa.BigInteger(), nullable=False),
        sa.Column("closes_open", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("to_draw", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sa.UniqueConstraint(
            "team", "topic", "subject", "occasion", name=op.f("uq_ballots_team_topic_subject_occasion")
        ),
    )
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.create_index("ix_ballots_closes", ["team", "topic", "closes_open"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballots_team"), ["team"], unique=False)
        batch_op.create_index("ix_ballots_to_draw", ["team", "topic", "to_draw"], unique=False)

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("form", sa.String(length=10), server_default="together", nullable=False))
        batch_op.add_column(sa.Column("quorum_look_at", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_sessions_quorum_look", ["team", "quorum_look_at"], unique=False)

    # Long past, so that those already planned are looked at with the next tick.
    op.execute("UPDATE sessions SET quorum_look_at = 946684800000000 WHERE state = 'planned'")
