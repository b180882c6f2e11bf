"""Whether a process lives, can work, and how it does."""

from __future__ import annotations

from pathlib import Path

from tests import servers, web
from tests.conftest import MakeProduct
from tests.serving import Serving


def samples(text: str) -> dict[str, float]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_figures_for_prometheus_count_what_happened(tmp_path: Path) -> None:
    with Serving(tmp_path, sends=False, CLOCK="2026-11-23T10:00:00+08:00") as shop:
        shop.house.database.transact(lambda crm: crm.stores.add("NS", "深圳南山店"))
        for index, text in enumerate(("明天下午三点给粤B12345做保养", "13812345678", "确认")):
            web.post_json(f"{shop.url}/api/v1/chat/account-of-li/messages", {"id": str(index), "text": text})
        answer = web.request("GET", shop.url + "/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    told = samples(answer.text)
    assert told['huiche_messages_in_total{channel="web",state="done"}'] == 3
    assert told['huiche_appointments{status="booked"}'] == 1
    assert told['huiche_tasks{kind="new_appointment",status="open"}'] == 1
    assert told['huiche_outbox{state="answered",rank="reply"}'] >= 3
    assert told["huiche_outbox_oldest_waiting_seconds"] == 0
    assert told["huiche_database_up"] == 1
    assert told["process_resident_memory_bytes"] > 1_000_000
    assert "13812345678" not in answer.text
    assert "粤B" not in answer.text


def test_the_oldest_waiting_message_has_an_age(tmp_path: Path) -> None:
    from datetime import timedelta

    from core.messages import Bubble

    with Serving(tmp_path, sends=False) as shop:
        shop.house.database.transact(lambda crm: crm.outbox.queue_note("telegram:store:0", Bubble("早")))
        shop.house.clock.offset += timedelta(seconds=90)
        told = samples(web.request("GET", shop.url + "/metrics").text)
    assert 90 <= told["huiche_outbox_oldest_waiting_seconds"] < 150
    assert told['huiche_outbox{state="queued",rank="staff"}'] == 1


def test_ready_while_redis_is_away_but_not_while_the_database_is(product: MakeProduct) -> None:
    postgres = servers.Postgres()
    postgres.start()
    nowhere = f"redis://127.0.0.1:{servers.free_port()}/0"
    shop = product(DATABASE_URL=postgres.fresh_database(), REDIS_URL=nowhere)
    assert shop.get("/readyz").status == 200
    postgres.kill9()
    assert shop.get("/readyz").status == 503
    assert shop.get("/readyz").headers["content-type"] == "application/problem+json"
    assert shop.get("/healthz").status == 200
    assert samples(shop.get("/metrics").text)["huiche_database_up"] == 0
    postgres.restart()
    shop.wait_until_ready()
    postgres.stop()
