"""Every text for people, Chinese first and English second. Logic never holds a sentence."""

from core.say.owner import OwnerSay
from core.say.staff import StaffSay

__all__ = ["OwnerSay", "StaffSay"]
