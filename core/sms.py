"""What a text message may say: one text, at most one question answered by YY, a way to refuse marketing."""

from __future__ import annotations

import re

from core.messages import Bubble, Rank

ONE, PART = 70, 67  # characters of a single text message, and of each part of a longer one
YES = re.compile(r"[\s.。!！]*(?:y{1,2}|是|是的|好|好的|1)[\s.。!！]*", re.I)
HOW_TO_ANSWER = ("回复YY：{label}", "Reply YY: {label}")
HOW_TO_OPEN = ("或打开 {link}", "or open {link}")
HOW_TO_REFUSE = ("拒收请回复R", "Reply R to refuse")


def sms_text(bubble: Bubble, rank: int, *, asks: bool, link: str = "", language: str = "zh") -> str:
    """The bubble as a text message. `asks`: its first choice can be answered by YY. `link`: a page that does the same.

    An answer in a talk keeps all its choices, numbered: the number is read back into the choice.
    """
    english = language == "en"
    if rank <= Rank.REPLY:
        return bubble.numbered()
    parts = [" ".join(bubble.text.split())]
    if asks and bubble.choices:
        parts.append(HOW_TO_ANSWER[english].format(label=bubble.choices[0].label))
    if link:
        parts.append(HOW_TO_OPEN[english].format(link=link))
    if rank >= Rank.MARKETING:
        parts.append(HOW_TO_REFUSE[english])
    return (". " if english else "，").join(part.rstrip("。.") for part in parts)


def segments(text: str, signature: str = "") -> int:
    """How many text messages the platform bills; "【店名】" in front counts too."""
    length = len(text) + (len(signature) + 2 if signature else 0)
    return 1 if length <= ONE else -(-length // PART)


def says_yes(text: str) -> bool:
    """YY, Y, 是, 好 or 1 and nothing else; full width and case do not matter. N would be the platforms' unsubscribe."""
    return bool(YES.fullmatch(text.translate(_NARROW)))


_NARROW = {ord(wide): ord(wide) - 0xFEE0 for wide in "ＹｙｎＮ１！．"}
