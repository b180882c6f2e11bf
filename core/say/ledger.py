"""One sentence per row of what happened."""

from __future__ import annotations

from typing import Protocol

from core.say.words import Words

_WHO = {
    "identity": ("访客", "visitor"),
    "owner": ("车主", "owner"),
    "staff": ("员工", "staff"),
    "system": ("系统", "system"),
}
_CHANNELS = {
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
    "task.opened": ("任务 #{id} 发到群里 · {what}", "Task #{id} is in the group · {what}"),
    "task.taken": ("任务 #{id} 由{who}领取 · {what}", "Task #{id} taken by {who} · {what}"),
    "task.returned": ("任务 #{id} 退回群里 · {what}", "Task #{id} given back · {what}"),
    "task.snoozed": ("任务 #{id} 稍后提醒 · {what}", "Task #{id} snoozed · {what}"),
    "task.woken": ("任务 #{id} 重新提醒 · {what}", "Task #{id} is back · {what}"),
    "task.done": ("任务 #{id} 完成 · {what}", "Task #{id} done · {what}"),
    "task.closed": ("任务 #{id} 自动结束 · {what}", "Task #{id} closed by itself · {what}"),
    "owner.added": ("车主 #{id} 建档{detail}", "Owner #{id} on record{detail}"),
    "owner.named": ("车主 #{id} 称呼{detail}", "Owner #{id} named{detail}"),
    "owner.phone_set": ("车主 #{id} 登记手机号（加密保存）", "Owner #{id} left a phone number (sealed)"),
    "owner.bound": ("身份已确认：{detail}，记录已合并", "Identity confirmed: {detail}, records joined"),
    "owner.revealed": ("{detail} 查看了完整信息 · {what}", "{detail} was shown the full record · {what}"),
    "vehicle.added": ("车辆 #{id} 建档{detail}", "Car #{id} on record{detail}"),
    "consent.given": ("同意接收消息 · 留证 #{id}", "Consent given · evidence #{id}"),
    "consent.refused": ("不同意接收消息 · 留证 #{id}", "Consent refused · evidence #{id}"),
    "churn_alert.watched": ("流失预警 {id} · {count} 位车主转入关注", "Churn alerts {id} · {count} owners to watch"),
    "churn_alert.raised": ("流失预警 #{id} · {owner} · {level}", "Churn alert #{id} · {owner} · {level}"),
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
}


class Named(Protocol):
    """What a sentence may name, by name."""

    def __getitem__(self, name: str, /) -> object: ...


class LedgerSay(Words):
    """The texts of the ledger."""

    def sentence(self, verb: str, values: Named) -> str:
        return self.pick(*_SENTENCES.get(verb, (f"{verb} #{{id}}", f"{verb} #{{id}}"))).format_map(values)

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
