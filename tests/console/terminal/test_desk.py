"""Leave and the scoreboard, from the command line."""

from __future__ import annotations

from tests.console.terminal.conftest import Huiche


def test_leave_is_kept_once_and_taken_off_again(nanshan: Huiche) -> None:
    nanshan("staff", "add", "赵工", "--role", "advisor", "--store", "NS")
    days = ("--from", "2099-03-01", "--to", "2099-03-05")
    assert "#2 stands in" in nanshan("staff", "leave", "1", *days, "--backup", "2").out
    again = nanshan("staff", "leave", "1", *days)
    assert (again.code, "already" in again.err) == (2, True)
    assert nanshan("staff", "leave", "9", *days).code == 2
    assert nanshan("staff", "leave", "1").code == 2
    assert "there again" in nanshan("staff", "leave", "1", "--back").out


def test_the_scoreboard_names_every_advisor(nanshan: Huiche) -> None:
    board = nanshan("staff", "scoreboard", "--month", "2026-10", "--json").json
    assert board["month"] == "2026-10"
    assert [(one["place"], one["name"], one["store"], one["points"]) for one in board["items"]] == [
        (1, "王工", "NS", 0)
    ]
    assert "王工" in nanshan("staff", "scoreboard").out
    assert nanshan("staff", "scoreboard", "--month", "october").code == 2
