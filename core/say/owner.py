"""What the shop says to an owner. A new topic is one file with its texts and one line here."""

from __future__ import annotations

from core.say.binding import BindingSay
from core.say.booking import BookingSay
from core.say.facts import FactSay
from core.say.talk import TalkSay
from core.say.threads import ThreadSay


class OwnerSay(
    TalkSay,
    BookingSay,
    BindingSay,
    ThreadSay,
    FactSay,
):
    """The texts of a talk, in the owner's language."""
