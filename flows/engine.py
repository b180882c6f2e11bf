"""The dialogue engine. Understanding proposes; this disposes: fills, corrects, interrupts and returns, goes back,
cancels, counts strikes, hands over. It knows no flow by name and no channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from core.errors import NotUnderstood, SlotTaken
from core.understanding import Understood, choice_index
from flows.flow import Flow
from flows.state import Running, Slots
from flows.turn import Turn

Answer = Callable[[Turn], None]
Listener = Callable[[Turn], bool]  # whether the words were for it, and were dealt with
_SAY_NOTHING = {"unknown", "answer"}  # intents of words that may only name an option …
_MAY_NAME = _SAY_NOTHING | {"yes", "no"}  # … and of those that may also be one
_NUMBER_LENGTH = 3  # "2", "第2个"
Doubt = tuple[str, str]  # a slot, and why what was said cannot be its value


def _nobody(turn: Turn) -> bool:
    return False


class Engine:
    """Runs the flows it is given. `answers`: intents that are answered at once, inside a flow or outside.

    waiting: who may have asked the owner something outside any flow, and takes the words that answer it.
    unheard: takes words that no flow wants, if they say something at all.
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
        self.flows = {flow.name: flow for flow in flows}
        self.starters = {intent: flow for flow in flows for intent in flow.intents}
        self.answers = answers
        self.menu = menu
        self.hand_over = hand_over
        self.waiting = waiting
        self.unheard = unheard
        self.commands: Mapping[str, Answer] = {
            "cancel": self._cancel,
            "back": self._back,
            "restart": self._restart,
            "human": hand_over,
        }

    def converse(self, turn: Turn) -> None:
        """Take one message into account; what is to be said is in `turn.bubbles` afterwards."""
        self._forget_old(turn)
        self._narrow(turn)
        self._read_choice(turn)
        if turn.chosen and turn.chosen[0] == "old":
            self._explain_old_button(turn)
        elif self._is_idle(turn) and self.waiting(turn):
            turn.state.strikes = 0
        elif turn.intent in self.commands:
            self.commands[turn.intent](turn)
        elif turn.state.top:
            self._go_on(turn)
        else:
            self._begin(turn)
        turn.state.touched = turn.now.isoformat()

    def start(self, turn: Turn, name: str, slots: Slots | None = None) -> None:
        """Put a flow on the stack, with what this turn already says."""
        flow = self.flows[name]
        if not flow.may_start(turn):
            self._return(turn)
            return
        turn.state.runs += 1
        turn.state.stack.append(Running(flow.name, flow.version, turn.state.runs, slots or {}))
        turn.state.asked, turn.state.options = "", []
        doubt, _, _ = self._fill(turn, flow)
        self._advance(turn, doubt)

    def _narrow(self, turn: Turn) -> None:
        """What the words are about, where somebody here knows it, is their intent."""
        if (topic := turn.understood.topic) in self.starters or topic in self.answers:
            turn.understood = replace(turn.understood, intent=topic)

    def _is_idle(self, turn: Turn) -> bool:
        """Nothing is under way that the owner began."""
        return turn.state.top is None or self._flow(turn).optional

    # — choices —

    def _read_choice(self, turn: Turn) -> None:
        """A tapped button, or its number or label said in words, becomes the chosen (slot, value)."""
        tapped = turn.inbound.choice or self._option_in_words(turn)
        if not tapped:
            return
        run, _, rest = tapped.partition(":")
        slot, _, value = rest.partition("=")
        if slot == "go":  # buttons that start something are words, and never grow old
            intent, _, turn.argument = value.partition(".")
            turn.understood = Understood(intent, {})
            return
        top = turn.state.top
        current = run == str(top.run if top else 0) and bool(value)
        newest = not slot.startswith("confirm") or tapped in [option[0] for option in turn.state.options]
        turn.chosen = (slot.partition(".")[0], value) if current and newest else ("old", tapped)

    def _option_in_words(self, turn: Turn) -> str:
        """Which of the last options the words name: by its very label, or loosely where they say nothing else.

        A summary is never agreed to loosely: that would write something.
        """
        said, options = turn.inbound.text.strip(), turn.state.options
        exact = next((id_ for id_, label in options if label == said), "")
        vague = _SAY_NOTHING if turn.state.asked == "go" else _MAY_NAME
        if exact or not said or turn.intent not in vague:
            return exact
        if turn.state.asked == "confirm" and len(said) > _NUMBER_LENGTH:
            return ""
        index = choice_index(said, [label for _, label in options])
        return options[index][0] if index is not None else ""

    def _explain_old_button(self, turn: Turn) -> None:
        top = turn.state.top
        if top and turn.inbound.choice.startswith(f"{top.run}:"):
            turn.tell(turn.say.summary_changed())
        else:
            turn.tell(turn.say.old_button())
        if top:
            self._advance(turn)
        else:
            self.menu(turn)

    # — inside and outside a flow —

    def _begin(self, turn: Turn) -> None:
        intent = turn.intent
        if intent in self.starters:
            self.start(turn, self.starters[intent].name)
        elif intent in self.answers:
            self.answers[intent](turn)
            turn.state.strikes = 0
        elif intent == "answer" and self._wanted_by_first(turn):
            self.start(turn, next(iter(self.flows)))
        elif intent == "unknown" and self.unheard(turn):
            turn.state.strikes = 0
        else:
            self._strike(turn, turn.say.not_understood())

    def _go_on(self, turn: Turn) -> None:
        flow = self._flow(turn)
        if (begun := self.starters.get(turn.intent)) is not None and begun.urgent and begun is not flow:
            self._interrupt(turn, flow)
            return
        doubt, changed, repeated = self._fill(turn, flow)
        if turn.state.asked == "confirm" and not changed and self._confirmed(turn, flow):
            return
        if changed:
            turn.state.strikes = 0
            self._advance(turn, doubt)
        elif doubt:
            self._strike(turn, doubt[1])
        elif meaning := flow.inside.get(turn.intent):
            self._obey(turn, meaning)
        elif self._interrupts(turn, flow):
            self._interrupt(turn, flow)
        elif flow.optional:
            self._drop(turn)
            self._begin(turn)
        else:
            told_before = repeated or turn.intent in flow.intents
            self._strike(turn, "" if told_before else turn.say.not_understood())

    def _obey(self, turn: Turn, meaning: str) -> None:
        """ "cancel", or "change.SLOT": ask for that slot again."""
        if meaning == "cancel":
            self._cancel(turn)
        else:
            self._slots(turn).pop(meaning.removeprefix("change."), None)
            self._advance(turn)

    def _interrupts(self, turn: Turn, flow: Flow) -> bool:
        return turn.intent in self.answers or (turn.intent in self.starters and self.starters[turn.intent] is not flow)

    def _interrupt(self, turn: Turn, flow: Flow) -> None:
        """Answer the question, or run the other flow, and come back."""
        if flow.optional:
            self._drop(turn)
        if turn.intent in self.answers:
            self.answers[turn.intent](turn)
            if turn.state.top:
                self._advance(turn)
        else:
            self.start(turn, self.starters[turn.intent].name)

    def _fill(self, turn: Turn, flow: Flow) -> tuple[Doubt | None, bool, bool]:
        """Take every slot's value out of what was said: what was wrong, whether anything is new, or was said before."""
        slots, changed, repeated = self._slots(turn), False, False
        found: Doubt | None = None
        for slot in flow.slots:
            try:
                value = slot.read(turn, slots)
            except NotUnderstood as doubt:
                found = found or (slot.asked_by or slot.name, doubt.hint)
                continue
            if value is None:
                continue
            if slots.pop(slot.name, None) == value:
                repeated = True
            else:
                changed = True
            slots[slot.name] = value
        return found, changed, repeated

    def _advance(self, turn: Turn, doubt: Doubt | None = None) -> None:
        """Ask for what is missing, or show the summary, or finish. A doubt is told where its slot is asked for."""
        flow, slots = self._flow(turn), self._slots(turn)
        self._take_defaults(turn, flow)
        if hint := flow.settle(turn, slots):
            turn.tell(hint)
        missing = next(
            (slot for slot in flow.slots if slot.name not in slots and not slot.asked_by and slot.needed(turn, slots)),
            None,
        )
        if missing:
            if doubt and doubt[0] == missing.name:
                turn.tell(doubt[1])
            missing.ask(turn, slots)
        elif flow.confirm:
            turn.state.step += 1
            flow.confirm(turn, slots)
        else:
            self._finish(turn, flow)

    def _take_defaults(self, turn: Turn, flow: Flow) -> None:
        slots = self._slots(turn)
        for slot in flow.slots:
            if slot.name not in slots and (value := slot.default(turn, slots)) is not None:
                slots[slot.name] = value

    # — the end of a flow —

    def _confirmed(self, turn: Turn, flow: Flow) -> bool:
        """Whether the words were an answer to the summary, and were dealt with."""
        said = turn.choice("confirm") or turn.intent
        if said == "yes":
            self._finish(turn, flow)
        elif said == "drop":
            self._obey(turn, "cancel")
        elif said == "no":
            turn.tell(turn.say.what_to_change())
        elif said.startswith("change."):
            self._obey(turn, said)
        else:
            return False
        return True

    def _finish(self, turn: Turn, flow: Flow) -> None:
        try:
            following = flow.finish(turn, self._slots(turn))
        except SlotTaken:
            self._advance(turn)
            return
        self._pop(turn)
        if following:
            self.start(turn, following)
        else:
            self._return(turn)

    def _cancel(self, turn: Turn) -> None:
        if not turn.state.top:
            turn.tell(turn.say.nothing_to_cancel())
            self.menu(turn)
            return
        self._drop(turn)
        turn.tell(turn.say.cancelled())
        self._return(turn)

    def _return(self, turn: Turn) -> None:
        """Go on with the flow that was interrupted, if one was."""
        if turn.state.top:
            turn.tell(turn.say.back_to_it())
            self._advance(turn)

    def _back(self, turn: Turn) -> None:
        """Undo the last answer and ask again."""
        top = turn.state.top
        if not top:
            self.menu(turn)
            return
        flow = self._flow(turn)
        answers = [slot for name in top.slots if (slot := flow.slot(name)) and not slot.derived]
        own = [slot for slot in answers if slot.default(turn, top.slots) is None]
        if own:
            top.slots.pop(own[-1].name)
        self._advance(turn)

    def _restart(self, turn: Turn) -> None:
        while turn.state.top:
            self._drop(turn)
        turn.tell(turn.say.restarted())
        self.menu(turn)

    def _forget_old(self, turn: Turn) -> None:
        """A talk that was left alone too long, or whose flow is gone, is ended cleanly."""
        touched = turn.state.touched_at()
        stale = touched is not None and turn.now - touched > turn.crm.shop.policy.talk_timeout
        told = False
        while turn.state.top and (stale or turn.state.top.flow not in self.flows):
            told = told or not (turn.state.top.flow in self.flows and self._flow(turn).optional)
            self._drop(turn)
        if told:
            turn.tell(turn.say.timed_out())

    def _strike(self, turn: Turn, why: str) -> None:
        """Not understood: ask again, and after the agreed number of tries call a person."""
        turn.state.strikes += 1
        if why:
            turn.tell(why)
        if turn.state.strikes >= turn.crm.shop.policy.strikes:
            turn.state.strikes = 0
            self.hand_over(turn)
        elif turn.state.top:
            self._advance(turn)
        else:
            self.menu(turn)

    # — the stack —

    def _flow(self, turn: Turn) -> Flow:
        top = turn.state.top
        assert top is not None
        return self.flows[top.flow]

    def _slots(self, turn: Turn) -> Slots:
        top = turn.state.top
        assert top is not None
        return top.slots

    def _drop(self, turn: Turn) -> None:
        top = turn.state.top
        if top and top.flow in self.flows:
            self.flows[top.flow].leave(turn, top.slots)
        self._pop(turn)

    def _pop(self, turn: Turn) -> None:
        turn.state.stack.pop()
        turn.state.asked, turn.state.options, turn.state.strikes = "", [], 0

    def _wanted_by_first(self, turn: Turn) -> bool:
        """Bare facts ("粤B12345", "明天下午三点") start the flow that the shop lives from."""
        return bool({"plate", "service", "date", "time"} & set(turn.understood.slots))
