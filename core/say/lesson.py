"""The lesson: an advisor learns the desk in five steps, with an invented owner."""

from __future__ import annotations

from core.say.words import Words


class LessonSay(Words):
    """What is taught, in order."""

    def lesson_card(self) -> str:
        return self.pick(
            "1/5 练习卡片：流失预警，车主王*，90 天没来。点“我来跟进”试试（只是练习，不计入任何数据）。没有按钮就回复“查 练习”。",
            "1/5 A practice card: churn alert, owner W***, away for 90 days. Tap “I take it” (practice only, it counts nowhere). Without a button say “find practice”.",
        )

    def lesson_in_private(self) -> str:
        return self.pick("请私聊我发“帮助”，五步学会。", "Write “help” to me in private; it takes five steps.")

    def lesson_taken(self) -> str:
        return self.pick("领到了", "It is yours")

    def lesson_find(self) -> str:
        return self.pick(
            "2/5 领到的卡片会把姓名、电话发到这里，别人看不到。现在回复“查 练习”查一位虚构车主；平时用车牌、手机号或姓名查。",
            "2/5 Of a card that you take, name and phone come here and nowhere else. Now say “find practice” for an invented owner; really you use a plate, phone or name.",
        )

    def lesson_found(self) -> str:
        return self.pick(
            "车主：王小练、金卡\n电话：+8613000000000\n车辆：练习车、汉 EV\n备注：怕胎噪\n（虚构）\n3/5 下一步，回复“记 练习 喜欢靠窗，下周三给他回电话”。",
            "Owner: Wang Practice, gold\nPhone: +8613000000000\nCar: practice car\nRemarks: minds tyre noise\n(invented)\n3/5 Next say “note practice likes the window seat, call him next Wednesday”.",
        )

    def lesson_noted(self, planned: list[str]) -> str:
        head = self.pick("记下了（练习，不会保存）。", "Noted (practice, nothing is kept).")
        following = self.pick(
            "4/5 车主到店时告诉我：回复“到店 练习”。", "4/5 When an owner arrives tell me: say “check in practice”."
        )
        return "\n".join([head, *planned, following])

    def lesson_is_here(self) -> str:
        return self.pick(
            "王小练到店，10:00 的预约已到店\n生日：今天\n可用券：生日礼券\n请补问：地址\n（虚构）\n5/5 学会了！还可以说“我的任务”“请假 明天”“申请 8折 车牌 原因”“排行”，卡片上的“建议”可以提意见。",
            "Wang Practice is here, booked for 10:00\nBirthday: today\nCoupons: birthday\nPlease ask for: address\n(invented)\n5/5 That is all! You can also say “my tasks”, “leave tomorrow”, “discount 20% off PLATE why”, “scoreboard”; “Suggest” on a card is for your ideas.",
        )
