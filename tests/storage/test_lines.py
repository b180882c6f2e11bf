"""How the long connection to WeCom stands, told by one process and read by another."""

from datetime import UTC, datetime, timedelta

from storage import locks
from storage.leader import Leader
from storage.lines import AWAY, CONNECTED
from tests.chat import Shop
from tests.storage.two import together

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def told(shop: Shop, state: str, words: str = "", minutes: int = 0) -> None:
    moment = MORNING + timedelta(minutes=minutes)
    shop.do(lambda crm: crm.lines.tell("wecom_bot", state, words, moment))


def seen(shop: Shop) -> tuple[str, str, int, int]:
    """State, words, and the minutes of since and seen_at."""

    def read(line: object) -> tuple[str, str, int, int]:
        state, words, *moments = (getattr(line, name) for name in ("state", "words", "since", "seen_at"))
        return state, words, *((moment - MORNING).seconds // 60 for moment in moments)

    return shop.ask(lambda crm: read(crm.lines.of("wecom_bot")))


def test_nothing_is_known_of_a_line_before_somebody_has_told(shop: Shop) -> None:
    assert shop.ask(lambda crm: crm.lines.of("wecom_bot")) is None


def test_since_stays_while_the_state_does(shop: Shop) -> None:
    told(shop, CONNECTED)
    told(shop, CONNECTED, minutes=5)
    assert seen(shop) == ("connected", "", 0, 5)
    told(shop, AWAY, "no answer", minutes=7)
    assert seen(shop) == ("away", "no answer", 7, 7)


def test_two_processes_that_tell_at_once_leave_one_line(postgres_shop: Shop) -> None:
    ends = together(postgres_shop, [lambda crm: crm.lines.tell("wecom_bot", CONNECTED, "", MORNING)] * 4)
    assert ends == [None] * 4
    assert seen(postgres_shop)[0] == "connected"


def test_the_line_has_a_leader_of_its_own(postgres_shop: Shop) -> None:
    ticks = Leader(postgres_shop.database)
    first, second = (Leader(postgres_shop.database, locks.WECOM_BOT) for _ in range(2))
    assert [ticks.leads(), first.leads(), second.leads()] == [True, True, False]
    first.leave()
    assert second.leads()
    second.leave()
    ticks.leave()
