"""What a sentence is about, finer than its intent: 取送车 is a booking to the rules, and a flow of its own to us."""

from __future__ import annotations

from dataclasses import dataclass

from core.understanding.late import Late

_ANY_QUESTION = "ask_other ask_price ask_car_status ask_hours answer unknown booking my_appointments help".split()
_WISHES = "booking ask_other ask_car_status answer unknown ask_address human greeting".split()


@dataclass(frozen=True, slots=True)
class _Topic:
    """Taken where `words` stand, `unless` do not, and the intent is one of `of`."""

    name: str
    of: frozenset[str]
    words: Late
    unless: Late


def _topic(name: str, of: list[str], words: str, unless: str = r"(?!)") -> _Topic:
    return _Topic(name, frozenset(of), Late(words), Late(unless))


_PAST = r"上次|上回|以前|之前那次|上个月|去年|last time"
_TOPICS = (
    _topic(
        "danger",
        [*_WISHES, "ask_price", "complaint", "warning_light"],
        r"(?<![没不])(?<!没有)(?<!不会)(?:冒烟|起火|着火|烧起来|自燃(?!险)|开锅|焦糊?味|糊味|烧焦)|水温(?:太|很|过|报警|爆表|飙)|"
        r"刹车(?:失灵|没反应|踩不住|失效|没了|踩到底)|电池(?:鼓包|漏液|过热|温度过高|热失控)|发动机(?:过热|高温)|"
        r"\b(?:smoke|smoking|on fire|overheat\w*|brakes? (?:fail\w*|do not work|don't work|are gone))\b",
        _PAST + r"|怎么预防|为什么会",
    ),
    _topic(
        "roadside",
        _WISHES,
        r"救援|拖车(?!钩)|抛锚|搭个?电|打不[着燃](?:火|车|了|$)?|启动不了|发动不了|点不着火|趴窝|爆胎|半路(?:上)?(?:坏|停|熄)|"
        r"坏在(?:路|半路|高速)|(?:车|彻底)动不了|没电(?:了)?(?:开|走|动)不了|拖回去|"
        r"\b(?:tow(?:ing)?|tow truck|br(?:eak|oke|oken)[- ]?down|flat t[iy]re|won'?t start|stranded)\b|"
        r"\bjump[- ]?start",
        _PAST + r"|多少钱|收费|要钱|费用|免费|how much",
    ),
    _topic(
        "pick_up",
        _WISHES,
        r"取送车|上门(?:来)?(?:取|接|提)车?|(?:来|到|过来|派人|帮我).{0,6}(?:取|接)(?:一下)?(?:我的)?车(?!牌)|接送车|代客取车|^(?:我要|想要?|需要)?(?:上门)?接送(?:服务)?$|"
        r"(?:把|将)(?:我的)?车(?:取|接|开)走|(?:来|到)(?:我)?(?:家|公司|单位|小区|楼下).{0,4}(?:取|接)|"
        r"\b(?:pick[- ]?up (?:and delivery|service)|(?:pick up|collect|fetch) (?:my|the) car(?: from)?|valet)\b",
        r"收费|多少钱|要钱|免费|范围|负责|可靠|券|礼|取车了|我(?:自己)?(?:来|去|过去|过来)|什么时候(?:可以|能)?(?:来|去)?取|"
        r"可以取|能取|几点|when can i|can i (?:pick|collect)|ready|how much|free\b",
    ),
    _topic(
        "last_amount",
        _ANY_QUESTION,
        r"(?:上次|上回|最近一次|上一次|这次).{0,10}(?:花了?|收了?|多少钱|消费|费用|付了?|几块|结账)|"
        r"\b(?:what|how much) did i (?:pay|spend)|\blast (?:bill|invoice amount)",
    ),
    _topic(
        "last_visit",
        _ANY_QUESTION,
        r"(?:上次|上回|上一次|最近一次|前一次).{0,10}(?:什么时候|啥时候|几时|哪天|几号|时间|多久|几月|做了(?:什么|啥|哪些))|"
        r"(?:什么时候|啥时候|哪天|几号).{0,6}(?:上次|保养过|来过|做过|保养的|做的保养)|(?:上次|最近一次)(?:保养|到店)(?:时间|日期|记录)?$|"
        r"(?:保养|维修|到店)记录|\b(?:last (?:service|visit|maintenance)|when was my last|service history)\b",
    ),
    _topic(
        "next_due",
        _ANY_QUESTION,
        r"下(?:次|一次|回)(?:该|的|要)?(?:什么时候|啥时候|几时|哪天)?.{0,3}(?:保养|首保)(?:是|要|在|该)?(?:什么时候|啥时候|几时|哪天|多久|几号|时间)?|"
        r"(?:该|要|到).{0,2}保养了?(?:吗|没|么|不)|(?:什么时候|啥时候|几时|哪天|还有多久|多久)(?:该|要|需要|到)(?:下次)?(?:做)?保养|"
        r"保养(?:什么时候|啥时候)?到期|\b(?:next (?:service|maintenance)|(?:service|maintenance) (?:is )?due)\b",
        r"约|订|预定|改|取消|book|一般|通常|电动车|新能源车|油车|\bhow often",
    ),
    _topic(
        "mileage",
        _ANY_QUESTION,
        r"(?:我|车).{0,5}(?:里程|公里数)(?!表)|(?:跑|开)了(?:多少|几万?)(?:公里|里程|km)?|记录的里程|"
        r"\b(?:my mileage|odometer)\b",
        r"保养|更正|修改|改成|\x02",
    ),
    _topic("warranty", _ANY_QUESTION, r"质保|保修|在保|过保|三包|出保|脱保|\bwarranty\b|\bguarantee\b"),
    _topic(
        "duration",
        ["ask_other"],
        r"(?:要|得|需要|大概|花|用)等?(?:多久|多长时间|多少时间|几个?小时|几分钟|几天)|(?:多久|多长时间|几个?小时|几天)(?:能|可以)?(?:做|弄|修)?(?:好|完)|"
        r"\bhow long (?:does|will|is|would)\b",
        r"一次(?!要|得|需|大概)|质保|保修|过期|有效|warranty|valid",
    ),
    _topic("invoice", _ANY_QUESTION, r"发票|开票|专票|普票|\binvoice\b|\breceipt\b"),
)


def topic(low: str, intent: str) -> str:
    """The topic of a masked, lower-case sentence that has that intent; "" for most."""
    for one in _TOPICS:
        if intent in one.of and one.words.search(low) and not one.unless.search(low):
            return one.name
    return ""
