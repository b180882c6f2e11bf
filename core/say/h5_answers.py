"""What the pages of coupons, surveys and complaints say."""

from __future__ import annotations

from datetime import date, datetime

from core.say.owner import OwnerSay


class AnswerPageSay(OwnerSay):
    """A coupon to claim and show, and words that the owner sends."""

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
