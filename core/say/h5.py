"""What an owner's own pages say, beside what is said in chat."""

from __future__ import annotations

from datetime import datetime

from core.say.h5_answers import AnswerPageSay
from core.say.h5_booking import BookingPageSay
from core.say.one_time_notices import NoticesPageSay


class H5Say(BookingPageSay, AnswerPageSay, NoticesPageSay):
    """The texts of the pages under /h, in the reader's language."""

    def other_language(self) -> str:
        return self.pick("English", "中文")

    def for_whom(self, name: str) -> str:
        return self.pick(f"{name}，您好", f"For {name}") if name else self.pick("您好", "Hello")

    def shop_name(self) -> str:
        return self.pick("门店服务", "Your car service")

    def skip_to_main(self) -> str:
        return self.pick("跳到正文", "Skip to the page")

    # — refusals —

    def no_such_link(self) -> tuple[str, str]:
        return (
            self.pick("这个链接打不开", "This link does not open"),
            self.pick(
                "链接可能没有复制完整。请回到我们发给您的消息里重新点开，或回复我们，我们再发一个给您。",
                "It may have been cut off. Open it again from our message, or write to us and we send you another.",
            ),
        )

    def link_over(self) -> tuple[str, str]:
        return (
            self.pick("这个链接已过期", "This link has run out"),
            self.pick(
                "您之前的预约和礼券不受影响。在聊天里告诉我们需要什么，我们马上发新的给您。",
                "Your appointments and coupons are not affected. Tell us in chat what you need and we send a new one.",
            ),
        )

    def too_often(self, seconds: int) -> tuple[str, str]:
        return (
            self.pick("点得太快了", "A little too fast"),
            self.pick(
                f"请等 {seconds} 秒再刷新本页，已办好的不会丢。",
                f"Please wait {seconds} seconds and reload; nothing that was done is lost.",
            ),
        )

    def cannot_save(self) -> tuple[str, str]:
        return (
            self.pick("系统暂时忙不过来", "We cannot save this right now"),
            self.pick(
                "刚才的操作没有保存，请过一会儿再试，或直接致电门店。",
                "Nothing was saved. Please try again in a moment, or call the store.",
            ),
        )

    def foreign_form(self) -> tuple[str, str]:
        return (
            self.pick("没有操作成功", "That did not work"),
            self.pick("请从我们发给您的链接打开页面再操作。", "Please open the page from our link and try again."),
        )

    def call_store(self, name: str) -> str:
        return self.pick(f"致电{name}", f"Call {name}")

    def wrong_title(self) -> str:
        return self.pick("请先改一下：", "Please check:")

    # — my data —

    def my_data_title(self) -> str:
        return self.pick("下载我的资料", "Download my data")

    def data_what(self) -> str:
        return self.pick(
            "一个压缩包：您的姓名、联系方式、车辆、到店记录、预约、礼券、授权和聊天记录，有可以直接看的网页，也有给程序读的 JSON。",
            "One zip file with your name, contacts, cars, visits, appointments, coupons, consents and messages: a page to read, "
            "and JSON for programs.",
        )

    def data_mind(self) -> str:
        return self.pick(
            "里面是完整的个人信息，没有打码。只能下载一次，请不要转发这个链接或文件。",
            "It holds your personal data in full. It can be downloaded once; please do not forward the link or the file.",
        )

    def data_download(self) -> str:
        return self.pick("下载（只有一次）", "Download (once)")

    def data_after(self) -> str:
        return self.pick(
            "微信里打不开下载时，点右上角“在浏览器打开”。",
            "If your app cannot save files, open this page in a browser.",
        )

    def data_given(self, moment: str) -> str:
        return self.pick(f"资料已在 {moment} 下载", f"Downloaded on {moment}")

    def data_again(self) -> str:
        return self.pick(
            "为了安全，链接只能用一次。还需要就在聊天里说“导出我的资料”。不是您本人下载的，请马上告诉我们。",
            "To keep it safe the link works once. Say “export my data” in chat for another. If it was not you, tell us at once.",
        )

    def notice(self, code: str, near: datetime | None) -> str:
        """What became of the last tap, by the code in the address; empty for a code that is none."""
        if code == "taken" and near:
            return self.slot_taken(near)
        return self.pick(*_NOTICES.get(code, ("", "")))


_NOTICES = {
    "taken": ("这个时间刚刚约满了，请另选一个。", "That time was just taken, please choose another."),
    "refused": ("这个时间不能约，请另选一个。", "That time cannot be booked, please choose another."),
    "ran_out": ("保留的时间已过，请重新选一个。", "We could not hold it any longer, please choose again."),
    "changed": ("内容有变动，请看最新的。", "This has changed; please look at the latest."),
    "claimed": ("已领取，券在下面。", "It is yours; here it is."),
    "answered": ("这份问卷已经答过了，谢谢。", "This was answered before, thank you."),
    "registered": ("已登记，我们会联系您。", "It is registered; we will contact you."),
    "added": ("已补充，负责人会看到。", "Added; the person in charge sees it."),
    "kept": ("好的，预约保留。", "All right, the appointment stays."),
}
