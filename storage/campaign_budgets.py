"""Budgets of campaigns: what the coupons of each have cost, and never more than it may.

What is not used does not come back, so that no more is ever promised than the shop has set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import Field, SQLModel, select

from storage.columns import table_of

if TYPE_CHECKING:
    from storage.crm import Crm


class CampaignBudget(SQLModel, table=True):
    """What the coupons that one campaign has given count together."""

    __tablename__ = "campaign_budget"

    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(unique=True, max_length=32)
    spent_fen: int = 0


BUDGETS = table_of(CampaignBudget)


class CampaignBudgets:
    """Verbs on budgets of campaigns."""

    def __init__(self, crm: Crm) -> None:
        self.crm = crm

    def spend(self, campaign: str, fen: int, most_fen: int) -> bool:
        """Count it by one conditional UPDATE; of two workers the second waits and sees what the first has spent.

        False: it would be more than `most_fen`, and nothing is counted; then the shop is told, once.
        """
        self.crm.insert_once(CampaignBudget, campaign=campaign)
        fits = (BUDGETS.c.campaign == campaign, BUDGETS.c.spent_fen + fen <= most_fen)
        spent = update(BUDGETS).where(*fits).values(spent_fen=BUDGETS.c.spent_fen + fen)
        if self.crm.connection.execute(spent).rowcount == 1:
            return True
        facts, name = {"campaign": campaign}, f"budget:{campaign}"
        self.crm.tasks.open("budget_used_up", store_id=None, facts=facts, occurrence=name, to_manager=True)
        return False

    def give_back(self, campaign: str, fen: int) -> None:
        """The coupon was not given after all."""
        mine = update(BUDGETS).where(BUDGETS.c.campaign == campaign)
        self.crm.connection.execute(mine.values(spent_fen=BUDGETS.c.spent_fen - fen))

    def spent(self, campaign: str) -> int:
        query = select(CampaignBudget.spent_fen).where(CampaignBudget.campaign == campaign)
        return self.crm.session.exec(query).first() or 0
