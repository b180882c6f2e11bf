"""A staff card → the AI bot's template card with buttons. What the platform has no room for goes before it as words."""

from __future__ import annotations

from typing import Any

from bot.channels.body import parts_of
from bot.channels.wecom_card import (
    LONGEST_MARKDOWN,
    LONGEST_REST,
    LONGEST_TITLE,
    MOST_ROWS,
    SHAPES,
    cut,
    plain,
    rows_and_rest,
    size,
)
from core.messages import Button, Card
from core.say import StaffSay

LONGEST_DESCRIPTION, LONGEST_BUTTON, MOST_BUTTONS = 30, 10, 6  # characters, buttons
LOUD, QUIET = 1, 2  # the looks of a button


def template_card(card: Card, number: str, say: StaffSay, page: str = "", told: str = "") -> dict[str, Any]:
    """`number`: the platform's id of the card, new for each post. `page`: where the whole card leads.

    `told`: what only the reader of this copy must know.
    """
    rows, rest = rows_and_rest((*card.lines, card.footer))
    links = [button for button in _buttons(card) if "://" in button.action]
    rows = rows[: MOST_ROWS - len(links[:2])] + [_link(button, say) for button in links[:2]]
    title = {"title": cut(f"{SHAPES.get(card.tone, '○')} {card.title}", LONGEST_TITLE)}
    details: dict[str, Any] = {
        "card_type": "button_interaction",
        "main_title": title | ({"desc": cut(told, LONGEST_DESCRIPTION)} if told else {}),
        "button_list": _button_list(card, say),
        "task_id": number,
    }
    if rows:
        details["horizontal_content_list"] = rows
    if rest:
        details["sub_title_text"] = cut("\n".join(rest), LONGEST_REST)
    if page:
        details["card_action"] = {"type": 1, "url": page}
    return details


def words_before(card: Card) -> str:
    """The whole card in Markdown, when it has more to say than fits; else ""."""
    _, rest = rows_and_rest((*card.lines, card.footer))
    if len("\n".join(rest)) <= LONGEST_REST:
        return ""
    lines = [
        f"**{SHAPES.get(card.tone, '○')} {plain(card.title)}**",
        *(f"> {plain(line)}" for line in card.lines if line),
    ]
    return parts_of("\n".join(lines), LONGEST_MARKDOWN, size)[0]


def small_card(number: str, choice: str, title: str, label: str) -> dict[str, Any]:
    """One sentence and the button that was tapped, to be tapped again."""
    return {
        "card_type": "button_interaction",
        "main_title": {"title": cut(title, LONGEST_TITLE)},
        "button_list": [{"text": cut(label, LONGEST_BUTTON), "style": LOUD, "key": choice}],
        "task_id": number,
    }


def _button_list(card: Card, say: StaffSay) -> list[dict[str, Any]]:
    """At least one: the platform takes no such card without."""
    actions = [button for button in _buttons(card) if "://" not in button.action]
    if not actions:
        return [{"text": say.card_is_over(), "style": QUIET, "key": f"t:{card.task_id}:over"}]
    return [
        {
            "text": cut(button.label, LONGEST_BUTTON),
            "style": LOUD if place == 0 else QUIET,
            "key": f"t:{card.task_id}:{button.action}",
        }
        for place, button in enumerate(actions[:MOST_BUTTONS])
    ]


def _link(button: Button, say: StaffSay) -> dict[str, Any]:
    return {"type": 1, "keyname": cut(button.label, LONGEST_BUTTON), "value": say.open_link(), "url": button.action}


def _buttons(card: Card) -> list[Button]:
    return [button for row in card.buttons for button in row]
