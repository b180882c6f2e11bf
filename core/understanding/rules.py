"""Which concepts and facts together mean which intent."""

from __future__ import annotations

from dataclasses import dataclass

from core.understanding.lexicon import BIT

_FACTS = "DATE TIME PART SERVICE PLATE PHONE VIN KM NAME STORE RATING VAGUE WARRANTY"
_TURNS = "NOT_DROP LATER SHIFT HARM ABILITIES ENOUGH NOT_THAT_DAY"
BITS = BIT | {name: 1 << (len(BIT) + place) for place, name in enumerate(f"{_FACTS} {_TURNS}".split())}

# score, intent, all of, none of; the highest score wins, the earlier line on a tie
_RULES = """
97 complaint            COMPLAIN |
96 opt_out              ENOUGH |
95 opt_out              STOP | START AGAIN
93 cancel_appointment   DELETE APPOINTMENT |
92 erase_me             ERASE |
92 erase_me             DELETE DATA |
91 erase_me             DELETE ME | SERVICE TIME DATE
90 cancel_appointment   CANT_COME DROP |
90 rate_visit           RATING |
90 opt_out              STOPPING SEND | START OPENING
89 reschedule           CANT_COME MOVE |
89 reschedule           CANT_COME LATER |
89 reschedule           CANT_COME SHIFT |
89 ask_other            ADVANCE QUESTION | DATE
88 opt_in               START | NEG
88 opt_in               OPENING SEND | NEG STOPPING CLAIM BIRTHDAY COUPON QUESTION
88 reschedule           MOVE DATE |
88 reschedule           MOVE TIME |
88 reschedule           MOVE PART |
88 reschedule           MOVE VAGUE |
88 reschedule           MOVE SHIFT |
86 reschedule           BUSY MOVE |
87 reschedule           MOVE APPOINTMENT | HOW_TO
86 cancel_appointment   DROP APPOINTMENT |
91 car_sold             SOLD | WANT_SELL
84 warning_light        LIGHT | NOT_LIGHT
84 cancel_appointment   DROP DATE |
84 cancel_appointment   DROP TIME |
84 cancel_appointment   DROP PART |
84 cancel_appointment   DROP SERVICE |
84 cancel_appointment   DROP PLATE |
84 cancel_appointment   DROP DOORSTEP |
82 human                HUMAN |
81 complaint            UNHAPPY |
81 booking              REACH PERSON BOOK |
81 my_data              CHANGE PERSONAL | NAME PLATE
81 my_data              MOVE PERSONAL | NAME PLATE
80 human                REACH PERSON |
80 refer                REFER | PRICE
80 refer                RECOMMEND FRIEND | PRICE
80 my_data              MY_DATA |
80 my_data              HOLD DATA |
79 reschedule           CANT_COME VAGUE |
79 reschedule           NEW_TIME |
79 reschedule           HAD SHIFT | DROP
83 cancel_appointment   DROP BUSY |
78 cancel_appointment   CANT_COME |
78 cancel_appointment   APPOINTMENT GIVE_UP |
79 my_coupons           CARD OWNED |
78 claim_coupon         CLAIM COUPON |
77 claim_coupon         BIRTHDAY COUPON | MY_COUPON
76 complaint            HARM |
76 complaint            AFTER_VISIT STILL SYMPTOM |
76 complaint            BEFORE STILL SYMPTOM |
76 complaint            AFTER_VISIT SYMPTOM | BOOK
76 complaint            STATUS STILL SYMPTOM | QUESTION BOOK
76 my_coupons           CARD MY_COUPON |
75 ask_other            FORGOT |
75 ask_other            ACCOUNT | BOOK DATE TIME PART
74 ask_other            DOORSTEP QUESTION |
74 my_appointments      ABOUT_APPT | MOVE DROP
74 my_appointments      HAD QUESTION | MOVE DROP PRICE STATUS
73 ask_car_status       STATUS QUESTION |
73 ask_car_status       MINE_CAR HOW_IS | SERVICE
73 claim_coupon         WISH CARD | MY_COUPON HOW_TO USE
73 claim_coupon         GET COUPON QUESTION | MY_COUPON
72 my_coupons           CARD QUESTION |
72 unknown              OFFTOPIC | SERVICE BOOK APPOINTMENT MY_CAR
72 my_coupons           CARD HOW_TO |
71 booking              BOOK WISH DATE PRICE |
71 booking              BOOK WISH TIME PRICE |
70 ask_price            PRICE |
68 ask_hours            HOURS |
67 ask_address          SHOP WHERE QUESTION |
66 ask_address          ADDRESS |
66 ask_address          PARKING | SERVICE DATE
65 booking              BOOK |
64 ask_other            WARRANTY QUESTION | BOOK
64 ask_other            MUST SERVICE QUESTION | DATE TIME BOOK PART
63 ask_other            HOW_TO |
62 booking              ROOM |
61 answer               TO_NEW SERVICE |
61 answer               TO_NEW PLATE |
61 answer               TO_NEW STORE |
61 answer               TO_NEW PHONE |
61 answer               TO_NEW NAME |
60 booking              WISH SERVICE |
60 booking              DO SERVICE |
58 rate_visit           RATE |
57 ask_car_status       STATUS |
56 booking              SERVICE DATE |
56 booking              SERVICE TIME |
56 booking              SERVICE PART |
56 booking              SERVICE VAGUE |
56 booking              SERVICE SHIFT | QUESTION
55 booking              SYMPTOM SERVICE |
55 booking              GO SERVICE | QUESTION
54 help                 ABILITIES |
52 claim_coupon         CLAIM |
50 my_coupons           CARD |
50 answer               NOT_THAT_DAY | SERVICE BOOK
49 booking              WISH DATE |
49 booking              WISH TIME |
49 booking              WISH PART |
48 booking              DO DATE |
48 booking              DO TIME |
48 booking              DO PLATE |
47 booking              GO DATE |
47 booking              GO TIME |
46 booking              DO MY_CAR | QUESTION
45 booking              SYMPTOM |
36 ask_other            QUESTION SERVICE |
35 ask_other            QUESTION CAR_TALK |
30 ask_other            QUESTION MODAL |
30 ask_other            ALLOWED CAR_TALK | DATE TIME PART VAGUE SERVICE
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """`intent` when every bit of `need` and none of `ban` is there."""

    score: int
    intent: str
    need: int
    ban: int


def bits_of(names: str) -> int:
    bits = 0
    for name in names.split():
        bits |= BITS[name]
    return bits


def _rule(line: str) -> Rule:
    head, _, ban = line.partition("|")
    score, intent, needs = head.split(None, 2)
    return Rule(int(score), intent, bits_of(needs), bits_of(ban))


RULES = tuple(sorted((_rule(line) for line in _RULES.strip().splitlines()), key=lambda rule: -rule.score))
