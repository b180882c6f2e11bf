"""What the documentation names exists."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.settings import Settings
from console.terminal import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def found(pattern: str) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for match in re.findall(pattern, page.read_text("utf-8")):
            yield page, match


def test_links_lead_somewhere() -> None:
    wrong = [
        f"{page.relative_to(ROOT)} links to {target}: write that file or mend the link"
        for page, target in found(r"\]\((?!https?:|#)([^)#]+)")
        if not (page.parent / target).exists()
    ]
    assert not wrong, "\n".join(wrong)


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    wrong = [
        f"{page.relative_to(ROOT)} says `make {target}`: the Makefile has {', '.join(sorted(targets))}"
        for page, target in found(r"(?m)(?:^|`)make ([a-z]+)")
        if target not in targets
    ]
    assert not wrong, "\n".join(wrong)


def test_every_setting_is_explained() -> None:
    settings = {f"HUICHE_{name.upper()}" for name in Settings.model_fields}
    page = set(re.findall(r"HUICHE_[A-Z_]+", (ROOT / "docs/settings.md").read_text("utf-8")))
    example = set(re.findall(r"^#?(HUICHE_[A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert page == settings, f"bot/settings.py and docs/settings.md differ in {sorted(page ^ settings)}"
    assert example == settings, f"bot/settings.py and .env.example differ in {sorted(example ^ settings)}"


def test_every_command_exists() -> None:
    wrong = [
        f"{page.relative_to(ROOT)} says `huiche {command}`: add it to console/terminal, or mend the page"
        for page, command in found(r"(?m)(?:^|`|bin/)huiche ([a-z]+)")
        if command not in COMMANDS
    ]
    assert not wrong, "\n".join(wrong)
