"""An owner brings a friend: a code to pass on, the friend who comes with it, and what both get."""

from __future__ import annotations

from datetime import timedelta

from core.codes import grouped, maybe_referral_code, referral_code
from core.masking import masked_name
from core.messages import Bubble, Kind, Rank
from core.offers import Offer
from core.referrals import SECOND, SELF, refusal
from core.say.offers import gives, title
from flows.answers import menu, welcome
from flows.turn import Turn
from flows.voice import voice_for
from flows.wallet import page_line, told
from storage.coupons import Coupon
from storage.crm import Crm
from storage.owners import Owner

FRIEND_OFFER, REFERRER_OFFER = "friend", "referral"
TOLD_FOR = timedelta(days=3)


def refer(turn: Turn) -> None:
    """The owner's code and link, what both get, and how many came."""
    crm, say = turn.crm, turn.say
    code = crm.referrals.code_of(turn.owner.key)
    offers = (crm.shop.policy.offers[name] for name in (FRIEND_OFFER, REFERRER_OFFER))
    lines = [say.referral_offer(code, *(_in_words(turn, offer) for offer in offers))]
    if crm.shop.telegram_bot:
        lines.append(say.referral_link(f"https://t.me/{crm.shop.telegram_bot}?start=r-{code}"))
    if brought := [row for row in crm.referrals.of_referrer(turn.owner.key) if row.claim]:
        lines.append(say.referral_so_far(len(brought), crm.referrals.rewarded(turn.owner.key)))
    turn.tell("\n".join(lines))


def code_in_words(crm: Crm, text: str) -> str:
    """The referral code that somebody typed: after 介绍码, or alone where it is somebody's."""
    if code := referral_code(text):
        return code
    bare = maybe_referral_code(text)
    return bare if bare and crm.referrals.referrer(bare) else ""


def referred(turn: Turn) -> None:
    """Somebody came with a code: by a scanned code, a link, or typing it."""
    referrer = turn.crm.referrals.referrer(turn.argument.upper())
    if referrer is None:
        _go_on(turn, turn.say.unknown_code())
    elif referrer.key == turn.owner.key:
        turn.crm.referrals.refuse(turn.owner.key, referrer.key, SELF)
        turn.tell(turn.say.own_code())
    elif why := brought(turn.crm, turn.owner.key, referrer):
        if turn.crm.referrals.refuse(turn.owner.key, referrer.key, why):
            tell_refused(turn.crm, referrer.key, why)
        _go_on(turn, turn.say.code_received())
    else:
        _welcome_friend(turn, referrer)


def brought(crm: Crm, friend_id: int, referrer: Owner) -> str | None:
    """Write down who brought them; why it does not count, if so. The same referrer again changes nothing."""
    why = refusal(crm.referrals.facts(friend_id, referrer.key))
    if why:
        return why
    if crm.referrals.invite(friend_id, referrer.key):
        return None
    first = crm.referrals.of_friend(friend_id)
    return None if first and first.referrer_id == referrer.key else SECOND


def tell_refused(crm: Crm, referrer_id: int, why: str) -> None:
    """Politely, to the one who hoped for a reward."""
    text = voice_for(crm, referrer_id).referral_not_counted(why)
    crm.outbox.tell_owner(referrer_id, Bubble(text), Rank.SERVICE, TOLD_FOR)


def _welcome_friend(turn: Turn, referrer: Owner) -> None:
    crm, say = turn.crm, turn.say
    coupon = _friends_coupon(crm, turn.owner.key)
    if coupon is None:
        _go_on(turn, say.code_received())
        return
    name, gift, last = masked_name(referrer.name) or say.a_friend(), *told(crm, say, coupon)[1:]
    text = say.friend_welcome(name, gift, last, grouped(coupon.code)) + page_line(crm, say, coupon)
    turn.ask("go", text, [("booking", say.menu_book()), ("my_coupons", say.to_wallet())])


def _friends_coupon(crm: Crm, friend_id: int) -> Coupon | None:
    """Given once; None when the budget is used up."""
    name = f"friend:{friend_id}"
    return crm.coupons.issue(friend_id, FRIEND_OFFER, name, claimed=True) or crm.coupons.of_occurrence(name)


def _go_on(turn: Turn, text: str) -> None:
    """The talk goes on as if no code had been named."""
    if turn.inbound.kind in (Kind.FOLLOW, Kind.SCAN):
        welcome(turn)
        return
    turn.tell(text)
    if not turn.state.top:
        menu(turn)


def _in_words(turn: Turn, offer: Offer) -> str:
    name, gift = title(turn.say, offer), gives(turn.say, offer)
    return turn.say.pick(f"{name}（{gift}）", f"a {name.lower()} ({gift})")


ANSWERS = {"refer": refer, "referred": referred}
