"""Who gets what a person did: the owner's dialogue, or the staff's work."""

from handlers.bursts import Arrived
from handlers.router import apologise, is_talk, receive, receive_all

__all__ = ["Arrived", "apologise", "is_talk", "receive", "receive_all"]
