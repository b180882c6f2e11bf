"""Coupons for tills and other programs: what one gives, and redeeming it, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path
from fastapi.responses import JSONResponse

from bot.house import House
from console.api_documents import CouponItem, Problem, RedeemOrder
from console.api_lists import store_named
from console.api_tokens import Check
from console.asking import ask
from core.errors import BadInput
from core.say import StaffSay
from handlers.coupons import redeem_by_program, why_not, with_code
from storage.coupons import UNKNOWN, CouponRefused
from storage.crm import Crm
from storage.profile import coupon_item

Code = Annotated[
    str, Path(max_length=64, description="as it stands on the coupon; gaps and small letters do not matter")
]


def add(routes: APIRouter, house: House, check: Check) -> None:
    """Both of them, for who has a token."""
    unknown = _documented(404, "no coupon has that code")
    used = _documented(409, "used before, or over: when, where and by whom")
    known = Depends(check)

    @routes.get("/coupons/{code}", response_model=CouponItem, responses=unknown, summary="What a coupon gives")
    async def coupon(code: Code) -> JSONResponse:
        try:
            return JSONResponse(await ask(house, lambda crm: coupon_item(crm, with_code(crm, code))))
        except CouponRefused:
            raise HTTPException(404) from None

    @routes.post(
        "/coupons/{code}/redeem", response_model=CouponItem, responses=unknown | used, summary="Use a coupon, once"
    )
    async def redeem(code: Code, order: RedeemOrder | None = None, name: str = known) -> JSONResponse:
        store = order.store if order else ""
        return JSONResponse(await house.database.run(_told(lambda crm: _redeem(crm, name, code, store))))


def _redeem(crm: Crm, name: str, code: str, store: str) -> dict[str, Any]:
    store_id = store_named(crm, store).key if store else None
    return coupon_item(crm, redeem_by_program(crm, name, code, store_id))


def _told(change: Callable[[Crm], dict[str, Any]]) -> Callable[[Crm], dict[str, Any]]:
    """The change, whose refusal says in the same transaction why."""

    def run(crm: Crm) -> dict[str, Any]:
        try:
            return change(crm)
        except BadInput as error:
            raise HTTPException(422, str(error)) from None
        except CouponRefused as refusal:
            if refusal.why == UNKNOWN:
                raise HTTPException(404) from None
            raise HTTPException(409, why_not(crm, refusal, StaffSay("en", crm.shop.zone))) from None

    return run


def _documented(status: int, words: str) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {status: {"description": words, "content": content}}
