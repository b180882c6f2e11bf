"""Text messages and the language model: whether what is set up can work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from bot.settings import Settings
from console.checkup.finding import Finding, fine, note, problem
from core.policy import Policy

ANSWERS_WITHIN = 10.0
_OBJECT = {
    "type": "object",
    "properties": {"ok": {"type": "boolean"}},
    "required": ["ok"],
    "additionalProperties": False,
}


def texts(settings: Settings, policy: Policy | None) -> Iterator[Finding]:
    """policy: None where its file cannot be read, which is found elsewhere."""
    if not settings.has_sms:
        return
    yield fine("sms", f"by {settings.sms_provider}")
    if not settings.sms_secret.get_secret_value():
        why = "nobody can answer YY or refuse by text"
        yield note("sms", "replies cannot come in", why, "set HUICHE_SMS_SECRET and give the platform its address")
    if policy and settings.sms_provider != "http" and "sms" not in policy.templates.get("code", {}):
        why = "a typed phone cannot be proved, and only approved templates can be sent"
        mend = "[templates.code.sms] with id and fields in the policy file, HUICHE_POLICY"
        yield problem("sms", "the policy names no template for codes", why, mend)


async def model(settings: Settings) -> AsyncIterator[Finding]:
    if not settings.has_model:
        return
    from bot.endpoint import Endpoint
    from bot.model import ModelUnavailable

    endpoint = Endpoint(settings)
    try:
        answer = await endpoint.ask('Answer {"ok": true}.', "Are you there?", _OBJECT, within=ANSWERS_WITHIN)
        yield fine("model", f"{settings.openai_model} answered in {answer.seconds:.1f} s")
    except ModelUnavailable as trouble:
        why = "advisors get templates instead of drafts, and odd words go to a person"
        yield problem("model", f"no usable answer: {trouble}", why, "look at HUICHE_OPENAI_BASE_URL and _MODEL")
    finally:
        await endpoint.close()
