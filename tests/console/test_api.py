"""The API over real sockets: what it gives, to whom, and how it says no."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from pydantic import BaseModel

from console import api_documents as documents
from tests import web
from tests.serving import Serving

MONDAY = "2026-11-23T10:00:00+08:00"
BEARER = {"Authorization": "Bearer the-token-of-the-dms"}
ODD = (
    *("", "0", "-1", "1e9", "2026-11-24", "9999-12-31", "0001-01-01", "2026-11-24T00:00:00+08:00"),
    *("9999-12-31T23:59:59-14:00", "NS", "wash", "booked", "\x00", "' OR 1=1", "９", "٣", "1-1", "99999999999-1"),
    *("-", "💥", "%"),
)
ROUTES = (
    "/api/v1/appointments",
    "/api/v1/slots",
    "/api/v1/owners",
    "/api/v1/owners/1",
    "/api/v1/tasks",
    "/api/v1/opportunities",
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """Three owners have booked by the web chat, at 14:00, 15:00 and 16:00 tomorrow."""
    settings = {"API_TOKENS": "dms:the-token-of-the-dms, boss:other", "CLOCK": MONDAY}
    with Serving(tmp_path_factory.mktemp("api"), sends=False, **settings) as serving:
        serving.house.database.transact(lambda crm: crm.stores.add("NS", "深圳南山店"))
        serving.house.database.transact(lambda crm: crm.stores.add("FT", "深圳福田店"))
        for number, hour in enumerate(("两", "三", "四")):
            said = (f"明天下午{hour}点到南山店给粤B1234{number}做保养", f"1381234567{number}", "确认")
            for index, text in enumerate(said):
                chat = f"{serving.url}/api/v1/chat/account-of-{number}/messages"
                assert web.post_json(chat, {"id": str(index), "text": text}).status == 200
        yield serving


def get(shop: Serving, path: str, **query: object) -> web.Answer:
    return web.request("GET", f"{shop.url}{path}?{urlencode(query)}", headers=BEARER)


def items(shop: Serving, path: str, **query: object) -> list[dict[str, Any]]:
    answer = get(shop, path, **query)
    assert answer.status == 200, answer.text
    listed: list[dict[str, Any]] = answer.json()["items"]
    return listed


def strictly(model: type[BaseModel], document: Any) -> None:
    """The document has what OpenAPI says, and nothing else."""
    model.model_validate(document)
    assert set(document) == set(model.model_fields)


def test_an_appointment_has_the_shape_that_is_promised(shop: Serving) -> None:
    first = items(shop, "/api/v1/appointments")[0]
    promised = "id owner_id plate service store bay starts_at ends_at status channel"
    assert list(first) == promised.split()
    assert (first["starts_at"], first["ends_at"]) == ("2026-11-24T14:00:00+08:00", "2026-11-24T15:00:00+08:00")
    assert (first["plate"], first["service"], first["store"], first["status"]) == (
        "粤B12340", "maintenance", "NS", "booked",
    )  # fmt: skip
    strictly(documents.AppointmentItem, first)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 3),
        ({"from": "2026-11-24", "to": "2026-11-24"}, 3),
        ({"from": "2026-11-25"}, 0),
        ({"to": "2026-11-23"}, 0),
        ({"from": "2026-11-24T15:00:00+08:00"}, 2),
        ({"from": "2026-11-24T07:00:00Z", "to": "2026-11-24T16:00:00+08:00"}, 1),
        ({"store": "NS"}, 3),
        ({"store": "深圳福田店"}, 0),
        ({"status": "cancelled"}, 0),
        ({"status": "booked", "limit": 2}, 2),
    ],
)
def test_filters(shop: Serving, query: dict[str, str], found: int) -> None:
    assert len(items(shop, "/api/v1/appointments", **query)) == found


@pytest.mark.parametrize("path", ["/api/v1/appointments", "/api/v1/owners", "/api/v1/tasks"])
def test_pages_follow_each_other_to_the_end(shop: Serving, path: str) -> None:
    whole = items(shop, path)
    seen: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = get(shop, path, limit=1, after=after).json()
        seen += page["items"]
        after = page["next"]
    assert seen == whole
    assert len(whole) == 3


def test_slots_of_a_day(shop: Serving) -> None:
    slots = items(shop, "/api/v1/slots", store="NS", service="maintenance", date="2026-11-24")
    by_start = {slot["starts_at"][11:16]: slot["free"] for slot in slots}
    assert (slots[0]["starts_at"], slots[-1]["ends_at"]) == ("2026-11-24T09:00:00+08:00", "2026-11-24T18:00:00+08:00")
    assert (by_start["09:00"], by_start["14:00"], by_start["14:30"]) == (2, 1, 1)
    strictly(documents.SlotItem, slots[0])


def test_an_owner_is_the_same_document_everywhere(shop: Serving) -> None:
    from storage.profile import profile

    number = items(shop, "/api/v1/owners")[0]["id"]
    document = get(shop, f"/api/v1/owners/{number}").json()
    assert document == shop.ask(lambda crm: profile(crm, number))
    assert document["appointments"] == items(shop, "/api/v1/appointments")[:1]
    strictly(documents.OwnerDocument, document)
    strictly(documents.OwnerItem, items(shop, "/api/v1/owners")[0])


def test_the_work_of_the_staff(shop: Serving) -> None:
    task = items(shop, "/api/v1/tasks", status="open", store="NS")[0]
    assert (task["kind"], task["status"], task["taken_by"]) == ("new_appointment", "open", None)
    strictly(documents.TaskItem, task)


def test_what_owners_may_want_is_listed_by_stage(shop: Serving) -> None:
    begun = shop.house.database.transact(lambda crm: crm.opportunities.begin(1, "warranty", store_id=1))
    assert begun is not None
    (listed,) = items(shop, "/api/v1/opportunities", stage="new", store="NS")
    assert (listed["item"], listed["stage"], listed["amount"]) == ("warranty", "new", None)
    strictly(documents.OpportunityItem, listed)
    assert items(shop, "/api/v1/opportunities", stage="won") == []
    assert get(shop, "/api/v1/opportunities", stage="someday").status == 422


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", "Bearer 令牌", "Basic dGhlLXRva2Vu", "the-token-of-the-dms"]
)
def test_nobody_gets_in_without_a_token(shop: Serving, path: str, given: str) -> None:
    answer = web.request("GET", shop.url + path, headers={"Authorization": given.encode().decode("latin-1")})
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_token_of_the_setting_opens(shop: Serving) -> None:
    assert web.request("GET", shop.url + ROUTES[0], headers={"Authorization": "bearer other"}).status == 200


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/api/v1/appointments", {"from": "yesterday"}, 422),
        ("/api/v1/appointments", {"from": "2026-11-24T15:00"}, 422),
        ("/api/v1/appointments", {"status": "held"}, 422),
        ("/api/v1/appointments", {"store": "北京店"}, 422),
        ("/api/v1/appointments", {"limit": 0}, 422),
        ("/api/v1/appointments", {"limit": 1000}, 422),
        ("/api/v1/appointments", {"after": "nonsense"}, 422),
        ("/api/v1/slots", {"store": "NS"}, 422),
        ("/api/v1/slots", {"store": "NS", "service": "haircut", "date": "2026-11-24"}, 422),
        ("/api/v1/slots", {"store": "NS", "service": "wash", "date": "2026-02-30"}, 422),
        ("/api/v1/owners/999999", {}, 404),
        ("/api/v1/owners/99999999999999999999", {}, 422),
        ("/api/v1/owners/0", {}, 422),
        ("/api/v1/owners/li", {}, 422),
        ("/api/v1/tasks", {"status": "lost"}, 422),
        ("/api/v1/nothing", {}, 404),
    ],
)
def test_no_is_a_problem_document(shop: Serving, path: str, query: dict[str, object], status: int) -> None:
    answer = get(shop, path, **query)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_whatever_is_asked_there_is_never_a_500(shop: Serving) -> None:
    chance = random.Random(7)
    odd = [*ODD, "a" * 5000, "9" * 30]
    names = ["from", "to", "store", "service", "date", "status", "limit", "after"]

    def ask(number: int) -> tuple[str, int]:
        words = [*odd, "".join(chance.choices(string.printable, k=chance.randrange(12)))]
        query = {name: chance.choice(words) for name in chance.sample(names, chance.randrange(1, 6))}
        path = chance.choice([*ROUTES, "/api/v1/owners/" + quote(chance.choice(words)[:80], safe="")])
        url = f"{path}?{urlencode(query)}"
        return url, web.request("GET", shop.url + url, headers=BEARER).status

    with ThreadPoolExecutor(4) as pool:
        wrong = [asked for asked in pool.map(ask, range(400)) if asked[1] not in (200, 307, 404, 422)]
    assert not wrong


def test_openapi_describes_every_route_and_its_refusals(shop: Serving) -> None:
    described = web.request("GET", shop.url + "/openapi.json").json()
    for path in (
        "/api/v1/appointments",
        "/api/v1/slots",
        "/api/v1/owners",
        "/api/v1/owners/{owner_id}",
        "/api/v1/tasks",
    ):
        responses = described["paths"][path]["get"]["responses"]
        assert list(responses["401"]["content"]) == ["application/problem+json"]
        assert "$ref" in responses["200"]["content"]["application/json"]["schema"]
        assert described["paths"][path]["get"]["security"]
    names = {p["name"] for p in described["paths"]["/api/v1/appointments"]["get"]["parameters"]}
    assert names == {"from", "to", "store", "status", "limit", "after"}


def test_without_tokens_in_the_settings_nobody_gets_in(tmp_path: Path) -> None:
    with Serving(tmp_path, sends=False) as serving:
        for given in ("Bearer ", "Bearer x", "Bearer"):
            assert web.request("GET", serving.url + ROUTES[0], headers={"Authorization": given}).status == 401
