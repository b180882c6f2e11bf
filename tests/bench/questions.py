"""The same questions as single statements: grades with reasons, stages, alerts, tags and audiences of three journeys.

Each is written to be as fast as the engine allows: one pass over the visits by an index that covers them.
"""

from __future__ import annotations

from datetime import date, timedelta

from core.due import months_before
from core.policy import NEV

_FACTS = """
WITH own AS (
  SELECT o.id, o.status, o.grade, o.churn_level, o.created_at, count(v.id) AS total, min(v.visited_on) AS first_on,
    max(v.visited_on) AS last_on, count(CASE WHEN v.visited_on > '{since}' THEN 1 END) AS f,
    coalesce(sum(CASE WHEN v.visited_on > '{since}' THEN v.amount_fen END), 0) AS m
  FROM owner o LEFT JOIN visit v ON v.owner_id = o.id AND v.status = 'completed'
  WHERE o.status = 'active' GROUP BY o.id
), cars AS (
  SELECT t.owner_id, max(c.last_service_on) AS service_on, max(
    (SELECT max(visited_on) FROM visit WHERE vehicle_id = t.vehicle_id AND status = 'completed')) AS came_on
  FROM owner_vehicle t JOIN vehicle c ON c.id = t.vehicle_id WHERE t.until IS NULL GROUP BY t.owner_id
), facts AS (SELECT own.*, {latest} AS seen_on FROM own LEFT JOIN cars ON cars.owner_id = own.id)
"""
_GRADE = """CASE WHEN seen_on IS NULL THEN 'normal' WHEN seen_on < '{lost}' THEN 'lost'
  WHEN seen_on < '{dormant}' THEN 'dormant'
  WHEN seen_on > '{diamond}' AND f >= 3 AND m >= 1500000 THEN 'diamond'
  WHEN seen_on > '{gold}' AND f >= 2 AND m >= 800000 THEN 'gold'
  WHEN seen_on > '{silver}' AND f >= 1 AND m >= 400000 THEN 'silver' ELSE 'normal' END"""
_ANSWERED = """EXISTS (SELECT 1 FROM appointment a WHERE a.vehicle_id = c.id AND a.status = 'booked'
    AND a.starts_at >= '{yesterday}') OR EXISTS (SELECT 1 FROM visit v WHERE v.vehicle_id = c.id
    AND v.status = 'completed' AND v.visited_on >= c.due_on)"""
_QUESTIONS = {
    "grades": _FACTS + "SELECT id, seen_on, f, m, " + _GRADE + " FROM facts",
    "stages": _FACTS
    + ", graded AS (SELECT id, total, churn_level, coalesce(first_on, seen_on) AS first_on, created_at, "
    + _GRADE
    + """ AS grade FROM facts) SELECT id, total, CASE WHEN grade = 'lost' THEN 'lost'
  WHEN churn_level IN ('risk', 'high') OR grade = 'dormant' THEN 'at_risk'
  WHEN grade IN ('diamond', 'gold') OR total >= 4 THEN 'mature' WHEN first_on > '{new}' THEN 'new' ELSE 'growing' END
  FROM graded""",
    "alerts": """WITH newest AS (SELECT owner_id, visited_on, rating, row_number() OVER
    (PARTITION BY owner_id ORDER BY visited_on DESC, id DESC) AS n FROM visit
    WHERE status = 'completed' AND owner_id IS NOT NULL),
  late AS (SELECT t.owner_id, min(c.due_on) AS due_on FROM owner_vehicle t JOIN vehicle c ON c.id = t.vehicle_id
    WHERE t.until IS NULL AND c.due_on <= '{late}' AND NOT ("""
    + _ANSWERED
    + """) GROUP BY t.owner_id),
  cars AS (SELECT t.owner_id, max(c.last_service_on) AS service_on, max(
    (SELECT max(visited_on) FROM visit WHERE vehicle_id = t.vehicle_id AND status = 'completed')) AS came_on
    FROM owner_vehicle t JOIN vehicle c ON c.id = t.vehicle_id WHERE t.until IS NULL GROUP BY t.owner_id),
  facts AS (SELECT o.id, n.rating, late.due_on, {latest_newest} AS seen_on FROM owner o
    LEFT JOIN newest n ON n.owner_id = o.id AND n.n = 1 LEFT JOIN late ON late.owner_id = o.id
    LEFT JOIN cars ON cars.owner_id = o.id WHERE o.status = 'active')
  SELECT id, seen_on, due_on, rating, CASE WHEN rating < 4 THEN 'high' WHEN due_on IS NOT NULL THEN 'risk'
  ELSE 'watch' END FROM facts WHERE seen_on <= '{away}' OR due_on IS NOT NULL OR rating < 4""",
    "tags": """WITH year AS (SELECT owner_id, count(*) AS f, sum(amount_fen) AS m FROM visit
    WHERE status = 'completed' AND visited_on > '{since}' AND owner_id IS NOT NULL GROUP BY owner_id)
  SELECT y.owner_id, y.m >= 800000, (SELECT count(*) FROM referral WHERE referrer_id = y.owner_id
    AND status = 'rewarded') >= 3, y.f >= 2 AND (SELECT count(*) FROM coupon c WHERE c.owner_id = y.owner_id
    AND c.status = 'redeemed' AND c.redeemed_at > '{since}') >= 0.6 * y.f, y.f >= 8 AND (SELECT count(*) FROM visit v
    WHERE v.owner_id = y.owner_id AND v.status = 'completed' AND v.visited_on > '{since}' AND v.items LIKE {wash}) >= 8
  FROM year y""",
    "maintenance": """SELECT t.owner_id, c.id, c.plate, c.due_on FROM vehicle c JOIN owner_vehicle t ON
  t.vehicle_id = c.id WHERE t.until IS NULL AND c.due_on > '{today}' AND c.due_on <= '{soon}' AND NOT ("""
    + _ANSWERED
    + ")",
    "birthday": "SELECT id, name FROM owner WHERE status = 'active' AND birthday IN ({birthdays})",
    "win-back": _FACTS + "SELECT id, seen_on FROM facts WHERE seen_on <= '{away}' AND seen_on > '{away_long}'",
}
KEPT = {  # what is asked where the figures are kept up
    **{name: _QUESTIONS[name] for name in ("maintenance", "birthday")},
    "win-back": "SELECT owner_id, last_visit_on FROM owner_figures WHERE last_visit_on <= '{away}' "
    "AND last_visit_on > '{away_long}'",
}


def questions(today: date, is_sqlite: bool) -> dict[str, str]:
    """Each statement for that day."""
    return {name: _filled(text, today, is_sqlite) for name, text in _QUESTIONS.items()}


def kept(today: date, is_sqlite: bool) -> dict[str, str]:
    return {name: _filled(text, today, is_sqlite) for name, text in KEPT.items()}


def _filled(text: str, today: date, is_sqlite: bool) -> str:
    grades, churn = NEV.grades, NEV.churn
    days = {
        "since": months_before(today, 12),
        "lost": today - timedelta(days=grades.lost_days),
        "dormant": today - timedelta(days=grades.dormant_days),
        "diamond": today - timedelta(days=grades.diamond.days),
        "gold": today - timedelta(days=grades.gold.days),
        "silver": today - timedelta(days=grades.silver.days),
        "new": today - timedelta(days=NEV.stages.new_days),
        "late": today - timedelta(days=churn.risk_overdue_days),
        "away": months_before(today, churn.watch_months),
        "away_long": months_before(today, 5),
        "yesterday": today - timedelta(days=1),
        "today": today,
        "soon": today + timedelta(days=7),
    }
    born = ", ".join(f"'{today.replace(year=year)}'" for year in range(1930, 2010))
    marked = "'%%洗车%%'" if not is_sqlite else "'%洗车%'"
    return text.format(
        **days, birthdays=born, wash=marked,
        latest=_latest("own.last_on", is_sqlite), latest_newest=_latest("n.visited_on", is_sqlite),
    )  # fmt: skip


def _latest(own: str, is_sqlite: bool) -> str:
    days = (own, "cars.service_on", "cars.came_on")
    if not is_sqlite:
        return f"greatest({', '.join(days)})"
    return "nullif(max(" + ", ".join(f"coalesce({day}, '')" for day in days) + "), '')"
