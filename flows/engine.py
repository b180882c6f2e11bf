"""The dialogue engine. Understanding proposes; this disposes: fills, corrects, interrupts and returns, goes back,
cancels, counts strikes, hands over. It knows no flow by name and no channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from core.errors import SlotTaken
from core.joined import joined
from flows.commands import COMMANDS, cancel, explain_old_button
from flows.filling import Doubt, fill, missing, take_defaults
from flows.flow import Flow
from flows.repeats import vary_answer, vary_question
from flows.spoken import NEVER_WORDS
from flows.stack import forget_old, make_room
from flows.state import DONE, DROPPED, Running, Slots
from flows.taps import OLD, read_choice
from flows.turn import Turn

Answer = Callable[[Turn], None]
Listener = Callable[[Turn], bool]  # whether the words were for it, and were dealt with
ALWAYS = {"help", "opt_out"}  # answered before a flow may read the words as its own
FACTS = {"plate", "service", "date", "time"}  # that start the flow the shop lives from: "粤B12345", "明天下午三点"
ASKING_NOTHING = {"unknown", "yes", "no"}  # words that ask for nothing by themselves


def _nobody(turn: Turn) -> bool:
    return False


class Engine:
    """Runs the flows it is given. `answers`: intents that are answered at once, inside a flow or outside.

    waiting: who may have asked the owner something outside any flow, and takes the words that answer it.
    unheard: takes words that no flow wants, a nod among them, if they say something at all.
    """

    def __init__(
        self,
        flows: tuple[Flow, ...],
        answers: Mapping[str, Answer],
        menu: Answer,
        hand_over: Answer,
        waiting: Listener = _nobody,
        unheard: Listener = _nobody,
    ) -> None:
        self.flows = joined(*({flow.name: flow} for flow in flows))
        self.starters = joined(*(dict.fromkeys(flow.intents, flow) for flow in flows))
        joined(self.starters, dict.fromkeys(answers))  # nothing is both answered at once and a flow
        self.answers = answers
        self.menu = menu
        self.hand_over = hand_over
        self.waiting = waiting
        self.unheard = unheard
        self.commands: Mapping[str, Answer] = {
            "human": hand_over,
            **{intent: partial(command, self) for intent, command in COMMANDS.items()},
        }

    def converse(self, turn: Turn) -> None:
        """Take one message into account; what is to be said is in `turn.bubbles` afterwards."""
        forget_old(self, turn)
        self._narrow(turn)
        read_choice(turn)
        if turn.chosen and turn.chosen[0] == OLD:
            explain_old_button(self, turn, turn.chosen[1])
        elif self._is_idle(turn) and self.waiting(turn):
            turn.state.strikes = 0
        elif turn.intent in self.commands:
            self.commands[turn.intent](turn)
        elif not turn.state.top:
            self._begin(turn)
        elif turn.starts or turn.intent in ALWAYS or self._is_elsewhere(turn):
            self._leave_aside(turn)
        else:
            self._go_on(turn)
        vary_question(turn, self.hand_over)
        turn.state.touched = turn.now.isoformat()

    def start(self, turn: Turn, name: str, slots: Slots | None = None) -> None:
        """Put a flow on the stack, with what this turn already says."""
        flow = self.flows[name]
        if not flow.may_start(turn):
            self.come_back(turn)
            if not turn.bubbles:
                self.menu(turn)
            return
        make_room(self, turn, flow)
        turn.state.runs += 1
        turn.state.stack.append(Running(flow.name, flow.version, turn.state.runs, slots or {}))
        turn.state.asked, turn.state.options = "", []
        doubt, _, _ = fill(turn, flow, self.slots_of(turn))
        self.advance(turn, doubt)

    def _narrow(self, turn: Turn) -> None:
        """What the words are about, where somebody here knows it, is their intent."""
        if (topic := turn.understood.topic) in self.starters or topic in self.answers:
            turn.understood = replace(turn.understood, intent=topic)

    def _is_elsewhere(self, turn: Turn) -> bool:
        """The words are about something that does not wait, or that is no answer in here."""
        meant, flow = self.starters.get(turn.intent), self.flow_of(turn)
        return turn.intent in flow.aside or (meant is not None and meant.urgent and meant is not flow)

    def _is_idle(self, turn: Turn) -> bool:
        """Nothing is under way that the owner began."""
        return turn.state.top is None or self.flow_of(turn).optional

    # — inside and outside a flow —

    def _begin(self, turn: Turn) -> None:
        intent = turn.intent
        if meant := self._meant_by_ours(turn):
            self.start(turn, meant.name)
        elif intent in self.starters:
            self.start(turn, self.starters[intent].name)
        elif intent in self.answers:
            self._answer(turn)
            turn.state.strikes = 0
        elif intent == "answer" and FACTS & turn.understood.slots.keys():
            self.start(turn, next(iter(self.flows)))
        elif intent in ASKING_NOTHING and self.unheard(turn):
            turn.state.strikes = 0
        else:
            self._strike(turn, turn.say.not_understood())

    def _meant_by_ours(self, turn: Turn) -> Flow | None:
        """The flow whose button stands under our newest message, when the words are an answer to that."""
        intent, _, argument = turn.offered.partition(".")
        flow = self.starters.get(intent)
        if turn.chosen or turn.argument or flow is None or turn.intent in NEVER_WORDS or not flow.takes(turn):
            return None
        turn.argument = argument.partition(".")[0]  # what it is about, not what its first button would answer
        return flow

    def _go_on(self, turn: Turn) -> None:
        flow, asked = self.flow_of(turn), turn.state.asked
        doubt, changed, repeated = fill(turn, flow, self.slots_of(turn))
        if asked == "confirm" and not changed and self._confirmed(turn, flow):
            return
        if changed:
            turn.state.strikes, turn.moved_on = 0, True
            self.advance(turn, doubt)
        elif doubt:
            self._strike(turn, doubt[1])
        elif turn.intent in flow.inside or self._interrupts(turn, flow):
            self._leave_aside(turn)
        elif flow.optional:
            self.end(turn, self.top_of(turn), DROPPED)
            self._begin(turn)
        elif not asked:
            self.advance(turn)  # nothing was asked since a deploy
        else:
            is_clear = repeated or turn.intent in flow.intents or turn.intent == "yes"
            self._strike(turn, "" if is_clear else turn.say.not_understood())

    def _interrupts(self, turn: Turn, flow: Flow) -> bool:
        return turn.intent in self.answers or (turn.intent in self.starters and self.starters[turn.intent] is not flow)

    def _leave_aside(self, turn: Turn) -> None:
        """What the intent means in here; else answer the question, or run the other flow, and come back."""
        flow, intent = self.flow_of(turn), turn.intent
        if meaning := flow.inside.get(intent):
            self._obey(turn, meaning)
            return
        if flow.optional:
            self.end(turn, self.top_of(turn), DROPPED)
        if intent in self.answers:
            self._answer(turn)
            if turn.state.top:
                self.advance(turn)
        elif intent in self.starters:
            self._start_or_return(turn, self.starters[intent])
        else:
            self._strike(turn, turn.say.not_understood())

    def _obey(self, turn: Turn, meaning: str) -> None:
        """ "cancel", "change.SLOT": ask for that slot again, or "instead.FLOW": that one with what is known."""
        what, _, name = meaning.partition(".")
        if what == "cancel":
            cancel(self, turn)
        elif what == "instead":
            known = dict(self.slots_of(turn))
            self.end(turn, self.top_of(turn), DROPPED)
            self.start(turn, name, {slot: known[slot] for slot in known if self.flows[name].slot(slot)})
        else:
            turn.moved_on = True
            self.slots_of(turn).pop(name, None)
            self.advance(turn)

    def _answer(self, turn: Turn) -> None:
        """At once; the same question again is answered otherwise."""
        first, intent = len(turn.bubbles), turn.intent
        turn.answered = True
        self.answers[intent](turn)
        vary_answer(turn, intent, first, self.hand_over)

    def advance(self, turn: Turn, doubt: Doubt | None = None) -> None:
        """Ask for what is missing, or show the summary, or finish. A doubt is told where its slot is asked for."""
        flow, slots = self.flow_of(turn), self.slots_of(turn)
        take_defaults(turn, flow, slots)
        if hint := flow.settle(turn, slots):
            turn.tell(hint)
        if slot := flow.slot(missing(turn, flow, slots)):
            if doubt and doubt[0] == slot.name:
                turn.tell(doubt[1])
            slot.ask(turn, slots)
        elif flow.confirm:
            turn.state.step += 1
            flow.confirm(turn, slots)
        else:
            self._finish(turn, flow)

    # — the end of a flow —

    def _confirmed(self, turn: Turn, flow: Flow) -> bool:
        """Whether the words were an answer to the summary, and were dealt with."""
        said = turn.choice("confirm") or turn.intent
        if said == "yes":
            self._finish(turn, flow)
        elif said == "drop":
            cancel(self, turn)
        elif said == "no":
            turn.tell(turn.say.what_to_change())
        elif said.startswith("change."):
            self._obey(turn, said)
        else:
            return False
        return True

    def _finish(self, turn: Turn, flow: Flow) -> None:
        try:
            following = flow.finish(turn, self.slots_of(turn))
        except SlotTaken:
            self.advance(turn)
            return
        offered = turn.state.options if turn.state.asked == "go" else []
        turn.state.end(self.top_of(turn), DONE)
        if offered:  # what the end offers can still be named by its number
            turn.state.asked, turn.state.options = "go", offered
        if following in self.flows:
            self.start(turn, following)
        else:
            self.come_back(turn)

    def come_back(self, turn: Turn) -> None:
        """Go on with the flow that was interrupted, if one was."""
        if turn.state.top:
            turn.answered = True
            turn.tell(turn.say.back_to_it())
            self.advance(turn)

    # — not understood —

    def _strike(self, turn: Turn, why: str) -> None:
        """Not understood: ask again, and after the agreed number of tries call a person."""
        turn.state.strikes += 1
        if why:
            turn.tell(why)
        if turn.state.strikes >= turn.crm.shop.policy.strikes:
            turn.state.strikes = 0
            turn.state.times += 1  # a person is asked in place of the owner
            self.hand_over(turn)
        elif turn.state.top:
            self.advance(turn)
        else:
            self.menu(turn)

    # — the stack —

    def _start_or_return(self, turn: Turn, flow: Flow) -> None:
        """What is under way is gone on with; a button about something particular begins anew."""
        running = turn.state.running(flow.name)
        if running is None or turn.argument:
            self.start(turn, flow.name)
            return
        if running is not turn.state.top:
            turn.tell(turn.say.back_to_it())
        while turn.state.top is not running:
            self.end(turn, self.top_of(turn), DROPPED)
        doubt, _, _ = fill(turn, flow, self.slots_of(turn))
        self.advance(turn, doubt)

    def end(self, turn: Turn, running: Running, how: str) -> None:
        if flow := self.flows.get(running.flow):
            flow.leave(turn, running.slots)
        turn.state.end(running, how)

    def top_of(self, turn: Turn) -> Running:
        top = turn.state.top
        assert top is not None
        return top

    def flow_of(self, turn: Turn) -> Flow:
        return self.flows[self.top_of(turn).flow]

    def slots_of(self, turn: Turn) -> Slots:
        return self.top_of(turn).slots
