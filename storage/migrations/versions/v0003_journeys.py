"""What journeys count from, and how far they have come"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VISIT_FACTS = "owner_id, vehicle_id, visited_on, status, amount_fen, rating, maintenance"
CAR_FACTS = "plate, purchased_on, last_service_on, due_on, mileage_km, powertrain"
OWNER_FACTS = "birthday, status, store_id"
LOST = "NEW.status IN ('cancelled', 'no_show')"
_OF_VISIT = (
    "SELECT {row}.owner_id WHERE {row}.owner_id IS NOT NULL UNION "
    "SELECT owner_id FROM owner_vehicle WHERE until IS NULL AND vehicle_id = {row}.vehicle_id"
)
_OF_CAR = "SELECT owner_id FROM owner_vehicle WHERE until IS NULL AND vehicle_id = NEW.id"
# Per trigger: the table, the change that counts, when it counts, and the owners that it is about.
TRIGGERS = {
    "visit_told": ("visit", "INSERT", "", _OF_VISIT.format(row="NEW")),
    "visit_changed": ("visit", f"UPDATE OF {VISIT_FACTS}", "", _OF_VISIT.format(row="NEW")),
    "visit_gone": ("visit", "DELETE", "", _OF_VISIT.format(row="OLD")),
    "car_changed": ("vehicle", f"UPDATE OF {CAR_FACTS}", "", _OF_CAR),
    "tie_made": ("owner_vehicle", "INSERT", "NEW.role <> 'provisional'", "SELECT NEW.owner_id"),
    "tie_changed": ("owner_vehicle", "UPDATE", "", "SELECT NEW.owner_id"),
    "tie_gone": ("owner_vehicle", "DELETE", "", "SELECT OLD.owner_id"),
    "owner_changed": ("owner", f"UPDATE OF {OWNER_FACTS}", "", "SELECT NEW.id"),
    "appointment_off": ("appointment", "UPDATE OF status", LOST, "SELECT NEW.owner_id"),
}


def upgrade() -> None:
    op.create_table(
        "touched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touched")),
    )
    op.create_table(
        "progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journey", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=16), nullable=False),
        sa.Column("through", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
        sa.UniqueConstraint("journey", "step", name=op.f("uq_progress_journey_step")),
    )
    op.add_column("step", sa.Column("kind", sa.String(length=9), nullable=False, server_default="service"))
    op.add_column("appointment", sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
    there = sa.text("remind_at IS NOT NULL")
    op.create_index(
        "ix_appointment_remind_at", "appointment", ["remind_at"], sqlite_where=there, postgresql_where=there
    )
    op.create_index(op.f("ix_vehicle_purchased_on"), "vehicle", ["purchased_on"])
    op.create_index("ix_step_vehicle_id", "step", ["vehicle_id"])
    for name, trigger in TRIGGERS.items():
        _make(f"touch_{name}", *trigger)
    op.execute("INSERT INTO touched (owner_id) SELECT id FROM owner WHERE status = 'active'")


def _make(name: str, table: str, change: str, when: str, owners: str) -> None:
    write, counts = f"INSERT INTO touched (owner_id) {owners};", f"WHEN ({when})" if when else ""
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} {counts} BEGIN {write} END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {write} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} FOR EACH ROW {counts} EXECUTE FUNCTION {name}()")
