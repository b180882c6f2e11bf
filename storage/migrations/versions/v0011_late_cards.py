"""Cards that are caught up late wait for room on a day"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "late_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journey", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_late_card_owner_id_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_card")),
        sa.UniqueConstraint("journey", "step", "owner_id", name=op.f("uq_late_card_journey_step_owner_id")),
    )
    op.create_index(op.f("ix_late_card_owner_id"), "late_card", ["owner_id"])
    op.create_index("ix_late_card_given_on", "late_card", ["given_on"])


def downgrade() -> None:
    op.drop_table("late_card")
