"""The staff pages: sign in by a one-time link, my tasks today, a task, an owner. They work without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from bot.house import House
from console import media, redeem, views
from console.looks import language_of, page, static_router
from console.sessions import SESSION_COOKIE, back_to, comes_from_us, forget, remember, signed_in
from console.showing import message, number_of, say_of, shown
from console.unanswered import unanswered_page
from core.errors import Refused
from handlers.staff import act, write
from storage.crm import Crm
from storage.staff import Staff

LONGEST_WORDS = 2000


def router(house: House) -> APIRouter:
    """Everything under /console, and the files that pages need."""
    routes = APIRouter(include_in_schema=False)
    routes.include_router(static_router())
    _add_signing_in(routes, house)
    _add_pages(routes, house)
    redeem.add(routes, house)
    routes.include_router(media.router(house))

    @routes.get("/console/{rest:path}")
    async def nothing_here(request: Request, rest: str) -> HTMLResponse:
        say = say_of(request, house)
        return message(request, say, 404, "cross", say.not_found_title(), say.not_found_hint())

    return routes


def _add_signing_in(routes: APIRouter, house: House) -> None:
    @routes.get("/console/sign-in/{token}")
    async def ask_to_sign_in(request: Request, token: str) -> HTMLResponse:
        """Only asks: whoever previews the link must not use it up."""
        return page("sign_in.html", say=say_of(request, house), path=request.url.path, who=None)

    @routes.post("/console/sign-in/{token}")
    async def sign_in(request: Request, token: str) -> Response:
        say = say_of(request, house)
        if not comes_from_us(request, house):
            return message(request, say, 403, "cross", say.refused_title(), say.foreign_form())
        session = await house.database.run(lambda crm: crm.signins.use_link(token))
        if session is None:
            return message(request, say, 403, "key", say.link_over_title(), say.how_to_sign_in())
        response = back_to("/console/")
        remember(response, session, house)
        return response

    @routes.post("/console/sign-out")
    async def sign_out(request: Request) -> Response:
        say, token = say_of(request, house), request.cookies.get(SESSION_COOKIE, "")
        if not comes_from_us(request, house):
            return message(request, say, 403, "cross", say.refused_title(), say.foreign_form())
        await house.database.run(lambda crm: crm.signins.end_session(token))
        response = message(request, say, 200, "key", say.signed_out_title(), say.how_to_sign_in())
        forget(response)
        return response


def _add_pages(routes: APIRouter, house: House) -> None:
    @routes.get("/console")
    @routes.get("/console/")
    async def home(request: Request) -> Response:
        return await shown(
            request, house, "tasks.html", lambda crm, staff: views.home(crm, staff, language_of(request))
        )

    @routes.get("/console/tasks/{task_id}")
    async def task(request: Request, task_id: str) -> Response:
        language, number = language_of(request), number_of(task_id)
        return await shown(
            request, house, "task.html", lambda crm, staff: views.task_page(crm, staff, number, language)
        )

    @routes.get("/console/owners/{owner_id}")
    async def owner(request: Request, owner_id: str) -> Response:
        language, number = language_of(request), number_of(owner_id)
        return await shown(
            request, house, "owner.html", lambda crm, staff: views.owner_page(crm, staff, number, language)
        )

    @routes.get("/console/questions")
    async def questions(request: Request) -> Response:
        return await shown(request, house, "unanswered.html", unanswered_page)

    @routes.post("/console/tasks/{task_id}/words")
    async def write_to_owner(request: Request, task_id: str, text: Annotated[str, Form()] = "") -> Response:
        number, language = number_of(task_id), language_of(request)
        return await _done(request, house, number, lambda crm, staff: write(crm, staff, number, text, language))

    @routes.post("/console/tasks/{task_id}/{action}")
    async def do(request: Request, task_id: str, action: str) -> Response:
        number, language = number_of(task_id), language_of(request)
        words = " ".join(parse_qs((await request.body()).decode(errors="replace")).get("words", []))[:LONGEST_WORDS]
        return await _done(request, house, number, lambda crm, staff: act(crm, staff, number, action, language, words))


async def _done(request: Request, house: House, task_id: int, work: Callable[[Crm, Staff], str]) -> Response:
    """Back on the task's page, which tells once what came of it."""
    say = say_of(request, house)
    if not comes_from_us(request, house):
        return message(request, say, 403, "cross", say.refused_title(), say.foreign_form())

    def change(crm: Crm) -> str | None:
        staff = signed_in(crm, request)
        return work(crm, staff) if staff else None

    try:
        said = await house.database.run(change)
    except Refused as refusal:
        said = str(refusal)
    if said is None:
        return message(request, say, 401, "key", say.no_session_title(), say.how_to_sign_in())
    return back_to(f"/console/tasks/{task_id}", said)
