"""docs/policy.md names every table and key, its examples are good, and the example files are the presets."""

from __future__ import annotations

import re

import pytest

from core.policy import GENERAL, NEV, Policy
from core.policy_file import read_policy
from tests.policy_pages import DOCS, pages

EXAMPLES = re.findall(r"```toml\n(.*?)```", (DOCS / "policy.md").read_text("utf-8"), re.S)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_the_pages_say_what_the_product_reads(page: object) -> None:
    written = {path: path.read_text("utf-8") for path in pages()}
    assert written[page] == pages()[page], "write the pages again: python -m tests.policy_pages"  # type: ignore[index]


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_a_policy(example: str) -> None:
    assert read_policy(example) != NEV


@pytest.mark.parametrize(("file", "preset"), [("policy.example.toml", NEV), ("policy.general.toml", GENERAL)])
def test_the_example_files_are_the_presets(file: str, preset: Policy) -> None:
    assert read_policy((DOCS / file).read_text("utf-8")) == preset


def test_every_line_of_an_example_file_has_a_word_for_people() -> None:
    lines = (DOCS / "policy.example.toml").read_text("utf-8").partition("[journeys.NAME]")[0].splitlines()
    assert [line for line in lines if " = " in line and "#" not in line] == []
