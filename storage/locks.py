"""PostgreSQL's advisory locks, one number each: two of the same number would wait for each other for ever."""

from __future__ import annotations

MIGRATING = 7_203_344  # processes that start together migrate one after the other
IMPORTING = 7_203_345  # of two imports one writes its rows at a time; chats go on meanwhile
LEADING = 7_203_346  # held by the process that looks after the ticks, as long as it lives
CLAIMING = 7_203_347  # together with a hash: of several senders one claims from that chain
PLATES = 7_203_348  # together with a hash: a car under that plate is being made
WECOM_BOT = 7_203_350  # held by the process that has the one long connection to the WeCom AI bot
MARKETING = 7_203_352  # together with an owner: a marketing message of theirs is being let out
TICKETS = 7_203_349  # together with an owner: a complaint of theirs is being opened
LATE_CARDS = 7_203_353  # of two ticks one at a time gives cards that waited for room
FIGURES = 7_203_351  # of two transactions that look at owners' figures the second waits, and sees what the first wrote
