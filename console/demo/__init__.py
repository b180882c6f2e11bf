"""The demo: an invented shop on one page, with the owner's phone, the ledger and the staff group side by side."""

from console.demo.routes import router
from console.demo.show import run

__all__ = ["router", "run"]
