"""What an owner can talk about. A new flow is one file, one test and one line here; the first takes bare facts."""

from flows.answers import ANSWERS, call_person, menu
from flows.birthday_coupon import BIRTHDAY_COUPON
from flows.booking import BOOKING
from flows.car_sold import CAR_SOLD, NEW_CAR
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.complaint import COMPLAINT, TICKET_ANSWER
from flows.consent import MARKETING_CONSENT
from flows.engine import Engine
from flows.referral import refer, referred
from flows.visit_rating import LOW_RATING, VISIT_RATING
from flows.wait_list import WAIT_LIST, WAIT_LIST_ANSWERS
from flows.win_back_survey import WIN_BACK_SURVEY

FLOWS = (
    BOOKING,
    MOVE_APPOINTMENT,
    CANCEL_APPOINTMENT,
    WAIT_LIST,
    CAR_SOLD,
    NEW_CAR,
    MARKETING_CONSENT,
    BIRTHDAY_COUPON,
    WIN_BACK_SURVEY,
    VISIT_RATING,
    LOW_RATING,
    COMPLAINT,
    TICKET_ANSWER,
)

# What a scanned code or deep link starts: "r-K7Q2" is the intent of "r", about "K7Q2".
SCENES: dict[str, str] = {"r": "referred"}

ENGINE = Engine(
    FLOWS,
    ANSWERS | WAIT_LIST_ANSWERS | {"refer": refer, "referred": referred},
    menu=menu,
    hand_over=call_person,
)
