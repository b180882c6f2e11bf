"""The page of the copy that an owner gets of their data."""

from __future__ import annotations

from core.say.words import Words

_SECTIONS = {
    "owner": ("基本资料", "About you"),
    "vehicles": ("车辆", "Cars"),
    "visits": ("到店记录", "Visits"),
    "appointments": ("预约", "Appointments"),
    "coupons": ("礼券", "Coupons"),
    "coupon": ("礼券", "Coupons"),
    "tickets": ("投诉", "Complaints"),
    "consents": ("授权记录", "Consents"),
    "timeline": ("往来记录", "What happened"),
    "task": ("员工任务", "Work of the staff"),
    "step": ("自动提醒", "Automatic messages"),
    "churn_alert": ("回访提示", "Alerts"),
    "recommendation": ("推荐", "Recommendations"),
    "opportunities": ("感兴趣的项目", "What you may want"),
    "opportunity": ("感兴趣的项目", "What you may want"),
    "approval": ("为您申请的优惠", "Discounts asked for you"),
    "profile_question": ("问过的资料", "Questions asked"),
    "dms_event": ("管理系统传来的记录", "Told by the workshop's system"),
    "prediction": ("预测", "Predictions"),
    "tags": ("标签", "Tags"),
}
_COLUMNS = {
    "name": "姓名", "phone": "手机", "birthday": "生日", "address": "地址", "plate": "车牌", "vin": "车架号",
    "model": "车型", "mileage_km": "里程（公里）", "purchased_on": "购车日期", "last_service_on": "上次保养",
    "due_on": "下次保养", "visited_on": "到店日期", "number": "工单号", "items": "项目", "amount": "金额（元）",
    "status": "状态", "rating": "评分", "starts_at": "开始", "ends_at": "结束", "service": "项目", "store": "门店",
    "channel": "渠道", "purpose": "用途", "given": "是否同意", "at": "时间", "text": "内容", "kind": "类型",
    "actor": "谁", "language": "语言", "advisor": "顾问", "source": "来源", "remarks": "备注", "channels": "渠道",
    "created_at": "建档时间", "code": "券码", "offer": "礼券", "valid_until": "有效期至", "grade": "等级", "stage": "阶段",
    "ltv": "累计消费（元）", "phone_verified": "手机已验证", "id": "编号", "powertrain": "能源",
}  # fmt: skip


class PrivacyPageSay(Words):
    """Titles and columns."""

    def title(self) -> str:
        return self.pick("您的资料", "Your data")

    def explanation(self) -> str:
        return self.pick(
            "这是本店保存的与您有关的全部资料。同一压缩包里的 JSON 文件内容相同，可供其他系统读取。",
            "This is everything that the shop keeps about you. The JSON file beside it says the same, for other systems.",
        )

    def section(self, name: str) -> str:
        return self.pick(*_SECTIONS.get(name, (name, name.replace("_", " "))))

    def column(self, name: str) -> str:
        return self.pick(_COLUMNS.get(name, name), name.replace("_", " "))
