"""What is foretold of owners, on both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storage.churn_models import ChurnModel
from storage.crm import Crm
from storage.predictions import Prediction
from tests.chat import Shop
from tests.storage.past import a_past, learnt
from tests.storage.two import together

TODAY = date(2026, 11, 23)


def refitted(crm: Crm, occurrence: str = "2026-11") -> ChurnModel:
    model = learnt(crm, occurrence)
    assert model is not None
    while crm.predictions.write_next(model):
        pass
    return model


def foretold(shop: Shop, owner: int) -> Prediction | None:
    return shop.ask(lambda crm: crm.predictions.of_owner(owner))


def li_ming(crm: Crm, *days_ago: int) -> int:
    owner = crm.owners.add("李明").key
    for days in days_ago:
        day = TODAY - timedelta(days=days)
        crm.visits.add(f"L{owner}-{days}", owner_id=owner, visited_on=day, amount_fen=50_000)
    return owner


def test_who_keeps_coming_is_expected_and_who_stayed_away_is_not(shop: Shop) -> None:
    shop.do(lambda crm: a_past(crm, 600))
    here = shop.do(lambda crm: li_ming(crm, 660, 500, 340, 170, 20))
    away = shop.do(lambda crm: li_ming(crm, 1400, 1250, 1100))
    model = shop.do(refitted)
    assert (model.state, model.at_first, model.written_to) == ("fitted", True, None)
    li, wang = foretold(shop, here), foretold(shop, away)
    assert li is not None
    assert wang is not None
    assert li.p_return_365d > 0.75 > 0.2 > wang.p_return_365d
    assert li.p_alive > li.p_return_365d > li.p_return_90d
    assert li.ltv_fen > 100_000 > wang.ltv_fen
    assert li.expected_next_on is not None
    assert li.next_early_on is not None
    assert TODAY < li.next_early_on < li.expected_next_on < TODAY + timedelta(days=365)
    assert (li.as_of, li.model_id) == (TODAY, model.id)


def test_what_is_no_visit_does_not_count(shop: Shop) -> None:
    def past(crm: Crm) -> list[list[float]]:
        owner = li_ming(crm, 400, 200)
        again = {"owner_id": owner, "visited_on": TODAY - timedelta(days=200)}
        crm.visits.add("same day", amount_fen=8_000, **again)
        crm.visits.add("open", status="open", **again)
        crm.visits.add("cancelled", status="cancelled", **again)
        crm.visits.add("tomorrow", owner_id=owner, visited_on=TODAY + timedelta(days=1))
        crm.visits.add("of nobody", visited_on=TODAY)
        crm.visits.add("erased", owner_id=crm.owners.add("", status="erased").key, visited_on=TODAY)
        return crm.churn_models.past(TODAY).rows.tolist()  # type: ignore[no-any-return]

    first, last, split = ((TODAY - timedelta(days=days)).toordinal() for days in (400, 200, 365))
    ((_, *row),) = shop.do(past)
    assert row == [2, first, last, 108_000, 50_000**2 + 58_000**2, 1, first, last]
    assert first < split < last


def test_a_young_shop_is_told_that_it_knows_too_little(shop: Shop) -> None:
    owner = shop.do(lambda crm: li_ming(crm, 300, 100))
    model = shop.do(refitted)
    assert (model.state, model.owners, model.repeaters) == ("not_enough", 1, 1)
    assert model.tried() == {"owners": 1, "repeaters": 1, "least_owners": 100, "least_repeaters": 50}
    assert foretold(shop, owner) is None


def test_an_occurrence_is_learnt_once(shop: Shop) -> None:
    done = together(shop, [lambda crm: learnt(crm, "2026-11") is not None] * 6)
    assert sorted(done, key=str) == [False] * 5 + [True]
    assert shop.do(lambda crm: learnt(crm, "2026-12")) is not None


def test_of_several_writers_each_chunk_is_written_by_one(shop: Shop) -> None:
    numbers = shop.do(lambda crm: a_past(crm, 300))
    shop.do(lambda crm: learnt(crm, "2026-11"))

    def write(crm: Crm) -> int:
        model = crm.churn_models.latest()
        assert model is not None
        return sum(iter(lambda: crm.predictions.write_next(model, most=40), 0))

    done = together(shop, [write] * 4)
    assert all(isinstance(one, int) for one in done)
    while shop.do(write):
        pass
    written = shop.ask(lambda crm: [number for number in numbers if crm.predictions.of_owner(number)])
    assert written == numbers


def test_the_next_model_writes_over_the_last_one_and_forgets_who_left_the_record(shop: Shop) -> None:
    numbers = shop.do(lambda crm: a_past(crm, 200))
    shop.do(refitted)

    def erase(crm: Crm) -> None:
        crm.owners.get(numbers[0]).status = "erased"

    shop.do(erase)
    model = shop.do(lambda crm: refitted(crm, "2026-12"))
    assert foretold(shop, numbers[0]) is None
    kept = foretold(shop, numbers[1])
    assert kept is not None
    assert kept.model_id == model.id


@pytest.mark.parametrize("both", [False, True])
def test_a_joined_record_has_one_prediction(shop: Shop, both: bool) -> None:
    numbers = shop.do(lambda crm: a_past(crm, 200))
    shop.do(refitted)
    known = numbers[1] if both else shop.do(lambda crm: crm.owners.add("李明").key)
    shop.do(lambda crm: crm.owners.absorb(crm.owners.get(numbers[0]), crm.owners.get(known)))
    assert foretold(shop, numbers[0]) is None
    assert foretold(shop, known) is not None
