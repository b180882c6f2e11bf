"""What an owner can talk about. A new flow is one file, one test and one line here; the first takes bare facts."""

from flows import extra_item, knowledge
from flows.answers import ANSWERS, call_person, menu
from flows.booking import BOOKING
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.consent import MARKETING_CONSENT
from flows.engine import Engine
from flows.pick_up import PICK_UP
from flows.roadside import ROADSIDE
from flows.warning_light import WARNING_LIGHT

FLOWS = (
    BOOKING,
    MOVE_APPOINTMENT,
    CANCEL_APPOINTMENT,
    PICK_UP,
    ROADSIDE,
    WARNING_LIGHT,
    MARKETING_CONSENT,
)

# What a scanned code or deep link starts: "r-K7Q2" is the intent of "r", about "K7Q2".
SCENES: dict[str, str] = {}

ENGINE = Engine(FLOWS, ANSWERS, menu=menu, hand_over=call_person, waiting=extra_item.hears, unheard=knowledge.unheard)
