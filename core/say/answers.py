"""What is said to questions: from the owner's own records, from the shop's facts, from its articles."""

from __future__ import annotations

from datetime import date

from core.say.words import Words


class AnswersSay(Words):
    """Hours of a day, the car's state, history, due dates, articles, and the promise that a person answers."""

    # — the shop —

    def open_on(self, store: str, day: date, hours: list[str], today: date) -> str:
        """When a store is open on a day: 深圳南山店：11 月 29 日（周日）营业 09:00–18:00。"""
        when = self.near_day(day, today)
        if not hours:
            return self.pick(f"{store}：{when}休息。", f"{store}: closed {when}.")
        return self.pick(f"{store}：{when}营业 {self.listed(hours)}。", f"{store}: open {when} {self.listed(hours)}.")

    def weekday_name(self, number: int) -> str:
        """ISO number, Monday is 1."""
        return self.pick("周" + "一二三四五六日"[number - 1], _DAYS[number - 1])

    def closed_on_weekdays(self, names: list[str]) -> str:
        return self.pick(f"{self.listed(names)}休息", f"closed on {self.listed(names)}")

    def closed_today(self) -> str:
        return self.pick("今天休息", "closed today")

    def how_to_be_recognised(self) -> str:
        return self.pick(
            "还没认出您是哪位车主，您的记录只给您本人看。请点“分享手机号”，或在预约时留下登记过的手机号；也可以回复“人工”，请顾问核对后再查。",
            "I do not know yet whose record is yours, and it is shown to nobody else. Share your phone number, leave the "
            "registered one when you book, or say “human” and an advisor will check.",
        )

    # — the car now —

    def in_the_workshop(self, plate: str, items: str) -> str:
        work = self.pick(f"，项目：{items}", f" ({items})") if items else ""
        return self.pick(
            f"您的车 {plate} 正在店里{work}，还没做完。做好会马上在这里通知您。",
            f"Your car {plate} is in the workshop{work} and not finished yet. I will tell you here as soon as it is.",
        )

    def finished_today(self, plate: str, items: str) -> str:
        work = self.pick(f"（{items}）", f" ({items})") if items else ""
        return self.pick(
            f"您的车 {plate} 今天的项目{work}已经完成，营业时间内都可以来取。",
            f"Today's work on your car {plate}{work} is finished; you can collect it during opening hours.",
        )

    def expected_today(self, line: str) -> str:
        return self.pick(
            f"还没有接车记录。您今天的预约：{line}。", f"We do not have your car yet. Your appointment today: {line}."
        )

    def arrived_today(self, line: str) -> str:
        return self.pick(
            f"已接车：{line}。做好会马上在这里通知您。",
            f"Your car has arrived: {line}. I will tell you here when it is ready.",
        )

    def car_unknown(self) -> str:
        return self.pick(
            "系统里没有查到您的车在店的记录，已请顾问去看，会尽快在这里回复您。",
            "I find no record of your car being with us. An advisor is looking and will answer you here soon.",
        )

    # — history —

    def last_visit(self, plate: str, day: date, items: str, store: str) -> str:
        what = self.pick(f"，做了{items}", f": {items}") if items else ""
        where = self.pick(f"在{store}", f" at {store}") if store else ""
        return self.pick(
            f"{plate} 上次到店是 {self._year_day(day)}{where}{what}。",
            f"{plate} was last here on {self._year_day(day)}{where}{what}.",
        )

    def last_service(self, plate: str, day: date) -> str:
        return self.pick(
            f"{plate} 上次保养是 {self._year_day(day)}。", f"{plate} was last serviced on {self._year_day(day)}."
        )

    def last_amount(self, plate: str, day: date, amount_fen: int, items: str) -> str:
        what = self.pick(f"（{items}）", f" ({items})") if items else ""
        return self.pick(
            f"{plate} {self._year_day(day)}那次{what}共 {self.money(amount_fen)}。",
            f"{plate} on {self._year_day(day)}{what}: {self.money(amount_fen)} in all.",
        )

    def no_visit_known(self) -> str:
        return self.pick("您的记录里还没有到店消费。", "There is no visit on your record yet.")

    def next_due(self, plate: str, day: date, *, overdue: bool, why: str) -> str:
        if overdue:
            return self.pick(
                f"{plate} 的保养在 {self._year_day(day)}已到期（{why}）。回复“预约保养”，我帮您找时间。",
                f"{plate} was due for maintenance on {self._year_day(day)} ({why}). Say “book maintenance” for a time.",
            )
        return self.pick(
            f"{plate} 下次保养在 {self._year_day(day)}前后（{why}）。",
            f"{plate} is next due around {self._year_day(day)} ({why}).",
        )

    def due_by_months(self, last: date, months: int) -> str:
        return self.pick(
            f"上次保养 {self._year_day(last)}，每 {months} 个月一次",
            f"last {self._year_day(last)}, every {months} months",
        )

    def due_by_km(self, km: int) -> str:
        return self.pick(f"按您平时的里程推算，先跑满 {km:,} 公里", f"at your usual mileage {km:,} km come first")

    def due_as_recorded(self) -> str:
        return self.pick("按门店记录", "as recorded by the shop")

    def due_unknown(self) -> str:
        return self.pick(
            "您的车还没有保养记录，算不出下次日期。告诉我现在的里程，或回复“人工”请顾问查。",
            "There is no maintenance on record to count from. Say “human” and an advisor will look it up.",
        )

    def mileage(self, plate: str, km: int) -> str:
        return self.pick(f"{plate} 记录的里程是 {km:,} 公里。", f"{plate}: {km:,} km on record.")

    def mileage_unknown(self) -> str:
        return self.pick("您的车还没有里程记录，到店时会登记。", "No mileage is on record yet; it is noted at a visit.")

    def car_bought(self, plate: str, day: date) -> str:
        return self.pick(
            f"您的车 {plate} 登记的购车日期是 {self._year_day(day)}，质保从这天起算。",
            f"Your car {plate} was bought on {self._year_day(day)}; the warranty counts from there.",
        )

    # — articles —

    def article(self, title: str, text: str) -> str:
        return self.pick(f"{text}\n\n来源：门店知识库《{title}》", f"{text}\n\nSource: the shop's article “{title}”")

    def helpful(self) -> str:
        return self.pick("有帮助", "That helped")

    def not_solved(self) -> str:
        return self.pick("没解决，找人", "Not solved, ask a person")

    def glad_it_helped(self) -> str:
        return self.pick("好的，有需要随时说。", "Good to hear. Just write when you need us.")

    def a_person_answers(self) -> str:
        return self.pick("这个我请顾问来回复您，会在这里答复。", "An advisor will answer this, here in the chat.")

    def added_for_the_person(self) -> str:
        return self.pick("已补充给顾问，会一起回复您。", "Passed on to the advisor, who will answer it together.")

    def _year_day(self, day: date) -> str:
        return self.pick(f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.day} {day:%b} {day.year}")


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
