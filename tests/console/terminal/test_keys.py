"""Encryption keys: new ones, and the change to them while everything runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.clock import Clock
from core.shop import Shop
from storage.crm import Crm
from storage.crypto import KeyProblem, Keys
from storage.db import Database
from tests.conftest import MakeProduct
from tests.console.terminal.conftest import Huiche
from tests.product import Product

OWNERS = "姓名,手机,车牌,车架号,地址,telegram_id\n李明,13800138000,粤B12345,LSVAA49J132047371,科苑路1号,55512345\n"


def test_a_new_key_is_a_value_for_the_setting_and_nothing_else(huiche: Huiche) -> None:
    new = huiche("keys", "new")
    assert re.fullmatch(r"1:[A-Za-z0-9+/]{43}=\n", new.out)
    assert "HUICHE_ENCRYPTION_KEYS" in new.err
    assert list(Path().iterdir()) == []


def test_with_keys_there_are_the_new_one_goes_in_front(huiche: Huiche) -> None:
    first = huiche("keys", "new").out.strip()
    second = huiche("keys", "new", ENCRYPTION_KEYS=first).out.strip()
    assert second.startswith("2:")
    assert second.endswith("," + first)
    assert [key.number for key in Keys.parse(f"{second},{first}").all] == [2, 1]


def test_a_store_with_a_key_file_is_rotated_by_putting_the_new_key_into_it(nanshan: Huiche, tmp_path: Path) -> None:
    (tmp_path / "owners.csv").write_text(OWNERS, "utf-8")
    nanshan("import", "owners.csv")
    (tmp_path / "huiche.db.keys").write_text(nanshan("keys", "new").out)
    assert "key 2" in nanshan("keys", "rotate").out
    newest = (tmp_path / "huiche.db.keys").read_text().partition(",")[0]
    (tmp_path / "huiche.db.keys").write_text(newest)
    assert nanshan("owner", "13800138000", "--json").json["address"] == "科苑路1号"


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, product: MakeProduct) -> Product:
    """李明 is on record and has just written to the running shop."""
    url = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    keys = str(Keys.new())
    shop = product(start=False, ENCRYPTION_KEYS=keys, **url)
    shop.cli("store", "add", "NS", "深圳南山店", "--robot", "https://robot.example/key")
    (shop.directory / "owners.csv").write_text(OWNERS, "utf-8")
    assert shop.cli("import", "owners.csv").code == 0
    shop.settings["ENCRYPTION_KEYS"] = f"{Keys.new(after=Keys.parse(keys))}"
    shop.start()
    return shop


def test_everything_moves_to_the_new_key_while_the_shop_runs(shop: Product) -> None:
    chat = "/api/v1/chat/a-secret-account/messages"
    assert shop.post(chat, {"id": "1", "text": "我要预约保养"}).status == 200
    rotated = shop.cli("keys", "rotate")
    assert rotated.code == 0, rotated.err
    assert "key 2" in rotated.out
    assert "take 1 out" in rotated.err
    assert shop.post(chat, {"id": "2", "text": "明天下午三点"}).status == 200
    assert shop.cli("keys", "rotate").out.startswith("0 values")
    shop.stop()
    only_new = shop.settings["ENCRYPTION_KEYS"].partition(",")[0]
    li = shop.cli("owner", "13800138000", "--json", ENCRYPTION_KEYS=only_new).json
    assert (li["address"], li["vehicles"][0]["vin"]) == ("科苑路1号", "LSVAA49J132047371")
    assert shop.cli("doctor", ENCRYPTION_KEYS=only_new).code == 0
    shop.settings["ENCRYPTION_KEYS"] = only_new
    shop.start()
    assert shop.post(chat, {"id": "2", "text": "明天下午三点"}).json()["messages"]


def give_phones(crm: Crm, ids: list[int]) -> None:
    for number in ids:
        crm.owners.set_phone(crm.owners.get(number), f"+86138{number:08d}", verified=False)


def test_a_rotation_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    from storage.migrate import migrate
    from storage.sealed import SEALED, reseal

    old = Keys.new()
    before = Database(f"sqlite:///{tmp_path}/shop.db", old, Clock(), Shop())
    migrate(before)
    ids = before.transact(lambda crm: [crm.owners.add(f"车主{n}").key for n in range(450)])
    before.transact(lambda crm: give_phones(crm, ids))
    after = Database(before.url, Keys.new(after=old), Clock(), Shop())
    assert after.transact(lambda crm: reseal(crm, SEALED[0], 0)) == (ids[199], 200, 200)
    assert after.transact(lambda crm: reseal(crm, SEALED[0], 0)) == (ids[199], 200, 0)
    assert after.transact(lambda crm: reseal(crm, SEALED[0], ids[199])) == (ids[399], 200, 200)
    assert after.read(lambda crm: [o.key for o in crm.owners.with_phone(f"+86138{ids[0]:08d}")]) == [ids[0]]
    with pytest.raises(KeyProblem, match="key 2 is missing"):
        before.read(lambda crm: crm.owners.phone(crm.owners.get(ids[0])))
    before.close()
    after.close()


def test_what_a_server_wrote_meanwhile_is_left_alone(tmp_path: Path) -> None:
    from storage.migrate import migrate
    from storage.sealed import SEALED, _next_rows, _renew

    old = Keys.new()
    before = Database(f"sqlite:///{tmp_path}/shop.db", old, Clock(), Shop())
    migrate(before)
    li = before.transact(lambda crm: crm.owners.add("李明").key)
    before.transact(lambda crm: crm.owners.set_phone(crm.owners.get(li), "+8613800138000", verified=False))
    after = Database(before.url, Keys.new(after=old), Clock(), Shop())
    stale = after.read(lambda crm: list(_next_rows(crm, SEALED[0], 0)))[0]
    after.transact(lambda crm: crm.owners.set_phone(crm.owners.get(li), "+8613911112222", verified=True))
    assert after.transact(lambda crm: _renew(crm, SEALED[0], stale)) == 0
    assert after.read(lambda crm: crm.owners.phone(crm.owners.get(li))) == "+8613911112222"
    before.close()
    after.close()
