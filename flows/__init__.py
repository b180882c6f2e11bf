"""What an owner can talk about. A new flow is one file, one test and one line here; the first takes bare facts."""

from core.messages import Kind
from core.understanding import Understood
from flows import my_data, recommendation
from flows.answers import ANSWERS, call_person, menu
from flows.booking import BOOKING
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.complete_profile import COMPLETE_PROFILE, THANKS
from flows.consent import MARKETING_CONSENT
from flows.correct_data import CORRECT_DATA, as_correction
from flows.engine import Engine
from flows.erase_me import ERASE_ME
from flows.my_data import MY_DATA
from flows.turn import Turn

FLOWS = (
    BOOKING,
    MOVE_APPOINTMENT,
    CANCEL_APPOINTMENT,
    MARKETING_CONSENT,
    MY_DATA,
    CORRECT_DATA,
    ERASE_ME,
    COMPLETE_PROFILE,
    THANKS,
)

# What a scanned code or deep link starts: "r-K7Q2" is the intent of "r", about "K7Q2".
SCENES: dict[str, str] = {}


def reread(turn: Turn) -> Understood:
    """What whole sentences mean that the rules take for bare facts: a record put right, a recommendation refused."""
    if turn.inbound.kind is Kind.TEXT and recommendation.refused_item(turn.inbound.text):
        return Understood("never_recommend", {})
    return as_correction(turn)


ENGINE = Engine(FLOWS, ANSWERS | my_data.ANSWERS | recommendation.ANSWERS, menu=menu, hand_over=call_person)
