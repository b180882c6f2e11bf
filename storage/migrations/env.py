"""Runs the migrations on the connection that `storage.migrate` opened."""

from alembic import context

import storage.crm  # noqa: F401  (the tables)
from storage.columns import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
