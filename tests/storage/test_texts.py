"""One open question per phone, and codes that prove a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import Refused
from storage.crm import Crm
from storage.outbox_rows import OUTBOX
from tests.chat import Shop

PHONE = "+8613800138000"
LIFE = timedelta(days=3)


def identity(crm: Crm) -> int:
    return crm.identities.ensure("sms", PHONE).key


def test_a_second_question_waits_until_the_first_is_over(shop: Shop) -> None:
    li = shop.do(identity)

    def ask(choice: str, outbox_id: int) -> bool:
        return shop.do(lambda crm: crm.sms_questions.ask(li, choice, outbox_id, LIFE))

    assert ask("0:go=booking.1", 7)
    assert ask("0:go=booking.1", 7)  # the same message, tried again
    assert not ask("0:go=claim_coupon.2", 8)
    assert shop.do(lambda crm: crm.sms_questions.answered(li)) == "0:go=booking.1"
    assert shop.do(lambda crm: crm.sms_questions.answered(li)) is None
    assert ask("0:go=claim_coupon.2", 8)
    shop.time_is("2026-11-27 10:00")
    assert shop.do(lambda crm: crm.sms_questions.answered(li)) is None
    assert ask("0:go=booking.3", 9)


def test_a_code_is_good_once_for_its_talk_for_five_minutes(shop: Shop) -> None:
    talk = shop.do(lambda crm: crm.conversations.locked("web", "web-account").id)
    other = shop.do(lambda crm: crm.conversations.locked("web", "another-account").id)

    def sent() -> str:
        def send(crm: Crm) -> str:
            crm.phone_codes.send(talk, PHONE, str)
            newest = crm.connection.execute(OUTBOX.select().order_by(OUTBOX.c.id.desc())).first()
            return crm.outbox.payload(newest).decode().split('"text":"')[1][:6]

        return shop.do(send)

    def right(code: str, whose: int = talk) -> bool:
        return shop.do(lambda crm: crm.phone_codes.check(whose, PHONE, code))

    code = sent()
    assert not right(code, other)
    assert right(code)
    assert not right(code)
    shop.time_is("2026-11-23 10:02")
    old = sent()
    shop.time_is("2026-11-23 10:08")
    assert not right(old)


def test_a_phone_gets_ten_codes_a_day(shop: Shop) -> None:
    talk = shop.do(lambda crm: crm.conversations.locked("web", "web-account").id)
    sent = 0
    for minute in range(0, 900, 15):
        shop.clock.advance_to(shop.moment("2026-11-23 10:00") + timedelta(minutes=minute))
        try:
            shop.do(lambda crm: crm.phone_codes.send(talk, PHONE, str))
            sent += 1
        except Refused:
            pass
    assert sent == 10
    with pytest.raises(Refused):
        shop.do(lambda crm: crm.phone_codes.send(talk, PHONE, str))
