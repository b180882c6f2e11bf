"""Questions that the shop's articles answer; what none answers goes to a person, and on the list of what is missing."""

from __future__ import annotations

from core.messages import Bubble, starting
from core.understanding.substance import has_substance
from flows.person import want_reply
from flows.turn import Turn
from storage.messages import MessageIn

_LOOKED_BACK = 8  # messages
_A_QUESTION = 4  # characters


def from_articles(turn: Turn) -> None:
    """The article with its source, and two buttons; without one a person is asked."""
    if not answered(turn):
        _missing(turn, turn.inbound.text)


def unheard(turn: Turn) -> bool:
    """Words that no flow wants: answered or handed over where they say something. False: noise."""
    if not has_substance(turn.inbound.text):
        return False
    from_articles(turn)
    return True


def helpful(turn: Turn) -> None:
    turn.tell(turn.say.glad_it_helped())


def not_solved(turn: Turn) -> None:
    """The article did not do: a person answers the question that was asked before the tap."""
    _missing(turn, _asked_before(turn))


def answered(turn: Turn) -> bool:
    """Whether an article has it; it is said then."""
    hit = turn.crm.articles.answer(turn.inbound.text, _store(turn))
    if hit is None:
        return False
    article = hit.article
    title = article.title_en if turn.say.english and article.title_en else article.title
    choices = (starting("helpful", turn.say.helpful()), starting("not_solved", turn.say.not_solved()))
    inside = bool(turn.state.top)
    turn.bubbles.append(Bubble(turn.say.article(title, article.text), () if inside else choices))
    if not inside:
        turn.state.asked = "go"
        turn.state.options = [[choice.id, choice.label] for choice in choices]
    return True


def _missing(turn: Turn, words: str) -> None:
    owner = turn.owner
    if words:
        turn.crm.questions.keep(words, owner.key, owner.store_id)
    want_reply(turn)


def _asked_before(turn: Turn) -> str:
    """The newest words that say something; the tap may have been the number of the button."""
    lately = turn.crm.messages.of_conversation(turn.talk.id, _LOOKED_BACK)
    texts = [turn.crm.messages.text(message) for message in reversed(lately) if _wrote(turn, message)]
    return next((text for text in texts if len(text) >= _A_QUESTION), "")


def _wrote(turn: Turn, message: MessageIn) -> bool:
    return message.kind == "text" and message.id != turn.crm.message_id


def _store(turn: Turn) -> str:
    """The code of the store that the owner goes to; of the only one there is."""
    stores = turn.crm.stores.all()
    usual = turn.owner.store_id if turn.talk.owner_id else None
    if usual:
        return turn.crm.stores.get(usual).code
    return stores[0].code if len(stores) == 1 else ""
