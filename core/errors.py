"""Errors that tell the catcher what to do. Anything else that is raised is a bug."""

from __future__ import annotations


class NotUnderstood(Exception):
    """The words give no value for the question: ask again, with `hint` when there is one."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(hint)
        self.hint = hint


class SlotTaken(Exception):
    """Nobody can serve that time any more: offer others."""


class Refused(Exception):
    """Somebody asked for what the shop's rules do not allow; the text says why and what to do instead."""


class DeliveryFailed(Exception):
    """A platform did not take a message.

    permanent: asking again will not help; with retry_after, not before somebody has mended the settings.
    retry_after: seconds to wait, as the platform wants it.
    reroute: this person cannot be reached this way now, another way may work.
    unknown: it may have arrived. moved_to: the new id of a group.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        reroute: bool = False,
        unknown: bool = False,
        moved_to: str = "",
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.reroute = reroute
        self.unknown = unknown
        self.moved_to = moved_to


class BadInput(Exception):
    """Data from outside that cannot be used; the text names the field and the reason."""


class StoreUnavailable(Exception):
    """The database cannot take a change now; nothing was accepted."""
