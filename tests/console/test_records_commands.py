"""`huiche privacy` and `huiche recall`, as they are typed."""

from __future__ import annotations

import json
import zipfile

from tests.conftest import MakeProduct
from tests.product import Product

OWNERS = "姓名,手机,车牌,地址,telegram_id\n李明,13812345678,粤B12345,科技园1号,55512345\n王芳,13900001111,粤B55555,,\n"


def shop_with_owners(product: MakeProduct) -> Product:
    shop = product(start=False)
    assert shop.cli("store", "add", "NS", "深圳南山店").code == 0
    (shop.directory / "owners.csv").write_text(OWNERS, "utf-8")
    assert shop.cli("import", "owners.csv").code == 0
    return shop


def test_a_copy_is_a_zip_of_json_and_a_page(product: MakeProduct) -> None:
    shop = shop_with_owners(product)
    assert shop.cli("privacy", "export", "粤B12345", "--out", "li.zip").code == 0
    with zipfile.ZipFile(shop.directory / "li.zip") as archive:
        document = json.loads(archive.read("my-data.json"))
        page = archive.read("my-data.html").decode()
    assert (document["name"], document["phone"], document["address"]) == ("李明", "+8613812345678", "科技园1号")
    assert "<h1>您的资料</h1>" in page
    assert "粤B12345" in page
    assert (shop.directory / "li.zip").stat().st_mode & 0o077 == 0
    assert shop.cli("privacy", "export", "粤A00000", "--out", "x.zip").code == 1


def test_erasing_happens_once_and_an_old_file_does_not_undo_it(product: MakeProduct) -> None:
    shop = shop_with_owners(product)
    assert shop.cli("owner", "1", "--json").json["name"] == "李明"
    done = shop.cli("privacy", "erase", "13812345678", "--json")
    assert (done.code, done.json["erased"]) == (0, True)
    assert shop.cli("owner", "1", "--json").json["name"] == ""
    assert "erased before" in shop.cli("privacy", "erase", "1", "--yes").out
    again = shop.cli("import", "owners.csv", "--json").json
    assert (again["updated"], again["rejected"]) == (1, 1)


def test_a_recall_tells_each_owner_once(product: MakeProduct) -> None:
    shop = shop_with_owners(product)
    (shop.directory / "cars.csv").write_text("车牌\n粤B12345\n粤B55555\n粤C99999\n", "utf-8")
    recall = ("recall", "cars.csv", "--campaign", "R1", "--text", "需免费更换线束。", "--json")
    dry = shop.cli(*recall, "--dry-run")
    assert [item["decision"] for item in dry.json["items"]] == ["send", "task"]
    first, second = shop.cli(*recall), shop.cli(*recall)
    assert [item["decision"] for item in first.json["items"]] == ["send", "task"]
    assert (first.code, first.json["unknown"]) == (1, ["粤C99999"])
    assert second.json["items"] == []
    assert shop.cli("recall", "absent.csv", "--campaign", "R1", "--text", "x").code == 2
