"""The API for other programs: what is booked, what is free, who the owners are, what the staff has to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Response
from fastapi.responses import JSONResponse

from bot.house import House
from console import api_coupons, health
from console import api_lists as lists
from console.api_documents import (
    AppointmentItem,
    Listing,
    OpportunityItem,
    OpportunityStage,
    OwnerDocument,
    OwnerItem,
    Problem,
    SlotItem,
    Status,
    TaskItem,
)
from console.api_tokens import checked
from console.asking import ask
from core.errors import BadInput
from core.grades import Grade
from core.stages import Stage
from storage.crm import Crm
from storage.listings import LARGEST_ID, Page
from storage.profile import profile

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str, Query(max_length=40, description="the `next` of the page before")]
Words = Annotated[str, Query(max_length=64)]
From = Annotated[str, Query(alias="from", max_length=40, description="a day, or a moment with offset")]
To = Annotated[str, Query(max_length=40, description="the last day, or the moment before which")]
StatusOfAppointment = Annotated[Status | None, Query()]
StageOfOpportunity = Annotated[OpportunityStage | None, Query()]
StatusOfTask = Annotated[str, Query(pattern="^(open|taken|snoozed|done|closed|)$")]
GradeOf = Annotated[str, Query(pattern=f"^({'|'.join(Grade)}|)$")]
StageOf = Annotated[str, Query(pattern=f"^({'|'.join(Stage)}|)$")]
_PROBLEM = {"application/problem+json": {"schema": Problem.model_json_schema()}}


def router(house: House) -> APIRouter:
    """All of it: health, and `/api/v1` for those who have a token."""
    routes = APIRouter()
    routes.include_router(health.router(house))
    routes.include_router(_api(house))
    return routes


def _api(house: House) -> APIRouter:
    check = checked(house.settings.api_tokens.get_secret_value())
    described = _responses({401: "no token, or a wrong one", 422: "a parameter is wrong", 503: "try again"})
    routes = APIRouter(prefix="/api/v1", dependencies=[Depends(check)], responses=described, tags=["api"])
    _add_appointments(routes, house)
    _add_owners(routes, house)
    _add_tasks(routes, house)
    _add_opportunities(routes, house)
    api_coupons.add(routes, house, check)
    return routes


def _add_appointments(routes: APIRouter, house: House) -> None:
    @routes.get("/appointments", response_model=Listing[AppointmentItem], summary="What is booked, soonest first")
    async def appointments(
        since: From = "",
        to: To = "",
        store: Words = "",
        status: StatusOfAppointment = None,
        limit: Limit = 50,
        after: After = "",
    ) -> Response:
        page = Page(limit, after)
        return await _answer(house, lambda crm: lists.appointments(crm, since, to, store, status or "", page))

    @routes.get("/slots", response_model=Listing[SlotItem], summary="When a service could start on a day")
    async def slots(store: Words, service: Words, date: Words) -> Response:
        return await _answer(house, lambda crm: lists.slots(crm, store, service, date))


def _add_owners(routes: APIRouter, house: House) -> None:
    @routes.get("/owners", response_model=Listing[OwnerItem], summary="The owners, by number")
    async def owners(
        store: Words = "", grade: GradeOf = "", stage: StageOf = "", limit: Limit = 50, after: After = ""
    ) -> Response:
        return await _answer(house, lambda crm: lists.owners(crm, store, grade, stage, Page(limit, after)))

    @routes.get(
        "/owners/{owner_id}",
        response_model=OwnerDocument,
        responses=_responses({404: "nobody has that number"}),
        summary="Everything known about one owner",
    )
    async def owner(owner_id: Id) -> Response:
        return await _answer(house, lambda crm: profile(crm, owner_id))


def _add_tasks(routes: APIRouter, house: House) -> None:
    @routes.get("/tasks", response_model=Listing[TaskItem], summary="What the staff has to do, by number")
    async def tasks(store: Words = "", status: StatusOfTask = "", limit: Limit = 50, after: After = "") -> Response:
        return await _answer(house, lambda crm: lists.tasks(crm, store, status, Page(limit, after)))


def _add_opportunities(routes: APIRouter, house: House) -> None:
    @routes.get("/opportunities", response_model=Listing[OpportunityItem], summary="What owners may want, by number")
    async def opportunities(
        store: Words = "", stage: StageOfOpportunity = None, limit: Limit = 50, after: After = ""
    ) -> Response:
        return await _answer(house, lambda crm: lists.opportunities(crm, store, stage or "", Page(limit, after)))


async def _answer(house: House, question: Callable[[Crm], dict[str, Any] | None]) -> Response:
    """The document as it is: the models above only describe it, and a test holds the two together."""
    try:
        document = await ask(house, question)
    except BadInput as error:
        raise HTTPException(422, str(error)) from None
    if document is None:
        raise HTTPException(404)
    return JSONResponse(document)


def _responses(words: dict[int, str]) -> dict[int | str, dict[str, Any]]:
    return {code: {"description": text, "content": _PROBLEM} for code, text in words.items()}
