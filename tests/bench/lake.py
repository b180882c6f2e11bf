"""The same rows as Parquet files, and DuckDB's full scan of them that grades everybody."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from core.due import months_before
from core.policy import NEV
from storage.crm import Crm

_FILES = {
    "visit": "id, owner_id, vehicle_id, visited_on, status, amount_fen, rating",
    "owner_vehicle": "owner_id, vehicle_id, until",
    "vehicle": "id, last_service_on, due_on",
    "owner": "id, status, created_at",
}
_GRADE = """CASE WHEN seen IS NULL THEN 'normal' WHEN {today} - seen > {lost} THEN 'lost'
  WHEN {today} - seen > {dormant} THEN 'dormant'
  WHEN {today} - seen < {diamond} AND f >= 3 AND m >= 1500000 THEN 'diamond'
  WHEN {today} - seen < {gold} AND f >= 2 AND m >= 800000 THEN 'gold'
  WHEN {today} - seen < {silver} AND f >= 1 AND m >= 400000 THEN 'silver' ELSE 'normal' END AS grade"""
_OWN = """SELECT owner_id, max(visited_on) AS seen, count(*) FILTER (visited_on > {since}) AS f,
  sum(amount_fen) FILTER (visited_on > {since}) AS m FROM 'visit.parquet' WHERE status = 'completed'
  GROUP BY owner_id"""
_ALL = (
    "WITH own AS (" + _OWN + """), came AS (SELECT vehicle_id, max(visited_on) AS day FROM 'visit.parquet'
  WHERE status = 'completed' GROUP BY vehicle_id), cars AS (
  SELECT t.owner_id, max(greatest(c.day, v.last_service_on)) AS day
  FROM 'owner_vehicle.parquet' t JOIN 'vehicle.parquet' v ON v.id = t.vehicle_id LEFT JOIN came c ON
  c.vehicle_id = t.vehicle_id WHERE t.until IS NULL GROUP BY t.owner_id), facts AS (SELECT o.id, own.f, own.m,
  greatest(own.seen, cars.day) AS seen FROM 'owner.parquet' o LEFT JOIN own ON own.owner_id = o.id
  LEFT JOIN cars ON cars.owner_id = o.id WHERE o.status = 'active')
  SELECT count(*) FROM (SELECT id, """ + _GRADE + """ FROM facts) WHERE grade <> ''"""
)  # fmt: skip
_ANSWERS = (
    "WITH own AS (" + _OWN.replace("SELECT owner_id,", "SELECT owner_id, count(*) AS total, min(visited_on) AS first, "
    "arg_max_null(rating, (visited_on, id)) AS rating,") + """), came AS (SELECT vehicle_id, max(visited_on) AS day
  FROM 'visit.parquet' WHERE status = 'completed' GROUP BY vehicle_id), cars AS (
  SELECT t.owner_id, max(greatest(c.day, v.last_service_on)) AS day, min(v.due_on) FILTER (
  v.due_on <= {today} - {overdue} AND (c.day IS NULL OR c.day < v.due_on)) AS late
  FROM 'owner_vehicle.parquet' t JOIN 'vehicle.parquet' v ON v.id = t.vehicle_id LEFT JOIN came c ON
  c.vehicle_id = t.vehicle_id WHERE t.until IS NULL GROUP BY t.owner_id), facts AS (SELECT o.id, own.f, own.m,
  own.total, own.rating, cars.late, coalesce(own.first, o.created_at::DATE) AS first,
  greatest(own.seen, cars.day) AS seen FROM 'owner.parquet' o LEFT JOIN own ON own.owner_id = o.id
  LEFT JOIN cars ON cars.owner_id = o.id WHERE o.status = 'active'), graded AS (SELECT *, """ + _GRADE + """, CASE
  WHEN rating < 4 THEN 'high'
  WHEN late IS NOT NULL THEN 'risk' WHEN seen <= {away} THEN 'watch' ELSE 'none' END AS level FROM facts)
  SELECT count(*) FILTER (stage <> '' AND level <> '') FROM (SELECT level, CASE WHEN grade = 'lost' THEN 'lost'
  WHEN level IN ('risk', 'high') OR grade = 'dormant' THEN 'at_risk' WHEN grade IN ('diamond', 'gold') OR total >= 4
  THEN 'mature' WHEN {today} - first < {new} THEN 'new' ELSE 'growing' END AS stage FROM graded)"""
)  # fmt: skip
_VISITS = "WITH own AS (" + _OWN + ") SELECT count(*) FROM (SELECT owner_id, " + _GRADE + " FROM own) WHERE grade <> ''"


class Lake:
    """Parquet files in a folder. DuckDB has as many threads as the machine has cores."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.duck: Any = duckdb.connect()

    def take(self, crm: Crm) -> None:
        """Write the tables as they are now."""
        for table, columns in _FILES.items():
            path = self.folder / f"{table}.csv"
            with path.open("w", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(name.strip() for name in columns.split(","))
                driver: Any = crm.connection.connection.dbapi_connection
                cursor = driver.cursor()
                cursor.execute(f'SELECT {columns} FROM "{table}" ORDER BY 1')
                while part := cursor.fetchmany(10_000):
                    writer.writerows(part)
            into = path.with_suffix(".parquet")
            dates = {
                "visit": "{'visited_on': 'DATE', 'rating': 'INTEGER'}",
                "vehicle": "{'last_service_on': 'DATE', 'due_on': 'DATE'}",
            }.get(table)
            types = f", types = {dates}" if dates else ", all_varchar = false"
            self.duck.execute(f"COPY (SELECT * FROM read_csv('{path}'{types})) TO '{into}' (FORMAT parquet)")
            path.unlink()

    def grades(self, today: date) -> int:
        """Everybody graded as the product does it, with what the cars' records know. Returns how many."""
        return self._run(_ALL, today)

    def answers(self, today: date) -> int:
        """Everybody's grade, stage and churn level: what our night answers, the history apart."""
        return self._run(_ANSWERS, today)

    def grades_of_visits(self, today: date) -> int:
        """The same by nothing but the visits under the owner's own name."""
        return self._run(_VISITS, today)

    def _run(self, text: str, today: date) -> int:
        rules = NEV.grades
        days = {"diamond": rules.diamond.days, "gold": rules.gold.days, "silver": rules.silver.days}
        filled = text.format(
            today=f"DATE '{today}'", since=f"DATE '{months_before(today, 12)}'", lost=rules.lost_days,
            dormant=rules.dormant_days, new=NEV.stages.new_days, overdue=NEV.churn.risk_overdue_days,
            away=f"DATE '{months_before(today, NEV.churn.watch_months)}'", **days,
        )  # fmt: skip
        for table in _FILES:
            filled = filled.replace(f"'{table}.parquet'", f"'{self.folder / table}.parquet'")
        return int(self.duck.execute(filled).fetchone()[0])
