"""Where the cards of tasks stand, and bringing them up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col, select

from storage.task_rows import POSTS, Post, Task

if TYPE_CHECKING:
    from storage.crm import Crm


class Posting:
    """Verbs on posts."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def posts(self, task_id: int) -> list[Post]:
        return list(self.crm.session.exec(select(Post).where(Post.task_id == task_id).order_by(col(Post.id))))

    def post(self, post_id: int) -> Post:
        return self.crm.session.get_one(Post, post_id)

    def posted(self, channel: str, limit: int = 40) -> list[Task]:
        """The newest tasks whose cards stand in that channel's staff places, oldest of them first."""
        theirs = select(Post.task_id).where(col(Post.place).like(f"{channel}:%"))
        query = select(Task).where(col(Task.id).in_(theirs)).order_by(col(Task.id).desc()).limit(limit)
        return list(reversed(self.crm.session.exec(query).all()))

    def shown(self, post_id: int, message: str, version: int) -> None:
        """The card stands there now, as of that version."""
        statement = update(POSTS).where(POSTS.c.id == post_id, POSTS.c.version < version)
        self.crm.connection.execute(statement.values(message=message, version=version, posted_at=self.crm.now))

    def shown_everywhere(self, task_id: int, channel: str, version: int) -> None:
        """Nothing needs to be posted about that version in the channel's groups any more."""
        theirs = (POSTS.c.task_id == task_id, POSTS.c.place.startswith(f"{channel}:store:", autoescape=True))
        statement = update(POSTS).where(*theirs, POSTS.c.version < version)
        self.crm.connection.execute(statement.values(version=version, posted_at=self.crm.now))

    def post_again(self, post_id: int) -> None:
        """The card is gone from its place: the next change is a new message."""
        self.crm.connection.execute(update(POSTS).where(POSTS.c.id == post_id).values(message=""))

    def tell_taker(self, task: Task) -> bool:
        """An edited card rings nobody: who has taken it is told in private. False: they cannot be reached there."""
        channel = self.crm.staff.private_channel(task.taken_by) if task.taken_by else ""
        if task.taken_by and channel:
            self.crm.outbox.queue_private_card(channel, task.taken_by, task)
        return bool(channel)

    def _post(self, task_id: int, store_id: int | None, *, to_manager: bool = False, to_boss: bool = False) -> None:
        for place in self.crm.places(store_id, to_manager=to_manager, to_boss=to_boss):
            post_id = self.crm.insert(Post, task_id=task_id, place=place)
            self.crm.outbox.queue_card(place, task_id, post_id)

    def _repost(self, task: Task) -> None:
        for post in self.posts(task.key):
            self.crm.outbox.queue_card(post.place, task.key, post.key)
