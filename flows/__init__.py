"""What an owner can talk about. A new flow is one file, one test and one line here; the first takes bare facts."""

from flows.answers import ANSWERS, call_person, menu
from flows.birthday_coupon import BIRTHDAY_COUPON
from flows.booking import BOOKING
from flows.change import CANCEL_APPOINTMENT, MOVE_APPOINTMENT
from flows.consent import MARKETING_CONSENT
from flows.engine import Engine
from flows.referral import refer, referred

FLOWS = (
    BOOKING,
    MOVE_APPOINTMENT,
    CANCEL_APPOINTMENT,
    MARKETING_CONSENT,
    BIRTHDAY_COUPON,
)

# What a scanned code or deep link starts: "r-K7Q2" is the intent of "r", about "K7Q2".
SCENES: dict[str, str] = {"r": "referred"}

ENGINE = Engine(FLOWS, ANSWERS | {"refer": refer, "referred": referred}, menu=menu, hand_over=call_person)
