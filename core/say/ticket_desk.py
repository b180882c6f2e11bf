"""What the staff read about complaints, and how they are ended."""

from __future__ import annotations

from core.say.words import Words

_TICKETS = {
    "open": ("处理中", "under way"),
    "solved": ("等车主确认", "waiting for the owner"),
    "closed": ("车主确认已解决", "solved, says the owner"),
    "unanswered": ("车主未答复结案", "ended without an answer"),
    "withdrawn": ("车主撤回", "withdrawn"),
}


class TicketDeskSay(Words):
    """How a complaint stands, and what to do about it."""

    def ticket_state(self, state: str) -> str:
        return self.pick(*_TICKETS[state])

    def how_to_solve(self, number: str, *, undecided: bool = False) -> str:
        if undecided:
            return self.pick(
                f"要结案请私聊回复“结案 {number} 原因”，或点“继续跟进”。",
                f"To end it write to me “end {number} why”, or tap “Go on with it”.",
            )
        return self.pick(
            f"处理好后私聊回复“解决 {number} 做了什么”，我来问车主。",
            f"When it is done write to me “solved {number} what you did”; I ask the owner.",
        )

    def owner_is_asked(self) -> str:
        return self.pick("已记录，正在请车主确认", "Noted; the owner is asked whether it is solved")

    def for_the_manager(self) -> str:
        return self.pick("这一步由店长决定", "This is for the manager to decide")

    def not_to_be_ended(self, number: str) -> str:
        return self.pick(
            f"{number} 还不能结案：要先问过车主两次没有答复",
            f"{number} cannot be ended yet: the owner must have been asked twice without an answer",
        )

    def no_such_ticket(self, number: str) -> str:
        return self.pick(
            f"没有找到投诉 {number}，请核对编号", f"There is no complaint {number}; please check the number"
        )
