"""Articles from the command line: loaded, found, refused with the line, and what is missing."""

from __future__ import annotations

from pathlib import Path

from tests.console.terminal.conftest import Huiche

GOOD = "---\ntitle: 怎么开发票\nquestions:\n- 可以开发票吗\n---\n\n付款当天开电子发票。\n"


def written(folder: Path, **articles: str) -> str:
    folder.mkdir(exist_ok=True)
    for slug, text in articles.items():
        (folder / f"{slug}.md").write_text(text, "utf-8")
    return str(folder)


def test_loading_twice_changes_nothing_the_second_time(nanshan: Huiche, tmp_path: Path) -> None:
    folder = written(tmp_path / "articles", invoice=GOOD)
    assert nanshan("knowledge", "load", folder, "--json").json["added"] == 1
    again = nanshan("knowledge", "load", folder, "--json").json
    assert (again["added"], again["changed"], again["same"]) == (0, 0, 1)
    assert [item["slug"] for item in nanshan("knowledge", "list", "--json").json["items"]] == ["invoice"]


def test_a_wrong_line_is_named_and_nothing_is_written(nanshan: Huiche, tmp_path: Path) -> None:
    folder = written(tmp_path / "articles", invoice=GOOD, wrong=GOOD.replace("title", "titel"))
    loaded = nanshan("knowledge", "load", folder)
    assert loaded.code == 1
    assert "wrong.md:2: there is no 'titel'" in loaded.err
    assert nanshan("knowledge", "list", "--json").json["items"] == []


def test_a_question_is_answered_or_refused(nanshan: Huiche, tmp_path: Path) -> None:
    nanshan("knowledge", "load", written(tmp_path / "articles", invoice=GOOD))
    found = nanshan("knowledge", "search", "能开发票吗", "--store", "NS", "--json")
    assert (found.code, found.json["answered"], found.json["items"][0]["slug"]) == (0, True, "invoice")
    refused = nanshan("knowledge", "search", "附近有什么好吃的")
    assert refused.code == 1
    assert "a person is asked" in refused.out


def test_pruning_retires_what_is_not_there_any_more(nanshan: Huiche, tmp_path: Path) -> None:
    folder = written(tmp_path / "articles", invoice=GOOD, payment=GOOD.replace("发票", "付款"))
    nanshan("knowledge", "load", folder)
    (tmp_path / "articles" / "payment.md").unlink()
    assert nanshan("knowledge", "load", folder, "--json").json["retired"] == 0
    assert nanshan("knowledge", "load", folder, "--prune", "--json").json["retired"] == 1
    assert len(nanshan("knowledge", "list", "--json").json["items"]) == 1


def test_nothing_asked_and_nothing_loaded_say_so(nanshan: Huiche) -> None:
    assert "huiche knowledge load" in nanshan("knowledge", "list").out
    assert nanshan("knowledge", "unanswered", "--json").json == {"items": [], "next": None}
    assert "no such file" in nanshan("knowledge", "load", "nowhere").err


def test_the_starter_set_can_be_loaded(nanshan: Huiche) -> None:
    folder = Path(__file__).parents[3] / "docs" / "knowledge"
    assert nanshan("knowledge", "load", str(folder), "--json").json["added"] == 16
