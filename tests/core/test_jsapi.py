"""What vouches for a page to WeChat's script; the first case is the platform's own worked example."""

import pytest

from core.jsapi import signature

TICKET = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg"
EXAMPLE = "0f9de62fce790f9a083d5c99e95740ceb90c27ed"


@pytest.mark.parametrize(
    ("nonce", "second", "url", "same"),
    [
        ("Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=value", True),
        ("Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=value#top", True),
        ("Wm3WZYTPz0wzccnW", 1414587457, "http://mp.weixin.qq.com?params=other", False),
        ("Wm3WZYTPz0wzccnW", 1414587458, "http://mp.weixin.qq.com?params=value", False),
        ("Wm3WZYTPz0wzccnw", 1414587457, "http://mp.weixin.qq.com?params=value", False),
        ("Wm3WZYTPz0wzccnW", 1414587457, "https://mp.weixin.qq.com?params=value", False),
    ],
)
def test_a_signature_vouches_for_one_address_at_one_second(nonce: str, second: int, url: str, same: bool) -> None:
    assert (signature(TICKET, nonce, second, url) == EXAMPLE) is same


def test_an_address_is_signed_as_it_is_written() -> None:
    plain, quoted = (signature(TICKET, "n", 1, f"https://店.example/h/{end}") for end in ("车", "%E8%BD%A6"))
    assert plain != quoted
