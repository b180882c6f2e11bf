"""What somebody calls themselves: 我姓李, 我叫李明, my name is Li Ming."""

from __future__ import annotations

import re

from core.understanding.late import Late

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪"
    "严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席"
    "卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫苟全褚廉简娄盖"
    "符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫"
    "鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"
)
_COMPOUND = "欧阳|上官|司马|诸葛|司徒|东方|独孤|南宫|夏侯|尉迟|公孙|慕容|令狐|皇甫|端木|西门"
_TITLE = "先生|女士|小姐|太太|师傅|总|老师|哥|姐"
SURNAME = rf"(?:{_COMPOUND}|[{SURNAMES}])"
_STOP = "的是在要想不有吗呢吧啊了我你您他她它车做来去就都也还很太这那哪什么怎电手号，。！？、,!? "
_GIVEN = rf"[^{_STOP}\W\da-zA-Z_]"
CALLED = Late(
    rf"(?:我叫做?|我的名字(?:是|叫)|名字(?:是|叫|:)?|姓名(?:是|:)?|本人(?:叫|是)?|车主(?:叫|是|姓名"
    rf"|名字|:)+|联系人(?:叫|是|:)?|登记的?(?:是|名字是))"
    rf"[: ]?(?P<name>{SURNAME}{_GIVEN}{{1,2}}(?:{_TITLE})?)"
)
CALL_ME = Late(
    rf"(?:叫我|称呼我|喊我)(?P<name>[老小阿]?{SURNAME}(?:{_TITLE})|[老小阿]{SURNAME}"
    rf"|{SURNAME}{_GIVEN}{{1,2}})"
)
SURNAMED = Late(
    rf"(?:我|本人|免贵|鄙人|在下|敝)?姓(?P<name>{SURNAME})(?!{_GIVEN}*名)(?:[，, ]*(?:单名一?个?|名|叫做?"
    rf"|名叫)(?P<given>{_GIVEN}{{1,2}}?(?=字)|{_GIVEN}{{1,3}}))?"
)
I_AM = Late(
    rf"(?:我是|这是|我系|我就是|这里是|这边是)(?:车主)?(?P<name>{SURNAME}(?:{_TITLE})"
    rf"|(?:{_COMPOUND}){_GIVEN}{{1,2}}|[老小阿][{SURNAMES}](?!{_GIVEN})"
    rf"|[{SURNAMES}]{_GIVEN}{{1,2}}(?=[，。,.!！ 啊呀哈]|$))"
)
ENGLISH = Late(
    r"(?:my name is|my name's|name is|name:|call me|this is) ?(?P<name>[a-z]+(?:[ -][a-z]+){0,2})",
    re.IGNORECASE,
)
NOT_A_NAME = frozenset(
    (
        "管理 来保 来做 来取 来修 来问 来约 都是 和你 明天 时候 全新 全车 连着 连云 成都 应该 安排 安全 车主 "
        "单位 原来 原车 任何 高兴 文明 常来 常客 华为 方便 马上"
    ).split()
)
_NOT_ENGLISH = frozenset(
    "the a my not about on in for it an i to bad too very just urgent tomorrow important terrible".split()
)
_HINTS = (
    "姓",
    "叫",
    "我是",
    "名",
    "本人",
    "车主",
    "联系人",
    "系",
    "这是",
    "这里是",
    "这边是",
    "登记",
    "name",
    "call me",
    "this is",
)


def find(text: str) -> tuple[int, int, str] | None:
    """Start, end and the name as said; `text` is normalised and keeps its case."""
    low = text if text.islower() else text.lower()
    if not any(hint in low for hint in _HINTS):
        return None
    if (match := SURNAMED.search(text)) and not text.startswith("姓名", match.start("name") - 1):
        return match.start(), match.end(), _full(match["name"], match["given"])
    for pattern in (CALLED, CALL_ME, I_AM):
        match = pattern.search(text)
        if match and match["name"][:2] not in NOT_A_NAME:
            return match.start(), match.end(), match["name"]
    return _english(text)


def _full(surname: str, given: str | None) -> str:
    return surname if not given else given if given.startswith(surname) else surname + given


def _english(text: str) -> tuple[int, int, str] | None:
    match = ENGLISH.search(text)
    if not match or not (match["name"][0].isupper() or "name" in match[0].lower()):
        return None
    words = []
    for word in match["name"].replace("-", " ").split():
        if word.lower() in _NOT_ENGLISH or word.lower() in {
            "and",
            "phone",
            "here",
            "from",
            "plate",
            "speaking",
        }:
            break
        words.append(word)
    name = " ".join(words)
    return (match.start(), match.end(), name) if words else None
