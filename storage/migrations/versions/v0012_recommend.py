"""What recommendations by rule count from, and when they are looked at again"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OF_VISIT = (
    "SELECT NEW.owner_id WHERE NEW.owner_id IS NOT NULL UNION "
    "SELECT owner_id FROM owner_vehicle WHERE until IS NULL AND vehicle_id = NEW.vehicle_id"
)
# Per trigger: the table, the change that counts, and the owners that it is about.
TRIGGERS = {
    "work_named": ("visit", "UPDATE OF items", _OF_VISIT),
    "remarked": ("owner", "UPDATE OF remarks", "SELECT NEW.id"),
}


def upgrade() -> None:
    op.create_index("ix_recommendation_put_off", "recommendation", ["status", "answered_at"])
    of_these = sa.text("journey = 'recommendation'")
    op.create_index("ix_step_recommended", "step", ["at"], sqlite_where=of_these, postgresql_where=of_these)
    for name, (table, change, owners) in TRIGGERS.items():
        _make(f"touch_{name}", table, change, f"INSERT INTO touched (owner_id) {owners};")


def _make(name: str, table: str, change: str, write: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} BEGIN {write} END")
        return
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {write} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {name} AFTER {change} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
