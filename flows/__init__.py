"""What an owner can talk about. A new flow is one file, one test and one line here; the first takes bare facts."""

from flows.answers import ANSWERS, menu
from flows.booking import BOOKING
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.consent import MARKETING_CONSENT
from flows.engine import Engine
from flows.person import call_person

FLOWS = (
    BOOKING,
    MOVE_APPOINTMENT,
    CANCEL_APPOINTMENT,
    MARKETING_CONSENT,
)

# What a scanned code or deep link starts: "r-K7Q2" is the intent of "r", about "K7Q2".
SCENES: dict[str, str] = {}

ENGINE = Engine(FLOWS, ANSWERS, menu=menu, hand_over=call_person)
