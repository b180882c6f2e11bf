"""The WeChat account's menu and scene codes, from the command line."""

from __future__ import annotations

from tests.console.terminal.conftest import Huiche
from tests.fakes.wechat import FakeWeChat


def test_the_menu_is_made(huiche: Huiche, wechat: FakeWeChat) -> None:
    assert huiche("wechat", "menu", **wechat.settings).code == 0
    assert wechat.state.menu is not None
    assert [button["name"] for button in wechat.state.menu["button"]] == ["预约到店", "我的", "服务"]


def test_a_scene_code_is_an_address_alone_on_stdout(huiche: Huiche, wechat: FakeWeChat) -> None:
    code = huiche("wechat", "qrcode", "NS-reception", **wechat.settings)
    assert code.out.startswith("http://weixin.qq.com/q/")
    assert len(code.out.splitlines()) == 1
    assert wechat.state.qrcodes[0]["action_info"]["scene"]["scene_str"] == "NS-reception"
    assert huiche("wechat", "qrcode", "fair", "--days", "3", **wechat.settings).code == 0
    assert wechat.state.qrcodes[1]["expire_seconds"] == 3 * 86400


def test_what_the_platform_refuses_is_said_in_words(huiche: Huiche, wechat: FakeWeChat) -> None:
    wechat.forbid_ip()
    refused = huiche("wechat", "menu", **wechat.settings)
    assert (refused.code, refused.out) == (1, "")
    assert "huiche doctor" in refused.err


def test_wrong_use(huiche: Huiche) -> None:
    for arguments in (("menu",), ("qrcode", ""), ("qrcode", "x" * 65), ("qrcode", "x", "--days", "31"), ()):
        assert huiche("wechat", *arguments).code == 2
