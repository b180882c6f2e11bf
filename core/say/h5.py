"""What an owner's own pages say, beside what is said in chat."""

from __future__ import annotations

from datetime import date, datetime

from core.say.owner import OwnerSay


class H5Say(OwnerSay):
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

    # — booking: choosing —

    def booking_title(self) -> str:
        return self.pick("预约到店", "Book a visit")

    def change(self, what: str) -> str:
        return self.pick(f"更改{what}", f"Change {what}")

    def change_it(self) -> str:
        return self.pick("更改", "Change")

    def field_name(self, name: str) -> str:
        names = {
            "store": ("门店", "Store"), "car": ("车辆", "Car"), "service": ("项目", "Service"), "time": ("时间", "Time"),
            "price": ("费用", "Price"), "minutes": ("时长", "Duration"), "address": ("地址", "Address"), "code": ("编号", "No."),
        }  # fmt: skip
        return self.pick(*names[name])

    def about_minutes(self, minutes: int) -> str:
        return self.pick(f"约 {minutes} 分钟", f"about {minutes} min")

    def about_price(self, price_fen: int) -> str:
        return self._about(price_fen)

    def short_price(self, price_fen: int) -> str:
        return (
            self.pick(f"约 {self.money(price_fen)}", f"about {self.money(price_fen)}") if price_fen else self.quoted()
        )

    def quoted(self) -> str:
        return self.pick("到店报价", "quoted on site")

    def other_plate(self) -> str:
        return self.pick("其他车牌", "Another plate")

    def other_plate_label(self) -> str:
        return self.pick("车牌号，比如 粤B12345", "Plate, for example 粤B12345")

    def plate_wrong(self, suggestion: str | None) -> str:
        if suggestion:
            return self.pick(
                f"这个车牌看着不对，是 {suggestion} 吗？请改一下。",
                f"That plate looks wrong. Is it {suggestion}? Please correct it.",
            )
        return self.pick("这个车牌看着不对，请改一下。", "That plate looks wrong, please correct it.")

    def use_plate(self) -> str:
        return self.pick("用这个车牌", "Use this plate")

    def plate_missing(self) -> str:
        return self.pick("请填车牌号，比如 粤B12345。", "Please enter the plate, for example 粤B12345.")

    def which_day(self) -> str:
        return self.pick("选一个时间", "Choose a time")

    def days_label(self) -> str:
        return self.pick("哪一天", "Day")

    def weekday(self, day: date, today: date) -> str:
        """今天, 明天, 周三 · today, Wed."""
        near = {0: self.pick("今天", "Today"), 1: self.pick("明天", "Tomorrow")}
        return near.get((day - today).days) or self.pick("周" + "一二三四五六日"[day.weekday()], f"{day:%a}")

    def short_day(self, day: date) -> str:
        return f"{day.month}/{day.day}"

    def day_state(self, state: str) -> str:
        names = {"free": ("可约", "free"), "full": ("约满", "full"), "closed": ("休息", "closed")}
        return self.pick(*names[state])

    def earlier_days(self) -> str:
        return self.pick("更早", "Earlier")

    def later_days(self) -> str:
        return self.pick("更晚", "Later")

    def part(self, name: str) -> str:
        names = {"morning": ("上午", "Morning"), "afternoon": ("下午", "Afternoon"), "evening": ("晚上", "Evening")}
        return self.pick(*names[name])

    def no_time_in_window(self) -> str:
        return self.pick("这些天都约满了。看看更晚的日子，或致电门店。", "These days are full. Look later, or call us.")

    def nearest(self) -> str:
        return self.pick("最近的空闲时间：", "The nearest free times:")

    # — booking: confirming —

    def confirm_title(self) -> str:
        return self.pick("请确认预约", "Please confirm")

    def confirm_move_title(self) -> str:
        return self.pick("确认改到这个时间？", "Move it to this time?")

    def confirm_move(self) -> str:
        return self.pick("确认改时间", "Move it")

    def was(self, moment: datetime) -> str:
        return self.pick(f"原来：{self.moment(moment)}", f"Before: {self.moment(moment)}")

    def held_until(self, moment: datetime) -> str:
        return self.pick(f"这个时间为您保留到 {self.clock(moment)}。", f"We hold this time until {self.clock(moment)}.")

    # — booking: done —

    def booked_title(self) -> str:
        return self.pick("已为您预约", "Booked for you")

    def moved_title(self) -> str:
        return self.pick("已改好时间", "Moved")

    def in_chat_too(self) -> str:
        return self.pick("确认信息也发到了和我们的聊天里。", "The confirmation is in our chat as well.")

    def keep_this(self) -> str:
        return self.pick(
            "这一页就是凭证：可以截图，或加到日历。", "This page is your receipt: keep it, or add it to your calendar."
        )

    def to_calendar(self) -> str:
        return self.pick("加到日历", "Add to calendar")

    def move_it(self) -> str:
        return self.pick("改时间", "Change the time")

    def cancel_it(self) -> str:
        return self.pick("取消预约", "Cancel")

    def really_cancel_title(self) -> str:
        return self.pick("确定取消这个预约吗？", "Cancel this appointment?")

    def cancel_note(self) -> str:
        return self.pick("取消后这个时间会让给别人。", "The time will go to somebody else.")

    def over_title(self, status: str) -> str:
        names = {
            "cancelled": ("预约已取消", "This appointment is cancelled"),
            "arrived": ("您的车正在店里", "Your car is with us"),
            "done": ("这次到店已完成", "This visit is done"),
            "no_show": ("这次没有等到您", "We missed you"),
        }
        return self.pick(*names.get(status, ("预约时间已过", "The time of this appointment has passed")))

    def book_again(self) -> str:
        return self.pick("再约一次", "Book again")

    def calendar_entry(self, service: str, store: str) -> str:
        return self.pick(f"{service} · {store}", f"{service} · {store}")

    def no_store_title(self) -> str:
        return self.pick("还不能在线预约", "Online booking is not open yet")

    # — coupons —

    def coupon_state(self, state: str) -> str:
        names = {
            "offered": ("待领取", "to claim"), "claimed": ("可使用", "ready to use"), "redeemed": ("已使用", "used"),
            "expired": ("已过期", "expired"), "revoked": ("已收回", "taken back"),
        }  # fmt: skip
        return self.pick(*names[state])

    def valid_until(self, last: date) -> str:
        return self.pick(f"有效期到 {self.day(last)}", f"Valid until {self.day(last)}")

    def claim(self) -> str:
        return self.pick("领取", "Claim it")

    def code_label(self) -> str:
        return self.pick("券码", "Code")

    def qr_label(self) -> str:
        return self.pick("券码的二维码", "The code as a QR code")

    def show_it(self) -> str:
        return self.pick("到店给顾问扫一扫，或报券码。", "Let your advisor scan it, or read the code out.")

    def copy_code(self) -> str:
        return self.pick("复制券码", "Copy the code")

    def copied(self) -> str:
        return self.pick("已复制", "Copied")

    def used_at(self, moment: datetime, store: str) -> str:
        where = self.pick(f"，{store}", f", {store}") if store else ""
        return self.pick(f"{self.moment(moment)}已使用{where}。", f"Used on {self.moment(moment)}{where}.")

    def coupon_ended(self, state: str) -> str:
        names = {
            "expired": ("这张券已过期，不能再用了。", "This coupon has run out and cannot be used."),
            "revoked": ("这张券已被门店收回。有疑问请联系门店。", "The shop took this coupon back. Please ask us why."),
        }
        return self.pick(*names[state])

    def book_to_use(self) -> str:
        return self.pick("预约到店使用", "Book a visit to use it")

    # — the survey —

    def survey_title(self) -> str:
        return self.pick("您最近没来，主要是因为什么？", "What kept you away?")

    def survey_hint(self) -> str:
        return self.pick("选一个就行，我们来改。", "One tap is enough; we will put it right.")

    def reason_label(self) -> str:
        return self.pick("主要原因", "The main reason")

    def reason_missing(self) -> str:
        return self.pick("请选一个主要原因。", "Please choose the main reason.")

    def words_label(self) -> str:
        return self.pick("想多说几句也可以（不填也行）", "Anything you would like to add (optional)")

    def send_answer(self) -> str:
        return self.pick("提交", "Send")

    def survey_thanks(self) -> str:
        return self.pick("谢谢您告诉我们", "Thank you for telling us")

    def you_said(self, reasons: str) -> str:
        return self.pick(f"您的回答：{reasons}。", f"You said: {reasons}.")

    def correct_it(self) -> str:
        return self.pick("改回答", "Change it")

    # — complaints —

    def complaint_title(self) -> str:
        return self.pick("哪里没做好，请告诉我们", "Tell us what went wrong")

    def complaint_hint(self) -> str:
        return self.pick(
            "提交后马上有编号，负责人会联系您，解决了才算完。",
            "You get a number at once, somebody contacts you, and it ends when you say so.",
        )

    def ticket_title(self, number: str) -> str:
        return self.pick(f"投诉 {number}", f"Complaint {number}")

    def topic(self, topic: str) -> str:
        names = {
            "quality": ("施工质量", "Quality of the work"), "price": ("价格费用", "Price"),
            "attitude": ("服务态度", "How I was treated"), "waiting": ("等待时间", "Waiting time"),
            "other": ("其他", "Something else"),
        }  # fmt: skip
        return self.pick(*names[topic])

    def topic_label(self) -> str:
        return self.pick("哪方面（不选也行）", "About (optional)")

    def about_topic(self, topic: str, words: str) -> str:
        return self.pick(f"{self.topic(topic)}：{words}", f"{self.topic(topic)}: {words}")

    def what_happened_label(self) -> str:
        return self.pick("发生了什么", "What happened")

    def add_label(self) -> str:
        return self.pick("要补充的", "Anything to add")

    def words_missing(self) -> str:
        return self.pick("请写几个字，说说发生了什么。", "Please tell us in a few words what happened.")

    def send_complaint(self) -> str:
        return self.pick("提交投诉", "Send the complaint")

    def send_more(self) -> str:
        return self.pick("补充", "Add it")

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
