"""The store that is meant, as the owner said it."""

from __future__ import annotations

from collections.abc import Sequence

from core.understanding.late import Late

_FOUND = Late(r"(?P<name>[\u4e00-\u9fff]{1,8})店(?!里|内|员|长|面|铺|家|庆|名|址)")
_STOP = Late(
    r".*(?:[去来到进在约换改的是个做给要您你我们从找选回往离和跟对于用吧吗把他让就说,，]|预约|保养|轮胎"
    r"|维修|贴膜|洗车|年检|可以|营业|现在|方便|服务|请问|地址|附近)"
)
_NOT_A_STORE = frozenset(
    "本 贵 这家 那家 哪家 哪个 几家 家 门 分 总 别的 其他 其它 每家 商 网 酒 饭 开 进 到 回 上次那家 "
    "同一家 4s 原来的 老 新 关 "
    "各 一家 两家 三家 哪 那 该 此 什么 你家 你们 旗舰 直营 连锁 汽修 修车 维修 维修门 附近的 最近的 "
    "所有 修理 轮胎 洗车 美容".split()
)
_REFUSED = Late(r"(?:不去|不是|不到|不在|不要|别去)$")
_VAGUE = Late("几|多少|哪|什么|啥|破|黑|坑|这|那|每|别家|一家")
_ENGLISH = Late(r"\b(?:at|to) (?:the |your )?(?P<name>[a-z]+(?: [a-z]+)?) (?:store|shop|branch|center|centre)\b")


def find(low: str, stores: Sequence[str] = ()) -> tuple[int, int, str] | None:
    """Start, end and the store's name: one of `stores` first (longest wins), then any …店."""
    known = [name for name in stores if name and name.lower() in low]
    if known:
        name = max(known, key=len)
        start = low.index(name.lower())
        return start, start + len(name), name
    if "店" in low:
        return _in_general(low)
    match = _ENGLISH.search(low) if low.isascii() else None
    if match and match["name"] not in {
        "your",
        "the",
        "same",
        "nearest",
        "service",
        "other",
        "another",
        "this",
        "what",
    }:
        return match.start("name"), match.end("name"), match["name"]
    return None


def _in_general(low: str) -> tuple[int, int, str] | None:
    found: list[tuple[int, int, str]] = []
    for match in _FOUND.finditer(low):
        name = _STOP.sub("", match["name"])
        if name and name not in _NOT_A_STORE and not _VAGUE.search(name):
            found.append((match.end("name") - len(name), match.end(), name + "店"))
    wanted = (store for store in found if not _REFUSED.search(low[: store[0]]))
    return next(wanted, found[0] if found else None)
