"""How a staff page is shown: to whoever is signed in, in their language; to anybody else what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from bot.house import House
from console.looks import language_of, page, remember_language
from console.sessions import said_before, said_now, signed_in
from console.views import Missing
from core.errors import Refused
from core.say.page import PageSay
from storage.crm import Crm
from storage.staff import Staff

View = Callable[[Crm, Staff], dict[str, Any]]


async def shown(request: Request, house: House, template: str, view: View) -> Response:
    """The page for whoever is signed in; a page that says what to do for anybody else."""
    say = say_of(request, house)

    def look(crm: Crm) -> tuple[Staff, dict[str, Any]] | None:
        staff = signed_in(crm, request)
        return (staff, view(crm, staff)) if staff else None

    try:
        seen = await house.database.run(look)
    except Missing:
        return message(request, say, 404, "cross", say.not_found_title(), say.not_found_hint())
    except Refused:
        return message(request, say, 403, "cross", say.forbidden_title(), say.forbidden_hint())
    if seen is None:
        return message(request, say, 401, "key", say.no_session_title(), say.how_to_sign_in())
    staff, values = seen
    response = page(template, say=say, path=request.url.path, who=staff, said=said_before(request), **values)
    said_now(response)
    remember_language(response, request)
    return response


def message(request: Request, say: PageSay, status: int, icon: str, title: str, hint: str) -> HTMLResponse:
    return page(
        "message.html", status, say=say, path=request.url.path, who=None, icon_name=icon, title=title, hint=hint
    )


def say_of(request: Request, house: House) -> PageSay:
    return PageSay(language_of(request), house.shop.zone)


def number_of(text: str) -> int:
    """A row's number as it stands in an address; 0, which no row has, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
