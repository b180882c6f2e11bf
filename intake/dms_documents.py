"""What the DMS sends: the shapes of its events. Anything else raises BadInput with the field and the reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from core.errors import BadInput

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MOST_KM = 2_000_000


def _as_text(value: Any) -> Any:
    """Moments and amounts are written as text; an amount may also be a JSON number, read without rounding."""
    if isinstance(value, (str, Decimal)) or type(value) is int:
        return str(value)
    raise ValueError("should be text")


def _as_moment(value: Any) -> Any:
    if not isinstance(value, str) or not value[:4].isdigit() or "T" not in value.upper().replace(" ", "T"):
        raise ValueError("should be ISO 8601 with offset, as 2026-11-24T15:00:00+08:00")
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_as_moment), Field(ge=EARLIEST, lt=LATEST, strict=False)]
Yuan = Annotated[
    Decimal,
    BeforeValidator(_as_text),
    Field(ge=0, le=10_000_000, decimal_places=2, allow_inf_nan=False, strict=False),
]
Kilometres = Annotated[int, Field(ge=0, le=MOST_KM)]
Words = Annotated[str, Field(max_length=200)]
Key = Annotated[str, Field(min_length=1, max_length=64)]


class _Document(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", str_strip_whitespace=True)


class Party(_Document):
    """Who brought the car."""

    name: Words | None = None
    phone: Words | None = None


class Item(_Document):
    """One line of a work order."""

    code: Words | None = None
    name: Words | None = None
    amount: Yuan | None = None


class WorkOrder(_Document):
    """`work_order.*`."""

    number: Key
    store: Words | None = None
    plate: Words | None = None
    vin: Words | None = None
    owner: Party | None = None
    mileage_km: Kilometres | None = None
    opened_at: Instant | None = None
    completed_at: Instant | None = None
    items: Annotated[list[Item], Field(max_length=500)] | None = None
    amount: Yuan | None = None
    advisor: Words | None = None


class CarNews(_Document):
    """`vehicle.updated`."""

    plate: Words | None = None
    vin: Words | None = None
    model: Annotated[str, Field(max_length=64)] | None = None
    mileage_km: Kilometres | None = None
    owner: Party | None = None


class OwnerNews(_Document):
    """`owner.updated`."""

    name: Words | None = None
    phone: Words | None = None
    plate: Words | None = None
    address: Words | None = None


class Answer(_Document):
    """`appointment.accepted` and `appointment.rejected`."""

    appointment_id: Annotated[int, Field(ge=1, lt=2**31)]
    number: Words | None = None  # the work order that it became
    reason: Words | None = None


DOCUMENTS: Mapping[str, type[_Document]] = {
    "work_order.opened": WorkOrder,
    "work_order.completed": WorkOrder,
    "work_order.cancelled": WorkOrder,
    "vehicle.updated": CarNews,
    "owner.updated": OwnerNews,
    "appointment.accepted": Answer,
    "appointment.rejected": Answer,
}


class DmsEnvelope(_Document):
    """`{"id","type","occurred_at","data"}`."""

    id: Annotated[str, Field(min_length=1, max_length=96)]
    type: str
    occurred_at: Instant
    data: dict[str, Any]


D = TypeVar("D", bound=_Document)


def read_event(body: bytes) -> tuple[DmsEnvelope, Any]:
    """The event and its data, in the shape of its type. Raises BadInput."""
    try:
        value = json.loads(body, parse_constant=_no_number, parse_float=Decimal)
        json.dumps(value, ensure_ascii=False, default=str).encode()  # half a surrogate is no text
    except (ValueError, RecursionError) as error:
        raise BadInput(f"the body is not JSON: {error}"[:200]) from None
    envelope = _checked(DmsEnvelope, value, "")
    if envelope.type not in DOCUMENTS:
        raise BadInput(f"type: one of {', '.join(DOCUMENTS)}")
    return envelope, _checked(DOCUMENTS[envelope.type], envelope.data, "data.")


def _checked(model: type[D], value: Any, where: str) -> D:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = where + ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{field.rstrip('.') or 'the body'}: {first['msg'].removeprefix('Value error, ')}") from None


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is not a number in JSON")
