"""Who gets what a person did: the owner's dialogue, or the staff's work."""

from handlers.router import apologise, receive

__all__ = ["apologise", "receive"]
