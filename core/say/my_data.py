"""What is said about an owner's own record: seeing it, putting it right, a copy, who looked, and its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from core.birthdays import knows_year
from core.say.words import Words

_FACTS = {
    "name": ("姓名", "Name"),
    "phone": ("手机", "Phone"),
    "birthday": ("生日", "Birthday"),
    "mileage_km": ("里程", "Mileage"),
    "address": ("地址", "Address"),
    "plate": ("车牌", "Plate"),
    "model": ("车型", "Model"),
    "purchased_on": ("购车日期", "Bought on"),
    "channels": ("联系渠道", "Channels"),
    "offers": ("优惠消息", "Offers"),
}
_BUTTONS = {
    "correct_data": ("更正资料", "Put something right"),
    "who_looked": ("谁看过我的资料", "Who looked at it"),
    "export_data": ("导出一份", "Get a copy"),
    "my_consents": ("授权与退订", "What you may send me"),
    "erase_me": ("删除我的资料", "Erase my data"),
}
_CHANNELS = {
    "wechat": ("微信", "WeChat"),
    "telegram": ("Telegram", "Telegram"),
    "web": ("网页聊天", "web chat"),
    "sms": ("短信", "SMS"),
    "*": ("所有渠道", "all channels"),
}
_PURPOSES = {"marketing": ("优惠活动", "offers")}
_ROLES = {
    "advisor": ("服务顾问", "advisor"),
    "manager": ("店长", "store manager"),
    "technician": ("技师", "technician"),
    "operator": ("运营", "operator"),
    "boss": ("老板", "owner of the shop"),
    "it": ("技术", "IT"),
}
_REASONS = {
    "new_appointment": ("准备您的预约", "to prepare your appointment"),
    "churn_alert": ("回访", "to call you"),
    "link_proposal": ("确认身份", "to confirm who you are"),
    "hand_over": ("您找人工", "you asked for a person"),
    "warning_light": ("故障灯求助", "your warning light"),
    "reply_wanted": ("回复您的消息", "to answer your message"),
    "correction": ("更正资料", "to put your record right"),
    "recommend": ("给您推荐合适的项目", "to recommend what suits your car"),
    "interest": ("您感兴趣的项目", "something you are interested in"),
    "recall_call": ("召回通知", "a recall"),
}
_ASK = {
    "name": ("请告诉我正确的姓名。", "What is the right name?"),
    "phone": ("请告诉我新的手机号。", "What is the new number?"),
    "birthday": ("请告诉我生日，比如 5 月 3 日。", "When is your birthday, for example 3 May?"),
    "mileage_km": ("现在表显多少公里？比如“两万八”。", "What does the odometer show, for example 28,000?"),
    "address": ("请告诉我新的地址。", "What is the new address?"),
    "plate": ("请告诉我正确的车牌。", "What is the right plate?"),
}


class MyDataSay(Words):
    """See, correct, copy, consents, erase."""

    def fact(self, field: str) -> str:
        return self.pick(*_FACTS.get(field, (field, field)))

    def channel(self, channel: str) -> str:
        return self.pick(*_CHANNELS.get(channel, (channel, channel)))

    def purpose(self, purpose: str) -> str:
        return self.pick(*_PURPOSES.get(purpose, (purpose, purpose)))

    # — what is on record —

    def nothing_on_record(self) -> str:
        return self.pick("我们这里还没有您的资料。", "We have nothing on record about you yet.")

    def my_data(self, lines: list[str]) -> str:
        head = self.pick("这是我们记录的您的资料（已部分隐藏）：", "This is what we have on record (partly hidden):")
        return "\n".join([head, *lines])

    def data_line(self, field: str, value: str) -> str:
        return f"{self.fact(field)}{self.pick('：', ': ')}{value or self.pick('未登记', 'not on record')}"

    def on_record(self) -> str:
        return self.pick("已登记", "on record")

    def birthday(self, day: date) -> str:
        shown = self.pick(f"{day.month} 月 {day.day} 日", f"{day.day} {day:%B}")
        if not knows_year(day):
            return shown
        return self.pick(f"{day.year} 年 {shown}", f"{shown} {day.year}")

    def car_line(self, plate: str, model: str, mileage_km: int | None) -> str:
        km = self.pick(f"{mileage_km:,} 公里", f"{mileage_km:,} km") if mileage_km else ""
        parts = " · ".join(part for part in (plate, model, km) if part)
        return f"{self.pick('车辆：', 'Car: ')}{parts or self.pick('未登记', 'not on record')}"

    def counts_line(self, visits: int, coming: int) -> str:
        return self.pick(
            f"到店记录 {visits} 次，待到店预约 {coming} 个", f"{visits} visits, {coming} coming appointments"
        )

    def offers_allowed(self, allowed: bool) -> str:
        return self.pick("接收" if allowed else "不接收", "yes" if allowed else "no")

    def data_button(self, name: str) -> str:
        return self.pick(*_BUTTONS.get(name, (name, name)))

    def look_line(self, moment: datetime, name: str, role: str, kind: str) -> str:
        who = f"{self.pick(*_ROLES.get(role, (role, role)))} {name}"
        why = self.pick(*_REASONS.get(kind, ("查看档案", "looked at the record")))
        return f"{self.short_moment(moment)} · {who} · {why}"

    def who_looked(self, looks: list[str]) -> str:
        if not looks:
            return self.pick("还没有员工看过您的完整资料。", "No member of staff has looked at your full record.")
        head = self.pick("看过您完整资料的员工：", "Members of staff who were shown your full record:")
        return "\n".join([head, *looks])

    def export_link(self, url: str) -> str:
        return self.pick(
            f"点这里下载您的资料（24 小时内有效，只能用一次）：\n{url}",
            f"Get your data here (works once, for 24 hours):\n{url}",
        )

    def export_by_advisor(self) -> str:
        return self.pick(
            "已请顾问为您准备一份资料，会联系您交付。",
            "An advisor will prepare a copy of your data and contact you.",
        )

    # — consents —

    def my_consents(self, lines: list[str]) -> str:
        if not lines:
            return self.pick(
                "您还没有授权我们发送优惠消息，只会收到服务通知。",
                "You have not allowed us to send offers; you get service notices only.",
            )
        return "\n".join([self.pick("您的授权记录：", "What you have allowed or refused:"), *lines])

    def consent_line(self, purpose: str, channel: str, given: bool, moment: datetime) -> str:
        said = self.pick("同意" if given else "不同意", "yes" if given else "no")
        return f"{self.purpose(purpose)} · {self.channel(channel)} · {said} · {self.short_moment(moment)}"

    def withdraw_button(self, purpose: str, channel: str) -> str:
        return self.pick(f"撤回：{self.channel(channel)}{self.purpose(purpose)}", f"Withdraw {self.channel(channel)}")

    def opt_out_button(self) -> str:
        return self.pick("全部退订", "No more offers")

    def opt_in_button(self) -> str:
        return self.pick("在这里接收优惠", "Send me offers here")

    def consent_withdrawn(self, purpose: str, channel: str) -> str:
        return self.pick(
            f"已撤回：不再通过{self.channel(channel)}发{self.purpose(purpose)}。",
            f"Withdrawn: no more {self.purpose(purpose)} by {self.channel(channel)}.",
        )

    # — putting a fact right —

    def which_fact(self) -> str:
        return self.pick("要更正哪一项？", "What shall I put right?")

    def ask_fact(self, field: str) -> str:
        return self.pick(*_ASK.get(field, ("请告诉我正确的内容。", "What is right?")))

    def which_cars_fact(self) -> str:
        return self.pick("是哪辆车？", "Which car?")

    def keep_as_it_is(self) -> str:
        return self.pick("不改了", "Leave it as it is")

    def fact_value(self, field: str, value: Any) -> str:
        """As it is shown back."""
        if field == "birthday":
            return self.birthday(date.fromisoformat(str(value)))
        if field == "purchased_on":
            day = date.fromisoformat(str(value))
            return self.pick(f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.day} {day:%B} {day.year}")
        if field == "mileage_km" and isinstance(value, int):
            return self.pick(f"{value:,} 公里", f"{value:,} km")
        return str(value).removeprefix("+86") if field == "phone" else str(value)

    def will_change(self, field: str, plate: str, value: str) -> str:
        what = f"{plate} {self.fact(field)}".strip()
        return self.pick(f"{what}改为：{value}。对吗？", f"{what} becomes: {value}. Is that right?")

    def yes_right(self) -> str:
        return self.pick("对，保存", "Yes, save it")

    def not_right(self) -> str:
        return self.pick("不对，重说", "No, again")

    def all_right(self) -> str:
        return self.pick("好的", "All right")

    def nothing_changes(self) -> str:
        return self.pick("好的，保持原样。", "All right, it stays as it is.")

    def nothing_changed(self) -> str:
        return self.pick("没有改动。", "Nothing was changed.")

    def changed(self, field: str, value: str) -> str:
        return self.pick(f"已保存：{self.fact(field)} {value}。", f"Saved: {self.fact(field)} {value}.")

    def change_proposed(self, field: str) -> str:
        return self.pick(
            f"{self.fact(field)}和工单等单据有关，已请顾问核对，核对后更新。",
            f"The {self.fact(field).lower()} stands on papers of ours; an advisor checks it and then changes it.",
        )

    def day_wrong(self) -> str:
        return self.pick(
            "这个日期不对，请写成 1990 年 5 月 3 日这样，不能晚于今天。",
            "That day cannot be; please write 3 May 1990, not later than today.",
        )

    def mileage_too_low(self, known: int) -> str:
        return self.pick(
            f"上次记录是 {known:,} 公里，里程不会变少，请再看一下表显。",
            f"The last reading was {known:,} km and it cannot go down; please look again.",
        )

    # — one missing fact —

    def ask_gap(self, field: str, plate: str) -> str:
        car = plate or self.pick("爱车", "your car")
        texts = {
            "birthday": (
                "方便告诉我您的生日吗？生日当天有礼券。",
                "May I ask for your birthday? There is a gift on the day.",
            ),
            "model": (f"{car}是什么车型？", f"Which model is {car}?"),
            "mileage_km": (
                f"{car}现在跑了多少公里？方便提醒您按时保养。",
                f"How far has {car} gone? We then remind you in time.",
            ),
            "purchased_on": (f"{car}是哪年哪月买的？", f"When did you buy {car}, year and month?"),
            "address": (
                "您住在哪个区？取送车时用得上。",
                "Which district do you live in? It helps when we fetch the car.",
            ),
        }
        return self.pick(*texts.get(field, (self.fact(field), self.fact(field))))

    def never_mind(self) -> str:
        return self.pick("好的，不影响服务。", "All right, it makes no difference to our service.")

    # — the end —

    def what_erasing_means(self, coming: int, coupons: int) -> str:
        lost_zh = f"待到店预约 {coming} 个会取消，礼券 {coupons} 张会作废。" if coming or coupons else ""
        lost_en = f"{coming} appointments are cancelled and {coupons} coupons end. " if coming or coupons else ""
        return self.pick(
            "删除后不能恢复：姓名、电话、地址、生日、车牌、聊天记录都会清除，也不再收到任何消息。"
            + lost_zh
            + "依法必须保存的工单和发票金额会保留，但不再对应到您本人。要继续吗？",
            "This cannot be undone: name, phone, address, birthday, plates and messages are cleared, and nothing more is sent. "
            + lost_en
            + "Work orders and invoice amounts that the law makes us keep stay, without you in them. Shall I go on?",
        )

    def go_on_erasing(self) -> str:
        return self.pick("继续删除", "Go on")

    def do_not_erase(self) -> str:
        return self.pick("先不删", "Do not erase")

    def write_the_word(self) -> str:
        return self.pick("最后确认：请回复“删除”两个字。", "To make sure, please write the word “delete”.")

    def not_erased(self) -> str:
        return self.pick("好的，资料都还在。", "All right, nothing was erased.")

    def erased(self) -> str:
        return self.pick(
            "已删除您的资料，不会再主动联系您。以后需要服务，随时来说一声。",
            "Your data is erased and we will not write to you. You are welcome whenever you need us.",
        )
