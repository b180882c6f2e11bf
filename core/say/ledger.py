"""One sentence per row of what happened."""

from __future__ import annotations

from typing import Protocol

from core.say.words import Words

_WHO = {
    "identity": ("访客", "visitor"),
    "owner": ("车主", "owner"),
    "staff": ("员工", "staff"),
    "api": ("程序", "program"),
    "system": ("系统", "system"),
    "dms": ("DMS", "DMS"),
}
_CHANNELS = {
    "api": ("接口", "API"),
    "web": ("网页聊天", "web chat"),
    "console": ("员工页面", "staff pages"),
    "wechat": ("微信", "WeChat"),
    "telegram": ("Telegram", "Telegram"),
    "staff_web": ("员工群", "staff group"),
}
_SENTENCES = {
    "appointment.booked": ("预约 #{id} · {what}", "Appointment #{id} · {what}"),
    "appointment.moved": ("预约 #{id} 已改 · {what}", "Appointment #{id} moved · {what}"),
    "appointment.cancelled": ("预约 #{id} 已取消 · {what}", "Appointment #{id} cancelled · {what}"),
    "appointment.arrived": ("预约 #{id} 已到店 · {what}", "Appointment #{id} arrived · {what}"),
    "appointment.no_show": ("预约 #{id} 没有来 · {what}", "Appointment #{id} did not come · {what}"),
    "waiting.joined": ("{owner}在等空位 #{id}", "{owner} waits for a free time #{id}"),
    "waiting.left": ("{owner}不等空位了 #{id}", "{owner} waits no more #{id}"),
    "time_offer.made": ("空出的时间 #{id} 留给{owner}", "Free time #{id} kept for {owner}"),
    "time_offer.taken": ("空出的时间 #{id} {owner}要了", "Free time #{id} taken by {owner}"),
    "time_offer.declined": ("空出的时间 #{id} {owner}不要", "Free time #{id} declined by {owner}"),
    "time_offer.lapsed": ("空出的时间 #{id} {owner}没回复", "Free time #{id} not answered by {owner}"),
    "task.opened": ("任务 #{id} 发到群里 · {what}", "Task #{id} is in the group · {what}"),
    "task.taken": ("任务 #{id} 由{who}领取 · {what}", "Task #{id} taken by {who} · {what}"),
    "task.returned": ("任务 #{id} 退回群里 · {what}", "Task #{id} given back · {what}"),
    "task.snoozed": ("任务 #{id} 稍后提醒 · {what}", "Task #{id} snoozed · {what}"),
    "task.woken": ("任务 #{id} 重新提醒 · {what}", "Task #{id} is back · {what}"),
    "task.offered": ("任务 #{id} 重新发到群里 · {what}", "Task #{id} is in the group again · {what}"),
    "task.lapsed": ("任务 #{id} 到时没有进展，退回群里 · {what}", "Task #{id} is back in the group in time · {what}"),
    "task.reminded": ("任务 #{id} 提醒补记结果 · {what}", "Task #{id}: how did it end? · {what}"),
    "task.escalated": ("任务 #{id} 请店长安排 · {what}", "Task #{id} is with the manager · {what}"),
    "task.done": ("任务 #{id} 完成 · {what}", "Task #{id} done · {what}"),
    "task.closed": ("任务 #{id} 自动结束 · {what}", "Task #{id} closed by itself · {what}"),
    "leave.taken": ("休假 #{id} 登记{detail}", "Leave #{id}{detail}"),
    "leave.begun": ("休假 #{id} 开始，任务已交接{detail}", "Leave #{id} begins, cards handed over{detail}"),
    "leave.ended": ("休假 #{id} 取消{detail}", "Leave #{id} taken off{detail}"),
    "opportunity.begun": ("商机 #{id} {owner}{detail}", "Opportunity #{id} {owner}{detail}"),
    "opportunity.planned": ("商机 #{id} 下一步已定{detail}", "Opportunity #{id}: the next step is set{detail}"),
    "opportunity.contacted": ("商机 #{id} 已沟通{detail}", "Opportunity #{id} contacted{detail}"),
    "opportunity.quoted": ("商机 #{id} 已报价{detail}", "Opportunity #{id} quoted{detail}"),
    "opportunity.won": ("商机 #{id} 成交{detail}", "Opportunity #{id} won{detail}"),
    "opportunity.lost": ("商机 #{id} 未成交{detail}", "Opportunity #{id} lost{detail}"),
    "approval.asked": ("优惠申请 #{id} 等店长审批", "Discount #{id} waits for the manager"),
    "approval.approved": ("优惠申请 #{id} 已同意", "Discount #{id} approved"),
    "approval.refused": ("优惠申请 #{id} 未同意", "Discount #{id} refused"),
    "feedback.given": ("员工建议 #{id}", "Suggestion #{id} of the staff"),
    "owner.noted": ("{who}给{owner}加了备注", "{who} noted something about {owner}"),
    "owner.checked_in": ("{owner}到店{detail}", "{owner} is here{detail}"),
    "owner.added": ("车主 #{id} 建档{detail}", "Owner #{id} on record{detail}"),
    "owner.named": ("车主 #{id} 称呼{detail}", "Owner #{id} named{detail}"),
    "owner.phone_set": ("车主 #{id} 登记手机号（加密保存）", "Owner #{id} left a phone number (sealed)"),
    "owner.recognised": ("车主 #{id} 用手机短信认出", "Owner #{id} recognised by the phone"),
    "owner.bound": ("身份已确认：{detail}，记录已合并", "Identity confirmed: {detail}, records joined"),
    "owner.revealed": ("{detail} 查看了完整信息 · {what}", "{detail} was shown the full record · {what}"),
    "owner.household": ("车主 #{id} 与另一位车主是一家人{detail}", "Owner #{id} shares a household{detail}"),
    "vehicle.parted": ("车辆 #{id} 已不属于{owner}", "Car #{id} is not {owner}'s any more"),
    "vehicle.added": ("车辆 #{id} 建档{detail}", "Car #{id} on record{detail}"),
    "consent.given": ("同意接收消息 · 留证 #{id}", "Consent given · evidence #{id}"),
    "consent.refused": ("不同意接收消息 · 留证 #{id}", "Consent refused · evidence #{id}"),
    "churn_alert.watched": ("流失预警 {id} · {count} 位车主转入关注", "Churn alerts {id} · {count} owners to watch"),
    "churn_alert.raised": ("流失预警 #{id} · {owner} · {level}", "Churn alert #{id} · {owner} · {level}"),
    "churn_model.fitted": ("回店预测 #{id} 重新学习{detail}", "Who comes back, learnt anew #{id}{detail}"),
    "sign_in.link_made": ("{staff}的登录链接已生成", "Sign-in link made for {staff}"),
    "sign_in.opened": ("{staff}已登录员工页面", "{staff} signed in to the staff pages"),
    "sign_in.ended": ("{staff}已退出", "{staff} signed out"),
    "clock.moved": ("门店时间已调整", "The shop's clock was moved"),
    "identity.left": ("{owner}取消了关注", "{owner} left the chat"),
    "scene.scanned": ("{owner}扫码进入{detail}", "{owner} came by a code{detail}"),
    "import.begun": ("导入 #{id} 开始{detail}", "Import #{id} began{detail}"),
    "import.finished": ("导入 #{id} 完成{detail}", "Import #{id} finished{detail}"),
    "service.added": ("服务项目 #{id} 新增{detail}", "Service item #{id} added{detail}"),
    "service.changed": ("服务项目 #{id} 已改{detail}", "Service item #{id} changed{detail}"),
    "store.changed": ("门店 #{id} 已改{detail}", "Store #{id} changed{detail}"),
    "staff.left": ("员工离职{detail}", "Staff left{detail}"),
    "staff.joined": ("员工 #{id} 入职{detail}", "Staff #{id} joined{detail}"),
    "store.added": ("门店 #{id} 开业{detail}", "Store #{id} opened{detail}"),
    "store.bound": ("门店 #{id} 绑定企业微信群{detail}", "Store #{id} got its WeCom group{detail}"),
    "store.unbound": ("门店 #{id} 解绑企业微信群{detail}", "Store #{id} let go of its WeCom group{detail}"),
    "link.used": ("{owner}在页面上办理 · 链接 #{id}", "{owner} did it on a page · link #{id}"),
    "extra_item.asked": ("增项 #{id} 已发给{owner}确认{detail}", "Extra item #{id} put to {owner}{detail}"),
    "extra_item.agreed": ("增项 #{id} {owner}同意{detail}", "Extra item #{id}: {owner} agrees{detail}"),
    "extra_item.declined": ("增项 #{id} {owner}不同意{detail}", "Extra item #{id}: {owner} declines{detail}"),
    "extra_item.call": (
        "增项 #{id} {owner}请先来电{detail}",
        "Extra item #{id}: {owner} wants a call first{detail}",
    ),
    "extra_item.expired": (
        "增项 #{id} 打烊前未回复，不做{detail}",
        "Extra item #{id}: no answer is a no{detail}",
    ),
    "errand.asked": ("外出服务 #{id} {owner}提出{detail}", "Errand #{id} asked by {owner}{detail}"),
    "errand.accepted": ("外出服务 #{id} 已答应{detail}", "Errand #{id} accepted{detail}"),
    "errand.changed": ("外出服务 #{id} {owner}改了{detail}", "Errand #{id} changed by {owner}{detail}"),
    "errand.dropped": ("外出服务 #{id} {owner}取消了{detail}", "Errand #{id} called off by {owner}{detail}"),
    "errand.refused": ("外出服务 #{id} 安排不了{detail}", "Errand #{id} refused{detail}"),
    "medium.received": ("收到{owner}的图片或语音 #{id}", "Photo or voice message #{id} of {owner}"),
    "survey.invited": ("问{owner}为什么没来 #{id}", "{owner} is asked what kept them away #{id}"),
    "survey.answered": ("{owner}说了没来的原因 #{id}{detail}", "{owner} said what kept them away #{id}{detail}"),
    "survey.corrected": (
        "{owner}更正了没来的原因 #{id}{detail}",
        "{owner} corrected what kept them away #{id}{detail}",
    ),
    "rating.given": ("{owner}评分 #{id}{detail}", "{owner} rated a visit #{id}{detail}"),
    "rating.corrected": ("{owner}改了评分 #{id}{detail}", "{owner} changed a rating #{id}{detail}"),
    "ticket.opened": ("投诉 T{id} · {owner}", "Complaint T{id} · {owner}"),
    "ticket.added": ("投诉 T{id} 有补充 · {owner}", "Complaint T{id} · more from {owner}"),
    "ticket.contacted": ("投诉 T{id} 已联系{owner}", "Complaint T{id} · {owner} was called"),
    "ticket.solved": ("投诉 T{id} 已处理，问{owner}", "Complaint T{id} done, {owner} is asked"),
    "ticket.closed": ("投诉 T{id} {owner}确认解决", "Complaint T{id} solved, says {owner}"),
    "ticket.reopened": ("投诉 T{id} {owner}说没解决", "Complaint T{id} not solved, says {owner}"),
    "ticket.withdrawn": ("投诉 T{id} {owner}已撤回", "Complaint T{id} withdrawn by {owner}"),
    "ticket.unanswered": ("投诉 T{id} 店长结案，{owner}未答复", "Complaint T{id} ended without {owner}'s answer"),
    "ticket.late_contact": (
        "投诉 T{id} 超时没人联系，已报店长",
        "Complaint T{id} not called in time, told the manager",
    ),
    "ticket.late_solution": ("投诉 T{id} 超时没解决，已报店长", "Complaint T{id} not solved in time, told the manager"),
    "ticket.asked_again": ("投诉 T{id} 再问一次{owner}", "Complaint T{id} · {owner} is asked once more"),
    "ticket.undecided": ("投诉 T{id} 请店长决定", "Complaint T{id} · the manager decides"),
    "appointment.done": ("预约 #{id} 已完成 · {what}", "Appointment #{id} is done · {what}"),
    "appointment.accepted": ("DMS 已接收预约 #{id}{detail}", "The DMS accepted appointment #{id}{detail}"),
    "appointment.rejected": ("DMS 拒绝了预约 #{id}{detail}", "The DMS rejected appointment #{id}{detail}"),
    "visit.open": ("工单 #{id} 开单{detail}", "Work order #{id} opened{detail}"),
    "visit.completed": ("工单 #{id} 完工{detail}", "Work order #{id} completed{detail}"),
    "visit.cancelled": ("工单 #{id} 取消{detail}", "Work order #{id} cancelled{detail}"),
    "owner.corrected": ("{owner}更正资料{detail}", "{owner} put the record right{detail}"),
    "owner.exported": ("车主 #{id} 的资料已导出", "A copy of owner #{id}'s data was made"),
    "owner.erased": ("删除 #{id}：一位车主的资料已按要求删除", "Erasure #{id}: an owner's data was erased as asked"),
    "recommendation.offered": ("推荐 #{id} 给{owner}{detail}", "Recommendation #{id} to {owner}{detail}"),
    "recommendation.interested": ("{owner}对推荐 #{id} 感兴趣{detail}", "{owner} is interested in #{id}{detail}"),
    "recommendation.later": ("{owner}暂时不要推荐 #{id}{detail}", "{owner} does not want #{id} now{detail}"),
    "recommendation.never": ("{owner}不再接受推荐{detail}", "{owner} wants no more of{detail}"),
    "draft.wanted": ("草稿 #{id} 待起草", "Draft #{id} wanted"),
    "draft.made": ("草稿 #{id} 已写好", "Draft #{id} is ready"),
    "draft.edited": ("{who}修改了草稿 #{id}", "{who} edited draft #{id}"),
    "draft.sent": ("{who}发出了草稿 #{id}", "{who} sent draft #{id}"),
    "draft.discarded": ("{who}没有采用草稿 #{id}", "{who} discarded draft #{id}"),
    "draft.dropped": ("草稿 #{id} 作废", "Draft #{id} dropped"),
    "thread.begun": ("{who}接待车主", "{who} is with the owner"),
    "thread.ended": ("人工接待结束", "The bot answers again"),
    "reply.sent": ("{who}回复了车主", "{who} answered the owner"),
    "coupon.issued": ("礼券 #{id} 发给{owner}", "Coupon #{id} for {owner}"),
    "coupon.claimed": ("{owner}领取礼券 #{id}", "{owner} claimed coupon #{id}"),
    "coupon.redeemed": ("礼券 #{id} 已核销 · {owner}", "Coupon #{id} redeemed · {owner}"),
    "coupon.revoked": ("礼券 #{id} 已作废{detail}", "Coupon #{id} revoked{detail}"),
    "coupon.expired": ("礼券 #{id} 已过期 · {owner}", "Coupon #{id} has run out · {owner}"),
    "owner.birthday_set": ("{owner}登记了生日", "{owner} told their birthday"),
    "referral.invited": ("转介绍 #{id} · {owner}由朋友介绍来", "Referral #{id} · {owner} was sent by a friend"),
    "referral.refused": ("转介绍 #{id} 不计入 · {owner}", "Referral #{id} does not count · {owner}"),
    "referral.rewarded": ("转介绍 #{id} 已奖励{owner}", "Referral #{id} · {owner} was rewarded"),
    "tag.added": ("{owner}加标签{detail}", "{owner} tagged{detail}"),
    "tag.removed": ("{owner}去标签{detail}", "{owner} untagged{detail}"),
}
_CODES = {
    "roadside": ("救援", "roadside help"),
    "pick_up": ("取送车", "pick-up"),
    "price": ("价格", "price"),
    "quality": ("质量", "quality"),
    "distance": ("距离", "distance"),
    "attitude": ("态度", "attitude"),
    "sold": ("车已卖", "car sold"),
    "other": ("其他", "other"),
    "name": ("称呼", "name"),
    "phone": ("手机", "phone"),
    "birthday": ("生日", "birthday"),
    "address": ("地址", "address"),
    "plate": ("车牌", "plate"),
    "model": ("车型", "model"),
    "mileage_km": ("里程", "mileage"),
    "purchased_on": ("购车日期", "day of purchase"),
    "fitted": ("已完成", "done"),
    "unsure": ("没有把握", "not sure"),
    "not_enough": ("数据还不够", "not enough data yet"),
    "warranty": ("延保", "extended warranty"),
}


class Named(Protocol):
    """What a sentence may name, by name."""

    def __getitem__(self, name: str, /) -> object: ...


class LedgerSay(Words):
    """The texts of the ledger."""

    def sentence(self, verb: str, values: Named) -> str:
        return self.pick(*_SENTENCES.get(verb, (f"{verb} #{{id}}", f"{verb} #{{id}}"))).format_map(values)

    def detail(self, detail: str) -> str:
        """The words of a row's code, or of several; anything else as it stands."""
        parts = [part.strip() for part in detail.split(",")]
        return self.listed(self.pick(*_CODES.get(part, (part, part))) for part in parts)

    def knows(self, verb: str) -> bool:
        return verb in _SENTENCES

    def watched(self, first: int, last: int) -> str:
        """Several owners who only have to be watched, in one line."""
        return self.sentence("churn_alert.watched", {"id": f"#{first}–#{last}", "count": last - first + 1})

    def actor(self, kind: str) -> str:
        return self.pick(*_WHO.get(kind, (kind, kind)))

    def channel(self, channel: str) -> str:
        return self.pick(*_CHANNELS.get(channel, (channel, channel)))

    def bay(self, number: int) -> str:
        return self.pick(f"{number} 号工位", f"bay {number}")
