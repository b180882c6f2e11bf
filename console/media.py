"""Photos and voice messages on the staff pages: for those who may see the task they belong to; each look is kept."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot.house import House
from console.sessions import signed_in
from console.views import may_see
from storage.crm import Crm
from storage.media import KEPT

_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
}


def router(house: House) -> APIRouter:
    """`/console/media/{number}`: the file; 404 for whoever may not see it, as for what is not there."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/console/media/{number}")
    async def show(request: Request, number: str) -> Response:
        wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
        found = await house.database.run(lambda crm: _file(crm, request, wanted))
        if found is None:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        mime, body = found
        return Response(body, media_type=mime, headers=_HEADERS)

    return routes


def _file(crm: Crm, request: Request, number: int) -> tuple[str, bytes] | None:
    staff, medium = signed_in(crm, request), crm.media.find(number)
    if staff is None or medium is None or medium.state != KEPT:
        return None
    owner = crm.owners.get(medium.owner_id) if medium.owner_id else None
    if not may_see(staff, owner.store_id if owner else None):
        return None
    crm.record("owner.revealed", "medium", medium.key, owner_id=medium.owner_id, detail=staff.name)
    return medium.mime, crm.media.body(medium)
