"""The demo's shop: three stores in Shenzhen with all their people and cars, every one of them invented."""

from console.shop.fill import fill
from console.shop.invent import InventedShop, invent

__all__ = ["InventedShop", "fill", "invent"]
