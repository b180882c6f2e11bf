"""Whether words that nobody understood say something that a person should answer, or are noise."""

from __future__ import annotations

import re

from core.understanding.normalise import lower, normalise

_LEAST = 4  # Chinese characters that say something; fewer are a slip
_DISTINCT = 3
_LEAST_WORDS = 3  # of English
_SOUNDS = re.compile(r"[啦嘟哈呵嘿嘻哎唉嗯哦噢喔啊呀呢吧嘛哇哟喂咦额呃嗷咯滴答噜咕叮咚]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z']+")
_SPOKEN = re.compile(r"^(?=.*[aeiouy])(?!.*[bcdfghjklmnpqrstvwxz]{5})(?!.*(.)\1\1)[a-z']{1,15}$")


def has_substance(text: str) -> bool:
    """Real words: not an emoji, a letter, punctuation, laughter or a cat on the keyboard."""
    low = lower(normalise(text))
    characters = _HAN.findall(_SOUNDS.sub("", low))
    if len(characters) >= _LEAST and len(set(characters)) >= _DISTINCT and len(set(characters)) * 3 > len(characters):
        return True
    words = _WORD.findall(low)
    spoken = [word for word in words if _SPOKEN.match(word)]
    return len(set(spoken)) >= _LEAST_WORDS and len(spoken) * 3 >= len(words) * 2
