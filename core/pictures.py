"""What a file is, told by its first bytes: the name and the type that somebody sends along prove nothing."""

from __future__ import annotations

LARGEST = 20 * 1024 * 1024  # bytes, as much as Telegram gives a bot
_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"#!SILK", "audio/silk"),
)


def mime_of(body: bytes) -> str:
    """image/jpeg, audio/ogg …; "" when it is none of what an owner may send."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for start, mime in _STARTS if body.startswith(start)), "")
