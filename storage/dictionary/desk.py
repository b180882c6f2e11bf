"""The staff's work."""

TABLES: dict[str, dict[str, str]] = {
    "task": {
        "facts": "what its card tells, JSON",
        "taken_by": "who took it: id in staff.csv",
        "taken_at": "when",
        "snoozed_until": "when it comes back",
        "offered_to": "the colleague its card names: id in staff.csv",
        "reserved_until": "until when only they may take it",
        "look_again_at": "when the desk's clock looks at it",
        "look_again_for": "what it is then: untaken, lease or note",
        "unanswered": "how often it was left alone",
        "escalated_at": "when it became the manager's",
        "outcome": "how it ended or stands",
        "version": "how often its cards changed",
    },
    "lease": {
        "taken_at": "from when they had the task",
        "ended_at": "until when; empty: still",
        "ended_as": "done, given_back, lapsed, handed_over or over",
    },
    "leave": {
        "from_on": "first day away",
        "to_on": "last day away",
        "backup_id": "who stands in: id in staff.csv",
        "handed_at": "when their cards were handed over",
    },
    "opportunity": {
        "item": "what it is about",
        "stage": "new, contacted, quoted, won or lost",
        "amount": "what it may be worth, in yuan",
        "next_step": "what comes next",
        "remind_at": "when a card reminds of it",
    },
    "approval": {
        "staff_id": "who asked: id in staff.csv",
        "percent_off": "per cent off; 20 for 8折",
        "amount": "money off or what the gift is worth, in yuan",
        "gift": "the gift, in words",
        "why": "why",
        "status": "asked, approved or refused",
        "decided_by": "who decided: id in staff.csv",
        "decided_at": "when",
    },
    "feedback": {"words": "what they said"},
    "digest": {"day": "which morning", "place": "where it was told"},
    "churn_alert": {"reasons": "why, JSON", "raised_at": "when it was raised"},
}  # fmt: skip
