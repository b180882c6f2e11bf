"""The routes of an owner's pages: GET shows, POST does and leads back to what is shown."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from types import ModuleType
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.house import House
from console.asking import ask
from console.h5 import booking, calendar, complaint, coupon, door, my_data, notices, survey
from console.h5.call import LONGEST_VALUE, Call, Done, Elsewhere, File, NoLink, Shown, Wrong, address, here
from console.h5.inside import FRAMES, SCRIPT, Inside, Signing
from console.looks import rendered, squeezed
from console.problem import body_of
from core.errors import StoreUnavailable
from core.say.h5 import H5Say
from storage.crm import Crm
from storage.links import NOTICES, Link

log = logging.getLogger(__name__)
LARGEST_FORM = 32 * 1024
PAGES: dict[str, ModuleType] = {
    "booking": booking,
    "coupon": coupon,
    "survey": survey,
    "complaint": complaint,
    "my_data": my_data,
    "notices": notices,
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors https://web.telegram.org https://*.web.telegram.org",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
}

INSIDE_WECHAT = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "script-src 'self'", f"script-src 'self' {SCRIPT}; frame-src {FRAMES}"
    )
}  # what its tags need, on the page that has one


def router(house: House) -> APIRouter:
    """Everything under /h."""
    routes = APIRouter(include_in_schema=False)
    signing = Signing(house)

    @routes.api_route("/h/{token}", methods=["GET", "HEAD"])
    async def look(request: Request, token: str) -> Response:
        return await _answer(request, house, token, partial(_look, signing=signing))

    @routes.post("/h/{token}")
    async def do(request: Request, token: str) -> Response:
        return await _answer(request, house, token, _do)

    @routes.get("/h/{token}/visit.ics")
    async def visit(request: Request, token: str) -> Response:
        return await _answer(request, house, token, _calendar)

    return routes


async def _answer(request: Request, house: House, token: str, answer: object) -> Response:
    """Let in who may come in; whatever goes wrong is a page that says what to do."""
    assert callable(answer)
    try:
        if wait := await door.wait_of(request, house, token):
            return await _refusal(request, house, 429, wait)
        response: Response = await answer(request, house, token)
        return response
    except NoLink as reason:
        wait = await door.wait_of_guess(request, house) if reason.status == 404 else 0
        return await _refusal(request, house, 429 if wait else reason.status, wait)
    except StoreUnavailable:
        return await _refusal(request, house, 503, 2)


async def _look(request: Request, house: House, token: str, signing: Signing) -> Response:
    def show(crm: Crm, inside: Inside | None = None) -> tuple[Link, str]:
        call = _call(crm, _live(crm, token), token, dict(request.query_params))
        return call.link, _html(replace(call, inside=inside))

    link, html = await ask(house, show)
    if link.opened_at is None and not door.only_previews(request):
        await house.database.run(lambda crm: crm.links.mark_opened(link))
    inside = await signing.sign(request) if link.purpose == NOTICES else None
    if inside is None:
        return _page(request, html)
    _, html = await ask(house, partial(show, inside=inside))
    return _page(request, html, 200, **(INSIDE_WECHAT if inside.signature else {}))


async def _do(request: Request, house: House, token: str) -> Response:
    if not door.is_ours(request, house):
        return await _refusal(request, house, 403)
    form = _form(await body_of(request, LARGEST_FORM))

    def act(crm: Crm) -> str | File:
        link = _live(crm, token, lock=True)
        crm.actor, crm.channel = f"owner:{link.owner_id}", "web"
        call = _call(crm, link, token, form)
        done: Done | Elsewhere | File = PAGES[link.purpose].act(call)
        if isinstance(done, File):
            return done
        lang = {"lang": form.get("lang", "")}
        return address(done.token, here(lang)) if isinstance(done, Elsewhere) else address(token, here(lang, **done))

    try:
        done = await house.database.run(act)
    except Wrong as wrong:
        return await _again(request, house, token, form, wrong)
    return _file(done) if isinstance(done, File) else RedirectResponse(done, 303, headers=HEADERS)


async def _again(request: Request, house: House, token: str, form: dict[str, str], wrong: Wrong) -> Response:
    """The page with what was sent and what is wrong about it."""

    def show(crm: Crm) -> str:
        return _html(_call(crm, _live(crm, token), token, form, wrong.errors))

    return _page(request, await ask(house, show), 422)


async def _calendar(request: Request, house: House, token: str) -> Response:
    def entry(crm: Crm) -> File | None:
        link = _live(crm, token)
        return (
            calendar.entry(_call(crm, link, token, dict(request.query_params))) if link.purpose == "booking" else None
        )

    found = await ask(house, entry)
    if found is None:
        raise NoLink(404)
    return _file(found)


def _live(crm: Crm, token: str, *, lock: bool = False) -> Link:
    link = crm.links.find(token, lock=lock)
    if link is None or link.purpose not in PAGES:
        raise NoLink(404)
    if crm.links.is_over(link):
        raise NoLink(410)
    return link


def _call(crm: Crm, link: Link, token: str, asked: dict[str, str], errors: dict[str, str] | None = None) -> Call:
    asked = {name: value[:LONGEST_VALUE] for name, value in asked.items()}
    language = asked.get("lang") or crm.owners.get(link.owner_id).language
    return Call(crm, link, token, asked, H5Say(language, crm.shop.zone), errors or {})


def _form(body: bytes) -> dict[str, str]:
    """The fields of a sent form; of several of one name all, by lines."""
    fields: dict[str, str] = {}
    for name, value in parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True):
        fields[name] = f"{fields[name]}\n{value}" if name in fields else value
    return fields


def _html(call: Call) -> str:
    """The page, made while the store is at hand."""
    shown: Shown = PAGES[call.link.purpose].show(call)
    other = call.here(lang="zh" if call.say.english else "en")
    common = {"say": call.say, "call": call, "here": call.here, "errors": call.errors, "asked": call.asked}
    return rendered(shown.template, title=shown.title, brand=call.brand(), other=other, **common, **shown.values)


def _page(request: Request, html: str, status: int = 200, **headers: str) -> Response:
    return squeezed(request, HTMLResponse(html, status, headers=HEADERS | headers))


async def _refusal(request: Request, house: House, status: int, wait: int = 0) -> Response:
    """A page for everybody who cannot come in, with the stores' own phone numbers."""
    language = request.query_params.get("lang") or request.headers.get("accept-language", "zh")[:2]
    say = H5Say(language, house.shop.zone)
    reasons = {404: say.no_such_link(), 410: say.link_over(), 429: say.too_often(wait), 503: say.cannot_save()}
    heading, hint = reasons.get(status, say.foreign_form())
    try:
        stores = await ask(house, lambda crm: [(s.name, s.phone) for s in crm.stores.all()])
    except StoreUnavailable:
        stores = []
    other = here({}, lang="zh" if say.english else "en")
    brand = stores[0][0] if len(stores) == 1 else ""
    html = rendered("h5_refusal.html", say=say, title=heading, brand=brand, other=other, hint=hint, stores=stores)
    return _page(request, html, status, **({"Retry-After": str(wait)} if wait else {}))


def _file(file: File) -> Response:
    told = HEADERS | {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.body, media_type=file.media_type, headers=told)
