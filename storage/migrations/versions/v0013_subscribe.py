"""When a follower was last offered one-time notices"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_notice_offer_identity_id_identity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_offer")),
        sa.UniqueConstraint("identity_id", name=op.f("uq_notice_offer_identity_id")),
    )
