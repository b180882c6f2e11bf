"""One-time notices: the way to the page on which a WeChat follower allows them, where that is of use."""

from __future__ import annotations

from core.messages import Kind
from core.one_time_notices import asks
from flows.my_data import my_consents
from flows.turn import Turn
from storage.links import NOTICES

INTENT = "allow_notices"


def asked_for(turn: Turn) -> bool:
    """Whether they ask for notices, and their account can have them."""
    said = turn.inbound.kind is Kind.TEXT and asks(turn.inbound.text)
    return said and bool(turn.crm.subscribe_tokens.allowable(turn.talk.identity_id))


def allow_notices(turn: Turn) -> None:
    """The page, in a small answer; on an account that cannot have them, what we may write."""
    if turn.crm.subscribe_tokens.allowable(turn.talk.identity_id):
        turn.tell(turn.say.notices_page(_address(turn)))
    else:
        my_consents(turn)


def notices_line(turn: Turn) -> str:
    """For the end of an answer: a line with the page, "" where none is lacking or it was offered lately."""
    crm, account = turn.crm, turn.talk.identity_id
    if not crm.subscribe_tokens.lacking(account):
        return ""
    if not crm.notice_offers.claim(account, crm.shop.policy.notices_offered_again):
        return ""
    return "\n" + turn.say.notices_offer(_address(turn))


def _address(turn: Turn) -> str:
    crm = turn.crm
    return crm.links.address(crm.links.ready(NOTICES, turn.owner.key, crm.shop.policy.link_life))


ANSWERS = {INTENT: allow_notices}
