"""Where the encryption keys are: in the setting, or for a SQLite file in a file beside it."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from core.errors import BadInput
from storage.crypto import KeyProblem, Keys

SUFFIX = ".keys"


def keys_for(database_url: str, setting: str) -> Keys:
    """The keys of this installation; for a new SQLite file, new ones. Raises KeyProblem, BadInput."""
    database = database_file(database_url)
    if setting:
        return Keys.parse(setting)
    if database is None:
        raise KeyProblem("HUICHE_ENCRYPTION_KEYS is needed with PostgreSQL: create a key with `huiche keys new`")
    path = database.with_name(database.name + SUFFIX)
    if not path.exists():
        if database.exists() and database.stat().st_size:
            raise KeyProblem(f"{path} is missing: put the keys of {database} back, without them it is unreadable")
        _create(path, f"{Keys.new()}\n")
    return Keys.parse(path.read_text("ascii"))


def database_file(database_url: str) -> Path | None:
    """The file of a SQLite database; nothing for a server. Raises BadInput."""
    try:
        url = make_url(database_url)
    except ArgumentError:
        raise BadInput("HUICHE_DATABASE_URL: looks like sqlite:///huiche.db or postgresql://…") from None
    name = url.get_backend_name()
    if name not in ("sqlite", "postgresql", "postgres"):
        raise BadInput(f"HUICHE_DATABASE_URL: sqlite or postgresql, not {name}")
    if name != "sqlite":
        return None
    if not url.database or url.database == ":memory:":
        raise BadInput("HUICHE_DATABASE_URL: SQLite needs a file, as in sqlite:///huiche.db")
    return Path(url.database)


def _create(path: Path, text: str) -> None:
    """Readable by its owner alone from its first byte on; of two who start together one writes."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    except OSError as error:
        raise BadInput(f"{path} cannot be written ({error.strerror}): is HUICHE_DATABASE_URL right?") from None
    with os.fdopen(handle, "w") as file:
        file.write(text)
