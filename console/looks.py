"""How pages are made: templates, the files beside them, and the headers that every page carries."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

HERE = Path(__file__).parent
LANGUAGE_COOKIE = "huiche_language"
_WHOLE = re.compile(r"([\u4e00-\u9fff][A-Z]·?[A-Z0-9*]{2,6}|\d{4}-\d\d-\d\d)")
_FOR_A_YEAR = "public, max-age=31536000, immutable"
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page."""
    return HTMLResponse(rendered(template, **values), status, headers=_HEADERS)


def rendered(template: str, **values: Any) -> str:
    """The words of a page. Templates get `static`, the folder of this version's files."""
    return _templates().get_template(template).render(static=f"/static/{_version()}", **values)


def squeezed(request: Request, response: Response) -> Response:
    """The same, compressed where the browser can read that: phones are far from everywhere."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(bytes(response.body), 6, mtime=0)
        response.headers.update({"Content-Encoding": "gzip", "Content-Length": str(len(response.body))})
    response.headers["Vary"] = "Accept-Encoding"
    return response


def rich(text: str) -> Markup:
    """Words in which a plate or a date is never broken over two lines."""
    return Markup(_WHOLE.sub(r'<span class="whole">\1</span>', str(escape(text))))


def language_of(request: Request) -> str:
    """zh or en: what the address asks for, else what was chosen before, else Chinese."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if asked == "en" else "zh"


def remember_language(response: Response, request: Request) -> None:
    if request.query_params.get("lang") in ("zh", "en"):
        response.set_cookie(LANGUAGE_COOKIE, language_of(request), max_age=31_536_000, samesite="lax", httponly=True)


def static_router() -> APIRouter:
    """The style sheet and the scripts. The version is in the path, so that a browser keeps them for good."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{version}/{name}")
    def static(request: Request, version: str, name: str) -> Response:
        path = HERE / "static" / name
        if path not in _files():
            raise HTTPException(404)
        lasting = _FOR_A_YEAR if version == _version() else "no-cache"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        told = {"Cache-Control": lasting, "X-Content-Type-Options": "nosniff"}
        return squeezed(request, Response(path.read_bytes(), media_type=kind, headers=told))

    return router


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["rich"] = rich
    return templates


@cache
def _files() -> frozenset[Path]:
    return frozenset((HERE / "static").iterdir())


@cache
def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
