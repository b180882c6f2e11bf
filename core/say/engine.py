"""What every talk says about itself: asked again, an old button, what time ended, the language."""

from __future__ import annotations

from core.say.words import Words

_LONG = 60  # characters: a longer answer is not said again
_FLOWS = {
    "booking": ("预约", "booking"),
    "move_appointment": ("改时间", "change of time"),
    "cancel_appointment": ("取消预约", "cancellation"),
    "wait_list": ("空位提醒", "wait-list request"),
    "car_sold": ("车辆变更", "change of cars"),
    "new_car": ("添加车辆", "new car"),
    "marketing_consent": ("消息设置", "message settings"),
    "birthday_coupon": ("生日礼券", "birthday coupon"),
    "win_back_survey": ("回访", "survey"),
    "visit_rating": ("评分", "rating"),
    "low_rating": ("意见反馈", "feedback"),
    "complaint": ("投诉", "complaint"),
    "ticket_answer": ("投诉确认", "complaint"),
    "my_data": ("我的资料", "look at your data"),
    "correct_data": ("资料更正", "correction"),
    "erase_me": ("删除资料", "erasure"),
    "complete_profile": ("资料补充", "question"),
    "pick_up": ("上门取送车", "pick-up"),
    "change_pick_up": ("修改取送车", "change of a pick-up"),
    "cancel_errand": ("取消取送车或救援", "calling off a pick-up or help"),
    "roadside": ("救援", "call for help"),
    "warning_light": ("故障灯咨询", "question about a warning light"),
}
_ENDS = {
    "done": ("已经办完了", "is done"),
    "dropped": ("已经取消了", "was dropped"),
    "timed_out": ("隔得太久，已经结束了", "was ended after a long time"),
    "gone": ("现在不这样办了", "is not offered like that any more"),
}


class EngineSay(Words):
    """Repetitions, ends and returns."""

    def _matter(self, flow: str) -> str:
        return self.pick(*_FLOWS.get(flow, ("事情", "matter")))

    def asked_again(self, question: str, has_choices: bool) -> str:
        zh = (
            "点一个选项或直接回答都可以，也可以说“人工”找顾问。"
            if has_choices
            else "直接回答就好，也可以说“人工”找顾问。"
        )
        en = "Tap one or just say it; “human” brings an advisor." if has_choices else "Or say “human” for an advisor."
        return self.pick(f"还差这一步：{question}\n{zh}", f"One thing is still open: {question}\n{en}")

    def look_again(self, summary: str) -> str:
        return self.pick(f"就差您确认了。\n{summary}", f"Only your yes is missing.\n{summary}")

    def still_open(self, has_choices: bool) -> str:
        if has_choices:
            return self.pick("刚才那一步还等您选：", "Your choice is still open:")
        return self.pick("刚才那一步还等您回答。", "The last question is still open.")

    def as_i_said(self, answer: str) -> str:
        if len(answer) <= _LONG:
            return self.pick(
                f"还是这样：{answer}\n没答到点子上的话，让顾问来帮您？",
                f"Still the same: {answer}\nShall an advisor help?",
            )
        return self.pick(
            "上面刚发过，您往上看看。没答到点子上的话，让顾问来帮您？",
            "It stands just above. If that is not the answer, shall an advisor help?",
        )

    def old_button(self, flow: str, how: str) -> str:
        if not how:
            return self.pick(
                "这个按钮对应的事早就办完或取消了。", "That button belongs to something that is long over."
            )
        end = self.pick(*_ENDS.get(how, _ENDS["done"]))
        return self.pick(
            f"这个按钮属于之前的{self._matter(flow)}，{end}。",
            f"That button belongs to an earlier {self._matter(flow)}, which {end}.",
        )

    def once_more(self, flow: str) -> str:
        return self.pick(f"重新办理{self._matter(flow)}", f"Start a new {self._matter(flow)}")

    def timed_out(self, flow: str) -> str:
        return self.pick(
            f"之前没办完的{self._matter(flow)}已取消。", f"The unfinished {self._matter(flow)} from before was dropped."
        )

    def no_longer_here(self) -> str:
        return self.pick(
            "之前办的那件事换了办法，已为您结束。需要的话再说一次就好。",
            "What we were at works differently now and was ended. Just say again what you need.",
        )

    def dropped(self, flow: str) -> str:
        return self.pick(
            f"之前的{self._matter(flow)}先放下了。", f"The earlier {self._matter(flow)} is dropped for now."
        )

    def unfinished(self, flow: str) -> str:
        return self.pick(
            f"您的{self._matter(flow)}还没办完，要继续吗？",
            f"Your {self._matter(flow)} is not finished. Go on with it?",
        )

    def go_on(self) -> str:
        return self.pick("继续", "Go on")

    def drop_this(self) -> str:
        return self.pick("不办了", "Drop it")

    def we_speak(self) -> str:
        return self.pick("好的，我们说中文。", "All right, English from now on.")
