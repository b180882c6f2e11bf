"""The desk: for each kind of task its card and its buttons. A new kind is one file and one word here.

A file's `KINDS` says how its cards look, its `ACTIONS` what its own buttons do, its `WORDED` those that want words
with them, its `COMMANDS` what a member of staff may write to the bot in private; `NUMBERED` are actions whose buttons
carry a number or an item of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from core.joined import joined
from core.say import StaffSay
from handlers.desk import (
    appointments,
    approvals,
    at_the_desk,
    care,
    churn,
    coupons,
    errands,
    extra_items,
    feedback,
    identity,
    maintenance,
    opportunities,
    own,
    person,
    recall,
    records,
    reminders,
    replies,
    send_yourself,
    tickets,
    why,
    work,
)
from handlers.desk.view import CardKind
from handlers.desk.work import Action, NumberedAction
from storage.crm import Crm
from storage.staff import Staff
from storage.tasks import Task

# What they wrote → what to answer; "" when it is not for this command after all.
Command = tuple[re.Pattern[str], Callable[[Crm, Staff, re.Match[str], StaffSay], str]]

Worded = Callable[[Crm, Staff, Task, StaffSay, str], str]

_FILES = (
    appointments,
    approvals,
    at_the_desk,
    care,
    churn,
    coupons,
    errands,
    extra_items,
    feedback,
    identity,
    maintenance,
    opportunities,
    own,
    person,
    recall,
    records,
    reminders,
    replies,
    send_yourself,
    tickets,
    why,
)
KINDS: dict[str, CardKind] = joined(*(getattr(file, "KINDS", {}) for file in _FILES))
ACTIONS: dict[str, Action] = joined(*(getattr(file, "ACTIONS", {}) for file in (work, *_FILES)))
# Buttons that want words with them: what was done, why it ends.
WORDED: dict[str, Worded] = joined(*(getattr(file, "WORDED", {}) for file in _FILES))
NUMBERED: dict[str, NumberedAction] = joined(*(getattr(file, "NUMBERED", {}) for file in _FILES))
COMMANDS: tuple[Command, ...] = tuple(command for file in _FILES for command in getattr(file, "COMMANDS", ()))
