"""The shop's own records: stores, staff, work, rules, what was brought in."""

TABLES: dict[str, dict[str, str]] = {
    "store": {
        "hours": "opening hours",
        "closed_weekdays": "weekdays it is closed on, Monday is 1",
        "staff_chat": "its own Telegram staff group",
        "wecom_chat": "the WeCom group of its staff in which the AI bot posts",
    },
    "bay": {"number": "as painted on the floor", "type": "general, quick, alignment, bodywork, …"},
    "holiday": {"day": "closed on this day", "note": "why", "store_id": "the store; empty: all of them"},
    "staff": {
        "role": "advisor, manager, technician, operator, boss or it",
        "skills": "a technician's, comma-separated",
        "started_bot": "1 when the Telegram bot may write to them",
        "joined_at": "first day",
        "left_at": "last day; empty: still here",
    },
    "service_item": {
        "name_en": "name in English",
        "minutes": "how long it takes",
        "bay_type": "in which kind of bay",
        "price": "price in yuan",
        "skill": "what a technician must have; empty: any",
    },
    "shop_clock": {
        "offset_seconds": "how far the shop's clock is ahead of the machine's",
        "latest": "the shop's time when it was last kept",
        "marked_at": "the machine's time then",
    },
    "policy_version": {
        "number": "counted from 1",
        "sha256": "tells this text from every other",
        "text": "the policy file as it was taken; empty: the nev preset",
        "preset": "nev or general",
        "taken_at": "since when it was in force",
    },
    "line": {
        "name": "which long connection: wecom_bot",
        "state": "connected, away, kicked (another connection took its place) or refused",
        "words": "what the platform said",
        "seen_at": "the machine's time when it last said how it is",
    },
    "moved_group": {"old": "id of a Telegram group that moved", "new": "its id now"},
    "campaign_budget": {
        "campaign": "which campaign, campaign:NAME",
        "spent": "what the coupons that it gave count together, in yuan",
    },
    "offer_budget": {
        "offer": "which offer",
        "month": "calendar month, 2026-11",
        "spent": "what its coupons count together, in yuan",
    },
    "import_batch": {
        "kind": "owners, vehicles or visits",
        "file": "name of the file",
        "figures": "what the command printed",
    },
    "dms_event": {
        "event_id": "the DMS's own id of it",
        "type": "work_order.completed, vehicle.updated, …",
        "subject": "what it is about",
        "body": "the event as it came, JSON",
        "outcome": "written, or late: something newer was known",
        "occurred_at": "when it happened, as the DMS says",
        "received_at": "when it was accepted",
    },
    "article": {
        "slug": "its file's path without .md",
        "title": "title",
        "title_en": "title in English",
        "stores": "codes of the stores it is for, one a line; empty: all",
        "valid_from": "first day on which it holds; empty: always did",
        "valid_until": "last day on which it holds; empty: for good",
        "questions": "how owners ask it, one a line",
        "text": "the answer, Markdown",
        "digest": "of the contents: the same again changes nothing",
    },
    "question": {
        "text": "what nobody could answer",
        "not_by": "digest of the article that did not do",
        "asked_at": "when it was asked",
    },
}  # fmt: skip
