"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("presence", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("team", "session", "member", name=op.f("pk_attendance")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_team"), ["team"], unique=False)

    op.create_table(
        "beats",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("identity", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beats")),
    )
    op.create_table(
        "blocks",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("other", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", "member", "other", name=op.f("pk_blocks")),
    )
    op.create_table(
        "briefs",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("presenter", sa.String(length=20), nullable=False),
        sa.Column("boxes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "session", "presenter", name=op.f("pk_briefs")),
    )
    op.create_table(
        "checkin_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("help", sa.Text(), nullable=False),
        sa.Column("helper", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_answers")),
        sa.UniqueConstraint("team", "round", "member", name=op.f("uq_checkin_answers_team_round_member")),
    )
    with op.batch_alter_table("checkin_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_checkin_answers_team"), ["team"], unique=False)

    op.create_table(
        "checkin_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("opens", sa.BigInteger(), nullable=False),
        sa.Column("closes", sa.BigInteger(), nullable=False),
        sa.Column("family", sa.String(length=20), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkin_rounds")),
        sa.UniqueConstraint("team", "circle", "week", name=op.f("uq_checkin_rounds_team_circle_week")),
    )
    with op.batch_alter_table("checkin_rounds", schema=None) as batch_op:
        batch_op.create_index("ix_checkin_rounds_open", ["team", "state", "opens"], unique=False)
        batch_op.create_index(batch_op.f("ix_checkin_rounds_team"), ["team"], unique=False)

    op.create_table(
        "circle_seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("joined", sa.BigInteger(), nullable=False),
        sa.Column("left", sa.BigInteger(), nullable=True),
        sa.Column("errand", sa.String(length=8), nullable=True),
        sa.Column("asked_by", sa.String(length=20), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_seats")),
    )
    with op.batch_alter_table("circle_seats", schema=None) as batch_op:
        batch_op.create_index("ix_circle_seats_circle", ["team", "circle"], unique=False)
        batch_op.create_index("ix_circle_seats_errand", ["team", "errand"], unique=False)
        batch_op.create_index("ix_circle_seats_member", ["team", "member"], unique=False)
        batch_op.create_index(batch_op.f("ix_circle_seats_team"), ["team"], unique=False)
        batch_op.create_index(
            "uq_circle_seats_taken",
            ["team", "circle", "member"],
            unique=True,
            sqlite_where=sa.text('"left" IS NULL'),
            postgresql_where=sa.text('"left" IS NULL'),
        )

    op.create_table(
        "circles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("program", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=False),
        sa.Column("checkin_weekday", sa.Integer(), nullable=False),
        sa.Column("checkin_time", sa.Time(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("size_min", sa.Integer(), nullable=False),
        sa.Column("size_max", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=20), nullable=True),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("created", sa.Date(), nullable=True),
        sa.Column("attempt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("errand", sa.String(length=8), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circles")),
        sa.UniqueConstraint("team", "channel", name=op.f("uq_circles_team_channel")),
    )
    with op.batch_alter_table("circles", schema=None) as batch_op:
        batch_op.create_index("ix_circles_state", ["team", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_circles_team"), ["team"], unique=False)

    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("will", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("evidence_kind", sa.String(length=10), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=10), nullable=False),
        sa.Column("witness", sa.String(length=20), nullable=True),
        sa.Column("buddy", sa.String(length=20), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("cause", sa.String(length=20), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("midpoint_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("remind_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    with op.batch_alter_table("commitments", schema=None) as batch_op:
        batch_op.create_index("ix_commitments_buddy", ["team", "buddy"], unique=False)
        batch_op.create_index("ix_commitments_circle", ["team", "circle"], unique=False)
        batch_op.create_index("ix_commitments_owner", ["team", "owner", "session"], unique=False)
        batch_op.create_index("ix_commitments_remind", ["team", "remind_at"], unique=False)
        batch_op.create_index("ix_commitments_session", ["team", "session"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitments_team"), ["team"], unique=False)
        batch_op.create_index("ix_commitments_witness", ["team", "witness"], unique=False)
        batch_op.create_index(
            "uq_commitments_slot",
            ["team", "owner", "session", "slot"],
            unique=True,
            sqlite_where=sa.text("state != 'replaced'"),
            postgresql_where=sa.text("state != 'replaced'"),
        )

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("program", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("drawing", sa.Boolean(), nullable=True),
        sa.Column("everyone", sa.Boolean(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("matcher", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("circles", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("published_by", sa.String(length=20), nullable=True),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("by_hand", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("drawn", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.BigInteger(), nullable=True),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("team", "drawing", name=op.f("uq_drafts_team_drawing")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_team"), ["team"], unique=False)

    op.create_table(
        "gates",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("reads", sa.Float(), nullable=False),
        sa.Column("filled", sa.BigInteger(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("reads_paused_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_gates")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("event_id", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("lease_owner", sa.String(length=40), nullable=True),
        sa.Column("through", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("event_id", name=op.f("uq_inbox_event_id")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_open",
            ["due", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('new', 'doing')"),
            postgresql_where=sa.text("state IN ('new', 'doing')"),
        )
        batch_op.create_index(batch_op.f("ix_inbox_received"), ["received"], unique=False)
        batch_op.create_index(batch_op.f("ix_inbox_team"), ["team"], unique=False)

    op.create_table(
        "installations",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.String(length=20), nullable=False),
        sa.Column("app_id", sa.String(length=20), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("installed", sa.BigInteger(), nullable=False),
        sa.Column("paused_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("team", name=op.f("pk_installations")),
    )
    op.create_table(
        "intros",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("asker", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("open_pair", sa.String(length=41), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("lines", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer_by", sa.BigInteger(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("group", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intros")),
        sa.UniqueConstraint("team", "open_pair", name=op.f("uq_intros_team_open_pair")),
    )
    with op.batch_alter_table("intros", schema=None) as batch_op:
        batch_op.create_index("ix_intros_asked", ["team", "asked"], unique=False)
        batch_op.create_index("ix_intros_asker", ["team", "asker"], unique=False)
        batch_op.create_index("ix_intros_due", ["team", "state", "answer_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_intros_team"), ["team"], unique=False)

    op.create_table(
        "lanes",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("lane", sa.String(length=24), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("team", "lane", name=op.f("pk_lanes")),
    )
    with op.batch_alter_table("lanes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lanes_free_at"), ["free_at"], unique=False)

    op.create_table(
        "members",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("zone", sa.String(length=60), server_default="UTC", nullable=False),
        sa.Column("own_zone", sa.String(length=60), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("left", sa.Boolean(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("dm", sa.String(length=20), nullable=True),
        sa.Column("home_opened", sa.BigInteger(), nullable=True),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("pause_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("team", "id", name=op.f("pk_members")),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("ts", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("team", "kind", "subject", name=op.f("uq_messages_team_kind_subject")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_team"), ["team"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("recipient", sa.String(length=24), nullable=False),
        sa.Column("lane", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_owner", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("started", sa.BigInteger(), nullable=True),
        sa.Column("check_at", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("thread", sa.String(length=20), nullable=True),
        sa.Column("ts", sa.String(length=20), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("team", "key", name=op.f("uq_outbox_team_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_check",
            ["team", "check_at"],
            unique=False,
            sqlite_where=sa.text("state = 'unknown'"),
            postgresql_where=sa.text("state = 'unknown'"),
        )
        batch_op.create_index(
            "ix_outbox_dead",
            ["team", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'dead'"),
            postgresql_where=sa.text("state = 'dead'"),
        )
        batch_op.create_index(
            "ix_outbox_done",
            ["done"],
            unique=False,
            sqlite_where=sa.text("done IS NOT NULL"),
            postgresql_where=sa.text("done IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_lane",
            ["team", "lane", "due", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_outbox_lease",
            ["team", "lease_until"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.create_index(
            "ix_outbox_pending",
            ["team", "due", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(batch_op.f("ix_outbox_team"), ["team"], unique=False)
        batch_op.create_index(
            "ix_outbox_uncertain",
            ["team", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'uncertain'"),
            postgresql_where=sa.text("state = 'uncertain'"),
        )
        batch_op.create_index(
            "uq_outbox_flying",
            ["team", "lane"],
            unique=True,
            sqlite_where=sa.text("state IN ('sending', 'unknown')"),
            postgresql_where=sa.text("state IN ('sending', 'unknown')"),
        )

    op.create_table(
        "passes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passes")),
        sa.UniqueConstraint("team", "session", "member", name=op.f("uq_passes_team_session_member")),
    )
    with op.batch_alter_table("passes", schema=None) as batch_op:
        batch_op.create_index("ix_passes_circle", ["team", "circle"], unique=False)
        batch_op.create_index(batch_op.f("ix_passes_team"), ["team"], unique=False)

    op.create_table(
        "profiles",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=True),
        sa.Column("seniority", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("seeks", sa.Text(), nullable=False),
        sa.Column("offers_kinds", sa.Text(), nullable=False),
        sa.Column("boundaries", sa.Text(), nullable=True),
        sa.Column("manager", sa.String(length=20), nullable=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("team", "member", name=op.f("pk_profiles")),
    )
    with op.batch_alter_table("profiles", schema=None) as batch_op:
        batch_op.create_index("ix_profiles_manager", ["team", "manager"], unique=False)

    op.create_table(
        "programs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programs")),
    )
    with op.batch_alter_table("programs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programs_team"), ["team"], unique=False)

    op.create_table(
        "roles",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("team", "member", "role", name=op.f("pk_roles")),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("moved_by", sa.String(length=20), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=True),
        sa.Column("thread", sa.String(length=20), nullable=True),
        sa.Column("decisions", sa.Text(), nullable=True),
        sa.Column("parked", sa.Text(), nullable=True),
        sa.Column("look_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("team", "circle", "planned_for", name=op.f("uq_sessions_team_circle_planned_for")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index("ix_sessions_look", ["team", "look_at"], unique=False)
        batch_op.create_index("ix_sessions_starts", ["team", "state", "starts"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessions_team"), ["team"], unique=False)

    op.create_table(
        "swap_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("asker", sa.String(length=20), nullable=False),
        sa.Column("asked", sa.String(length=20), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swap_requests")),
    )
    with op.batch_alter_table("swap_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_swap_requests_team"), ["team"], unique=False)

    op.create_table(
        "swaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("one", sa.String(length=20), nullable=False),
        sa.Column("other", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_swaps")),
    )
    with op.batch_alter_table("swaps", schema=None) as batch_op:
        batch_op.create_index("ix_swaps_circle", ["team", "circle"], unique=False)
        batch_op.create_index(batch_op.f("ix_swaps_team"), ["team"], unique=False)

    op.create_table(
        "turns",
        sa.Column("team", sa.String(length=20), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=12), nullable=False),
        sa.Column("member", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("team", "session", "duty", "member", name=op.f("pk_turns")),
    )
