"""What the pages say: the demo and the staff pages."""

from __future__ import annotations

from datetime import date, datetime

from core.say.grades import GradeSay

_ROLES = {
    "advisor": ("服务顾问", "advisor"),
    "manager": ("店长", "manager"),
    "technician": ("技师", "technician"),
    "operator": ("运营", "operator"),
    "boss": ("老板", "owner of the shop"),
    "it": ("信息", "IT"),
}
_LEVELS = {
    "none": ("正常", "none"),
    "watch": ("关注", "watch"),
    "risk": ("有风险", "at risk"),
    "high": ("高风险", "high risk"),
}
_STATUSES = {
    "held": ("暂留", "held"), "booked": ("已预约", "booked"), "arrived": ("已到店", "arrived"), "done": ("已完成", "done"),
    "cancelled": ("已取消", "cancelled"), "no_show": ("未到店", "no show"),
}  # fmt: skip
_POWERTRAINS = {"bev": ("纯电", "electric"), "phev": ("插混", "plug-in hybrid"), "ice": ("燃油", "petrol")}


class PageSay(GradeSay):
    """The texts of the pages, in the reader's language."""

    def role(self, role: str) -> str:
        return self.pick(*_ROLES.get(role, (role, role)))

    def level(self, level: str) -> str:
        return self.pick(*_LEVELS.get(level, (level, level)))

    def status(self, status: str) -> str:
        return self.pick(*_STATUSES.get(status, (status, status)))

    def powertrain(self, powertrain: str) -> str:
        return self.pick(*_POWERTRAINS.get(powertrain, (powertrain, powertrain)))

    def owner_said(self) -> str:
        return self.pick("车主", "Owner")

    def we_said(self) -> str:
        return self.pick("我们", "We")

    def edit_draft(self) -> str:
        return self.pick("改成自己的话", "In your own words")

    def answer_owner(self) -> str:
        return self.pick("答复车主", "Answer the owner")

    def send_to_owner(self) -> str:
        return self.pick("发给车主", "Send to the owner")

    def kilometres(self, km: int) -> str:
        return self.pick(f"{km:,} 公里", f"{km:,} km")

    def phone(self, phone: str) -> str:
        """+8613812345678 → 138 1234 5678."""
        digits = phone.removeprefix("+86")
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}" if phone.startswith("+86") and len(digits) == 11 else phone

    def year_day(self, day: date) -> str:
        """2025 年 12 月 2 日 · 2 Dec 2025."""
        return self.pick(f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.day} {day:%b} {day.year}")

    def month_day(self, day: date) -> str:
        """12 月 2 日 · 2 Dec."""
        return self.pick(f"{day.month} 月 {day.day} 日", f"{day.day} {day:%b}")

    def redeem_a_coupon(self) -> str:
        return self.pick("核销礼券", "Redeem a coupon")

    # — signing in —

    def sign_in_title(self) -> str:
        return self.pick("登录员工页面", "Sign in to the staff pages")

    def sign_in_as(self) -> str:
        return self.pick("点一下就登录。链接只能用一次。", "One tap signs you in. The link works once.")

    def sign_in(self) -> str:
        return self.pick("登录", "Sign in")

    def sign_out(self) -> str:
        return self.pick("退出", "Sign out")

    def link_over_title(self) -> str:
        return self.pick("这个链接已经用过或过期了", "This link was used or has run out")

    def no_session_title(self) -> str:
        return self.pick("请先登录", "Please sign in")

    def how_to_sign_in(self) -> str:
        return self.pick(
            "在您和机器人的私聊里发“登录”，会收到一个登录链接；也可以请管理员运行 huiche staff link 发给您。",
            "Send “sign in” to the bot in your private chat and you get a link; or ask your administrator for one "
            "(huiche staff link).",
        )

    def signed_out_title(self) -> str:
        return self.pick("已退出", "Signed out")

    def not_found_title(self) -> str:
        return self.pick("没有这个页面", "There is no such page")

    def not_found_hint(self) -> str:
        return self.pick(
            "链接可能不完整，或者这条已经合并。从待办重新进入即可。",
            "The link may be incomplete. Start again from your tasks.",
        )

    def forbidden_title(self) -> str:
        return self.pick("这是其他门店的客户", "This belongs to another store")

    def forbidden_hint(self) -> str:
        return self.pick("需要查看请联系该门店的店长。", "Ask that store's manager if you need to see it.")

    def refused_title(self) -> str:
        return self.pick("没有操作成功", "That did not work")

    def foreign_form(self) -> str:
        return self.pick("请从本页面操作，刷新后再试一次。", "Please act from this page; reload it and try again.")

    # — tasks —

    def tasks_title(self) -> str:
        return self.pick("今天的事", "Today")

    def greeting(self, name: str, mine: int, waiting: int) -> str:
        if not mine and not waiting:
            return self.pick(f"{name}，现在没有要做的。", f"{name}, there is nothing to do right now.")
        return self.pick(
            f"{name}，您手上有 {mine} 件，群里还有 {waiting} 件没人领。",
            f"{name}, you have {mine} on your hands; {waiting} wait for somebody to take them.",
        )

    def mine(self) -> str:
        return self.pick("我手上的", "Mine")

    def waiting_tasks(self) -> str:
        return self.pick("等人领取", "Waiting to be taken")

    def nothing_mine(self) -> str:
        return self.pick(
            "手上没有任务。从下面领一件，或等新的卡片。",
            "Nothing on your hands. Take one below, or wait for a new card.",
        )

    def nothing_waiting(self) -> str:
        return self.pick(
            "没有等待领取的任务。有新的会发到群里，也会出现在这里。",
            "Nothing waits. New work comes to the group and shows here.",
        )

    def unanswered_title(self) -> str:
        return self.pick("没有答上来的问题", "Questions nobody could answer")

    def unanswered_hint(self, articles: int) -> str:
        return self.pick(
            f"现有 {articles} 篇文章。写一篇能回答的文章并载入，问题就会从这里消失。",
            f"{articles} articles now. Load one that answers, and its question leaves this list.",
        )

    def asked_times(self, count: int, moment: datetime) -> str:
        return self.pick(
            f"问过 {count} 次 · 最近 {self.moment(moment)}", f"asked {count}× · last {self.moment(moment)}"
        )

    def nothing_unanswered(self) -> str:
        return self.pick("问到的都答上了。", "Every question had an answer.")

    def back_to_tasks(self) -> str:
        return self.pick("返回待办", "Back to my tasks")

    def owner_page(self) -> str:
        return self.pick("看客户档案", "Open the owner's record")

    def in_words(self) -> str:
        return self.pick("请写明做了什么，或为什么", "Say what was done, or why")

    def masked_hint(self) -> str:
        return self.pick("领取后显示完整信息。每次查看都会记录。", "Take it to see everything. Each look is recorded.")

    def full_hint(self) -> str:
        return self.pick("完整信息只给您看，本次查看已记录。", "Only you see the full record; this look is recorded.")

    def full_title(self) -> str:
        return self.pick("私聊 · 只有领取人能看到", "Private chat · only the taker sees this")

    # — an owner —

    def next_up(self) -> str:
        return self.pick("下一件", "Next")

    def open_it(self) -> str:
        return self.pick("打开", "Open")

    def other_language(self) -> str:
        return self.pick("English", "中文")

    def nameless(self) -> str:
        return self.pick("新客户", "New owner")

    def headings(self) -> dict[str, str]:
        words = {
            "contact": ("联系方式", "Contact"), "vehicles": ("车辆", "Cars"), "appointments": ("预约", "Appointments"),
            "visits": ("到店记录", "Visits"), "consents": ("授权", "Consents"), "timeline": ("动态", "What happened"),
            "tickets": ("投诉", "Complaints"), "opportunities": ("商机", "Opportunities"),
            "why": ("发了什么，为什么", "What was sent, and why"),
            "phone": ("电话", "Phone"), "birthday": ("生日", "Birthday"), "store": ("门店", "Store"),
            "advisor": ("顾问", "Advisor"), "remarks": ("备注", "Remarks"), "day": ("日期", "Day"), "work": ("项目", "Work"),
            "amount": ("金额", "Amount"), "due": ("下次保养", "Next service"), "mileage": ("里程", "Mileage"),
            "bought": ("购车", "Bought"), "grade": ("等级", "Grade"), "stage": ("阶段", "Stage"), "churn": ("流失风险", "Churn risk"),
            "returns": ("回店预测", "Comes back"),
            "ltv": ("累计消费", "Spent so far"), "rating": ("评分", "Rating"), "marketing": ("营销消息", "Marketing"),
            "address": ("地址", "Address"), "coupons": ("礼券", "Coupons"), "tags": ("标签", "Tags"),
        }  # fmt: skip
        return {key: self.pick(*pair) for key, pair in words.items()}

    def consent(self, given: bool | None) -> str:
        if given is None:
            return self.pick("没有问过", "never asked")
        return self.pick("同意", "allowed") if given else self.pick("不同意", "refused")

    def returns(self, within_a_year: float, next_on: date | None) -> str:
        """一年内 86%，下次约 2027 年 5 月 20 日."""
        share = self.pick(f"一年内 {within_a_year:.0%}", f"{within_a_year:.0%} within a year")
        if next_on is None:
            return share
        day = self.year_day(next_on)
        return share + self.pick(f"，下次约 {day}", f", next about {day}")

    def none_yet(self) -> str:
        return self.pick("还没有记录。", "Nothing on record yet.")

    def look_recorded(self) -> str:
        return self.pick("本次查看已记录。", "This look is recorded.")

    # — photos and voice messages —

    def photo(self) -> str:
        return self.pick("车主发来的图片", "Photo sent by the owner")

    def voice(self) -> str:
        return self.pick("下载语音", "Download the voice message")

    def medium_on_its_way(self) -> str:
        return self.pick("图片或语音正在取回，稍后刷新。", "Being fetched, reload in a moment.")

    def medium_lost(self) -> str:
        return self.pick(
            "平台上已取不到这个文件，请让车主再发一次。", "The platform has it no more, please ask for it again."
        )
