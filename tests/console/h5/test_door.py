"""Who may open a link: refusals are pages that say what to do, previews change nothing, forms are ours."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

import pytest

from console.h5 import door
from tests.console.h5.conftest import PHONE, Counter

PREVIEWS = (
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "WhatsApp/2.23",
    "Slackbot-LinkExpanding 1.0",
    "Mozilla/5.0 (compatible; Baiduspider/2.0)",
    "Mozilla/5.0 (compatible; Googlebot/2.1)",
    "",
)
HOLD = {"do": "hold", "car": "1", "service": "maintenance"}
ODD_FORMS: list[dict[str, str]] = [
    {},
    {"do": "dance"},
    {"do": "hold"},
    {"do": "hold", "at": "2026-11-24T15:00"},
    HOLD | {"at": "9999-12-31T23:59"},
    HOLD | {"at": "2026-11-24T15:07"},
    {"do": "hold", "car": "1", "service": "nothing", "at": "0001-01-01T00:00"},
    {"do": "book", "hold": "x"},
    {"do": "book", "hold": "9" * 40},
    {"do": "move"},
    {"do": "cancel"},
    {"lang": "🚗", "from": "x", "day": "9" * 400},
]


def opened_at(counter: Counter) -> datetime | None:
    """Of the newest link."""
    return counter.ask(lambda crm: crm.links.of_owner(1)[0].opened_at)


@pytest.mark.parametrize("token", ["1-aaaaaaaaaaaaaaaa", "999-aaaaaaaaaaaaaaaa", "x", "1", "%00", "1-AAAAAAAAAAAAAAAA"])
def test_a_forged_token_is_a_friendly_404(quiet_counter: Counter, token: str) -> None:
    for answer in (quiet_counter.get(f"/h/{token}"), quiet_counter.post(f"/h/{token}", do="book")):
        assert answer.status == 404
        assert "这个链接打不开" in answer.text
        assert 'href="tel:0755-26001234"' in answer.text


def test_a_token_with_one_letter_changed_is_none(quiet_counter: Counter) -> None:
    token = quiet_counter.link().removeprefix("/h/")
    changed = [token[:i] + ("b" if token[i] != "b" else "c") + token[i + 1 :] for i in range(len(token))]
    assert quiet_counter.ask(lambda crm: [one for one in changed if crm.links.find(one)]) == []


def test_a_link_that_ran_out_or_was_revoked_is_gone_and_says_so(counter: Counter) -> None:
    short, long = counter.link(days=1), counter.link(days=9)
    counter.time_is("2026-11-24T10:00:01+08:00")
    assert counter.get(short).status == 410
    assert "已过期" in counter.get(short).text
    assert counter.post(short, do="book").status == 410
    assert counter.get(long).status == 200
    assert counter.do(lambda crm: crm.links.revoke(1)) == 1
    assert counter.get(long).status == 410
    assert counter.get(long + "/visit.ics").status == 410


@pytest.mark.parametrize("agent", PREVIEWS)
def test_a_preview_changes_nothing(quiet_counter: Counter, agent: str) -> None:
    page = quiet_counter.link()
    assert quiet_counter.get(page, {"User-Agent": agent}).status == 200
    assert opened_at(quiet_counter) is None


def test_only_somebody_who_looks_has_opened_it(quiet_counter: Counter) -> None:
    page = quiet_counter.link()
    assert quiet_counter.get(page, PHONE | {"Sec-Purpose": "prefetch"}).status == 200
    assert quiet_counter.head(page).status == 200
    assert quiet_counter.head(page).body == b""
    assert opened_at(quiet_counter) is None
    quiet_counter.get(page)
    assert opened_at(quiet_counter) is not None


def test_looking_writes_nothing_but_that_it_was_opened(counter: Counter) -> None:
    page = counter.link()
    before = counter.ask(lambda crm: [e.id for e in crm.events.latest(100)])
    for query in (
        "",
        "?car=1",
        "?car=1&service=wash",
        "?car=1&service=wash&day=2026-11-25",
        "?cancel=1",
        "?do=book",
        "?move=1",
    ):
        assert counter.get(page + query).status == 200
    assert counter.ask(lambda crm: [e.id for e in crm.events.latest(100)]) == before
    assert counter.appointments() == []


def test_a_form_of_another_site_does_nothing(counter: Counter) -> None:
    page = counter.link()
    fields = {"do": "hold", "car": "1", "service": "maintenance", "at": "2026-11-24T15:00"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ):
        assert counter.sends(page, fields, **headers).status == 403
    assert counter.ask(lambda crm: crm.links.of_owner(1)[0].hold_id) is None
    for headers in ({"Origin": counter.url}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Origin": "null"}):
        assert counter.sends(page, fields, **headers).status == 303


def test_every_answer_carries_what_keeps_it_private(quiet_counter: Counter) -> None:
    page = quiet_counter.link()
    answers = [quiet_counter.get(page), quiet_counter.get("/h/forged"), quiet_counter.post(page, do="nothing")]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"]
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "set-cookie" not in answer.headers


def test_too_many_requests_for_one_link_are_told_to_wait(counter: Counter) -> None:
    page, other = counter.link(), counter.link()
    answers = [counter.get(page) for _ in range(door.LINK_BURST + 3)]
    assert answers[0].status == 200
    assert answers[-1].status == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "再刷新本页" in answers[-1].text
    assert counter.get(other).status == 200


def test_who_guesses_is_slowed_down_and_who_has_a_link_is_not(counter: Counter) -> None:
    guesses = [counter.get(f"/h/{number}-aaaaaaaaaaaaaaaa").status for number in range(door.GUESSES + 2)]
    assert set(guesses[: door.GUESSES]) == {404}
    assert guesses[-1] == 429
    assert counter.get(counter.link()).status == 200


@pytest.mark.parametrize("fields", ODD_FORMS)
def test_odd_forms_and_addresses_are_never_a_bug(quiet_counter: Counter, fields: dict[str, str]) -> None:
    page = quiet_counter.link()
    answer = quiet_counter.sends(page, fields)
    assert answer.status == 303
    assert quiet_counter.get("/h/" + answer.headers["location"]).status == 200
    odd = urlencode({"car": "1", "service": "wash", "from": "9999-12-31", "near": "x"} | fields)
    assert quiet_counter.get(f"{page}?{odd}").status == 200


def test_a_form_that_is_too_large_is_refused(quiet_counter: Counter) -> None:
    assert quiet_counter.post(quiet_counter.link(), plate="粤" * 40_000).status == 413
