"""What may never be in the rows, whatever happened: each question finds rows that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_NEVER = {
    "a booking without its one card": """
        SELECT a.id FROM appointment a WHERE a.status = 'booked'
        AND (SELECT count(*) FROM task t WHERE t.kind = 'new_appointment' AND t.appointment_id = a.id) <> 1""",
    "a booking that keeps no time": """
        SELECT id FROM appointment WHERE status = 'booked' AND id NOT IN (SELECT appointment_id FROM bay_claim)""",
    "a kept time of no appointment": """
        SELECT appointment_id FROM bay_claim WHERE appointment_id NOT IN (SELECT id FROM appointment)""",
    "an offered time that is kept for nobody": """
        SELECT id FROM time_offer WHERE status = 'open' AND appointment_id IS NULL""",
    "somebody with two times offered at once": """
        SELECT waiting_id FROM time_offer WHERE status = 'open' GROUP BY waiting_id HAVING count(*) > 1""",
    "a complaint without words": "SELECT id FROM ticket WHERE id NOT IN (SELECT ticket_id FROM ticket_note)",
    "two open complaints of one owner": """
        SELECT owner_id FROM ticket WHERE state IN ('open', 'solved') GROUP BY owner_id HAVING count(*) > 1""",
    "an account of a record that became part of another": """
        SELECT i.id FROM identity i JOIN owner o ON o.id = i.owner_id WHERE o.status = 'merged'""",
    "a coupon used without staff": """
        SELECT id FROM coupon WHERE status = 'redeemed'
        AND (redeemed_at IS NULL OR (redeemed_by IS NULL AND redeemed_via NOT LIKE 'api%'))""",
    "a coupon used that was never claimed": """
        SELECT id FROM coupon WHERE status IN ('claimed', 'redeemed') AND claimed_at IS NULL""",
    "two replies on their way in one talk": """
        SELECT conversation_id FROM draft WHERE state IN ('wanted', 'making', 'ready')
        GROUP BY conversation_id HAVING count(*) > 1""",
    "a reply on its way whose card is over": """
        SELECT d.id FROM draft d JOIN task t ON t.id = d.task_id
        WHERE d.state IN ('wanted', 'making', 'ready') AND t.status IN ('done', 'closed')""",
    "a step that was decided twice": """
        SELECT occurrence FROM step GROUP BY journey, step, occurrence HAVING count(*) > 1""",
    "a work card that is taken by nobody": """
        SELECT id FROM task WHERE status IN ('taken', 'snoozed') AND taken_by IS NULL""",
    "a work card that somebody has without a lease": """
        SELECT id FROM task t WHERE t.status IN ('taken', 'snoozed') AND NOT EXISTS (
            SELECT 1 FROM lease l WHERE l.task_id = t.id AND l.staff_id = t.taken_by AND l.ended_at IS NULL)""",
    "a lease of a card that somebody else has, or nobody": """
        SELECT l.id FROM lease l JOIN task t ON t.id = l.task_id WHERE l.ended_at IS NULL AND (
            t.taken_by IS NULL OR t.taken_by <> l.staff_id OR t.status NOT IN ('taken', 'snoozed'))""",
    "a work card that nothing looks at any more": """
        SELECT id, kind FROM task WHERE status IN ('open', 'taken') AND look_again_at IS NULL
        AND escalated_at IS NULL AND kind NOT IN ('extra_item', 'recommend')""",  # these end with the day
    "a discount that nobody decided": """
        SELECT id FROM approval WHERE status <> 'asked' AND decided_by IS NULL""",
    "two cards about one talk that want a person": """
        SELECT conversation_id FROM task WHERE kind IN ('hand_over', 'reply_wanted')
        AND status IN ('open', 'taken', 'snoozed') GROUP BY conversation_id, kind HAVING count(*) > 1""",
    "a visit rated twice": "SELECT visit_id FROM rating GROUP BY visit_id HAVING count(*) > 1",
    "an offer that cost less than nothing": "SELECT id FROM offer_budget WHERE spent_fen < 0",
    "a campaign that cost less than nothing": "SELECT id FROM campaign_budget WHERE spent_fen < 0",
    "marketing that waits for somebody who said no": """
        SELECT x.id FROM outbox x JOIN conversation c ON c.id = x.conversation_id
        JOIN identity i ON i.id = c.identity_id
        WHERE x.rank >= 5 AND x.state = 'queued' AND x.kind = 'bubble' AND EXISTS (
            SELECT 1 FROM consent n WHERE n.owner_id = i.owner_id AND n.purpose = 'marketing' AND n.channel = '*'
            AND n.given = false AND NOT EXISTS (
                SELECT 1 FROM consent m WHERE m.owner_id = n.owner_id AND m.purpose = 'marketing' AND m.id > n.id))""",
    "marketing to a person who never agreed to it": """
        SELECT s.id FROM step s JOIN outbox x ON x.id = s.outbox_id
        WHERE x.rank >= 5 AND NOT EXISTS (
            SELECT 1 FROM consent n WHERE n.owner_id = s.owner_id AND n.purpose = 'marketing' AND n.given = true)""",
    "an open complaint that nobody works on": """
        SELECT t.id FROM ticket t WHERE t.state = 'open' AND NOT EXISTS (
            SELECT 1 FROM task k WHERE k.status IN ('open', 'taken', 'snoozed') AND k.kind LIKE 'ticket%'
            AND k.facts LIKE '%"ticket": ' || t.id || '%')""",
    "something of one owner that another one did": """
        SELECT id, verb FROM event WHERE actor LIKE 'owner:%' AND owner_id IS NOT NULL
        AND actor <> 'owner:' || owner_id
        AND actor NOT IN (SELECT 'owner:' || id FROM owner WHERE status = 'merged')
        AND NOT (verb = 'task.closed' AND noun_id IN (SELECT id FROM task WHERE kind = 'link_proposal'))""",  # of both
}


def inconsistencies(ask: Callable[[str], list[tuple[Any, ...]]]) -> list[str]:
    """What is wrong with the rows: each question finds rows that may not be there."""
    return [f"{what}: {rows[:3]}" for what, question in _NEVER.items() if (rows := ask(question))]
