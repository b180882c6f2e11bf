"""What the shop has learnt of who comes back, from the command line."""

from __future__ import annotations

from console.terminal.opening import opened
from tests.console.terminal.conftest import Huiche
from tests.storage.past import a_past


def with_a_past(huiche: Huiche, owners: int) -> list[int]:
    """The command line's own store, filled."""
    assert huiche("migrate").code == 0
    with opened() as house:
        return house.database.transact(lambda crm: a_past(crm, owners))


def test_before_anything_was_learnt_it_says_how(huiche: Huiche) -> None:
    told = huiche("model")
    assert told.code == 1
    assert "huiche model --refit" in told.err
    assert huiche("model", "--json").json == {"state": "none"}


def test_a_young_shop_reads_that_it_knows_too_little(huiche: Huiche) -> None:
    told = huiche("model", "--refit", "--json")
    assert told.code == 0
    assert told.json["state"] == "not_enough"
    assert (told.json["trial"], told.json["coverage"], told.json["parameters"]) == (None, None, None)
    assert told.json["needs"] == {"owners": 100, "repeaters": 50}
    assert "not enough data yet" in huiche("model").out


def test_a_shop_with_a_past_reads_its_calibration_and_coverage(huiche: Huiche) -> None:
    with_a_past(huiche, 1500)
    document = huiche("model", "--refit", "--json").json
    assert (document["state"], document["predictions"]) == ("fitted", 1500)
    assert {"k", "at_first", "r", "alpha", "a", "b", "log_likelihood"} <= document["parameters"].keys()
    assert len(document["calibration"]) == 10
    assert all(abs(part["foretold"] - part["seen"]) < 0.2 for part in document["calibration"])
    coverage = document["coverage"]
    assert coverage["share"] == round(coverage["warned"] / coverage["lost"], 4) > 0.75
    assert coverage["goal"] == 0.92
    shown = huiche("model").out
    for words in ("by tenths of owners", f"{coverage['warned']} had been warned", "False warnings"):
        assert words in shown


def test_an_owner_s_record_tells_what_is_foretold(huiche: Huiche) -> None:
    owner = with_a_past(huiche, 200)[0]
    before = huiche("owner", str(owner), "--json").json
    assert (before["foretold"], before["churn"].keys()) == (None, {"level", "reasons"})
    assert huiche("model", "--refit").code == 0
    after = huiche("owner", str(owner), "--json").json
    assert after["ltv"] == before["ltv"]
    assert float(after["foretold"]["value"]) > 0
    assert after["churn"]["probability"] == round(1 - after["foretold"]["returns_in_365_days"], 4)
    assert "comes back" in huiche("owner", str(owner)).out
