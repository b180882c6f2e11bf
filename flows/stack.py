"""The stack of flows that are under way: what is too old or too much is ended, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.deploys import renew
from flows.flow import Flow
from flows.state import DROPPED, GONE, TIMED_OUT, State
from flows.turn import Turn

if TYPE_CHECKING:
    from flows.engine import Engine


def forget_old(engine: Engine, turn: Turn) -> None:
    """A talk that was left alone too long, or whose flow is gone, is ended cleanly; a changed flow goes on."""
    state, touched = turn.state, turn.state.touched_at()
    if touched is not None and turn.now - touched > turn.crm.shop.policy.talk_timeout:
        state.untold = end_all(engine, turn, TIMED_OUT) or state.untold
    for running in list(state.stack):
        flow = engine.flows.get(running.flow)
        if flow is None:
            state.end(running, GONE)
            turn.tell(turn.say.no_longer_here())
        elif running.version != flow.version:
            renew(turn, flow, running)
    if state.untold:
        turn.tell(turn.say.timed_out(state.untold))
        state.untold = ""


def end_all(engine: Engine, turn: Turn, how: str) -> str:
    """End everything that is under way and give back what was held; the flow to tell the owner of, if any."""
    told = ""
    while running := turn.state.top:
        flow = engine.flows.get(running.flow)
        told = running.flow if not (flow and flow.optional) else told
        engine.end(turn, running, how)
    return told


def unfinished(engine: Engine, state: State) -> str:
    """The flow that waits for the owner, if one does that they would miss."""
    waiting = (one.flow for one in reversed(state.stack) if not getattr(engine.flows.get(one.flow), "optional", True))
    return next(waiting, "")


def make_room(engine: Engine, turn: Turn, flow: Flow) -> None:
    """No flow twice on the stack, and not too many: the oldest is dropped, and that is said."""
    if twin := turn.state.running(flow.name):
        engine.end(turn, twin, DROPPED)
    while len(turn.state.stack) >= turn.crm.shop.policy.talk.depth:
        oldest = turn.state.stack[0]
        turn.tell(turn.say.dropped(oldest.flow))
        engine.end(turn, oldest, DROPPED)
