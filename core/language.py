"""Which language an owner wants to be answered in: what they ask for, else what they write in."""

from __future__ import annotations

import re

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PLATE = re.compile(r"[\u4e00-\u9fff][ ·.-]?[A-Za-z][ ·.-]?[A-Za-z0-9]{5,6}")
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_ENGLISH_FIRST = re.compile(
    r"[A-Za-z]{2,}\W+[A-Za-z]{2,}|^\W*(?:hi|hello|hey|book|booking|human|help|yes|no|cancel|restart)\W*$", re.I
)
# Words that no Chinese sentence borrows; a model name or "OK thanks" has none of them.
_ENGLISH_ONLY = set(
    "i i'd i'm i'll my me you your the a an to for is are it on at of in and can could do does what when where how why "
    "please want need would like there this that with have has tomorrow today".split()
)
_ENOUGH = 3  # words of a sentence that switches a Chinese talk to English
_ASKED_EN = re.compile(
    r"\W*(?:(?:in |speak |use |switch to |can (?:you|we) (?:speak |use ))?english(?: version)?(?:,? please)?"
    r"|(?:请|麻烦)?(?:说|讲|用|换成?|切换到?)(?:英文|英语)(?:吧|说|回复)?|英文|英语)\W*",
    re.I,
)
_ASKED_ZH = re.compile(
    r"\W*(?:(?:请|麻烦)?(?:说|讲|用|换成?|切换到?)(?:中文|汉语|普通话)(?:吧|说|回复)?|中文|汉语"
    r"|(?:in |speak |use |switch to )?chinese(?:,? please)?)\W*",
    re.I,
)


def asked_for(text: str) -> str:
    """The language they ask for in so many words: "en", "zh" or nothing."""
    said = text.strip()[:60]
    if _ASKED_EN.fullmatch(said):
        return "en"
    return "zh" if _ASKED_ZH.fullmatch(said) else ""


def written_in(text: str, so_far: str) -> str:
    """The language of the words where they tell, else the one so far ("" when none is known yet).

    The first words of a talk decide easily; later a plate, "OK" or a name switches nothing.
    """
    bare = _PLATE.sub(" ", text[:200])
    chinese = len(_CHINESE.findall(bare))
    if chinese > 1:
        return "zh"
    if chinese or so_far == "en":
        return so_far
    if not so_far:
        return "en" if _ENGLISH_FIRST.search(bare) else ""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(bare)]
    return "en" if len(words) >= _ENOUGH and _ENGLISH_ONLY.intersection(words) else so_far
