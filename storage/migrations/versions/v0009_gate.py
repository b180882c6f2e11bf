"""What marketing has left by which way, what followers have accepted, and who is meant by a mass send"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BY_RECEIPT = sa.text("way IN ('template', 'mass')")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("way", sa.String(length=10), nullable=False, server_default=sa.text("''")))
    op.create_index(
        "ix_outbox_receipt", "outbox", ["platform_id"], sqlite_where=BY_RECEIPT, postgresql_where=BY_RECEIPT
    )
    op.add_column("step", sa.Column("priority", sa.Integer(), nullable=False, server_default="9"))
    op.add_column("step", sa.Column("route", sa.String(length=12), nullable=False, server_default=sa.text("''")))
    op.add_column("step", sa.Column("cost_fen", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("step", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_step_outbox_id"), "step", ["outbox_id"])
    op.create_table(
        "subscribe_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_subscribe_token_identity_id_identity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribe_token")),
        sa.UniqueConstraint("identity_id", "template", name=op.f("uq_subscribe_token_identity_id_template")),
    )
    op.create_table(
        "mass_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_mass_member_identity_id_identity")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_mass_member_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_mass_member_owner_id_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mass_member")),
        sa.UniqueConstraint("outbox_id", "identity_id", name=op.f("uq_mass_member_outbox_id_identity_id")),
    )
    for column in ("identity_id", "owner_id", "words_hash"):
        op.create_index(op.f(f"ix_mass_member_{column}"), "mass_member", [column])
