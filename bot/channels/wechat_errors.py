"""What WeChat's error codes mean for a message, as a table. The platform changes them: change the row."""

from __future__ import annotations

from core.errors import DeliveryFailed

TOKEN_REFUSED = frozenset({40001, 40014, 42001})
# The first word of a reason that says what to do about the person; every other one of `_ELSEWHERE` says they are gone.
WINDOW_CLOSED = frozenset({"45015", "45047"})  # nothing more may be sent to this person until they write again
NO_ACCEPT = frozenset({"43101", "43107", "43108"})  # no notification of this template is accepted any more
ABOUT_THE_WORDS = frozenset({"40037", "47003", "40130", "45028"})
_MINUTE, _HOUR = 60.0, 3600.0

# code → seconds to wait; None leaves the pause to the sender
_LATER: dict[int, float | None] = {
    -1: None,
    45009: _HOUR / 2,  # the day's calls are used up; the day ends in China
    45011: _MINUTE,
    43117: _HOUR,
    40001: _MINUTE,
    40014: _MINUTE,
    42001: _MINUTE,
}
_ELSEWHERE = {
    40003: "the openid is not one of this account",
    43004: "they do not follow the account",
    43019: "they are on the account's blacklist",
    43101: "no notification accepted",
    43107: "they switched notifications off",
    43108: "they blocked notifications",
    40037: "the template id is not one of this account: see [templates] in the policy",
    40130: "too few openids for a mass send",
    45028: "the month's mass sends are used up",
    47003: "a field of the template is wrong",
    45015: "window closed",
    45047: "window used up",
    46004: "no such user",
    48002: "they switched off the account's messages",
}
_CONFIGURED = (40037, 47003)  # what the platform says of it names the field
_MENDS = {
    40002: "the app id or secret is not accepted",
    40013: "HUICHE_WECHAT_APP_ID is wrong",
    40125: "HUICHE_WECHAT_APP_SECRET is wrong",
    40164: "this machine's address is not on the account's IP allow-list: add it at mp.weixin.qq.com",
    48001: "the account has no right to this call: customer-service messages need a verified account",
    48004: "the account's right to this call was taken away",
    50002: "the account is limited by the platform",
}


def refusal(code: int, message: str) -> DeliveryFailed:
    """The error with which the sender knows what to do."""
    if code in _LATER:
        wait = _LATER[code]
        return DeliveryFailed(f"{code} {message}", retry_after=wait)
    if code in _ELSEWHERE:
        detail = f" ({message})" if code in _CONFIGURED else ""
        return DeliveryFailed(f"{code} {_ELSEWHERE[code]}{detail}", permanent=True, reroute=True)
    if code in _MENDS:
        return DeliveryFailed(f"{code} {_MENDS[code]} ({message})", permanent=True, retry_after=_HOUR / 12)
    return DeliveryFailed(f"{code} {message}", permanent=True)
