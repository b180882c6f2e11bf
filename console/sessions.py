"""Who is signed in to the staff pages, and whether a form was sent from one of them."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from bot.house import House
from storage.crm import Crm
from storage.staff import Staff

SESSION_COOKIE, SAID_COOKIE = "huiche_session", "huiche_said"
_TWO_WEEKS = 14 * 24 * 3600
_SHORTLY = 30


def signed_in(crm: Crm, request: Request) -> Staff | None:
    """The member of staff behind the request's cookie."""
    token = request.cookies.get(SESSION_COOKIE)
    staff = crm.signins.staff(token) if token else None
    if staff:
        crm.actor, crm.channel = f"staff:{staff.key}", "console"
    return staff


def remember(response: Response, token: str, house: House) -> None:
    secure = house.settings.public_url.startswith("https://")
    response.set_cookie(
        SESSION_COOKIE, token, max_age=_TWO_WEEKS, path="/console", httponly=True, samesite="lax", secure=secure
    )


def forget(response: Response) -> None:
    response.delete_cookie(SESSION_COOKIE, path="/console")


def comes_from_us(request: Request, house: House) -> bool:
    """Whether the form was sent from a page of ours; a browser says so in Origin, which no page can forge."""
    origin = request.headers.get("origin")
    if request.headers.get("sec-fetch-site") == "cross-site":
        return False
    ours = {request.headers.get("host", ""), urlsplit(house.settings.public_url).netloc}
    return origin is None or urlsplit(origin).netloc in ours


def back_to(path: str, said: str = "") -> RedirectResponse:
    """On to a page, which shows the sentence once."""
    response = RedirectResponse(path, 303, headers={"Cache-Control": "no-store"})
    if said:
        response.set_cookie(SAID_COOKIE, quote(said), max_age=_SHORTLY, path="/console", httponly=True, samesite="lax")
    return response


def said_before(request: Request) -> str:
    return unquote(request.cookies.get(SAID_COOKIE, ""))[:200]


def said_now(response: Response) -> None:
    response.delete_cookie(SAID_COOKIE, path="/console")
