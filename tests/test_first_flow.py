"""docs/your-first-flow.md is executed as it stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import flows
from flows.answers import ANSWERS, menu
from flows.engine import Engine
from flows.person import call_person
from tests.chat import Shop

PAGE = Path(__file__).parents[1] / "docs" / "your-first-flow.md"


def test_the_page_builds_a_flow_that_works(shop: Shop) -> None:
    the_file, the_line, the_test = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    names: dict[str, Any] = {"FLOWS": flows.FLOWS, "__name__": "lost_item"}
    exec(the_file, names)
    exec(the_line, names)
    exec(the_test, names)
    shop.engine = Engine(names["FLOWS"], ANSWERS, menu=menu, hand_over=call_person)
    names["test_a_lost_item_becomes_a_task"](shop)
