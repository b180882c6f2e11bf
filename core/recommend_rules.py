"""Recommendations by rule: what a car or its owner shows, and what the shop then recommends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.due import months_after, months_before

SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (12, 1, 2)}


@dataclass(frozen=True, slots=True)
class RecommendRule:
    """One rule; everything that is named must hold, what is empty or 0 does not count.

    item: a code of core/recommended.py. min_visits: so many visits with an item whose name has `of` in it, within the
    last `months`; in a season, only those in its months. remarks: any of these words in what is noted of the owner.
    text: why, Chinese and English, as the owner reads it; {name} and {plate} are filled in.
    """

    name: str
    item: str
    text: tuple[str, str]
    min_age_years: int = 0
    min_km: int = 0
    min_visits: int = 0
    of: tuple[str, ...] = ()
    months: int = 12
    season: str = ""
    powertrain: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendFacts:
    """What the store knows of one car and its owner. visits: those that the rule counts, see `RecommendRule`."""

    age_years: int | None = None  # full years since the purchase
    km: int | None = None
    visits: int = 0
    powertrain: str = ""
    remarks: str = ""


DEFAULT_RECOMMEND_RULES = (
    RecommendRule(
        "warranty",
        "warranty",
        (
            "您的爱车已满两年，原厂质保外的部件可以延保。",
            "Your car is two years old: parts outside its warranty can be covered.",
        ),
        min_age_years=2,
    ),
    RecommendRule(
        "wash_package",
        "wash_package",
        ("您夏天常来洗车，套餐更划算。", "You often come for a wash in summer: a package costs less."),
        min_visits=3,
        of=("洗车", "wash"),
        season="summer",
    ),
    RecommendRule(
        "coating",
        "coating",
        ("您在意车漆，镀膜能让它更久如新。", "You care for its looks: a coating keeps the paint new for longer."),
        remarks=("外观", "车漆", "划痕", "爱干净", "paint"),
    ),
    RecommendRule(
        "tyres",
        "tyres",
        ("轮胎已行驶四万公里，建议检查花纹。", "The tyres have done 40,000 km: their tread should be looked at."),
        min_km=40_000,
    ),
)


def fits(rule: RecommendRule, facts: RecommendFacts) -> bool:
    """Whether all that the rule names holds; what is not known does not hold."""
    if rule.min_age_years and (facts.age_years is None or facts.age_years < rule.min_age_years):
        return False
    if rule.min_km and (facts.km is None or facts.km < rule.min_km):
        return False
    if rule.powertrain and facts.powertrain not in rule.powertrain:
        return False
    if rule.remarks and not _has(facts.remarks, rule.remarks):
        return False
    return facts.visits >= rule.min_visits


def full_years(bought: date, today: date) -> int:
    """How old a car is; bought on 29 February it is a year older on the 28th of a common year. Below 0 before that."""
    years = today.year - bought.year
    return years if months_after(bought, 12 * years) <= today else years - 1


def visits_counted(rule: RecommendRule, visits: Iterable[tuple[date, str]], today: date) -> int:
    """How many of the visits, each with its day and items, the rule counts on that day."""
    since, season = months_before(today, rule.months), SEASONS.get(rule.season)
    return sum(
        day > since and (season is None or day.month in season) and _has(items, rule.of or ("",))
        for day, items in visits
    )


def _has(text: str, words: Iterable[str]) -> bool:
    """Any of the words, however it is written."""
    return any(word.lower() in text.lower() for word in words)
