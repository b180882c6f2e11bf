"""A step of the shop's own journey that a person does: who, and what to say."""

from __future__ import annotations

from handlers.desk.view import CardKind, View, person_lines


def lines(view: View) -> list[str]:
    """The shop's words name the owner, so only the taker sees them."""
    say, told = view.say, view.task.told()
    offer = view.crm.shop.policy.offers.get(told.get("offer", ""))
    return [
        *person_lines(view),
        say.field("offer", say.pick(*offer.title)) if offer else "",
        say.field("say", say.pick(*told["say"])) if view.full else "",
    ]


KINDS = {"own_call": CardKind(lines)}
