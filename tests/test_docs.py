"""What the documentation names exists."""

import re
from collections.abc import Iterator
from pathlib import Path

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


def test_the_example_and_the_page_name_the_same_settings() -> None:
    page = set(re.findall(r"HUICHE_[A-Z_]+", (ROOT / "docs/settings.md").read_text("utf-8")))
    example = set(
        re.findall(r"^#?(HUICHE_[A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    )
    assert page == example, f"only in one of docs/settings.md and .env.example: {sorted(page ^ example)}"
