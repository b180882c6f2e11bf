"""Why an owner got something, or did not: every reason and what became of each message, in words."""

from __future__ import annotations

from core.gate import CAMPAIGN
from core.say.words import Words

_REASONS = {
    "no account to write to": ("没有可联系的账号", "no account to write to"),
    "no consent to marketing": ("没有同意接收营销消息", "no consent to marketing"),
    "an open complaint of the household": ("家里有投诉没处理完，暂停营销", "a complaint of the household is open"),
    "an open recall of their car": ("爱车有召回还没处理，暂停营销", "their car has a recall open"),
    "cap": ("30 天内的营销消息已够数", "the owner's marketing messages of 30 days are used up"),
    "budget": ("本月短信营销预算用完", "the month's budget for texts is used up"),
    "the campaign's budget is used up": ("活动预算用完", "the campaign's budget is used up"),
    "the offer's budget of the month is used up": ("礼券本月预算用完", "the offer's budget of the month is used up"),
    "too late": ("已过时效", "too late to be of use"),
    "the same was said a short while ago": ("不久前刚说过同样的话", "the same was said a short while ago"),
    "too late for this step": ("过了这一步的时间", "too late for this step"),
    "too late: more cards were waiting than days have room for": (
        "逾期卡片太多，轮到时已过时效",
        "too late: more cards were waiting than days have room for",
    ),
    "not switched on for this owner yet": ("还没有灰度到这位车主", "not switched on for this owner yet"),
    "the quiet hours outlast it": ("静默时段结束时已过时效", "the quiet hours end after it would be too late"),
    "cannot be reached there any more": ("已取消关注或屏蔽", "they unfollowed or blocked us"),
    "window closed": ("微信 48 小时窗口已关闭", "the WeChat window is closed"),
    "kept in reserve for service": ("微信窗口余量留给服务消息", "the window's last message is kept for service"),
    "no approved template": ("没有审核过的模板", "no approved template"),
    "no accept left": ("车主没有订阅这条通知", "no subscription accepted"),
    "mass sends used": ("本月群发次数用完", "the month's mass sends are used up"),
    "too few for a mass send": ("同样内容不足两人，不能群发", "too few owners for a mass send"),
    "the words are not the same for all": ("内容因人而异，不能群发", "the words are personal"),
    "not sent by hand": ("顾问没有发", "the advisor did not send it"),
    "held out to measure by": ("留作对照组", "held out to measure by"),
    "opted out": ("已退订", "opted out"),
    "no way is open": ("没有可用的渠道", "no way is open"),
    "the day is over": ("当天已过", "the day is over"),
    "not rolled out": ("还没有灰度到这位车主", "not rolled out to this owner yet"),
    "switched off": ("该旅程没有开启", "the journey is switched off"),
    "not in its audience": ("不在它的人群里", "not in its audience"),
    "no rule fits": ("没有符合的推荐规则", "no rule of the policy fits"),
    "not due": ("还没到时间", "not due yet"),
}
_BECAME = {
    "queued": ("等待发出", "waits to leave"),
    "claimed": ("正在发出", "on its way"),
    "sent": ("已发出", "sent"),
    "answered": ("已显示在网页聊天", "shown in the web chat"),
    "failed": ("没发成", "failed"),
    "expired": ("过期未发", "expired"),
    "skipped": ("没有发", "not sent"),
    "unknown": ("可能已送达，不再重发", "may have arrived, not repeated"),
    "handed": ("等顾问发出", "waits for the advisor"),
}
_ROUTES = {
    "telegram": ("Telegram", "Telegram"),
    "wechat": ("微信客服消息", "WeChat message"),
    "template": ("微信模板消息", "WeChat template"),
    "subscribe": ("微信订阅通知", "WeChat notification"),
    "mass": ("微信群发", "WeChat mass send"),
    "sms": ("短信", "text message"),
    "task": ("顾问企业微信", "the advisor's WeCom"),
    "staff": ("顾问任务", "task"),
    "web": ("网页聊天", "web chat"),
}
_JOURNEYS = {
    "birthday": ("生日", "Birthday"),
    "win_back": ("流失召回", "Win-back"),
    "maintenance_due": ("保养到期", "Maintenance due"),
    "nurture": ("新车主关怀", "New owner"),
    "recommendation": ("推荐", "Recommendation"),
    "after_visit": ("到店后", "After the visit"),
    "appointment_reminder": ("预约提醒", "Appointment reminder"),
    "coupon_expiring": ("礼券到期", "Coupon expiring"),
    "referral": ("转介绍", "Referral"),
    "festival": ("节日", "Festival"),
    "anniversary": ("爱车周年", "Anniversary"),
    "inspection_due": ("年检到期", "Inspection due"),
    "insurance_due": ("车险到期", "Insurance due"),
    "no_show": ("未到店", "No-show"),
    "recall": ("召回", "Recall"),
    "churn_alert": ("流失预警", "Churn alerts"),
    "wait_list": ("候补", "Wait-list"),
    "unfinished_talk": ("没说完的对话", "Unfinished talks"),
    "ticket_clock": ("投诉时限", "Complaints"),
    "call_back": ("低分回访", "Call-backs"),
    "extra_item": ("增项确认", "Extra work"),
    "desk": ("商机", "Opportunities"),
    "message": ("其他营销", "Other marketing"),
}
_DECISIONS = {
    "send": ("发送", "send"),
    "skip": ("不发", "skip"),
    "hold_out": ("对照组", "held out"),
    "task": ("顾问任务", "task"),
}


_ONLY_WATCHED = ": a line in the digest, no card"
_NO_ANCHOR = "nothing to count from"


class WhySay(Words):
    """The texts of "why did they (not) get it?"."""

    def journey(self, name: str) -> str:
        campaign = name.removeprefix(CAMPAIGN)
        if campaign != name:
            return self.pick(f"活动 {campaign}", f"Campaign {campaign}")
        return self.pick(*_JOURNEYS.get(name, (name, name)))

    def reason(self, reason: str) -> str:
        """The platform's own words stay as they are."""
        if reason.endswith(_ONLY_WATCHED):
            return self.pick("先关注", "only watched for now")
        if reason.startswith(_NO_ANCHOR):
            return self.pick("资料里没有可推算的日期", "nothing on record to count from")
        return self.pick(*_REASONS.get(reason, (reason, reason)))

    def became(self, state: str) -> str:
        return self.pick(*_BECAME.get(state, (state, state)))

    def route(self, route: str) -> str:
        return self.pick(*_ROUTES.get(route, (route, route)))

    def decision(self, decision: str) -> str:
        return self.pick(*_DECISIONS.get(decision, (decision, decision)))

    def nothing(self) -> str:
        return self.pick("还没有给这位车主发过什么，也没有决定不发。", "Nothing was decided about this owner yet.")

    def now(self) -> str:
        return self.pick("现在", "Now")

    def why_usage(self) -> str:
        return self.pick("写法：为什么 粤B12345（车牌、手机或编号）", "Write: why 粤B12345 (plate, phone or number)")

    def nobody(self, reference: str) -> str:
        return self.pick(f"没有找到 {reference}", f"nobody on record under {reference}")

    def several(self, count: int) -> str:
        return self.pick(f"有 {count} 位车主，请用编号：", f"{count} owners; ask by number:")

    def other_store(self) -> str:
        return self.pick("这位车主不属于您的门店。", "This owner belongs to another store.")

    def marketing_now(self, reason: str) -> str:
        """Whether marketing could leave for them now."""
        if not reason:
            return self.pick("现在可以收营销消息", "may get marketing now")
        return self.pick(f"现在不发营销：{self.reason(reason)}", f"no marketing now: {self.reason(reason)}")
