"""What the keys of those tables of the policy file are for that a shop may add more of, each by a name of its own."""

from __future__ import annotations

Both = tuple[str, str]

_RUN: dict[str, Both] = {
    "on": ("是否启用", "whether it runs"),
    "at": ("当天几点开始", "the hour of its day"),
    "hold_out": ("对照组比例", "the share held out"),
    "roll_out": ("启用比例", "the share of owners who have it"),
}
_SAID: dict[str, Both] = {
    "text": ("话术，可用 {name} {plate} {day}", "the words, with {name} {plate} {day}"),
    "text_en": ("英文话术，不写同中文", "in English; the Chinese ones if absent"),
    "offer": ("附带礼券", "the offer that goes with it"),
}
_AUDIENCE: dict[str, Both] = {
    "grades": ("等级", "any of these grades"),
    "stages": ("阶段", "any of these stages"),
    "tags": ("任一标签", "any of these tags"),
    "stores": ("门店代码", "any of these stores, by code"),
    "models": ("车型名包含任一", "a model whose name has any of these"),
    "powertrain": ("能源", "any of these"),
    "min_visits": ("累计到店次数不少于", "visits in all, at least"),
    "min_spend": ("累计消费不少于", "spend in all, at least"),
}
_GOAL: dict[str, Both] = {"goal": ("怎样算成功", "what counts as its success")}
_ON: dict[str, Both] = {"on": ("false 去掉这条规则", "false takes the rule away")}

NAMED: dict[str, dict[str, Both]] = {
    "journeys.NAME": {
        **_RUN,
        "days": ("步骤改到第几天；负数为之前", "days of its steps, negative: before"),
        "months": ("步骤改到第几个月", "months of its steps"),
    },
    "journeys.OWN": {
        **_RUN,
        "anchor": ("从哪天算起", "the day it counts from"),
        **_GOAL,
        "last_days": ("最后一步可补发几天", "how many days the last step is caught up"),
    },
    "journeys.OWN.steps": {
        "name": ("名字", "its name"),
        "days": ("第几天", "days from the anchor"),
        "months": ("第几个月", "and months"),
        "kind": ("营销、服务通知或任务", "what it is"),
        **_SAID,
    },
    "journeys.OWN.audience": _AUDIENCE,
    "campaigns.NAME": {
        **_RUN,
        "on_day": ("哪天", "the day"),
        **_SAID,
        "budget": ("预算", "what its offers may cost in all"),
        **_GOAL,
    },
    "campaigns.NAME.audience": _AUDIENCE,
    "offers.NAME": {
        "title": ("名称", "title"),
        "title_en": ("英文名称", "in English"),
        "percent": ("付百分之几：80 为 8 折", "what is still to pay: 80 takes a fifth off"),
        "amount": ("减多少元", "yuan off"),
        "gifts": ("赠品", "what comes with it"),
        "gifts_en": ("英文赠品", "in English"),
        "days": ("有效几天；0 到月底", "days it is valid; 0: to the month's end"),
        "cost": ("每张计入预算", "what one redeemed coupon counts in the budget"),
        "budget": ("每月预算", "for a calendar month"),
    },
    "roles.NAME": {
        "discount_percent": ("账单百分之几", "per cent of the bill"),
        "discount_yuan": ("多少元", "yuan"),
    },
    "recommendations.NAME": {
        **_ON,
        "item": ("推荐什么", "what is recommended"),
        "text": ("理由，可用 {name} {plate}", "why, with {name} {plate}"),
        "text_en": ("英文理由", "in English"),
        "min_age_years": ("车龄不少于几年", "years since the purchase, at least"),
        "min_km": ("里程不少于", "kilometres, at least"),
        "min_visits": ("做过几次", "visits, at least"),
        "of": ("哪些项目", "with any of these items"),
        "months": ("几个月内", "within so many months"),
        "season": ("哪个季节", "in that season"),
        "powertrain": ("能源", "any of these"),
        "remarks": ("备注含任一", "any of these in the remarks"),
    },
    "tags.NAME": {
        **_ON,
        "label_en": ("英文名", "in English"),
        "min_visits_12m": ("12 个月内到店次数", "visits in 12 months, at least"),
        "min_spend_12m": ("12 个月内消费", "spend in 12 months, at least"),
        "min_referrals": ("带来几位朋友", "friends who came and paid, at least"),
        "min_coupon_share": ("用券到店占比", "share of visits with a coupon, at least"),
        "min_washes_12m": ("12 个月内洗车次数", "washes in 12 months, at least"),
    },
    "templates.NAME.CHANNEL": {
        "id": ("平台上的编号", "its id there"),
        "fields": ("按顺序填哪些字段", "the notice's fields that it takes, in order"),
        "text": ("文字", "its words"),
    },
    "texts.LANGUAGE": {
        "welcome": ("第一次打招呼", "the first hello"),
        "may_we_write": ("询问营销同意", "asks for consent to marketing"),
        "person_called": ("已请顾问", "a person was called"),
        "opted_out": ("已退订", "after an opt-out"),
        "thanks": ("车主道谢时", "when the owner says thanks"),
        "birthday_greeting": ("生日祝福和礼券", "birthday with a coupon"),
        "birthday_wishes": ("只有生日祝福", "birthday without one"),
        "coupon_claimed": ("领到礼券", "a coupon was claimed"),
        "coupon_expiring": ("礼券快到期", "a coupon ends soon"),
        "long_not_seen": ("很久没来", "has not come for long"),
        "how_was_it": ("邀请评分", "asks for a rating"),
        "thanks_for_best": ("谢谢 5 分", "after a 5"),
        "thanks_for_good": ("谢谢评分", "after a good mark"),
        "sorry_for_low": ("低分致歉", "after a low mark"),
        "missed": ("爽约后", "after a missed appointment"),
        "referral_offer": ("介绍朋友的好处", "what bringing a friend brings"),
        "referral_thanks": ("谢谢介绍", "the friend has come"),
        "friend_welcome": ("欢迎朋友", "welcomes the friend"),
    },
}
