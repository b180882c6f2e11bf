"""Everything there is, in clear, table by table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import MakeProduct
from tests.console.terminal.conftest import Huiche
from tests.product import Product

OWNERS = """姓名,手机,车牌,车架号,购车日期,上次保养,里程,生日,telegram_id
李明,13800138000,粤B12345,LSVAA49J132047371,2023-05-01,2026-08-01,30000,1990-02-03,55512345
"""


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, product: MakeProduct) -> Product:
    url = {"DATABASE_URL": request.getfixturevalue("postgres_url")} if request.param == "postgresql" else {}
    shop = product(start=False, **url)
    shop.cli("store", "add", "NS", "深圳南山店", "--robot", "https://robot.example/s3cret")
    (shop.directory / "owners.csv").write_text(OWNERS, "utf-8")
    assert shop.cli("import", "owners.csv").code == 0
    return shop


def test_owners_cars_and_who_drives_them_are_in_clear(shop: Product) -> None:
    told = shop.cli("export", "out", "--json").json
    assert told["rows"]["owners.csv"] == 1
    out = shop.directory / "out"
    li, car, tie = (read(out / f"{name}.csv")[0] for name in ("owners", "vehicles", "owner_vehicles"))
    assert list(li)[:4] == ["id", "name", "phone", "birthday"]
    assert (li["name"], li["phone"], li["birthday"]) == ("李明", "+8613800138000", "1990-02-03")
    assert list(car)[:6] == ["id", "plate", "vin", "purchased_on", "last_service_on", "mileage_km"]
    assert (car["vin"], car["purchased_on"], car["mileage_km"]) == ("LSVAA49J132047371", "2023-05-01", "30000")
    assert (tie["owner_id"], tie["vehicle_id"]) == (li["id"], car["id"])
    assert read(out / "identities.csv")[0]["account"] == "55512345"
    assert {one["code"]: one["price"] for one in read(out / "service_items.csv")}["wash"] == "40.00"


def test_every_file_and_column_is_in_the_dictionary(shop: Product) -> None:
    shop.cli("export", "out")
    out = shop.directory / "out"
    meanings = {(one["file"], one["column"]): one["meaning"] for one in read(out / "dictionary.csv")}
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        if path.name != "dictionary.csv":
            assert all(meanings[path.name, column] for column in head)


def test_no_secret_leaves_and_nobody_else_can_read_the_files(nanshan: Huiche, tmp_path: Path) -> None:
    nanshan("store", "edit", "NS", "--robot", "https://robot.example/s3cret")
    token = nanshan("staff", "link", "1").out.strip().rpartition("/")[2]
    assert nanshan("export", "out").code == 0
    for path in (tmp_path / "out").iterdir():
        text = path.read_text("utf-8")
        assert "s3cret" not in text
        assert token not in text
        assert path.stat().st_mode & 0o077 == 0
    assert "sign_ins.csv" not in {path.name for path in (tmp_path / "out").iterdir()}


def test_where_nothing_can_be_written_is_wrong_use(nanshan: Huiche, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    assert nanshan("export", "taken").code == 2
