"""What the shop says to an owner. A new topic is one file with its texts and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from zoneinfo import ZoneInfo

from core.say.answers import AnswersSay
from core.say.binding import BindingSay
from core.say.booking import BookingSay
from core.say.changes import ChangesSay
from core.say.complaint import ComplaintSay
from core.say.coupons import CouponSay
from core.say.engine import EngineSay
from core.say.errands import ErrandsSay
from core.say.extra_work import ExtraWorkSay
from core.say.facts import FactSay
from core.say.journeys import JourneySay
from core.say.my_data import MyDataSay
from core.say.notices import NoticesSay
from core.say.occasions import OccasionSay
from core.say.one_time_notices import OneTimeNoticesSay
from core.say.own_words import speak
from core.say.rating import RatingSay
from core.say.recommendation import RecommendationSay
from core.say.referral import ReferralSay
from core.say.survey import SurveySay
from core.say.talk import TalkSay
from core.say.threads import ThreadSay

NO_TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType({})


class OwnerSay(
    TalkSay,
    EngineSay,
    BookingSay,
    BindingSay,
    CouponSay,
    ReferralSay,
    SurveySay,
    RatingSay,
    ComplaintSay,
    ChangesSay,
    NoticesSay,
    JourneySay,
    OccasionSay,
    MyDataSay,
    RecommendationSay,
    AnswersSay,
    ErrandsSay,
    ExtraWorkSay,
    ThreadSay,
    FactSay,
    OneTimeNoticesSay,
):
    """The texts of a talk, in the owner's language; some of them in the shop's own words.

    texts: per language and method, from the policy.
    """

    def __init__(self, language: str, zone: ZoneInfo, texts: Mapping[str, Mapping[str, str]] = NO_TEXTS) -> None:
        super().__init__(language, zone)
        if texts:
            speak(self, texts.get("en" if self.english else "zh", {}))
