"""What can be said in every state, and what an old button is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flows.stack import end_all
from flows.state import DROPPED
from flows.turn import Turn

if TYPE_CHECKING:
    from flows.engine import Engine


def cancel(engine: Engine, turn: Turn) -> None:
    """Drop what is under way, and go on with what was interrupted by it."""
    top = turn.state.top
    if not _is_meant(turn):
        explain_old_button(engine, turn, turn.argument)
    elif not top:
        turn.tell(turn.say.nothing_to_cancel())
        engine.menu(turn)
    else:
        engine.end(turn, top, DROPPED)
        turn.tell(turn.say.cancelled())
        engine.come_back(turn)


def resume(engine: Engine, turn: Turn) -> None:
    """Ask again what is open."""
    if not turn.state.top or not _is_meant(turn):
        explain_old_button(engine, turn, turn.argument)
        return
    turn.moved_on = True
    engine.advance(turn)


def speak(engine: Engine, turn: Turn) -> None:
    """They asked for another language, and are answered in it."""
    turn.tell(turn.say.we_speak())
    if turn.state.top:
        turn.moved_on = True
        engine.advance(turn)
    else:
        engine.menu(turn)


def back(engine: Engine, turn: Turn) -> None:
    """Undo the last answer and ask again."""
    top = turn.state.top
    if not top:
        engine.menu(turn)
        return
    flow = engine.flow_of(turn)
    answers = [slot for name in top.slots if (slot := flow.slot(name)) and not slot.derived]
    own = [slot for slot in answers if slot.default(turn, top.slots) is None]
    if own:
        top.slots.pop(own[-1].name)
    engine.advance(turn)


def restart(engine: Engine, turn: Turn) -> None:
    end_all(engine, turn, DROPPED)
    turn.tell(turn.say.restarted())
    engine.menu(turn)


def explain_old_button(engine: Engine, turn: Turn, run: str) -> None:
    """What it was about, and what can be done now."""
    top = turn.state.top
    name, how = turn.state.ended(run)
    if top and run == str(top.run):
        turn.tell(turn.say.summary_changed())
        engine.advance(turn)
    elif top:
        turn.tell(turn.say.old_button(name, how))
        engine.advance(turn)
    elif name in engine.flows and engine.flows[name].intent:
        again = (engine.flows[name].intent, turn.say.once_more(name))
        others = [("my_appointments", turn.say.menu_appointments()), ("human", turn.say.menu_human())]
        turn.ask("go", turn.say.old_button(name, how), [again, *others])
    else:
        turn.tell(turn.say.old_button(name, how))
        engine.menu(turn)


def _is_meant(turn: Turn) -> bool:
    """A button about one run is not about another."""
    top = turn.state.top
    return not turn.argument or (top is not None and turn.argument == str(top.run))


COMMANDS: Mapping[str, Callable[[Engine, Turn], None]] = {
    "cancel": cancel,
    "back": back,
    "restart": restart,
    "resume": resume,
    "speak": speak,
}
