"""What owners say about somebody who is to come to them: not needed any more, another place, another hour."""

from __future__ import annotations

from dataclasses import dataclass

from core.understanding.late import Late
from core.understanding.normalise import lower, normalise

OFF, WHERE, WHEN, SOMETHING = "off", "where", "when", "something"  # what they want changed …
ASK = "ask"  # … or only to know
_NEEDLESS = r"(?:不用|不要|不必|不需要|无需|甭|别|取消|唔使)"
_NO_MORE = r"(?:取消|不用|不要|不需要|算了|免了|不必)"
_FETCH = r"(?:取送车?|接送|上门|(?:来|过来|派人来?)(?:取|接)|(?:取|接)(?:我的|一下)?车)"
_HELP = r"(?:救援|拖车|搭电|救援车)"
_KINDS = (
    (
        "pick_up",
        Late(
            rf"{_FETCH}|取车|接车|\bpick(?:ing)?[- ]?(?:it |(?:my |the )?car )?up\b|"
            r"\b(?:fetch|collect|come for)(?:ing)? (?:my |the )?(?:car|it)\b"
        ),
    ),
    ("roadside", Late(rf"{_HELP}|\b(?:tow(?:ing)?|tow truck|roadside|rescue)\b")),
)
_OFF = Late(
    rf"{_NEEDLESS}(?:再|麻烦|你们|过来|给我|帮我)*.{{0,3}}(?:{_FETCH}|{_HELP})|(?:{_FETCH}|{_HELP}).{{0,8}}{_NO_MORE}|"
    r"\b(?:cancel|call off|forget|no need (?:to|for)|not? (?:longer )?need(?:ed)?|don'?t (?:need|want|come)|"
    r"do not (?:need|come))\b"
)
_BY_MYSELF = Late(
    r"(?:我|自己)+(?:开|送|去|过去|开车)(?:过去|过来|去|来|到店)|"
    r"\b(?:drive|bring it) (?:over|in|there|it) ?myself|i'?ll drive"
)
_GOES_AGAIN = Late(
    r"车(?:又|已经|现在)?(?:能开|可以开|能走|好了|打着|着了|发动|启动)|打着(?:火)?了|"
    r"\b(?:it|the car) (?:start(?:ed|s)|runs|works)\b"
)
_COMING = Late(rf"{_NEEDLESS}(?:再|过)*[来了]|没事了|算了|\bnever ?mind\b|\b(?:don'?t|do not|no need to) come\b")
_HOW_LONG = r"(?:几点|什么时候|啥时候|几时|多久|到哪|出发)"
_ASKED = Late(
    rf"{_HOW_LONG}(?!.{{0,3}}(?:可以|能)).{{0,5}}(?:过?来|到我|派人)(?:取|接|拖|救)|"
    rf"(?:取车|接车|取送车|救援|拖车)的?(?:师傅|人|同事|司机|车)?.{{0,4}}(?:还(?:要|有))?{_HOW_LONG}(?:来|到|了)|"
    r"\bwhen (?:are|will|do) you (?:be )?(?:picking|pick|coming|come|fetching|fetch)"
)
_PLACE = Late(r"地址|地点|地方|位置|\b(?:address|place|location|from)\b")
_ANOTHER = Late(
    r"改|换|调|挪|推迟|延后|提前|提早|[早晚]\S{0,4}(?:小时|分钟|点|会儿?)|"
    r"\b(?:change|move|instead|later|earlier|another|different|reschedule|postpone)\b"
)
_QUESTION = Late(r"吗$|呢$|多少钱|收费|券|礼|(?:可以|能)(?:来|去)?取|\bhow much\b|\bwhen can i\b")
_PLACE_AFTER = Late(
    r"(?:地址|地点|地方|位置)?(?:改成|改到|改为|改在|换成|换到|换为|改|换|是|在|为|to|from|at)[:： ]*"
    r"(?P<place>[^，,。；;？?]{3,}(?:[，,][^。；;？?]{2,})?)"
)
_NAMED = Late(
    r"[路街道巷弄号区园厦楼村镇城场站桥]|公司|单位|家里?|\b(?:road|street|avenue|st|rd|office|home|building)\b|\d{2,}"
)
_BEFORE_PLACE = Late(r"^(?:个?地方)?(?:[取接]车)?[，,、 ]*(?:来|去|到|在)?")
_PROFILE = Late(r"我的(?:家庭|联系|收件)?(?:地址|住址)|my address")
_POLITE = Late(r"(?:来|去)?(?:取|接)(?:车|吧|可以吗|行吗)?$|(?:可以|行|好)[吗么不]?$|吧$|谢谢$| please$| instead$")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to change about a coming pick-up or rescue; `kind` is "" where the words do not name it."""

    what: str
    kind: str = ""
    place: str = ""


def change_in(text: str) -> Change | None:
    """不用来取车了, 取车改到下午三点, 取车地址改成科苑路2号; None when the words change nothing of that kind."""
    low = lower(normalise(text))
    kind = next((name for name, words in _KINDS if words.search(low)), "")
    if _ASKED.search(low):
        return Change(ASK, kind)
    if _is_off(low, kind):
        again = not kind and _GOES_AGAIN.search(low)
        return Change(OFF, "roadside" if again else kind)
    if not _ANOTHER.search(low) or _PROFILE.search(low):
        return None
    place = _place(text.strip(), low)
    if place or _PLACE.search(low):
        return Change(WHERE, kind, place)
    return Change(WHEN if kind else SOMETHING, kind)


def _is_off(low: str, kind: str) -> bool:
    off = kind and _OFF.search(low)
    goes_again = _GOES_AGAIN.search(low) and (_COMING.search(low) or kind == "roadside")
    return bool(off or goes_again or _BY_MYSELF.search(low)) and not _QUESTION.search(low.rstrip("?？"))


def _place(text: str, low: str) -> str:
    """The new place as they wrote it, when the words are one."""
    found = _PLACE_AFTER.search(low)
    if found is None:
        return ""
    plain = text if len(text) == len(low) else low
    place = _POLITE.sub("", _BEFORE_PLACE.sub("", plain[slice(*found.span("place"))])).strip()
    return place if _NAMED.search(place.lower()) else ""
