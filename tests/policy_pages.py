"""The pages that are made of the policy's own keys. `python -m tests.policy_pages` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.policy import GENERAL, NEV
from core.policy_reading import taken
from core.policy_show import toml_of
from core.policy_tables import TABLES, Key
from core.policy_texts import SECTIONS
from core.say import policy_words as say

DOCS = Path(__file__).parents[1] / "docs"
MARK = "<!-- What follows is written by python -m tests.policy_pages. -->\n"
_FIXED = {".".join(path) for path in TABLES}
_MORE = """
## Every table and key

`preset` stands above all tables. NAME is the name of a journey, an offer and so on; OWN a name of your own; CHANNEL is
`sms`, `wechat`, `telegram` or `wecom`. Two values in the last column are those of `nev` and `general`.
"""


def pages() -> dict[Path, str]:
    """What each of them says now."""
    prose = (DOCS / "policy.md").read_text("utf-8").partition(MARK)[0]
    return {
        DOCS / "policy.md": prose + MARK + _MORE + "".join(map(_section, SECTIONS)),
        DOCS / "policy.example.toml": toml_of(NEV),
        DOCS / "policy.general.toml": toml_of(GENERAL),
    }


def _section(name: str) -> str:
    title = f"\n### `[{name}]`\n\n{say.beside(say.SECTIONS[name])}\n\n"
    head = (
        "| key | value | meaning | preset |\n|---|---|---|---|\n"
        if name in _FIXED
        else "| key | value | meaning |\n|---|---|---|\n"
    )
    return title + head + "".join(_rows(name))


def _rows(name: str) -> Iterator[str]:
    for key in SECTIONS[name]:
        row = f"| `{key.name}` | {key.kind.says} | {say.beside(say.KEYS[name][key.name])} |"
        yield f"{row} {_preset(key)} |\n" if name in _FIXED else f"{row}\n"


def _preset(key: Key) -> str:
    values = [f"`{key.kind.write(taken(policy, key.place))}`" for policy in (NEV, GENERAL)]
    return " · ".join(dict.fromkeys(values))


if __name__ == "__main__":
    for page, text in pages().items():
        page.write_text(text, "utf-8")
