"""What is said when the shop goes out to the owner: pick-up and delivery, roadside help, warning lights."""

from __future__ import annotations

from datetime import datetime

from core.say.words import Words


class ErrandsSay(Words):
    """Requests that somebody of the shop answers by going."""

    # — pick-up and delivery —

    def where_to_fetch(self) -> str:
        return self.pick(
            "车在哪里取？请发详细地址，或发一个位置。", "Where shall we fetch the car? Send the address or a location."
        )

    def when_to_fetch(self) -> str:
        return self.pick(
            "什么时候方便取车？比如“明天上午十点”。", "When may we fetch it? For example “tomorrow at 10 am”."
        )

    def day_please(self) -> str:
        return self.pick("哪一天取车？", "On which day?")

    def hour_please(self) -> str:
        return self.pick("那天几点方便？", "At what time that day?")

    def pick_up_for(self, line: str) -> str:
        return self.pick(f"为这个预约取车：{line}", f"For this appointment: {line}")

    def pick_up_summary(self, plate: str, place: str, moment: datetime, fee_fen: int | None) -> str:
        fee = self._fee(fee_fen)
        return self.pick(
            f"请确认取送车：\n车辆：{plate or '未上牌'}\n地点：{place}\n时间：{self.moment(moment)}\n费用：{fee}",
            f"Please confirm the pick-up:\nCar: {plate or 'no plate yet'}\nPlace: {place}\n"
            f"Time: {self.moment(moment)}\nFee: {fee}",
        )

    def ask_for_it(self) -> str:
        return self.pick("确认提交", "Send it")

    def change_place(self) -> str:
        return self.pick("改地点", "Change the place")

    def pick_up_asked(self) -> str:
        return self.pick(
            "已转给顾问，能不能安排会在这里告诉您；没有回话之前请先不要等人来取。",
            "Passed on to the advisor, who will tell you here whether it works. Until then please do not wait for us.",
        )

    def errand_line(self, plate: str, place: str, moment: datetime | None) -> str:
        """11 月 24 日（周二）10:00 · 粤B12345 · 科苑路1号."""
        return " · ".join(filter(None, (self.moment(moment) if moment else "", plate, place)))

    def errand_status(self, kind: str, status: str, line: str) -> str:
        what = self.pick(
            "救援" if kind == "roadside" else "取送车", "Roadside help" if kind == "roadside" else "Pick-up"
        )
        return f"{what}{self.pick('：', ': ')}{line}{self.pick('，', ', ')}{self.pick(*_ERRANDS.get(status, (status, status)))}"

    def pick_up_stands(self, line: str) -> str:
        return self.pick(
            f"为它安排的上门取车还没有改：{line}", f"The pick-up that goes with it has not changed: {line}"
        )

    def change_pick_up(self) -> str:
        return self.pick("改取车", "Change the pick-up")

    def place_passed_on(self) -> str:
        return self.pick("收到新的位置，已告诉门店。", "Thank you, the shop has your new location.")

    def which_pick_up(self) -> str:
        return self.pick("请问是哪一次取送车？", "Which pick-up do you mean?")

    def no_errand(self, kind: str) -> str:
        what = self.pick("救援", "roadside help") if kind == "roadside" else self.pick("取送车", "pick-up")
        return self.pick(f"您现在没有安排{what}。", f"You have no {what} under way.")

    def pick_up_change(self, line: str, place: str, moment: datetime) -> str:
        return self.pick(
            f"请确认修改取送车：\n原来：{line}\n改为：{self.moment(moment)}\n地点：{place}",
            f"Please confirm the change of your pick-up:\nBefore: {line}\nNow: {self.moment(moment)}\nPlace: {place}",
        )

    def change_it(self) -> str:
        return self.pick("确认修改", "Change it")

    def pick_up_as_it_was(self, line: str) -> str:
        return self.pick(f"没有改动，取送车还是：{line}", f"Nothing has changed; your pick-up is: {line}")

    def pick_up_changed(self, moment: datetime) -> str:
        return self.pick(
            f"已转告顾问：取车改为{self.moment(moment)}。能不能安排会在这里告诉您；没有回话之前请先不要等人来取。",
            f"The advisor knows of the change to {self.moment(moment)} and will tell you here whether it works. "
            "Until then please do not wait for us.",
        )

    def really_drop(self, kind: str, line: str) -> str:
        if kind == "roadside":
            return self.pick("确定不需要救援了吗？", "Is help really not needed any more?")
        return self.pick(f"确定不用来取车了吗？\n{line}", f"Shall we really not fetch the car?\n{line}")

    def drop_errand(self, kind: str) -> str:
        return self.pick("不用来了" if kind == "roadside" else "不用来取了", "Call it off")

    def keep_errand(self) -> str:
        return self.pick("还是要", "Keep it")

    def errand_kept(self) -> str:
        return self.pick("好的，照原来的安排。", "All right, it stays as arranged.")

    def errand_dropped(self, kind: str) -> str:
        what = self.pick("救援", "roadside help") if kind == "roadside" else self.pick("取送车", "pick-up")
        return self.pick(
            f"好的，{what}已取消，也告诉顾问了。", f"All right, the {what} is called off; the advisor knows."
        )

    def pick_up_accepted(self, moment: datetime | None) -> str:
        when = self.moment(moment) if moment else ""
        return self.pick(
            f"取送车已安排{'：' + when if when else ''}。取车的同事会出示工牌，并和您一起拍照记录车况。",
            f"Your pick-up is arranged{': ' + when if when else ''}. Our colleague will show a badge and take photos with you.",
        )

    def pick_up_refused(self) -> str:
        return self.pick(
            "很抱歉，这个时间安排不了取送车，顾问会和您另约时间；您也可以自己开过来。",
            "Sorry, we cannot fetch the car at that time. The advisor will agree another with you.",
        )

    def _fee(self, fee_fen: int | None) -> str:
        if fee_fen is None:
            return self.pick("以顾问确认为准", "as the advisor confirms")
        return self.money(fee_fen) if fee_fen else self.pick("免费", "free")

    # — roadside —

    def what_for_there(self) -> str:
        return self.pick("收到您的位置，需要我们做什么？", "I have your location. What can we do there?")

    def menu_roadside(self) -> str:
        return self.pick("救援", "Roadside help")

    def menu_pick_up(self) -> str:
        return self.pick("上门取车", "Fetch my car")

    def safety_first(self) -> str:
        return self.pick(
            "已通知门店，马上联系您。请先保证安全：打开双闪，人到护栏外或安全处，车后放三角警示牌（高速 150 米外），不要站在车前后。"
            "有人受伤请先打 120 和 122。",
            "The shop has been alerted and will call you at once. Safety first: hazard lights on, get behind the barrier, "
            "put the triangle out (150 m back on a motorway), do not stand in front of or behind the car. If anyone is "
            "hurt, call 120 and 122 first.",
        )

    def where_are_you(self) -> str:
        return self.pick(
            "您在哪里？发个位置，或说路名、方向和附近的标志。",
            "Where are you? Send a location, or the road, the direction and a landmark.",
        )

    def which_phone_to_call(self) -> str:
        return self.pick("请发一个能打通的手机号。", "Please send a number we can call.")

    def help_knows(self) -> str:
        return self.pick(
            "收到，都转给门店了，请留意来电。情况有变化直接在这里说。",
            "Thank you, the shop has it all; please watch for a call. Tell us here if anything changes.",
        )

    def help_is_coming(self) -> str:
        return self.pick(
            "救援已安排出发，请留在安全的地方，保持电话畅通。",
            "Help is on its way. Please stay in a safe place and keep your phone at hand.",
        )

    def help_cannot_come(self) -> str:
        return self.pick(
            "很抱歉，我们现在派不出车。请拨打保险公司或 12122（高速）救援，顾问会继续协助您。",
            "Sorry, we cannot send anybody now. Please call your insurer or 12122 on a motorway; the advisor will help on.",
        )

    # — warning lights —

    def stop_now(self) -> str:
        return self.pick(
            "请尽快在安全的地方停车、熄火，不要继续行驶，也不要自己打开水箱或高压部件；有烟或异味请人离开车辆，起火打 119。"
            "已请顾问马上联系您。",
            "Please stop in a safe place, switch off and do not drive on; do not open the radiator or any high-voltage part. "
            "With smoke or a smell leave the car, and call 119 for fire. An advisor will contact you at once.",
        )

    def which_colour(self) -> str:
        return self.pick(
            "已请顾问马上看。请先告诉我灯是什么颜色？红色或不确定时，先在安全的地方停车，不要继续行驶。",
            "An advisor has been alerted. Which colour is the light? If it is red or you are not sure, stop in a safe place.",
        )

    def colour_red(self) -> str:
        return self.pick("红色", "Red")

    def colour_yellow(self) -> str:
        return self.pick("黄色或橙色", "Yellow or orange")

    def colour_unsure(self) -> str:
        return self.pick("看不清", "Cannot tell")

    def light_not_red(self) -> str:
        return self.pick(
            "好的。没有把握判断原因，顾问会联系您；在此之前请慢行、不要跑长途，灯变红、抖动或有异味就停车告诉我。",
            "Thank you. I will not guess the cause; an advisor will contact you. Until then drive gently and not far, and stop "
            "if the light turns red, the car shakes or smells.",
        )

    def light_unsure(self) -> str:
        return self.pick(
            "看不清就当红灯处理：请先在安全的地方停车，不要继续行驶。顾问马上联系您。",
            "Then treat it as red: stop in a safe place and do not drive on. An advisor will contact you at once.",
        )


_ERRANDS = {
    "asked": ("还在等顾问确认，有消息马上告诉您。", "the advisor has not confirmed it yet; you will hear here."),
    "accepted": ("已安排。", "arranged."),
    "refused": ("这个时间安排不了，顾问会和您另约。", "not possible at that time; the advisor will agree another."),
}
