"""`huiche link REF`: the address of one of an owner's own pages."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from console.terminal import screen
from console.terminal.opening import opened

if TYPE_CHECKING:
    from storage.crm import Crm

PAGES = ("booking", "coupon", "survey", "complaint", "my_data", "notices")
MOST_DAYS = 365


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("reference", metavar="REF", help="number of the record, plate or phone")
    parser.add_argument("--page", choices=PAGES)
    parser.add_argument("--subject", type=int, metavar="N", help="the car, coupon or survey that it is about")
    parser.add_argument("--days", type=int, metavar="N", help="how long it opens; the policy says it otherwise")
    parser.add_argument("--revoke", action="store_true", help="let the owner's open links (of that page) stop working")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    if not (args.page or args.revoke):
        return screen.wrong_use(f"--page is one of {', '.join(PAGES)}")
    if args.days is not None and not 1 <= args.days <= MOST_DAYS:
        return screen.wrong_use(f"--days is 1 to {MOST_DAYS}")
    with opened() as house:
        base = house.settings.public_url or "http://127.0.0.1:8000"
        done = house.database.transact(lambda crm: _revoked(crm, args) if args.revoke else _made(crm, args, base))
    if isinstance(done, str):
        return screen.wrong_use(done)
    if args.json:
        screen.document(done)
    elif args.revoke:
        print(f"{done['revoked']} links stopped working")
    else:
        print(done["url"])
        screen.hint(f"opens until {done['expires_at'][:16].replace('T', ' ')}; whoever has it can use it")
    return 0


def _made(crm: Crm, args: argparse.Namespace, base: str) -> dict[str, Any] | str:
    """The link as a document, or why there is none."""
    owner = _owner(crm, args.reference)
    if isinstance(owner, str):
        return owner
    if args.page in ("coupon", "survey") and args.subject is None:
        return f"--subject names the {args.page}"
    if args.page == "coupon":
        coupon = crm.coupons.find(args.subject)
        if coupon is None or coupon.owner_id != owner:
            return f"owner {owner} has no coupon {args.subject}"
    life = timedelta(days=args.days) if args.days else crm.shop.policy.link_life
    token = crm.links.make(args.page, owner, life, subject=args.subject)
    until = (crm.now + life).astimezone(crm.shop.zone)
    return {
        "url": f"{base}/h/{token}",
        "page": args.page,
        "owner": owner,
        "expires_at": until.isoformat("T", "seconds"),
    }


def _revoked(crm: Crm, args: argparse.Namespace) -> dict[str, Any] | str:
    owner = _owner(crm, args.reference)
    return owner if isinstance(owner, str) else {"owner": owner, "revoked": crm.links.revoke(owner, args.page or "")}


def _owner(crm: Crm, reference: str) -> int | str:
    from storage.references import owners_by_reference

    found = owners_by_reference(crm, reference)
    if len(found) == 1:
        return found[0].key
    return f"{len(found) or 'no'} people are on record under {reference!r}: see `huiche owner {reference}`"
