"""The check-up: what is wrong, why it matters, and the command or click that mends it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.terminal.opening import opened
from storage.crm import Crm
from tests import servers, web
from tests.console.terminal.conftest import Huiche
from tests.fakes.endpoint import FakeEndpoint
from tests.fakes.telegram import FakeTelegram
from tests.fakes.wechat import FakeWeChat
from tests.product import Outcome

PUBLIC = "https://crm.example.com"


def problems(outcome: Outcome) -> list[dict[str, Any]]:
    found = [one for one in outcome.json["findings"] if one["state"] == "problem"]
    assert outcome.code == (1 if found else 0)
    assert outcome.json["ok"] is not bool(found)
    for one in found:
        assert one["what"]
        assert one["why"]
        assert one["mend"]
    return found


def test_a_new_shop_is_well_and_is_told_what_is_not_set_up(nanshan: Huiche) -> None:
    assert problems(nanshan("doctor", "--json")) == []
    shown = nanshan("doctor")
    assert "all is well" in shown.out
    assert "BotFather" in shown.out


def test_looking_at_an_empty_folder_makes_nothing(huiche: Huiche, tmp_path: Any) -> None:
    assert huiche("doctor", "--json").code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [("TIMEZONE", "Mars/Base"), ("REDIS_URL", "localhost"), ("POLICY", "absent.toml"), ("DATABASE_URL", "mysql://x/y")],
)
def test_a_wrong_setting_is_a_finding(huiche: Huiche, setting: str, value: str) -> None:
    assert f"HUICHE_{setting}" in problems(huiche("doctor", "--json", **{setting: value}))[0]["what"]


def test_a_database_that_is_away(huiche: Huiche) -> None:
    keys = huiche("keys", "new").out.strip()
    away = f"postgresql://postgres@127.0.0.1:{servers.free_port()}/shop"
    found = problems(huiche("doctor", "--json", DATABASE_URL=away, ENCRYPTION_KEYS=keys))
    assert [one["part"] for one in found] == ["database"]


def test_a_database_of_another_version(huiche: Huiche, postgres_url: str) -> None:
    keys = huiche("keys", "new").out.strip()
    found = problems(huiche("doctor", "--json", DATABASE_URL=postgres_url, ENCRYPTION_KEYS=keys))
    assert found[0]["mend"] == "huiche migrate"


def test_keys_that_do_not_fit(nanshan: Huiche) -> None:
    nanshan("store", "edit", "NS", "--robot", "https://robot.example/key")
    found = problems(nanshan("doctor", "--json", ENCRYPTION_KEYS=nanshan("keys", "new").out.partition(",")[0]))
    assert found[0]["part"] == "keys"
    assert "key 1 is missing" in found[0]["what"]


def test_redis_there_and_not_there(nanshan: Huiche, redis_server: servers.Redis) -> None:
    assert problems(nanshan("doctor", "--json", REDIS_URL=redis_server.url)) == []
    redis_server.stop()
    assert [one["part"] for one in problems(nanshan("doctor", "--json", REDIS_URL=redis_server.url))] == ["redis"]


@pytest.fixture
def on_telegram(nanshan: Huiche, telegram: FakeTelegram) -> Huiche:
    """The bot is in the staff group, its webhook is as it should be."""
    group = telegram.group(-1001234)
    settings = telegram.settings | {"PUBLIC_URL": PUBLIC, "TELEGRAM_STAFF_CHAT": str(group.id)}
    webhook = {"url": f"{PUBLIC}/telegram/webhook", "secret_token": settings["TELEGRAM_SECRET"]}
    token = settings["TELEGRAM_TOKEN"]
    web.post_json(f"{settings['TELEGRAM_API_BASE']}/bot{token}/setWebhook", webhook)

    return lambda *arguments, **more: nanshan(*arguments, **(settings | more))


def test_telegram_in_order(on_telegram: Huiche) -> None:
    outcome = on_telegram("doctor", "--json")
    assert problems(outcome) == []
    told = " ".join(one["what"] for one in outcome.json["findings"])
    assert "@huiche_test_bot" in told
    assert f"{PUBLIC}/telegram/webhook; 0 updates wait" in told


def test_telegram_out_of_order(on_telegram: Huiche, telegram: FakeTelegram) -> None:
    assert "-1009" in problems(on_telegram("doctor", "--json", TELEGRAM_STAFF_CHAT="-1009"))[0]["what"]
    elsewhere = problems(on_telegram("doctor", "--json", PUBLIC_URL="https://new.example.com"))
    assert "not https://new.example.com/telegram/webhook" in elsewhere[0]["what"]
    assert "HUICHE_TELEGRAM_SECRET" in problems(on_telegram("doctor", "--json", TELEGRAM_SECRET=""))[0]["mend"]
    telegram.revoke_token()
    outcome = on_telegram("doctor", "--json")
    assert "BotFather" in problems(outcome)[0]["mend"]
    assert telegram.settings["TELEGRAM_TOKEN"].partition(":")[2] not in outcome.out + outcome.err


def tells(state: str, words: str = "", minutes_ago: int = 0) -> None:
    """The process that holds the line to WeCom's bot says how it stands."""
    moment = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    with opened() as house:
        house.database.transact(lambda crm: crm.lines.tell("wecom_bot", state, words, moment))


def binds() -> None:
    def bind(crm: Crm) -> None:
        store = crm.stores.by_code("NS")
        assert store is not None
        crm.stores.bind_wecom(store, "wrNS")

    with opened() as house:
        house.database.transact(bind)


def test_the_wecom_bot_in_order(nanshan: Huiche) -> None:
    bot = {"WECOM_BOT_ID": "aib-1", "WECOM_BOT_SECRET": "s3cret"}
    assert problems(nanshan("doctor", "--json", **bot))[0]["what"] == "it was never connected"
    tells("connected")
    outcome = nanshan("doctor", "--json", **bot)
    assert problems(outcome) == []
    assert "no group is bound to NS" in outcome.out
    assert "cards about owners reach nobody" in outcome.out
    binds()
    outcome = nanshan("doctor", "--json", **bot)
    assert "connected since" in outcome.out
    assert "reach nobody" not in outcome.out
    assert "s3cret" not in outcome.out


@pytest.mark.parametrize(
    ("state", "words", "minutes_ago", "mend"),
    [
        ("refused", "40001 invalid credential", 0, "HUICHE_WECOM_BOT_ID"),
        ("kicked", "another connection", 0, "stop whatever else uses this bot"),
        ("away", "WeCom cannot be reached", 0, "openws.work.weixin.qq.com"),
        ("connected", "", 5, "huiche serve"),
    ],
)
def test_the_wecom_bot_out_of_order(nanshan: Huiche, state: str, words: str, minutes_ago: int, mend: str) -> None:
    tells(state, words, minutes_ago)
    (found,) = problems(nanshan("doctor", "--json", WECOM_BOT_ID="aib-1", WECOM_BOT_SECRET="s3cret"))
    assert words in found["what"]
    assert mend in found["mend"]


def test_a_wecom_bot_without_its_secret_is_a_wrong_setting(nanshan: Huiche) -> None:
    (found,) = problems(nanshan("doctor", "--json", WECOM_BOT_ID="aib-1"))
    assert "HUICHE_WECOM_BOT_SECRET" in found["what"]


@pytest.fixture
def on_wechat(nanshan: Huiche, wechat: FakeWeChat) -> Huiche:
    return lambda *arguments, **more: nanshan(*arguments, **(wechat.settings | more))


def test_wechat_in_order(on_wechat: Huiche) -> None:
    assert problems(on_wechat("doctor", "--json")) == []


def test_wechat_names_the_address_for_the_allow_list(on_wechat: Huiche, wechat: FakeWeChat) -> None:
    wechat.forbid_ip()
    found = problems(on_wechat("doctor", "--json"))[0]
    assert "40164" in found["what"]
    assert "203.0.113.7" in found["mend"]


@pytest.mark.parametrize(("setting", "code"), [("WECHAT_APP_ID", "40013"), ("WECHAT_APP_SECRET", "40125")])
def test_wechat_says_which_setting_is_wrong(on_wechat: Huiche, setting: str, code: str) -> None:
    found = problems(on_wechat("doctor", "--json", **{setting: "wx0000000000000000"}))[0]
    assert code in found["what"]
    assert f"HUICHE_{setting}" in found["mend"]


def test_wechat_says_which_right_is_missing(on_wechat: Huiche, wechat: FakeWeChat) -> None:
    wechat.forbid_api("message/custom/typing")
    found = problems(on_wechat("doctor", "--json"))[0]
    assert "48001" in found["what"]
    assert "客服消息" in found["what"]
    assert "认证" in found["mend"]


def test_text_messages_and_the_model_are_looked_at(nanshan: Huiche) -> None:
    with FakeEndpoint() as endpoint:
        endpoint.answers({"ok": True})
        answering = nanshan("doctor", "--json", **endpoint.settings)
        assert any("answered in" in one["what"] for one in answering.json["findings"] if one["part"] == "model")
    gone = problems(nanshan("doctor", "--json", OPENAI_BASE_URL="http://127.0.0.1:9/v1", OPENAI_MODEL="m"))
    assert [one["part"] for one in gone] == ["model"]
    keys = {"SMS_PROVIDER": "aliyun", "SMS_KEY_ID": "k", "SMS_KEY_SECRET": "s", "SMS_SIGN": "回车"}
    (texts,) = (one for one in problems(nanshan("doctor", "--json", **keys)) if one["part"] == "sms")
    assert texts["mend"] == "[templates.code.sms] with id and fields in the policy file, HUICHE_POLICY"
