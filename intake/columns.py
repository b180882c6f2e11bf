"""Which column means what: Chinese and English headers, as spreadsheets write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.errors import BadInput

OWNERS, VEHICLES, VISITS = "owners", "vehicles", "visits"
KINDS = (OWNERS, VEHICLES, VISITS)

HEADERS = {
    "name": "姓名 车主 车主姓名 客户姓名 客户名称 客户 名字 联系人 称呼 owner owner_name customer",
    "phone": "手机 手机号 手机号码 电话 联系电话 电话号码 联系方式 移动电话 车主电话 客户电话 mobile tel phone_number",
    "plate": "车牌 车牌号 车牌号码 牌照 牌照号 plate_number license_plate",
    "vin": "车架号 车架号码 车辆识别代号 车辆识别码 底盘号 vin码 vin号",
    "model": "车型 车系 车辆型号 品牌车型 车款 car car_model",
    "powertrain": "能源 能源类型 动力 动力类型 燃料 燃料类型 fuel",
    "purchased_on": "购车日期 购买日期 提车日期 交车日期 销售日期 购车时间 purchase_date",
    "birthday": "生日 出生日期 车主生日 客户生日 birth_date birthdate",
    "mileage_km": "里程 里程数 公里数 当前里程 行驶里程 进厂里程 里程km 里程公里 mileage odometer",
    "last_service_on": "上次保养 上次保养日期 上次保养时间 最近保养 最近保养日期 末次保养 末次保养日期 last_service",
    "address": "地址 住址 家庭地址 联系地址 通讯地址",
    "store": "门店 门店名称 门店编码 所属门店 分店 店铺 store_code branch",
    "advisor": "顾问 服务顾问 专属顾问 所属顾问 sa",
    "source": "来源 客户来源 渠道来源 渠道",
    "wechat_openid": "微信 微信openid openid",
    "telegram_id": "telegram telegramid 电报 tg",
    "marketing_consent_on": "营销同意 营销同意日期 同意营销 营销授权 营销授权日期",
    "number": "工单号 工单 工单编号 单号 结算单号 委托书号 work_order order_number",
    "visited_on": "到店日期 进店日期 来店日期 进厂日期 维修日期 服务日期 到店时间 开单日期 visit_date",
    "items": "项目 服务项目 维修项目 保养项目 施工项目 作业项目 item",
    "amount": "金额 实收 实收金额 总金额 结算金额 消费金额 合计 应收金额 total",
}
PERSONAL = {"name", "phone", "birthday", "address", "wechat_openid", "telegram_id", "marketing_consent_on"}
_OF_VISITS = {"number", "visited_on", "items", "amount"}
_NEEDED = {
    OWNERS: ({"name", "phone", "plate", "vin"},),
    VEHICLES: ({"plate", "vin"},),
    VISITS: ({"visited_on"}, {"plate", "vin", "phone"}),
}


def _key(header: object) -> str:
    """手机（必填）* → 手机: how headers are compared."""
    text = re.sub(r"[(（【\[].*?[)）】\]]", "", str(header or ""))
    return re.sub(r"[\s_\-*＊:：]", "", text).lower()


_FIELDS = {_key(word): field for field, words in HEADERS.items() for word in (field, *words.split())}


def fields_of(headers: Sequence[object], mapping: Mapping[str, str]) -> dict[str, list[int]]:
    """The places of each field in a row, in order: 手机1 and 手机2 may both be phones."""
    own = {_key(header): field for header, field in mapping.items()}
    found: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        key = _key(header)
        field = own.get(key) or _FIELDS.get(key) or _FIELDS.get(key.rstrip("0123456789"))
        if key and field:
            found.setdefault(field, []).append(place)
    return found


def kind_of(fields: Mapping[str, object]) -> str:
    """What the rows are, by the columns there are."""
    if _OF_VISITS & fields.keys():
        return VISITS
    return OWNERS if {"name", "phone"} & fields.keys() else VEHICLES


def check(fields: Mapping[str, object], kind: str, headers: Sequence[object]) -> None:
    """Raises BadInput when the columns do not make such rows."""
    for choices in _NEEDED[kind]:
        if not choices & fields.keys():
            seen = ", ".join(str(header) for header in headers if header not in (None, ""))
            wanted = " or ".join(f"{HEADERS[field].split()[0]} {field}" for field in sorted(choices))
            raise BadInput(f"{kind} need a column {wanted}; the file has {seen[:300]}: name others in --mapping FILE")
