"""What the shop says to an owner. A new topic is one file with its texts and one line here."""

from __future__ import annotations

from core.say.answers import AnswersSay
from core.say.binding import BindingSay
from core.say.booking import BookingSay
from core.say.errands import ErrandsSay
from core.say.talk import TalkSay


class OwnerSay(
    TalkSay,
    BookingSay,
    BindingSay,
    AnswersSay,
    ErrandsSay,
):
    """The texts of a talk, in the owner's language."""
