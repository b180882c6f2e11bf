"""What the staff read: cards, buttons, and the answers to their taps."""

from __future__ import annotations

from datetime import date, datetime

from core.say import desk, orders
from core.say.away import AwaySay
from core.say.coupon_desk import CouponDeskSay
from core.say.desk import DeskSay
from core.say.digest import DigestSay
from core.say.extra_desk import ExtraDeskSay
from core.say.grades import GradeSay
from core.say.group import GroupSay
from core.say.lesson import LessonSay
from core.say.orders import OrderSay
from core.say.recommendation import ITEMS
from core.say.records_desk import RecordsDeskSay
from core.say.replies import ReplySay
from core.say.taps import TapSay
from core.say.ticket_desk import TicketDeskSay
from core.say.why import WhySay

_LEVELS = {"watch": ("关注", "watch"), "risk": ("有流失风险", "at risk"), "high": ("高风险", "high risk")}
_OUTCOMES = {
    "called": ("已电话联系", "called"),
    "booked": ("已约到店", "booked"),
    "snoozed": ("稍后再联系", "snoozed"),
    "not_reachable": ("没联系上", "not reachable"),
    "done": ("已处理", "done"),
    "link_yes": ("已确认是同一人", "same person"),
    "link_no": ("不是同一人", "not the same person"),
    "link_household": ("同一家人，各自建档", "same household, two records"),
    "moved": ("车主已改期", "moved by the owner"),
    "arrived": ("已到店", "arrived"),
    "no_show": ("没有来", "did not come"),
    "correction_yes": ("已核对更新", "checked and changed"),
    "correction_no": ("核对后不改", "checked, stays as it is"),
    "erased": ("资料已按车主要求删除", "erased at the owner's wish"),
    "cancelled": ("车主已取消", "cancelled by the owner"),
    "replied": ("已回复", "answered"),
    "taken_over": ("同事已接待", "a colleague took over"),
    "timed_out": ("超时未处理，已重新发出", "left alone too long, posted anew"),
    "self_service": ("车主转回自助", "the owner went back to the bot"),
    "came_back": ("车主已约", "the owner booked"),
    "corrected": ("车主已更正", "corrected by the owner"),
    "ticket_called": ("已联系车主", "spoke with the owner"),
    "ticket_solved": ("已处理，等车主确认", "solved, the owner is asked"),
    "ticket_reopened": ("车主说还没解决", "the owner says it is not solved"),
    "ticket_closed": ("车主确认已解决", "the owner says it is solved"),
    "ticket_withdrawn": ("车主已撤回", "withdrawn by the owner"),
    "ticket_unanswered": ("店长结案（车主未答复）", "ended by the manager, the owner never answered"),
    "answered": ("车主已答复", "the owner answered"),
    "errand_accepted": ("已安排", "arranged"),
    "errand_refused": ("安排不了", "cannot be done"),
    "agreed": ("车主同意", "the owner agrees"),
    "declined": ("车主不同意，不做", "the owner declines, not done"),
    "expired": ("打烊前未回复，不做", "no answer by closing time, not done"),
    "sent_by_hand": ("已用企业微信发出", "sent from their own WeCom"),
    "not_sent": ("没有发", "not sent"),
    "replaced": ("已按新价格重新询问", "asked again at a new price"),
} | desk.OUTCOMES
_BUTTONS = {
    "take": ("我来跟进", "I take it"),
    "called": ("已电话", "Called"),
    "booked": ("已约到店", "Booked"),
    "snooze": ("稍后提醒", "Snooze"),
    "not_reachable": ("没联系上", "Not reachable"),
    "done": ("处理完成", "Done"),
    "give_back": ("退回群里", "Give back"),
    "correction_yes": ("核对无误，更新", "Right, change it"),
    "correction_no": ("不改", "Leave it"),
    "link_yes": ("是同一人", "Same person"),
    "link_merge": ("合并为一份档案", "Merge the two"),
    "link_no": ("不是", "Not the same"),
    "ticket_called": ("已联系车主", "Spoke with the owner"),
    "ticket_solved": ("已处理，问车主", "Solved, ask the owner"),
    "ticket_again": ("继续跟进", "Go on with it"),
    "ticket_unanswered": ("填原因结案", "End it with a reason"),
    "link_household": ("同一家人", "Same household"),
    "arrived": ("到了", "Arrived"),
    "no_show": ("没来", "Did not come"),
    "errand_yes": ("可以，已安排", "Arranged"),
    "errand_no": ("安排不了", "Cannot be done"),
    "send": ("发送", "Send"),
    "edit": ("修改", "Edit"),
    "discard": ("不用", "Discard"),
    "redraft": ("重新起草", "Draft again"),
    "sent_by_hand": ("已发出", "Sent"),
    "not_sent": ("不发了", "Not sent"),
    "sure": ("确认无误，发送", "It is right, send"),
} | desk.BUTTONS
_TITLES = {
    "new_appointment": ("新预约", "New appointment"),
    "appointment_moved": ("预约改期", "Appointment moved"),
    "appointment_cancelled": ("预约取消", "Appointment cancelled"),
    "arrival": ("车到了吗", "Has the car come?"),
    "churn_alert": ("流失预警", "Churn alert"),
    "link_proposal": ("请确认身份", "Please confirm who this is"),
    "hand_over": ("车主找人工", "An owner asks for a person"),
    "warning_light": ("故障灯，请马上联系", "Warning light, call at once"),
    "correction": ("车主更正资料，请核对", "An owner puts the record right, please check"),
    "export_wanted": ("车主要一份资料", "An owner wants a copy of their data"),
    "interest": ("车主感兴趣，请联系", "An owner is interested, please call"),
    "recall_call": ("召回，请电话通知", "Recall, please call"),
    "bug": ("系统出错，请接手", "The bot failed, please take over"),
    "budget_used_up": ("礼券预算用完", "A coupon budget is used up"),
    "pick_up": ("上门取送车", "Pick-up and delivery"),
    "pick_up_off": ("车主取消取送车", "Pick-up called off by the owner"),
    "roadside_off": ("车主取消救援", "Roadside help called off by the owner"),
    "roadside": ("救援，请马上联系", "Roadside help, call at once"),
    "extra_item": ("增项确认", "Extra work"),
    "media_received": ("车主发来图片或语音", "A photo or voice message"),
    "sms_reply": ("短信回复，请联系", "A text came, please call"),
    "maintenance_call": ("保养明天到期，请致电", "Maintenance is due tomorrow, please call"),
    "own_call": ("按门店计划，请联系车主", "The shop's own plan, please call"),
    "send_yourself": ("请用您的企业微信发给车主", "Please send from your own WeCom"),
    "win_back_call": ("回店关怀，请联系", "Win-back, please call"),
    "call_back": ("低分回访，店长请致电", "Low rating, the manager calls back"),
    "ticket": ("投诉", "Complaint"),
    "ticket_late_contact": ("投诉超时，还没人联系", "Complaint: nobody has called in time"),
    "ticket_late_solution": ("投诉超时，还没解决", "Complaint: not solved in time"),
    "ticket_reopened": ("车主说投诉没解决", "Complaint: the owner says it is not solved"),
    "ticket_undecided": ("投诉等车主答复，请店长决定", "Complaint: no answer, the manager decides"),
    "reply_wanted": ("车主来信，请回复", "An owner wrote, please answer"),
} | desk.TITLES
_REASONS = {
    "away_days": ("{} 天没来了", "away for {} days"),
    "overdue_since": ("保养到期日 {}，一直没回应", "maintenance was due on {}, no answer since"),
    "low_rating": ("上次评分 {} 分", "last rating {}"),
}
_FIELDS = (
    {
        "owner": ("车主", "Owner"),
        "car": ("车辆", "Car"),
        "phone": ("电话", "Phone"),
        "until": ("最晚", "Not after"),
        "send_this": ("复制发送", "Copy and send"),
        "time": ("时间", "Time"),
        "service": ("项目", "Work"),
        "store": ("门店", "Store"),
        "bay": ("工位", "Bay"),
        "price": ("预估", "Estimate"),
        "why": ("原因", "Why"),
        "say": ("可以这样说", "You could say"),
        "last_visit": ("上次到店", "Last visit"),
        "remarks": ("备注", "Remarks"),
        "known_as": ("疑似档案", "May be"),
        "wrote": ("最近说", "Wrote"),
        "advisor": ("原顾问", "Advisor"),
        "channel": ("来自", "From"),
        "where": ("地点", "Place"),
        "work": ("增项", "Extra work"),
        "answer": ("车主答复", "Answer"),
        "advisor_now": ("提出人", "Proposed by"),
        "media": ("图片和语音", "Pictures and voice"),
        "ticket": ("编号", "Ticket"),
        "call_by": ("最晚联系", "Call by"),
        "solve_by": ("最晚解决", "Solve by"),
        "earlier": ("以前的投诉", "Earlier complaints"),
        "photos": ("照片", "Photos"),
        "done": ("已做", "Done"),
        "offer": ("已送", "Given"),
        "rating": ("评分", "Rating"),
        "visit": ("到店", "Visit"),
        "how": ("怎么做", "How"),
        "wants": ("车主希望", "Wants"),
        "draft": ("草稿", "Draft"),
        "sources": ("依据", "From"),
        "reply": ("答复", "To answer"),
        "due": ("到期日", "Due"),
        "proposed": ("建议时间", "Propose"),
        "said": ("我们说", "We said"),
    }
    | desk.FIELDS
    | orders.FIELDS
)


class StaffSay(
    AwaySay,
    CouponDeskSay,
    DeskSay,
    DigestSay,
    ExtraDeskSay,
    GradeSay,
    GroupSay,
    LessonSay,
    OrderSay,
    RecordsDeskSay,
    ReplySay,
    TapSay,
    TicketDeskSay,
):
    """The texts of cards and staff pages."""

    def title(self, kind: str, level: str = "") -> str:
        title = self.pick(*_TITLES.get(kind, (kind, kind)))
        return f"{title} · {self.pick(*_LEVELS[level])}" if level in _LEVELS else title

    def button(self, action: str) -> str:
        """ "send.34.1" is the second of several replies; "recommend_interested.tyres" names its item."""
        name, *numbers = action.split(".")
        label = self.pick(*_BUTTONS[name])
        if name == "recommend_interested" and numbers:
            return self.pick(*ITEMS.get(numbers[0], (numbers[0], numbers[0]))) + self.pick("：", ": ") + label
        return f"{label} {int(numbers[1]) + 1}" if name == "send" and len(numbers) > 1 else label

    def outcome(self, outcome: str) -> str:
        return self.pick(*_OUTCOMES.get(outcome, (outcome, outcome)))

    def reason(self, key: str, value: object) -> str:
        shown = self.day(date.fromisoformat(str(value))) if key == "overdue_since" else value
        return self.pick(*_REASONS[key]).format(shown)

    def do_not_send(self, reason: str) -> str:
        why = WhySay("en" if self.english else "zh", self.zone).reason(reason)
        return self.pick(f"先不要发：{why}", f"Do not send it: {why}")

    def field(self, key: str, value: str) -> str:
        return f"{self.pick(*_FIELDS[key])}{self.pick('：', ': ')}{value}"

    def new_owner(self) -> str:
        return self.pick("新客户", "new owner")

    def bay(self, number: int) -> str:
        return self.pick(f"{number} 号工位", f"bay {number}")

    def pictures(self, photos: int, voices: int) -> str:
        shown = [self.pick(f"图片 {photos} 张", f"{photos} photos")] if photos else []
        shown += [self.pick(f"语音 {voices} 条", f"{voices} voice messages")] if voices else []
        return self.pick(f"{self.listed(shown)}，在员工页面看", f"{self.listed(shown)}, on the staff page")

    def waiting(self, moment: datetime, until: datetime | None) -> str:
        by = self.pick(f"{self.short_moment(until)} 前，", f"by {self.short_moment(until)}; ") if until else ""
        return self.pick(f"{by}{self.clock(moment)} 起等待领取", f"{by}waiting since {self.clock(moment)}")

    def taken(self, name: str, moment: datetime) -> str:
        return self.pick(f"{name} 已领取 {self.clock(moment)}", f"taken by {name} at {self.clock(moment)}")

    def progress(self, name: str, outcome: str, moment: datetime) -> str:
        return self.pick(
            f"{name}：{self.outcome(outcome)} {self.clock(moment)}",
            f"{name}: {self.outcome(outcome)} {self.clock(moment)}",
        )

    def snoozed(self, name: str, until: datetime) -> str:
        return self.pick(
            f"{name} 稍后跟进，{self.short_moment(until)} 再提醒",
            f"{name} snoozed it until {self.short_moment(until)}",
        )

    def over(self, outcome: str) -> str:
        return self.pick(f"已结束：{self.outcome(outcome)}", f"over: {self.outcome(outcome)}")

    def say_to_away(self, name: str, model: str) -> str:
        return self.pick(
            f"{name}您好，好久没见您的{model or '爱车'}来店里了，最近开着还好吗？这周给您留个免费检查的时间？",
            f"Hello {name}, we have not seen your {model or 'car'} for a while. Shall we keep a time for a free check this week?",
        )

    def say_to_due(self, name: str, model: str) -> str:
        return self.pick(
            f"{name}您好，您的{model or '爱车'}保养到期了，这周我帮您留个时间？",
            f"Hello {name}, your {model or 'car'} is due for maintenance. Shall I keep a time for you this week?",
        )

    def say_to_unhappy(self, name: str) -> str:
        return self.pick(
            f"{name}您好，上次服务没让您满意，非常抱歉。方便说说哪里没做好吗？我来处理。",
            f"Hello {name}, we are sorry that your last visit disappointed you. May I ask what went wrong? I will take care of it.",
        )
