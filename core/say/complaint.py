"""What is said to an owner who complains, until they say that it is solved."""

from __future__ import annotations

from datetime import datetime

from core.say.words import Words

_STATES = {
    "open": ("处理中", "under way"),
    "solved": ("已处理，等您确认", "done, waiting for your word"),
    "closed": ("已解决", "solved"),
    "unanswered": ("已结案（未收到您的答复）", "ended without your answer"),
    "withdrawn": ("已撤回", "withdrawn"),
}


class ComplaintSay(Words):
    """Questions, the ticket, its progress and its end."""

    def what_happened(self) -> str:
        return self.pick(
            "非常抱歉让您不满意。请说说发生了什么，我原话转给负责人；有照片也可以直接发。",
            "We are very sorry. Please tell me what happened, I pass it on in your words; photos are welcome.",
        )

    def which_car_complaint(self) -> str:
        return self.pick("是哪辆车的事？", "Which car is it about?")

    def visit_choice(self, plate: str, day: str) -> str:
        return " · ".join(filter(None, [plate, day]))

    def no_car_meant(self) -> str:
        return self.pick("不是车的事", "Not about a car")

    def ticket_opened(self, number: str, contact_by: datetime, car: str) -> str:
        about = f"（{car}）" if car else ""
        return self.pick(
            f"非常抱歉。投诉已登记{about}，编号 {number}，负责人会在 {self.moment(contact_by)} 前联系您。有补充或照片直接发给我。",
            f"We are very sorry. Your complaint{f' ({car})' if car else ''} is registered as {number}; somebody will contact "
            f"you before {self.moment(contact_by)}. Just send me anything to add, photos too.",
        )

    def not_a_complaint(self) -> str:
        return self.pick("不是投诉，撤回", "Not a complaint, withdraw")

    def see_progress(self) -> str:
        return self.pick("投诉进度", "Progress")

    def added_to_ticket(self, number: str) -> str:
        return self.pick(
            f"已补充到投诉 {number}，负责人会看到。", f"Added to complaint {number}, the person in charge sees it."
        )

    def photo_kept(self) -> str:
        return self.pick("照片收到了，请再说一下发生了什么。", "The photo is here; please also tell me what happened.")

    def photo_added(self, number: str) -> str:
        return self.pick(f"照片已附到投诉 {number}。", f"The photo is with complaint {number}.")

    def ticket_withdrawn(self, number: str) -> str:
        return self.pick(
            f"好的，{number} 已撤回。有需要随时叫我。",
            f"All right, {number} is withdrawn. Just write when you need us.",
        )

    def progress_open(self, number: str, by: datetime, *, contacted: bool) -> str:
        if contacted:
            return self.pick(
                f"{number}：已联系过您，正在处理，最晚 {self.moment(by)} 给您结果。",
                f"{number}: we have spoken with you and work on it; you hear from us before {self.moment(by)}.",
            )
        return self.pick(
            f"{number}：已转给负责人，{self.moment(by)} 前联系您。",
            f"{number}: it is with the person in charge, who contacts you before {self.moment(by)}.",
        )

    def progress_late(self, number: str) -> str:
        return self.pick(
            f"{number}：抱歉，我们晚了，已经报给店长处理。",
            f"{number}: sorry, we are late; it is with the manager now.",
        )

    def progress_over(self, number: str, state: str) -> str:
        return self.pick(f"{number}：{_STATES[state][0]}。", f"{number}: {_STATES[state][1]}.")

    def no_ticket(self) -> str:
        return self.pick(
            "没有查到您的投诉。有不满意的地方直接告诉我，我来登记。",
            "There is no complaint of yours. If something is wrong just tell me, I register it.",
        )

    def is_it_solved(self, number: str, what: str) -> str:
        did = self.pick(f"我们做了：{what}\n", f"What we did: {what}\n") if what else ""
        return self.pick(
            f"您的投诉 {number} 我们已经处理。{did}请问解决了吗？",
            f"We have dealt with your complaint {number}. {did}Is it solved?",
        )

    def still_waiting_for_answer(self, number: str) -> str:
        return self.pick(
            f"想再跟您确认一次：投诉 {number} 解决了吗？您说了算。",
            f"May I ask once more: is complaint {number} solved? It is for you to say.",
        )

    def it_is_solved(self) -> str:
        return self.pick("解决了", "It is solved")

    def not_solved_yet(self) -> str:
        return self.pick("还没有", "Not yet")

    def ticket_closed(self, number: str) -> str:
        return self.pick(
            f"谢谢您，{number} 已结案。给您添麻烦了。", f"Thank you, {number} is closed. Sorry for the trouble."
        )

    def ticket_reopened(self, number: str, by: datetime) -> str:
        return self.pick(
            f"抱歉没解决好。{number} 已重新打开并报给店长，{self.moment(by)} 前联系您。还差什么请直接说。",
            f"Sorry that it is not solved. {number} is open again and with the manager, who contacts you before "
            f"{self.moment(by)}. Please tell me what is missing.",
        )

    def ticket_is_over(self, number: str, state: str) -> str:
        return self.pick(
            f"{number} {_STATES[state][0]}。还有问题直接告诉我，我重新登记。",
            f"{number} is {_STATES[state][1]}. If there is more just tell me, I register it anew.",
        )

    def ticket_state(self, state: str) -> str:
        return self.pick(*_STATES[state])
