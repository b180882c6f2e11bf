"""What an owner can talk about. A new flow is one file, one test and one line here; the first takes bare facts."""

from core.joined import joined
from core.messages import Kind
from core.understanding import Understood
from flows import extra_item, my_data, notices, recommendation
from flows.after_complaint import hears_more
from flows.answers import ANSWERS, menu, unheard
from flows.birthday_coupon import BIRTHDAY_COUPON
from flows.booking import BOOKING
from flows.car_sold import CAR_SOLD, NEW_CAR
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.complaint import COMPLAINT, TICKET_ANSWER
from flows.complete_profile import COMPLETE_PROFILE, THANKS
from flows.consent import MARKETING_CONSENT
from flows.correct_data import CORRECT_DATA, as_correction
from flows.engine import Engine
from flows.erase_me import ERASE_ME
from flows.errand_change import CANCEL_ERRAND, CHANGE_PICK_UP, as_errand_change
from flows.my_data import MY_DATA
from flows.person import call_person
from flows.pick_up import PICK_UP
from flows.referral import ANSWERS as REFERRAL_ANSWERS
from flows.roadside import ROADSIDE
from flows.turn import Turn
from flows.visit_rating import LOW_RATING, VISIT_RATING
from flows.wait_list import WAIT_LIST, WAIT_LIST_ANSWERS
from flows.warning_light import WARNING_LIGHT
from flows.win_back_survey import WIN_BACK_SURVEY

FLOWS = (
    BOOKING,
    MOVE_APPOINTMENT,
    CANCEL_APPOINTMENT,
    WAIT_LIST,
    CAR_SOLD,
    NEW_CAR,
    PICK_UP,
    CHANGE_PICK_UP,
    CANCEL_ERRAND,
    ROADSIDE,
    WARNING_LIGHT,
    MARKETING_CONSENT,
    BIRTHDAY_COUPON,
    WIN_BACK_SURVEY,
    VISIT_RATING,
    LOW_RATING,
    COMPLAINT,
    TICKET_ANSWER,
    MY_DATA,
    CORRECT_DATA,
    ERASE_ME,
    COMPLETE_PROFILE,
    THANKS,
)

# What a scanned code or deep link starts: "r-K7Q2" is the intent of "r", about "K7Q2".
SCENES: dict[str, str] = {"r": "referred"}


def reread(turn: Turn) -> Understood:
    """What whole sentences mean that the rules take otherwise: a pick-up or record put right, a refusal, notices."""
    if turn.inbound.kind is Kind.TEXT and recommendation.refused_item(turn.inbound.text):
        return Understood("never_recommend", {})
    if notices.asked_for(turn):
        return Understood(notices.INTENT, {})
    errand = as_errand_change(turn)
    return errand if errand is not turn.understood else as_correction(turn)


def _waiting(turn: Turn) -> bool:
    """Whoever asked the owner something outside any flow."""
    return extra_item.hears(turn) or hears_more(turn)


ENGINE = Engine(
    FLOWS,
    joined(ANSWERS, WAIT_LIST_ANSWERS, my_data.ANSWERS, notices.ANSWERS, recommendation.ANSWERS, REFERRAL_ANSWERS),
    menu=menu,
    hand_over=call_person,
    waiting=_waiting,
    unheard=unheard,
)
