"""What a member of staff writes to the bot: look somebody up, note something, who is here, leave, a discount."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from string import ascii_letters, digits

from core.understanding import phones, plates
from core.understanding.names import SURNAME
from core.understanding.normalise import lower

FIND, NOTE, CHECK_IN, MY_TASKS, LEAVE, BACK = "find", "note", "check_in", "my_tasks", "leave", "back"
SCOREBOARD, HELP, FEEDBACK, DISCOUNT, OPPORTUNITY = "scoreboard", "help", "feedback", "discount", "opportunity"
PLATE, PHONE, NAME, PRACTICE = "plate", "phone", "name", "practice"  # what an order is about
LONGEST = 600

_HALF_WIDTH = {0x3000: " "} | {0xFEE0 + n: n for n in map(ord, f"#%/{digits}{ascii_letters}")}
_KIND_WORDS = r"(?:一下|看看|看|请|麻烦|帮我|帮忙|给我|我想|我要|我来|能不能|please|can you|could you)?"
_FRONT = rf"^[\s/]*(?:{_KIND_WORDS}[\s,，]*){{0,3}}"
_PUT = r"(?:一下|下来?|个|条|住|:|：)?"
# In this order: what begins with the word, and then what only has it somewhere.
_BEGINS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(_FRONT + rf"(?P<word>{words})", re.I))
    for name, words in (
        (BACK, r"销假|取消(?:请假|休假)|(?:我)?回来上班|back(?: at work)?\s*$"),
        (LEAVE, r"请假|休假|调休|年假|请[\d一两二三四五六七]+天假|leave\b|day off|vacation"),
        (DISCOUNT, r"(?:优惠)?申请|discount\b"),
        (OPPORTUNITY, r"商机|意向|opportunity\b|lead\b"),
        (FEEDBACK, r"建议|反馈|意见|吐槽|suggest(?:ion)?\b|feedback\b"),
        (NOTE, rf"记录?{_PUT}(?!得)|(?:加|写){_PUT}备注|备注{_PUT}|note(?: down)?\b|remark\b"),
        (CHECK_IN, r"到店(?:登记)?|进店|来店了?|check ?in\b|arrived\b"),
        (FIND, rf"查(?:询|找|一查)?{_PUT}|找{_PUT}|搜索?{_PUT}|find\b|look ?up\b|search\b|who is\b"),
    )
)
_HAS = tuple(
    (name, re.compile(words, re.I))
    for name, words in (
        (LEAVE, r"(?:想|要|得)?(?:请假|休假|调休|年假)"),
        (CHECK_IN, r"(?:已经?|刚)?(?:到店|到了|进店|来了)(?:了|啦)?\s*[!！。.]?$|(?:is|has) (?:here|arrived)[!.]?$"),
        (FIND, r"的?(?:是谁的?|什么情况|资料|档案|信息)[?？]?$"),
    )
)
_MINE = r"(?:我|今天|还有|现在)?(?:的|有)?(?:哪些|什么|几个)?(?:任务|待办|活儿?)(?:要做|没做)?[?？呢吗]*"
_RANKS = r"(?:上个?月|本月|这个月)?的?(?:排行榜?|排名|成绩单?|我的成绩|业绩|战绩)"
_ALONE = tuple(
    (name, re.compile(words, re.I))
    for name, words in (
        (MY_TASKS, rf"{_MINE}|/tasks|my tasks|what(?:'s| is) (?:on|open)(?: today)?\??"),
        (SCOREBOARD, rf"{_RANKS}|scoreboard|ranking|/rank"),
        (HELP, r"帮助|怎么用|教教我|教程|使用说明|/?help|how does (?:this|it) work\??"),
    )
)
_PRACTICE = re.compile(r"^[\s,，:：]*(?:练习|practice\b)", re.I)
_NAME = re.compile(
    rf"^[\s,，:：]*(?:车主|客户|the )?(?P<name>{SURNAME}[\u4e00-\u9fff]{{0,3}}?|[a-z][a-z'-]+(?: [a-z][a-z'-]+)?)"
    r"(?=[\s,，:：。.!！?？的]|$)",
    re.I,
)
_OWNERS = re.compile(r"^(?:车主|客户|的|车牌|档案)+")
_TIES = " ,，:：。.;；的"
_KEYWORDS = {
    FIND: "查找搜看车主资料谁是电话档案find look up search who",
    NOTE: "记备注录写一下说他她喜欢怕note remark",
    CHECK_IN: "到店来了进店到登记check in arrived here",
    MY_TASKS: "任务待办活做什么tasks todo",
    LEAVE: "请假休息明天不来病调年leave off vacation",
    DISCOUNT: "申请优惠打折便宜送减免赠discount cheaper gift",
    OPPORTUNITY: "商机意向想买感兴趣报价opportunity lead quote",
    SCOREBOARD: "排行名次成绩业绩几名scoreboard rank",
    FEEDBACK: "建议反馈不好用改进意见feedback suggest",
    HELP: "帮助怎么用不会教help how",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What they want. `kind` of the target: plate, phone (+86…), name, practice, or "" when none is named."""

    name: str
    kind: str = ""
    target: str = ""
    words: str = ""


def order(text: str) -> Order | None:
    """The order in the words; None when they are none."""
    plain = text[:LONGEST].translate(_HALF_WIDTH).strip()
    for name, alone in _ALONE:
        if alone.fullmatch(plain):
            return Order(name, words=plain)
    for name, begins in _BEGINS:
        if found := begins.match(plain):
            return _about(name, plain[found.end() :])
    for name, has in _HAS:
        if found := has.search(plain):
            return _somewhere(name, plain, found)
    return None


def likely(text: str) -> tuple[str, str, str]:
    """The three orders that the words come nearest to."""
    said = Counter(lower(text))
    scores = [
        (-sum((said & Counter(words)).values()), place, name) for place, (name, words) in enumerate(_KEYWORDS.items())
    ]
    first, second, third = (name for _, _, name in sorted(scores)[:3])
    return first, second, third


def _somewhere(name: str, plain: str, found: re.Match[str]) -> Order | None:
    """The word stands behind: 粤B12345到店了. Without somebody whom it is about it is none."""
    if name == LEAVE:
        return Order(LEAVE, words=plain)
    said = _about(name, plain[: found.start()])
    return said if said.kind else None


def _about(name: str, rest: str) -> Order:
    """Whom the rest names, and what else it says."""
    if name in (LEAVE, FEEDBACK, BACK):
        return Order(name, words=rest.strip(_TIES))
    low = lower(rest)
    if practice := _PRACTICE.match(rest):
        return Order(name, PRACTICE, "", rest[practice.end() :].strip(_TIES))
    if (plate := plates.find(low)) and plate.plate:
        return Order(name, PLATE, plate.plate, _without(rest, plate.start, plate.end))
    if phone := phones.find(rest):
        return Order(name, PHONE, phone[2], _without(rest, phone[0], phone[1]))
    if called := _NAME.match(rest):
        return Order(name, NAME, called["name"], rest[called.end() :].strip(_TIES))
    return Order(name, words=rest.strip(_TIES))


def _without(rest: str, start: int, end: int) -> str:
    before, after = rest[:start].strip(_TIES), rest[end:].strip(_TIES)
    return " ".join(part for part in (_OWNERS.sub("", before), after) if part)
