"""A throw-away copy of the store, taken back to the morning of a day, in which the days can be lived through again."""

from storage.rehearsal.copying import throw_away_copy
from storage.rehearsal.later import Later, play
from storage.rehearsal.rewinding import DUE_AT, begin, kept_back, moments_of, rewind

__all__ = ["DUE_AT", "Later", "begin", "kept_back", "moments_of", "play", "rewind", "throw_away_copy"]
