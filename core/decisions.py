"""What an owner answers to work that was proposed: yes, no or "call me", for all of it or piece by piece."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.understanding.normalise import lower, normalise

AGREED, DECLINED, CALL = "agreed", "declined", "call"

_CALL = re.compile(
    r"打(?:个|一个|我)?(?:我)?(?:的)?(?:电话|手机)|来(?:个)?电|给我(?:回)?电话|电话(?:里)?(?:说|聊|沟通|联系)|"
    r"\bcall me\b|\bphone me\b"
)
_NO = re.compile(
    r"不(?:同意|做|换|用|要(?!紧)|需要|修|弄|行|可以|必|加)|先别|先不|别(?:换|做|修|弄|动|加)|算了|下次(?:再|吧)|以后再|暂时不|"
    r"拒绝|太贵|^不+了?$|\b(?:no|nope|don'?t|do not|not now|decline|refuse|skip|too expensive)\b"
)
_YES = re.compile(  # as the whole clause, at its end, or in words that mean nothing else
    r"^(?:[都也那就嗯啊我]|那就)*(?:好|行|嗯|成|中|ok|okay|确认)(?:的|吧|啊|呀|了|嘞|哒)*$|(?:可以|没问题)(?:的|吧|啊|呀|了)*$|"
    r"同意|(?:换|做|修|弄|加|搞)(?:了)?吧|(?:就|那|都|一起|顺便)(?:换|做|修|弄)(?:了|上)?$|"
    r"(?:^|[\u4e00-\u9fff])(?:换|做|修)了?$|^(?:yes|yeah|yep|sure|fine|all right)\b|\b(?:agreed?|go ahead|do it)\b"
)
_QUESTION = re.compile(
    r"[?？]|吗|么$|多少|多久|几|什么|哪|为什么|怎么|可不可以|能不能|行不行|要不要|"
    r"\bwhy\b|\bhow\b|\bwhat\b"
)
_CLAUSE = re.compile(r"[，,。；;！!、\s]+|但是?|不过|\bbut\b|\band\b")
_CONSENT = re.compile(r"同意|\b(?:dis)?agreed?\b")
_ALL = re.compile(r"都|全部|全都|两个|两项|三项|一起|\bboth\b|\ball\b")


def decision(text: str) -> str:
    """agreed, declined, call or "" for words that decide nothing: a doubtful yes is none."""
    low = lower(normalise(text))
    if _CALL.search(low):
        return CALL
    if _QUESTION.search(low):
        return ""
    if _NO.search(low):
        return DECLINED
    return AGREED if any(_YES.search(clause) for clause in _CLAUSE.split(low)) else ""


def says_anything(text: str) -> bool:
    """Whether any of it could be a decision."""
    low = lower(normalise(text))
    return bool(_CALL.search(low)) or any(decision(clause) for clause in _CLAUSE.split(low))


def decisions(text: str, names: Sequence[str]) -> list[str]:
    """One decision per piece of work, "" where the words do not tell.

    A clause that names one decides that one; words that name none decide when there is but one piece, or for all of
    them ("都可以"). A refusal and a yes in one breath decide nothing that is not named.
    """
    low = lower(normalise(text))
    if decision(low) == CALL or (len(names) == 1 and not _mixed(low)):
        return [decision(low)] * len(names)
    clauses = [clause for clause in _CLAUSE.split(low) if clause]
    named = [_named(name, names, clauses) for name in names]
    if not any(named) and _ALL.search(low) and not _mixed(low):
        return [decision(low)] * len(names)
    return named


def names_work(text: str, names: Sequence[str]) -> bool:
    """Whether the words speak of this work, or use the very word of the buttons."""
    low = lower(normalise(text))
    return bool(_CONSENT.search(low)) or any(_closest(clause, names) for clause in _CLAUSE.split(low))


def _mixed(low: str) -> bool:
    found = {decision(clause) for clause in _CLAUSE.split(low) if clause} - {""}
    return len(found) > 1


def _named(name: str, names: Sequence[str], clauses: Sequence[str]) -> str:
    """What the clause says that names this piece and no other; a yes or no of its own may follow as the next clause."""
    for place, clause in enumerate(clauses):
        if _closest(clause, names) != name:
            continue
        if said := decision(clause):
            return said
        following = clauses[place + 1] if place + 1 < len(clauses) else ""
        return decision(following) if following and not _closest(following, names) else ""
    return ""


def _closest(clause: str, names: Sequence[str]) -> str:
    """The one piece that the clause names, by pairs of characters that no other piece has."""
    scores = [sum(pair in clause for pair in _own_pairs(name, names)) for name in names]
    best = max(scores, default=0)
    return names[scores.index(best)] if best and scores.count(best) == 1 else ""


def _own_pairs(name: str, names: Sequence[str]) -> set[str]:
    low = lower(normalise(name))
    others = " ".join(lower(normalise(other)) for other in names if other != name)
    return {pair for pair in (low[n : n + 2] for n in range(len(low) - 1)) if pair not in others}
