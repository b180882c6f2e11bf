"""What the coupons of each campaign have cost"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.String(length=32), nullable=False),
        sa.Column("spent_fen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_budget")),
        sa.UniqueConstraint("campaign", name=op.f("uq_campaign_budget_campaign")),
    )
