"""The documents that the API gives, as OpenAPI describes them. Amounts are decimal strings of yuan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

Item = TypeVar("Item")
Status = Literal["booked", "arrived", "done", "cancelled", "no_show"]
OpportunityStage = Literal["new", "contacted", "quoted", "won", "lost"]


class Listing(BaseModel, Generic[Item]):
    """Every list: `next` goes into `after` to get what follows; null at the end."""

    items: list[Item]
    next: str | None = None


class Problem(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""


class AppointmentItem(BaseModel):
    """An appointment; moments with the shop's offset."""

    id: int
    owner_id: int
    plate: str | None
    service: str
    store: str
    bay: int
    starts_at: datetime
    ends_at: datetime
    status: Status
    channel: str


class SlotItem(BaseModel):
    """A time at which the work can start, how many can then, and how many still can."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    free: int


class OwnerItem(BaseModel):
    """An owner in a list; the whole document is at `/api/v1/owners/{id}`."""

    id: int
    name: str
    status: str
    phone: str | None
    store: str | None
    grade: str
    stage: str
    churn_level: str


class TaskItem(BaseModel):
    """A piece of the staff's work."""

    id: int
    kind: str
    status: str
    level: str
    store: str | None
    owner_id: int | None
    appointment_id: int | None
    taken_by: str | None
    outcome: str
    created_at: datetime
    changed_at: datetime


class OpportunityItem(BaseModel):
    """What an owner may want: `amount` is what it may be worth, `remind_at` when a card reminds of the next step."""

    id: int
    owner_id: int
    plate: str | None
    store: str | None
    advisor: str | None
    item: str
    stage: OpportunityStage
    amount: str | None
    next_step: str
    remind_at: datetime | None
    created_at: datetime
    changed_at: datetime


class CouponItem(BaseModel):
    """A coupon: `percent` is what is still to pay, `amount` the money off; `store` is where it was used."""

    code: str
    owner_id: int
    offer: str
    title: str
    percent: int | None
    amount: str | None
    gifts: str
    status: Literal["offered", "claimed", "redeemed", "revoked", "expired"]
    valid_until: datetime
    claimed_at: datetime | None
    redeemed_at: datetime | None
    redeemed_by: str | None
    store: str | None


class RedeemOrder(BaseModel):
    """Where the coupon is used: the code or name of a store."""

    store: str = Field("", max_length=64)


class Reason(BaseModel):
    """Why an owner has a grade, stands where they stand, or may be about to leave."""

    why: str
    value: int | str


class Churn(BaseModel):
    """`probability`: of not coming within a year, once the shop's own past tells it."""

    level: Literal["none", "watch", "risk", "high"]
    reasons: list[Reason]
    probability: float | None = None


class NextVisit(BaseModel):
    """Half of owners like this one who come back have come by `on`, four in five between `low` and `high`."""

    on: date | None
    low: date | None
    high: date | None


class ForetoldDocument(BaseModel):
    """Probabilities 0–1; `value`: what the next three years' visits are worth today, in yuan, beside `ltv`."""

    as_of: date
    alive: float
    returns_in_90_days: float
    returns_in_365_days: float
    visits_in_365_days: float
    next_visit: NextVisit
    value: str


class Forecast(BaseModel):
    """Today's odometer and the range in which it is in four cases of five; when maintenance may fall due."""

    km_per_day: float
    km_now: int
    low: int
    high: int
    due_on: date | None
    due_low: date | None
    due_high: date | None


class GradeChange(BaseModel):
    """The grade or the stage became another."""

    on: date
    what: Literal["grade", "stage"]
    before: str
    after: str
    reasons: list[Reason]


class VehicleDocument(BaseModel):
    id: int
    plate: str | None
    vin: str | None
    model: str
    powertrain: str
    mileage_km: int | None
    purchased_on: date | None
    last_service_on: date | None
    due_on: date | None
    forecast: Forecast | None


class VisitDocument(BaseModel):
    number: str
    visited_on: date
    plate: str | None
    items: list[str]
    mileage_km: int | None
    amount: str
    status: Literal["open", "completed", "cancelled"]
    rating: int | None


class ConsentDocument(BaseModel):
    purpose: str
    channel: str
    given: bool
    wording: str
    evidence: str
    at: datetime


class TimelineEntry(BaseModel):
    """`kind`: said (by the owner), told (by the shop), or what happened, as in appointment.booked."""

    at: datetime
    kind: str
    channel: str
    actor: str
    text: str
    state: str | None = None


class OwnerDocument(BaseModel):
    """Everything known about one owner, newest first; the same as `huiche owner REF --json`."""

    id: int
    name: str
    status: str
    phone: str | None
    phone_verified: bool
    birthday: date | None
    address: str | None
    language: str
    store: str | None
    advisor: str | None
    source: str
    remarks: str
    channels: list[str]
    created_at: datetime
    grade: str
    stage: str
    grade_reasons: list[Reason]
    stage_reasons: list[Reason]
    history: list[GradeChange]
    churn: Churn
    ltv: str = Field(description="what they have spent here, in yuan")
    foretold: ForetoldDocument | None
    tags: list[str]
    vehicles: list[VehicleDocument]
    visits: list[VisitDocument]
    appointments: list[AppointmentItem]
    coupons: list[CouponItem]
    opportunities: list[OpportunityItem]
    tickets: list[dict[str, Any]]
    consents: list[ConsentDocument]
    timeline: list[TimelineEntry]
