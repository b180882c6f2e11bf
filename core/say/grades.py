"""Grades and stages in words: what an owner is, why, and how it has changed."""

from __future__ import annotations

from collections.abc import Iterable

from core.say.words import Words

_GRADES = {
    "diamond": ("钻石", "diamond"), "gold": ("金", "gold"), "silver": ("银", "silver"), "normal": ("普通", "normal"),
    "dormant": ("休眠", "dormant"), "lost": ("流失", "lost"),
}  # fmt: skip
_STAGES = {
    "new": ("新客户", "new"), "growing": ("成长期", "growing"), "mature": ("成熟期", "mature"),
    "at_risk": ("有流失风险", "at risk"), "lost": ("已流失", "lost"),
}  # fmt: skip
_RISKS = {"watch": ("关注", "watch"), "risk": ("有风险", "at risk"), "high": ("高风险", "high risk")}


class GradeSay(Words):
    """The words about grades and stages."""

    def grade(self, grade: str) -> str:
        return self.pick(*_GRADES.get(grade, (grade, grade)))

    def stage(self, stage: str) -> str:
        return self.pick(*_STAGES.get(stage, (stage, stage)))

    def because(self, figures: Iterable[tuple[str, int | str]]) -> str:
        """Every figure in a few words."""
        return self.listed(self.figure(why, value) for why, value in figures)

    def figure(self, why: str, value: int | str) -> str:
        if why == "grade":
            return self.pick(f"等级{self.grade(str(value))}", f"grade {self.grade(str(value))}")
        if why == "churn_level":
            return self.pick(*_RISKS.get(str(value), (str(value), str(value))))
        return self._number(why, int(value))

    def changed(self, what: str, before: str, after: str) -> str:
        """等级：银 → 金."""
        word = self.grade if what == "grade" else self.stage
        name = self.pick("等级", "grade") if what == "grade" else self.pick("阶段", "stage")
        return f"{name}{self.pick('：', ': ')}{word(before)} → {word(after)}"

    def good_customer(self, grade: str) -> str:
        """On a card: whom to look after first."""
        return self.pick(f"{self.grade(grade)}级客户，优先安排", f"A {self.grade(grade)} customer: first in line")

    def _number(self, why: str, value: int) -> str:
        words = {
            "never_came": ("还没来过", "has not come yet"),
            "days_since": (f"距上次到店 {value} 天", f"{value} days since the last visit"),
            "visits_12m": (f"12 个月到店 {value} 次", f"{value} visits in 12 months"),
            "spend_12m_fen": (f"12 个月消费 {self.money(value)}", f"{self.money(value)} in 12 months"),
            "visits_total": (f"累计到店 {value} 次", f"{value} visits so far"),
            "known_days": (f"认识 {value} 天", f"known for {value} days"),
        }
        return self.pick(*words.get(why, (f"{why} {value}", f"{why} {value}")))
