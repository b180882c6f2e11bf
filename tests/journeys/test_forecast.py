"""Once a month everybody is foretold anew."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from journeys import forecast
from journeys.parts import Pause, here, in_parts
from storage.churn_models import ChurnModel
from storage.crm import Crm
from storage.predictions import CHUNK, Prediction
from tests.chat import Shop
from tests.storage.past import a_past, learnt


def models(shop: Shop) -> list[str]:
    """Their occurrences, oldest first."""
    query = select(ChurnModel.occurrence).order_by(col(ChurnModel.id))
    return shop.ask(lambda crm: list(crm.session.exec(query)))


def foretell(shop: Shop) -> None:
    in_parts([forecast.run], shop.do)


def foretold(shop: Shop, owners: list[int]) -> list[Prediction | None]:
    return shop.ask(lambda crm: [crm.predictions.of_owner(number) for number in owners])


def test_the_first_tick_of_a_month_learns_and_the_next_ones_do_nothing(shop: Shop) -> None:
    owners = shop.do(lambda crm: a_past(crm, 200))
    foretell(shop)
    assert all(one and one.as_of == date(2026, 11, 23) for one in foretold(shop, owners))
    shop.time_is("2026-11-30 23:59")
    foretell(shop)
    assert models(shop) == ["2026-11"]
    shop.time_is("2026-12-01 00:01")
    foretell(shop)
    assert models(shop) == ["2026-11", "2026-12"]
    assert all(one and one.as_of == date(2026, 12, 1) for one in foretold(shop, owners))


def test_a_tick_with_nothing_due_asks_one_question(shop: Shop) -> None:
    shop.do(lambda crm: a_past(crm, 200))
    foretell(shop)
    asked: list[str] = []

    def count(crm: Crm) -> None:
        driver: Any = crm.connection.connection.dbapi_connection
        driver.set_trace_callback(asked.append)
        in_parts([forecast.run], here(crm))
        driver.set_trace_callback(None)

    shop.do(count)
    assert [one.split()[0] for one in asked] == ["SELECT"]


def test_a_shop_without_a_past_learns_that_once_a_month(shop: Shop) -> None:
    shop.owner("李明", last_visit="2026-10-01")
    for _ in range(2):
        foretell(shop)
    assert models(shop) == ["2026-11"]
    assert shop.ask(lambda crm: crm.churn_models.get(1).state) == "not_enough"


def test_a_large_shop_is_foretold_in_chunks_one_a_tick(shop: Shop) -> None:
    owners = shop.do(lambda crm: a_past(crm, CHUNK + 100))
    foretell(shop)
    first, last = foretold(shop, [owners[0], owners[-1]])
    assert first
    assert not last
    foretell(shop)
    assert all(foretold(shop, [owners[0], owners[-1]]))
    assert shop.ask(lambda crm: crm.churn_models.get(1).written_to) is None


def test_what_was_asked_for_in_between_serves_until_the_next_month(shop: Shop) -> None:
    owners = shop.do(lambda crm: a_past(crm, 200))
    told: list[int] = []
    model = forecast.refit(shop.database, told.append)
    assert (model.state, model.written_to) == ("fitted", None)
    assert sum(told) == len(owners)
    foretell(shop)
    assert len(models(shop)) == 1
    assert all(foretold(shop, owners))


def test_a_tick_goes_on_with_what_was_begun(shop: Shop) -> None:
    owners = shop.do(lambda crm: a_past(crm, 200))

    def begin(crm: Crm) -> None:
        model = learnt(crm)
        assert model is not None
        crm.predictions.write_next(model, most=50)

    shop.do(begin)
    assert not all(foretold(shop, owners))
    foretell(shop)
    assert all(foretold(shop, owners))


def test_learning_holds_no_transaction_and_of_two_at_once_one_is_kept(shop: Shop) -> None:
    owners = shop.do(lambda crm: a_past(crm, 200))
    _, pause = shop.do(lambda crm: forecast.run(crm, 1))
    assert isinstance(pause, Pause)
    lesson = pause.reckon()
    foretell(shop)
    shop.do(lambda crm: forecast.run(crm, 1, lesson))
    assert models(shop) == ["2026-11"]
    assert all(foretold(shop, owners))


def test_a_server_that_foretells_nothing_yet_does_not_carry_numpy() -> None:
    code = "import sys, webhook, bot.worker, journeys.forecast; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
