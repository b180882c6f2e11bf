"""Why an owner stays away: what their own words name, and what the shop answers to it."""

from __future__ import annotations

import re

PRICE, QUALITY, DISTANCE, ATTITUDE, SOLD, OTHER = "price", "quality", "distance", "attitude", "sold", "other"
REASONS = (PRICE, QUALITY, DISTANCE, ATTITUDE, SOLD, OTHER)
FOR_MANAGER = frozenset({QUALITY, ATTITUDE})  # the manager calls, not the advisor

_WORDS = {
    PRICE: r"贵|价格|价钱|费用|收费|便宜|乱收|宰[人客]|坑|划不来|不划算|花钱|性价比|expensive|price[sy]?|pric(?:ing|ey)"
    r"|cost|cheap|overcharg|rip",
    QUALITY: r"质量|技术|没修好|修不好|没弄好|没洗干净|弄脏|刮花|划[伤痕]|弄坏|修坏|搞坏"
    r"|异响|又坏|又响|返工|返修|毛病"
    r"|漏油|装错|手艺|不专业|没解决|不干净|quality|scratch|dirty|damaged|badly|broke|not fixed|didn'?t fix|poor work",
    DISTANCE: r"太远|好远|很远|有点远|离.{0,6}远|远了|不方便|不顺路|搬[到去家走了]|搬.{0,3}[到去]"
    r"|去了外地|外地|换城市|调到"
    r"|附近有|楼下有|too far|distance|moved|far away|nearer|closer",
    ATTITUDE: r"态度|脸色|不理|没人理|没人管|爱理不理|不耐烦"
    r"|敷衍|服务不好|服务差|服务太差|骂|凶|不尊重|忽悠|骗|等太久"
    r"|等了?.{0,4}(?:小时|半天)|rude|attitude|unfriendly|impolite|ignored|waited|waiting|bad service|poor service",
    SOLD: r"卖[了掉]|已经?卖|车.{0,4}卖|转手|过户|报废|送人|换[了过].{0,4}车|换车"
    r"|没车了|不开了|sold|scrapped|traded|no longer own"
    r"|don'?t (?:own|have) (?:the|that|it)",
}
_FOUND = {reason: re.compile(words, re.I) for reason, words in _WORDS.items()}
_UNSAID = re.compile(  # what is only mentioned to say that it is not the reason
    r"(?:不是|不算|并非|没有?觉得|不觉得|跟|和)[^，。,.；;但是而因]{0,8}?(?:贵|价格|价钱|费用|质量|技术|远|态度|卖|无关)"
    r"(?:的?问题|的?原因|无关|了)?"
    r"|(?:价格|价钱|收费|费用|质量|技术|态度|服务)[^，。,.；;但]{0,3}?(?:还行|还可以|可以|没问题|没得说|不错|挺好|很好|公道|合理|没意见)"
    r"|(?:不|没那么)[太算]?(?:贵|远)|没卖"
    r"|not (?:because of |about |the )*(?:the )?(?:price|quality|distance|attitude|money)"
    r"|(?:price|quality|service|attitude)s? (?:is|are|was|were) (?:fine|ok|okay|good|great)"
    r"|(?:not|isn'?t|wasn'?t) (?:too )?(?:expensive|far|rude)|(?:haven'?t|didn'?t|not) (?:yet )?(?:sell|sold)",
    re.I,
)


def reasons_in(text: str) -> tuple[str, ...]:
    """Every reason that the words name, in the order in which they name them; empty when they name none."""
    said = _UNSAID.sub(lambda found: "□" * len(found[0]), text.replace("’", "'"))
    places = {reason: match.start() for reason, pattern in _FOUND.items() if (match := pattern.search(said))}
    return tuple(sorted(places, key=lambda reason: (places[reason], REASONS.index(reason))))
