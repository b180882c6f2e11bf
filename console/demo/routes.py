"""The demo's routes: the page, what happened since, taps in the staff group, and the clock."""

from __future__ import annotations

import secrets
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from bot.house import House
from console.demo import group, moves, phone
from console.ledger import entries
from console.looks import language_of, page, remember_language
from core.errors import Refused
from core.say.demo import DemoSay
from handlers.staff import TAKERS, act
from storage.crm import Crm
from storage.listings import LARGEST_ID
from storage.staff import Staff

Number = Annotated[int, Query(ge=0, le=LARGEST_ID)]


def router(house: House) -> APIRouter:
    """Everything of the demo page; the phone itself talks to the web chat's own API."""
    routes = APIRouter(include_in_schema=False)
    account = "phone-" + secrets.token_urlsafe(18)
    _add_page(routes, house, account)
    _add_phone(routes, house, account)
    _add_group(routes, house)
    return routes


def _add_page(routes: APIRouter, house: House, account: str) -> None:
    """The page itself, what happened since, and the clock."""

    @routes.get("/")
    async def demo(request: Request) -> HTMLResponse:
        language = language_of(request)
        await house.database.run(lambda crm: phone.greet(crm, account, language))
        response = page(
            "demo.html", **await run_in_threadpool(house.database.read, lambda crm: _scene(crm, language, account))
        )
        remember_language(response, request)
        return response

    @routes.get("/demo/ledger")
    def ledger(request: Request, after: Number = 0, seen: str = "", me: Number = 0) -> dict[str, Any]:
        language = language_of(request)
        return house.database.read(lambda crm: _news(crm, account, after, seen, me, language))

    @routes.post("/demo/clock/{to}")
    async def clock(request: Request, to: Literal["day", "event"]) -> dict[str, str]:
        find = moves.next_event if to == "event" else moves.next_morning
        moment = await run_in_threadpool(find, house)
        return {"said": await moves.move(house, moment, language_of(request))}


def _add_phone(routes: APIRouter, house: House, account: str) -> None:
    """What the owner on the phone has before them."""

    @routes.get("/demo/talk")
    def talk(request: Request) -> list[dict[str, Any]]:
        language = language_of(request)
        return house.database.read(lambda crm: phone.talk_of(crm, account, language))

    @routes.get("/demo/page")
    async def owners_page(request: Request) -> RedirectResponse:
        token = await house.database.run(lambda crm: phone.booking_page(crm, account))
        return RedirectResponse(f"/h/{token}?lang={language_of(request)}", 303)


def _add_group(routes: APIRouter, house: House) -> None:
    """What the staff tap, and their own pages."""

    @routes.post("/demo/staff/{task}/{action}")
    async def tap(
        request: Request, task: Annotated[int, Path(ge=0, le=LARGEST_ID)], action: str, me: Number
    ) -> JSONResponse:
        language = language_of(request)
        try:
            said = await house.database.run(lambda crm: _tap(crm, me, task, action, language))
        except Refused as refusal:
            return JSONResponse({"said": str(refusal), "done": False})
        return JSONResponse({"said": said, "done": True})

    @routes.get("/demo/staff/page")
    async def staff_page(me: Number) -> RedirectResponse:
        token = await house.database.run(lambda crm: _link(crm, me))
        if token is None:
            raise HTTPException(404)
        return RedirectResponse(f"/console/sign-in/{token}", 303)


def _scene(crm: Crm, language: str, account: str) -> dict[str, Any]:
    say = DemoSay(language, crm.shop.zone)
    takers = [member for member in crm.staff.all() if member.role in TAKERS]
    people = [(store.name, [m for m in takers if m.store_id == store.key]) for store in crm.stores.all()]
    advisors_first = [(name, sorted(team, key=lambda m: m.role)) for name, team in people]
    return {
        "say": say,
        "account": account,
        "staff": advisors_first,
        "clock": say.moment(crm.now),
        "short_clock": say.short_moment(crm.now),
    }


def _news(crm: Crm, account: str, after: int, seen: str, me: int, language: str) -> dict[str, Any]:
    say = DemoSay(language, crm.shop.zone)
    cards = group.cards(crm, _member(crm, me), language)
    mark = group.print_of(cards)
    name = phone.known_as(crm, account)
    return {
        "clock": say.moment(crm.now),
        "shortClock": say.short_moment(crm.now),
        "day": say.day(crm.now.astimezone(crm.shop.zone).date()),
        "time": say.clock(crm.now),
        "entries": entries(crm, after, language),
        "cards": None if mark == seen else cards,
        "seen": mark,
        "said": phone.last_said(crm, account),
        "phone": say.owners_phone_of(name) if name else say.owners_phone(),
    }


def _member(crm: Crm, me: int) -> Staff | None:
    return next((member for member in crm.staff.all() if member.key == me), None)


def _link(crm: Crm, me: int) -> str | None:
    member = _member(crm, me)
    return crm.signins.link(member.key) if member else None


def _tap(crm: Crm, me: int, task: int, action: str, language: str) -> str:
    member = _member(crm, me)
    if member is None:
        raise Refused(DemoSay(language, crm.shop.zone).forbidden_title())
    crm.channel = group.CHANNEL
    return act(crm, member, task, action, language)
