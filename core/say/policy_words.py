"""What each table and key of the policy file is for: Chinese and English."""

from __future__ import annotations

from core.say.policy_named_words import NAMED, Both

FILE: Both = (
    "门店规则。没写的按预设；改好后用 huiche policy check 检查，运行中的程序几秒内自动采用。",
    "The shop's rules. What is absent is as the preset says; check with huiche policy check: what runs takes it within seconds.",
)
VERSION: Both = ("版本", "version")
PRESET: Both = ("nev（新能源）或 general（燃油）", "nev (electric) or general (fuel)")
DURATIONS: Both = ("时长：30m 分、2h 时、3d 天；金额：元", "how long: 30m, 2h or 3d; money in yuan")

SECTIONS: dict[str, Both] = {
    "maintenance": ("保养到期：两者先到为准", "when maintenance is due: the earlier of both"),
    "churn": ("流失预警", "churn alerts"),
    "care": ("回访、评分与投诉", "owners who stayed away, rate or complain"),
    "care.answer_offers": (
        '问卷答案送哪张券；"" 不送',
        "which offer the answer to 'why did you stay away' brings; \"\": none",
    ),
    "coupons": ("卡券", "coupons"),
    "booking": ("预约", "appointments"),
    "talk": ("对话", "the talk"),
    "desk": ("前台：任务卡怎么轮转", "the desk: how cards go round"),
    "tasks": ("任务卡", "task cards"),
    "drafts": ("回复草稿", "drafted replies"),
    "notices": ("服务通知", "service notices"),
    "media": ("照片和语音", "photos and voice messages"),
    "profile": ("补全资料", "missing facts that the bot asks for"),
    "phone_codes": ("短信验证码", "codes by text message"),
    "grades.diamond": ("钻石：多少天内来过、一年几次、多少消费", "diamond: last visit, visits and spend of a year"),
    "grades.gold": ("金卡", "gold"),
    "grades.silver": ("银卡", "silver"),
    "grades": ("沉默与流失", "who does not come any more"),
    "stages": ("生命周期阶段", "where an owner stands"),
    "prediction": ("回店预测", "who comes back, foretold"),
    "gate": ("发送总闸", "what every message passes"),
    "hold_out": ("对照组", "the share that gets nothing, so that the effect is known"),
    "roll_out": ("灰度", "the share for whom journeys are switched on"),
    "journeys.NAME": ("旅程", "journeys"),
    "journeys.OWN": ("自建旅程：名字自取", "a journey of your own, by a name of your own"),
    "journeys.OWN.steps": ("步骤", "its steps"),
    "journeys.OWN.audience": ("面向谁：写出的都要满足", "who it is for: everything named must hold"),
    "campaigns.NAME": ("单次活动", "one-off campaigns"),
    "campaigns.NAME.audience": ("面向谁：写出的都要满足", "who it is for: everything named must hold"),
    "offers.NAME": ("礼券", "what coupons give"),
    "roles.NAME": ("各角色免审批的优惠上限", "what each role may take off a bill without asking"),
    "recommendations.NAME": ("推荐规则：写出的都要满足", "recommendations: everything named must hold"),
    "tags.NAME": ("自动标签：写出的都要满足", "tags by rule: everything named must hold"),
    "templates.NAME.CHANNEL": ("平台审核过的模板", "messages that a platform has approved"),
    "texts.LANGUAGE": ("自己的话术：zh 中文，en 英文", "the shop's own wording, zh or en"),
}

KEYS: dict[str, dict[str, Both]] = {
    "maintenance": {
        "months": ("距上次保养几个月", "months since the last maintenance"),
        "km": ("距上次保养多少公里", "kilometres since the last maintenance"),
    },
    "churn": {
        "watch_months": ("几个月没来：关注", "months without a visit: watch"),
        "risk_overdue_days": ("保养过期几天没回应：风险", "days past the due day without an answer: risk"),
        "low_rating": ("评分低于它：高风险", "a rating below it: high"),
        "at": ("每天几点发预警", "when the day's alerts go out"),
        "cards_per_day": ("每店每天最多几张预警卡", "alert cards per store and day at the most"),
    },
    "care": {
        "correctable": ("答案或评分多久内可改", "how long an answer or a rating can be corrected"),
        "rating_asked_days": ("到店后几天内邀评", "within so many days after a visit it is asked about"),
        "rating_taken_days": (
            "几天内的到店可主动评分",
            "a rating nobody asked for goes to a visit not older than this",
        ),
        "call_back": ("低分后多久内回电", "a call back after a low rating"),
        "first_contact": ("投诉后多久内联系（营业时间）", "first contact after a complaint, in opening hours"),
        "solved_within": ("投诉多久内解决", "a complaint is solved within"),
        "solved_asked_again": ("多久后再问是否解决", "when it is asked again whether it is solved"),
        "message_life": ("这些消息的有效期", "how long these messages are of use"),
    },
    "care.answer_offers": {
        "price": ("价格贵", "price"),
        "quality": ("质量", "quality"),
        "distance": ("太远", "distance"),
        "attitude": ("态度", "attitude"),
        "other": ("其他", "other"),
    },
    "coupons": {"remind_days": ("到期前几天提醒一次", "days before its end a claimed coupon is reminded of")},
    "booking": {
        "hold": ("考虑时保留多久", "how long a time is held while the owner decides"),
        "ahead": ("最多提前多久预约", "how far ahead one can book"),
        "offer_held": ("候补的空位保留多久", "how long a freed time is held for the wait-list"),
        "arrival_asked_after": ("预约开始后多久询问是否到店", "when it is asked whether they have come"),
        "pick_up_fee": ("取送车费用；none 由顾问报价", "fee for fetching a car; none: the advisor says"),
    },
    "talk": {
        "strikes": ("几次没听懂转人工", "failed tries before a person takes over"),
        "timeout": ("对话多久后作废", "when a talk is over"),
        "reminded_after": ("没说完多久后提醒一次", "when an unfinished talk is reminded of, once"),
        "same_question_within": ("多久内重复提问换个说法回答", "within it a repeated question is answered otherwise"),
        "depth": ("同时进行的事最多几件", "things under way at once"),
        "person_silence": ("人工接手后机器人静默多久", "how long the bot is silent after a person's last word"),
        "phone_asked_again": ("多久后再问手机号", "when the phone is asked for again"),
        "consent_asked_again": ("多久后再问营销同意", "when consent is asked for again"),
        "notices_offered_again": (
            "多久后再提示微信订阅通知",
            "when WeChat's one-time notices are offered again",
        ),
        "recommended_every": (
            "两次按规则推荐之间至少多久",
            "how long from one recommendation by rule to the next",
        ),
        "recommended_again": ("“暂时不要”后多久再推荐", 'when it is recommended again after "not now"'),
        "link_life": ("车主链接有效期", "how long an owner's link works"),
        "my_data_link": ("个人资料链接有效期", "how long the link to one's own data works"),
        "sms_question_life": ("短信回复 YY 的有效期", "how long a YY by text message answers"),
    },
    "desk": {
        "lease": ("接单后多久（营业时间）没动作就退回", "of opening hours, from taking a card to the first thing done"),
        "untaken": ("多久没人接就再派", "of opening hours, until a card that nobody takes is offered again"),
        "quick": ("等不得的任务", "kinds that cannot wait"),
        "noted_within": ("联系后多久要写结果", "from a call to how it ended"),
        "unanswered": ("几次没人管就交店长", "so often left alone, and it is the manager's"),
        "reserved": ("只留给被派的人多久，0m 为谁都能接", "kept for the one it is offered to; 0m: anybody at once"),
        "skills": ("哪类任务派给会什么的人", "what a colleague should be good at, by kind"),
        "no_clock": ("不计时的任务", "kinds without a clock"),
        "digest_at": ("早报时间", "when the morning digest goes out"),
        "digest_until": ("过了几点就不发早报", "a morning later than that is not told any more"),
        "watch_shown": ("早报点名几位沉睡车主", "owners on watch who are named in it"),
        "reminded_at": ("只说了日期的提醒几点发", "of a day that was said without its hour"),
        "opportunity_again": ("商机多久没动静就提醒", "from the last word about an opportunity to a reminder"),
        "late_cards_per_day": (
            "每店每天最多补派几张逾期卡片",
            "of journeys' cards caught up late, per store and day at the most",
        ),
        "saved_within": ("预警后多久内到店算挽回", "from a churn card to the visit that it led to"),
    },
    "tasks": {
        "snooze": ("稍后：多久回来", "a snoozed task is back after"),
        "not_reachable_again": ("未接通：多久回来", "one whose owner was not reached is back after"),
    },
    "drafts": {
        "life": ("草稿保留多久", "how long a draft is kept"),
        "within": ("等模型多久", "what a model may take"),
        "words": ("给模型看最近几句", "how many of the last messages a model is shown"),
        "label": ("AI 标识", "the mark of what AI drafted"),
        "label_en": ("英文 AI 标识", "the same in English"),
    },
    "notices": {
        "ready_within": ("完工多久后不再通知", "a car that was ready longer ago is no news"),
        "life": ("通知有效期", "how long a notice is of use"),
    },
    "media": {"kept": ("保存多久", "how long they are kept")},
    "profile": {
        "order": ("按此顺序询问", "asked for in this order"),
        "asked_again": ("两次询问至少相隔", "from one question to the next"),
        "skipped_again": ("跳过的多久后再问", "the same one, once it was skipped"),
    },
    "phone_codes": {
        "life": ("有效期", "how long one is good for"),
        "tries": ("可输错几次", "how often it may be tried"),
        "limits": ("同一号码最多几条", "how many a phone gets at the most"),
    },
    "grades.diamond": {
        "days": ("最近多少天内来过", "the last visit is less than so many days ago"),
        "visits": ("一年内至少几次", "visits in twelve months"),
        "spend": ("一年内至少消费", "spend in twelve months"),
    },
    "grades.gold": {
        "days": ("最近多少天内来过", "the last visit is less than so many days ago"),
        "visits": ("一年内至少几次", "visits in twelve months"),
        "spend": ("一年内至少消费", "spend in twelve months"),
    },
    "grades.silver": {
        "days": ("最近多少天内来过", "the last visit is less than so many days ago"),
        "visits": ("一年内至少几次", "visits in twelve months"),
        "spend": ("一年内至少消费", "spend in twelve months"),
    },
    "grades": {
        "dormant_days": ("超过多少天没来算沉默", "without a visit for more than so many days: dormant"),
        "lost_days": ("超过多少天没来算流失", "without a visit for more than so many days: lost"),
    },
    "stages": {
        "new_days": ("头多少天算新客", "new for so many days"),
        "mature_visits": ("来过几次算成熟", "mature from so many visits …"),
        "mature_grades": ("或达到哪些等级", "… or one of these grades"),
        "risk_levels": ("哪些流失等级算有风险", "at risk by these churn levels"),
    },
    "prediction": {
        "least_owners": ("至少多少位车主才预测", "with a visit, from how many the model speaks"),
        "least_repeaters": ("其中至少多少位来过两次", "of them, how many came a second time"),
        "held_out_days": ("用最近多少天检验", "the model is tried on the last days"),
        "warned_days": ("流失前多少天预警才算数", "a later warning does not count"),
        "checked_every_days": ("多少天看一次", "how often a running shop looks"),
        "least_lost": ("至少流失多少位才报覆盖率", "lost owners, to say how many we were warned of"),
        "coverage_goal": ("预警覆盖率目标", "of the lost owners, the share to be warned of"),
        "ltv_years": ("未来价值算几年", "years that the worth of an owner counts"),
        "ltv_discount": ("未来价值每年折现", "discount a year"),
        "return_days": ("多少天内回店算近期", "what coming back soon means"),
        "horizon_days": ("下次到店最远预测多少天", "a next visit is not foretold beyond"),
    },
    "gate": {
        "cap_per_30_days": (
            "每位车主 30 天内最多几条营销，0 为不限",
            "marketing messages per owner in 30 days; 0: no cap",
        ),
        "quiet_hours": ("营销免打扰", "no marketing then"),
        "quiet_hours_service": ("服务通知免打扰；回答不受限", "no service notice then; answers have no hours"),
        "holidays": (
            "节假日营销：send 照发，wait 等工作日",
            "marketing on holidays: send, or wait for the next working day",
        ),
        "routes": ("营销渠道的先后", "the ways of marketing, in this order"),
        "mass_per_month": ("公众号每月群发次数", "mass messages of the WeChat account a month"),
        "reserve": ("微信会话窗口留给服务的条数", "messages of an open WeChat window kept for service"),
        "calendar": ("自己的节假日文件，空为随附的", "a file of your own holidays; empty: the shipped one"),
        "recall_days": (
            "召回通知后多少天内、车没来过就不发营销",
            "days a recall stops marketing, until the car has been here",
        ),
        "sms_cost": ("一条短信的成本", "what one text message costs"),
        "sms_budget": ("营销短信每月预算", "for marketing by text, a month"),
    },
    "hold_out": {"share": ("写出来就对所有旅程和活动生效", "once set, of every journey and campaign")},
    "roll_out": {"share": ("写出来就对所有旅程和活动生效", "once set, of every journey and campaign")},
    **NAMED,
}


def beside(words: Both) -> str:
    """Both languages on one line, for a file that both read."""
    chinese, english = words
    return f"{chinese} · {english}"
