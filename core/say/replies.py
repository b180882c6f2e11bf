"""What the staff read about drafts, and about talks that they have taken over."""

from __future__ import annotations

from collections.abc import Iterable

from core.say.words import Words

_SOURCES = {
    "hours": ("营业时间", "opening hours"),
    "price": ("价目", "prices"),
    "offer": ("优惠政策", "offers"),
    "owner": ("车主档案", "the owner's record"),
    "car": ("车辆档案", "the car's record"),
    "appointment": ("预约", "appointments"),
    "visit": ("到店记录", "visits"),
    "coupon": ("礼券", "coupons"),
    "article": ("知识库", "knowledge base"),
}
_WHY_DROPPED = {
    "moved_on": ("车主又发来了新消息", "the owner has written again"),
    "expired": ("放得太久了", "it is too old"),
    "answered": ("已经有人回复了", "somebody has answered"),
    "taken": ("已经有同事接待", "a colleague is with the owner"),
    "over": ("这件事已经办完了", "this is done with"),
}
_SHAPES = {
    "photo": ("[照片]", "[photo]"),
    "voice": ("[语音]", "[voice message]"),
    "contact": ("[名片]", "[contact]"),
    "menu": ("[菜单]", "[menu]"),
}


class ReplySay(Words):
    """Texts of drafts and of threads."""

    def source(self, name: str) -> str:
        kind = name.partition(":")[0]
        return self.pick(*_SOURCES.get(kind, (kind, kind)))

    def sources(self, names: Iterable[str]) -> str:
        return self.listed(dict.fromkeys(self.source(name) for name in names))

    def drafting(self) -> str:
        return self.pick("正在起草", "being drafted")

    def flagged(self, flags: Iterable[str]) -> str:
        return self.pick("⚠ 查不到依据，请先修改：", "⚠ nothing supports this, edit first: ") + self.listed(flags)

    def numbered_reply(self, number: int, text: str) -> str:
        return f"{number}. {text}"

    def draft_dropped(self, why: str) -> str:
        return self.pick("草稿已作废：", "The draft was dropped: ") + self.pick(*_WHY_DROPPED.get(why, (why, why)))

    def draft_not_ready(self) -> str:
        return self.pick("草稿还没写好，稍等一下", "The draft is not ready yet")

    def draft_over(self) -> str:
        return self.pick("这条草稿已经处理过了", "This draft has been dealt with already")

    def draft_sent_by(self, name: str) -> str:
        return self.pick(f"{name}已经回复了", f"{name} has answered already")

    def edit_first(self, flags: Iterable[str]) -> str:
        listed = self.listed(flags)
        return self.pick(
            f"“{listed}”在记录里查不到，请点“修改”改好再发",
            f"“{listed}” is in no record: tap “Edit” first",
        )

    def edit_here(self) -> str:
        return self.pick(
            "请回复这条消息，写上要发给车主的话。现在的草稿在下一条，可以复制：",
            "Reply to this message with what the owner should read. The draft follows, to copy:",
        )

    def edit_in_private(self) -> str:
        return self.pick("草稿发到您的私聊了，回复它就能改", "The draft is in your private chat: reply to it")

    def edit_on_the_page(self) -> str:
        return self.pick("请在员工页面的任务里修改", "Edit it on the task's page")

    def sure(self, flags: Iterable[str], text: str) -> str:
        listed = self.listed(flags)
        return self.pick(
            f"还没有发送。“{listed}”在记录里查不到，请再看一遍：\n{text}",
            f"Not sent yet. “{listed}” is in no record, please read it again:\n{text}",
        )

    def sure_on_the_page(self, flags: Iterable[str]) -> str:
        listed = self.listed(flags)
        return self.pick(
            f"还没有发送：“{listed}”在记录里查不到，请确认",
            f"Not sent yet: “{listed}” is in no record, please confirm",
        )

    def reply_sent(self) -> str:
        return self.pick("已发给车主", "Sent to the owner")

    def discarded(self) -> str:
        return self.pick("草稿不用了", "The draft was discarded")

    def drafted_again(self) -> str:
        return self.pick("正在重新起草", "A new draft is on its way")

    def say_something(self) -> str:
        return self.pick("请写上要发的内容", "Write what to send, please")

    def too_long(self) -> str:
        return self.pick("太长了，请分几条发", "Too long: send it in parts, please")

    # — threads —

    def colleague_has_thread(self, name: str) -> str:
        return self.pick(f"{name}正在接待这位车主", f"{name} is with this owner")

    def owner_says(self, number: int, name: str, text: str, by_reply: bool = True) -> str:
        """`by_reply`: the platform tells which message a reply is to."""
        chinese, english = f"答复请发“回复 #{number} 内容”", f"write “reply #{number} text” to answer"
        if by_reply:
            chinese, english = "回复这条消息即可答复", "reply to this message to answer"
        return self.pick(f"#{number} {name}：{text}\n（{chinese}）", f"#{number} {name}: {text}\n({english})")

    def owner_wrote_again(self, number: int, name: str) -> str:
        return self.pick(
            f"#{number} 车主又来信了，请{name}到任务页面答复",
            f"#{number} The owner has written again; {name}, please answer on the task's page",
        )

    def shape(self, kind: str) -> str:
        return self.pick(*_SHAPES.get(kind, ("[其他消息]", "[something else]")))

    def went_to_the_bot(self, number: int) -> str:
        return self.pick(f"#{number} 车主转回自助了，不用再跟进", f"#{number} The owner went back to the bot")

    def answer_how(self, number: int) -> str:
        return self.pick(
            f"发“回复 #{number} 内容”，车主就能看到；在 Telegram 里也可以直接回复这条消息",
            f"Write “reply #{number} text” and the owner reads it; in Telegram you can also reply to this message",
        )

    def no_such_thread(self, number: int) -> str:
        return self.pick(f"#{number} 不在您手上，请先领取", f"#{number} is not yours: take it first")

    def no_way(self) -> str:
        return self.pick(
            "没发出去：微信的会话窗口已关闭，车主再来信前发不了。请打电话或发短信。",
            "Not sent: the WeChat window is closed until the owner writes again. Call them, or send an SMS.",
        )

    def not_delivered(self, number: int, reason: str) -> str:
        return self.pick(
            f"#{number} 刚才的回复没有送达（{reason}）。请打电话或发短信联系车主。",
            f"#{number} Your answer did not arrive ({reason}). Call the owner, or send an SMS.",
        )

    def went_elsewhere(self, number: int, channel: str) -> str:
        return self.pick(
            f"#{number} 原来的渠道发不了，已改由 {channel} 发给车主",
            f"#{number} That channel was shut; it went by {channel} instead",
        )
