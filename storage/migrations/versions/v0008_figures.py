"""Figures of owners, and how grades and stages have changed"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OWNERS_OF_CAR = "SELECT owner_id FROM owner_vehicle WHERE until IS NULL AND vehicle_id = NEW.vehicle_id"
_FIRM = "NEW.status NOT IN ('held', 'expired')"
_USED = "NEW.status = 'redeemed' OR OLD.status = 'redeemed'"
# Per trigger: the table, the change that counts, when it counts, and the owners that it is about.
TRIGGERS = {
    "booked_at_once": ("appointment", "INSERT", _FIRM, _OWNERS_OF_CAR),
    "booked": ("appointment", "UPDATE OF status, starts_at, vehicle_id", _FIRM, _OWNERS_OF_CAR),
    "coupon_used": ("coupon", "UPDATE OF status", _USED, "SELECT NEW.owner_id"),
    "friend_paid": ("referral", "UPDATE OF status", "NEW.status <> OLD.status", "SELECT NEW.referrer_id"),
}


def upgrade() -> None:
    _make_figures()
    _make_changes()
    op.create_table(
        "figures_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures_mark")),
    )
    op.drop_index("ix_visit_owner_id", "visit")
    op.drop_index("ix_visit_vehicle_id", "visit")
    seen = ["owner_id", "status", "visited_on", "id", "amount_fen", "rating"]
    op.create_index("ix_visit_of_owner", "visit", seen)
    op.create_index("ix_visit_of_vehicle", "visit", ["vehicle_id", "status", "visited_on"])
    for name, trigger in TRIGGERS.items():
        _make(f"touch_{name}", *trigger)


def _make_figures() -> None:
    op.create_table(
        "owner_figures",
        sa.Column("owner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_visit_on", sa.Date(), nullable=True),
        sa.Column("first_visit_on", sa.Date(), nullable=True),
        sa.Column("visits_12m", sa.Integer(), nullable=False),
        sa.Column("spend_12m_fen", sa.BigInteger(), nullable=False),
        sa.Column("visits_total", sa.Integer(), nullable=False),
        sa.Column("spend_total_fen", sa.BigInteger(), nullable=False),
        sa.Column("last_rating", sa.Integer(), nullable=True),
        sa.Column("next_change_on", sa.Date(), nullable=True),
        sa.Column("alert_on", sa.Date(), nullable=True),
        sa.Column("waits_at", sa.Integer(), nullable=True),
        sa.Column("waits_on", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_owner_figures_owner_id")),
        sa.PrimaryKeyConstraint("owner_id", name=op.f("pk_owner_figures")),
    )
    for column in ("last_visit_on", "next_change_on", "alert_on"):
        op.create_index(op.f(f"ix_owner_figures_{column}"), "owner_figures", [column])
    op.create_index("ix_owner_figures_waits", "owner_figures", ["waits_at", "waits_on"])


def _make_changes() -> None:
    op.create_table(
        "grade_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=16), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["owner.id"], name=op.f("fk_grade_change_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_change")),
    )
    op.create_index(op.f("ix_grade_change_owner_id"), "grade_change", ["owner_id"])


def _make(name: str, table: str, change: str, when: str, owners: str) -> None:
    write = f"INSERT INTO touched (owner_id) {owners};"
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} WHEN {when} BEGIN {write} END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {write} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {name}()")
