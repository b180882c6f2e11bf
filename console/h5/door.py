"""Who may come in: how often an address and a link may ask, who only previews, which forms are ours."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import re

from fastapi import Request

from bot.house import House
from console.sessions import comes_from_us

PER_LINK, LINK_BURST = 1.0, 60  # requests a second, and at once
PER_ADDRESS, ADDRESS_BURST = 5.0, 200  # a phone network puts many people behind one address
GUESSES_PER_SECOND, GUESSES = 0.05, 20  # tokens that are none
_PREVIEWS = re.compile(
    r"bot\b|crawl|spider|preview|externalhit|facebot|whatsapp|slurp|bingpreview|mediapartners|headlesslink|curl/|wget/",
    re.IGNORECASE,
)
_PREFETCH = ("sec-purpose", "purpose", "x-purpose", "x-moz")


async def wait_of(request: Request, house: House, token: str) -> int:
    """Seconds to wait; 0: come in."""
    link = hashlib.sha256(token.encode()).hexdigest()[:16]
    waits = [
        await house.limits.ask(f"h5:link:{link}", PER_LINK, LINK_BURST),
        await house.limits.ask(f"h5:from:{_address(request)}", PER_ADDRESS, ADDRESS_BURST),
    ]
    return math.ceil(max(waits))


async def wait_of_guess(request: Request, house: House) -> int:
    """The same for somebody whose token is none: it was a slip, or they are guessing."""
    return math.ceil(await house.limits.ask(f"h5:guess:{_address(request)}", GUESSES_PER_SECOND, GUESSES))


def only_previews(request: Request) -> bool:
    """A messenger that draws a preview, a crawler, a browser that fetches ahead: nobody has seen the page."""
    if request.method != "GET" or any("prefetch" in request.headers.get(name, "") for name in _PREFETCH):
        return True
    agent = request.headers.get("user-agent", "")
    return not agent or bool(_PREVIEWS.search(agent))


def is_ours(request: Request, house: House) -> bool:
    """Whether a form was sent from our page.

    A page whose referrer goes nowhere says `Origin: null`; then Sec-Fetch-Site tells, where the browser knows it.
    """
    if request.headers.get("origin") != "null":
        return comes_from_us(request, house)
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


def _address(request: Request) -> str:
    """The caller's address; of IPv6 the network, which is one household."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
