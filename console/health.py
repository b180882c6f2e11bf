"""Whether this process lives, whether it can work, and in figures how it does."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel

from bot.house import House
from console.asking import ask
from console.problem import problem
from core.errors import StoreUnavailable
from storage.gauges import Sample, gauges
from storage.migrate import HEAD, current

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_STARTED = time.time()


class Health(BaseModel):
    """The process answers."""

    status: str


def router(house: House) -> APIRouter:
    """`/healthz`, `/readyz` and `/metrics`; they need no token and tell nothing about a person."""
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", response_model=Health, summary="The process lives")
    async def healthz() -> Response:
        return JSONResponse({"status": "ok"})

    @routes.get("/readyz", response_model=Health, summary="It can work", responses={503: {"description": "Not yet"}})
    async def readyz() -> Response:
        try:
            version = await ask(house, lambda _: current(house.database))
        except StoreUnavailable:
            return problem(503, "the database does not answer")
        if version != HEAD:
            return problem(503, "the database is not at this version: run `huiche migrate`")
        return JSONResponse({"status": "ready"}) if house.ready else problem(503, "still starting")

    @routes.get("/metrics", response_class=PlainTextResponse, summary="Figures for Prometheus")
    async def metrics() -> Response:
        samples = [*_process()]
        try:
            samples += await ask(house, lambda crm: list(gauges(crm)))
            samples.append(("huiche_database_up", {}, 1))
        except StoreUnavailable:
            samples.append(("huiche_database_up", {}, 0))
        return Response("".join(_lines(samples)), media_type=METRICS_TYPE)

    return routes


def _process() -> Iterable[Sample]:
    used = os.times()
    yield "process_cpu_seconds_total", {}, used.user + used.system
    yield "process_start_time_seconds", {}, _STARTED
    memory = Path("/proc/self/statm")
    if memory.exists():
        pages = int(memory.read_text("ascii").split()[1])
        yield "process_resident_memory_bytes", {}, pages * os.sysconf("SC_PAGE_SIZE")


def _lines(samples: Iterable[Sample]) -> Iterable[str]:
    told = ""
    for name, labels, value in samples:
        if name != told:
            told = name
            yield f"# TYPE {name} {'counter' if name.endswith('_total') else 'gauge'}\n"
        inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
        yield f"{name}{{{inside}}} {value:.15g}\n" if inside else f"{name} {value:.15g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
