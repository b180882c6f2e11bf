"""Nobody is asked the very same thing a third time, and nobody is answered in the very same words for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zlib import crc32

from flows.turn import Turn

HandOver = Callable[[Turn], None]
_ASKING = ("ask_", "my_")  # intents of questions; other answers may well be the same each time


def vary_question(turn: Turn, hand_over: HandOver) -> None:
    """The second time in other words with what can be done; the third time a person is asked instead.

    Who asks something in between, or writes on while nobody has come, keeps the choices; a summary is always shown
    as it is.
    """
    state, place = turn.state, turn.question
    if place is None or state.asked == "go":
        return
    bubble, run = turn.bubbles[place], state.top.run if state.top else 0
    mark = crc32(f"{run}:{state.asked}:{bubble.text}".encode())
    state.times = state.times + 1 if mark == state.question and not turn.moved_on else 1
    state.question = mark
    if state.times == 1:
        return
    if state.asked == "confirm":
        turn.bubbles[place] = replace(bubble, text=turn.say.look_again(bubble.text))
    elif state.times == 2:
        turn.bubbles[place] = replace(bubble, text=turn.say.asked_again(bubble.text, bool(bubble.choices)))
    else:
        del turn.bubbles[place]
        if not turn.answered:
            hand_over(turn)
        if turn.answered or state.times > 3:
            turn.bubbles.append(replace(bubble, text=turn.say.still_open(bool(bubble.choices))))


def vary_answer(turn: Turn, intent: str, first: int, hand_over: HandOver) -> None:
    """An answer that was just given, from the bubble `first` on: shorter and with the offer of a person, then one."""
    state, touched = turn.state, turn.state.touched_at()
    told = "\n".join(bubble.text for bubble in turn.bubbles[first:])
    if not told or told == turn.say.added_for_the_person() or not intent.startswith(_ASKING):
        return
    mark = crc32(told.encode())
    recent = touched is not None and turn.now - touched <= turn.crm.shop.policy.talk.same_question_within
    state.answered = state.answered + 1 if recent and mark == state.answer else 1
    state.answer = mark
    if state.answered == 1:
        return
    del turn.bubbles[first:]
    turn.question = None
    if state.answered > 2:
        hand_over(turn)
    elif state.top:
        turn.tell(turn.say.as_i_said(told))
    else:
        turn.ask("go", turn.say.as_i_said(told), [("human", turn.say.menu_human())])
