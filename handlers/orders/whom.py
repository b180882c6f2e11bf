"""Who orders, and whom an order is about: found by plate, phone or name, in the stores that are theirs to see."""

from __future__ import annotations

from dataclasses import dataclass

from core.masking import masked_name, masked_plate
from core.say import OwnerSay, StaffSay
from core.understanding.staff_words import NAME, Order
from storage.crm import Crm
from storage.owners import Owner
from storage.references import owners_by_name, owners_by_reference
from storage.staff import Staff

ROLES = ("advisor", "manager", "operator", "boss")  # who works with owners
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """One member of staff writing; `full` in private, where names and numbers may be read."""

    crm: Crm
    staff: Staff
    say: StaffSay
    full: bool

    @property
    def owner_say(self) -> OwnerSay:
        """The owners' words for the shop's items and facts, in the staff's language."""
        return OwnerSay("en" if self.say.english else "zh", self.crm.shop.zone)

    def name(self, owner: Owner) -> str:
        if not owner.name:
            return self.say.new_owner()
        return owner.name if self.full else masked_name(owner.name)

    def plate(self, plate: str | None) -> str:
        return (plate if self.full else masked_plate(plate)) if plate else ""

    def plates(self, owner: Owner) -> str:
        return self.say.listed(self.plate(car.plate) for car in self.crm.vehicles.of_owner(owner.key))


def whom(desk: Desk, order: Order) -> tuple[Owner | None, str]:
    """The one who is meant, or the sentence that says why it is nobody."""
    if desk.staff.role not in ROLES:
        return None, desk.say.coupon_not_allowed()
    if not order.kind:
        return None, desk.say.whom_do_you_mean()
    by_name = order.kind == NAME
    found = owners_by_name(desk.crm, order.target) if by_name else owners_by_reference(desk.crm, order.target)
    seen = [owner for owner in found if desk.staff.sees_store(owner.store_id) and owner.status != "erased"]
    if not seen:
        return None, desk.say.nobody_found()
    if len(seen) > 1:
        return None, desk.say.several_found([_in_a_line(desk, owner) for owner in seen[:SHOWN]])
    return seen[0], ""


def _in_a_line(desk: Desk, owner: Owner) -> str:
    return " ".join(filter(None, [desk.name(owner), desk.plates(owner)]))
